import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'

export interface SweepOptions {
  readonly name: string
  readonly everyMs: number
  /** One pass; the signal aborts when the sweep is stopped. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly logger: Logger
  readonly metrics?: Metrics
}

export interface Sweep {
  readonly name: string
  /** Begins with a pass, then waits `everyMs` after each pass. */
  start(): void
  /** Waits for a pass in hand. */
  stop(): Promise<void>
  /** One more pass after the one in hand, whether or not the sweep was started. */
  runNow(): Promise<void>
}

/** Periodic work whose passes never overlap. A failed pass is logged and counted, and the next comes at its time; the timer keeps no process alive. */
export function sweep({ name, everyMs, run, logger, metrics }: SweepOptions): Sweep {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let started = false
  let last: Promise<void> = Promise.resolve()

  async function pass(): Promise<void> {
    if (stopping.signal.aborted) return
    try {
      await run(stopping.signal)
      metrics?.sweeps.inc({ sweep: name, outcome: 'done' })
    } catch (err) {
      metrics?.sweeps.inc({ sweep: name, outcome: 'failed' })
      logger.error({ err, sweep: name }, 'sweep failed')
    }
  }

  const runNow = (): Promise<void> => (last = last.then(pass))

  async function passAndWait(): Promise<void> {
    await runNow()
    if (stopping.signal.aborted) return
    timer = setTimeout(() => void passAndWait(), everyMs)
    timer.unref()
  }

  return {
    name,
    start() {
      if (started) return
      started = true
      void passAndWait()
    },
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await last
    },
    runNow,
  }
}
