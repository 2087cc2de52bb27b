import type { FaultRecord } from './fault-record.ts'
import type { HistoryWatch } from './watch.ts'

export interface Progress extends Disposable {
  say(what: string): void
}

export interface ProgressOptions {
  readonly faults: readonly FaultRecord[]
  readonly watch: HistoryWatch
  readonly say: (line: string) => void
  readonly faultsBeganAt: number
}

const everyMs = 5000

/** A line every few seconds on how far the run is. */
export function showProgress({ faults, watch, say, faultsBeganAt }: ProgressOptions): Progress {
  const show = (what = ''): void => {
    const kills = faults.filter(({ fault }) => fault.kind === 'kill').length
    const { invoked, acknowledged, unknown, count, lastAt } = watch
    const silentMs = Date.now() - (lastAt ?? faultsBeganAt)
    say(
      [
        `[${Math.round((Date.now() - faultsBeganAt) / 1000)} s] ${faults.length} faults, ${kills} of them kills`,
        `${acknowledged} of ${invoked} operations acknowledged, ${unknown} failed`,
        `${count} effects, the last ${(silentMs / 1000).toFixed(1)} s ago`,
        ...(what === '' ? [] : [what]),
      ].join('; '),
    )
  }
  const timer = setInterval(() => show(), everyMs)
  return { say: show, [Symbol.dispose]: () => clearInterval(timer) }
}
