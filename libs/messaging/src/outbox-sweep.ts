import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import type { Logger } from 'pino'
import type { OutboxLeases } from './outbox-leases.ts'
import type { OutboxSource } from './outbox-source.ts'

export interface OutboxSweepOptions {
  readonly sources: () => Iterable<OutboxSource>
  readonly leases: OutboxLeases
  readonly wake: (source: OutboxSource, aggregateIds: readonly string[]) => void
  readonly logger: Logger
}

/** Aggregates that one sweep brings from each source. */
const sweepSize = 5_000

const sweepMs = 15_000
/** Another relay's lease may end any time. */
const refusedSweepMs = 3_000

const staleAfterMs = 5_000

/** Now and then looks for what still waits in the outboxes though nobody publishes it: a crash has left it. */
export class OutboxSweep {
  readonly #options: OutboxSweepOptions
  #timer: NodeJS.Timeout | undefined
  /** Set while some are left behind: a crash in the middle of an import leaves more than one sweep brings, and a relay remembers only so many. */
  #leftBefore: Instant | undefined
  #stopped = false

  constructor(options: OutboxSweepOptions) {
    this.#options = options
  }

  /** The first sweep, for everything that was stored until now; further ones follow by themselves. */
  async start(): Promise<void> {
    await this.#sweep(instantOf(Date.now()))
  }

  /** Leaves behind what has been stored until now. */
  leave(): void {
    this.#left(instantOf(Date.now()))
  }

  #left(before: Instant): void {
    if (this.#leftBefore === undefined || this.#leftBefore < before) this.#leftBefore = before
  }

  /** Brings what was left behind, if anything was. */
  goOn(): void {
    const before = this.#leftBefore
    if (before === undefined || this.#stopped) return
    this.#leftBefore = undefined
    this.#sweepAside(before)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  /** Wakes what was stored before and still waits, where its writer, and everybody else, leaves it to this relay. */
  async #sweep(before: Instant): Promise<void> {
    const { sources, leases, wake } = this.#options
    let nextMs = sweepMs
    try {
      for (const source of sources()) {
        const stale = await source.stale(before, sweepSize)
        const { held, refused } = await leases.take(new Set(stale.map(({ owner }) => owner)))
        const ids = stale.flatMap(({ aggregateId, owner }) => (held.has(owner) ? [aggregateId] : []))
        wake(source, ids)
        if (refused > 0) nextMs = refusedSweepMs
        if (stale.length === sweepSize && ids.length > 0) this.#left(before)
      }
    } finally {
      this.#againIn(nextMs)
    }
  }

  #againIn(delayMs: number): void {
    if (this.#stopped) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#sweepAside(addMs(instantOf(Date.now()), -staleAfterMs)), delayMs)
    this.#timer.unref()
  }

  #sweepAside(before: Instant): void {
    this.#sweep(before).catch((error: unknown) => this.#options.logger.error({ err: error }, 'outbox sweep failed'))
  }
}
