import { setTimeout as pause } from 'node:timers/promises'
import type { HistoryEntry } from '../processes/history.ts'
import { LineTail } from './line-tail.ts'

/** Effects that consumers have told of. */
export interface EffectWatch {
  readonly count: number
  /** Epoch milliseconds; undefined before the first. */
  readonly lastAt: number | undefined
}

const lookMs = 250

/** Follows the histories while they are written. */
export class HistoryWatch implements EffectWatch, Disposable {
  readonly #tails: readonly LineTail[]
  readonly #timer: NodeJS.Timeout
  count = 0
  lastAt: number | undefined
  invoked = 0
  acknowledged = 0
  unknown = 0

  constructor(files: readonly string[]) {
    this.#tails = files.map((file) => new LineTail(file))
    this.#timer = setInterval(() => this.look(), lookMs)
  }

  look(): void {
    for (const tail of this.#tails) for (const line of tail.next()) this.#take(JSON.parse(line) as HistoryEntry)
  }

  /** Rejects when there is none in that time. */
  async firstEffect(withinMs: number, signal: AbortSignal): Promise<void> {
    const until = performance.now() + withinMs
    while (this.count === 0) {
      if (performance.now() > until) throw new Error(`no effect within ${withinMs} ms of the start`)
      await pause(lookMs, undefined, { signal })
    }
  }

  #take(entry: HistoryEntry): void {
    if ('effect' in entry) {
      this.count++
      this.lastAt = Math.max(this.lastAt ?? 0, entry.at)
    } else if ('invoked' in entry) this.invoked++
    else if ('acknowledged' in entry) this.acknowledged++
    else this.unknown++
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
