import type { Instant } from '@dual-random/kernel'
import { addMs, instantOf } from '@dual-random/kernel'
import type { Logger } from 'pino'
import { type OutgoingEvent, toRecord } from './event.ts'
import type { MessagingMetrics } from './metrics.ts'
import type { Transport } from './transport.ts'

/** One collection of aggregates with embedded outboxes. */
export interface OutboxSource {
  readonly name: string
  /** The waiting events of those aggregates, in order of seq within each. */
  pending(aggregateIds: readonly string[]): Promise<readonly OutgoingEvent[]>
  /** Removes, and only removes, what was acknowledged: per aggregate all events up to a seq. */
  remove(acknowledged: ReadonlyMap<string, number>): Promise<void>
  /** Aggregates whose first waiting event is older than that instant of system time: what a crashed process left. */
  stale(before: Instant, limit: number): Promise<readonly string[]>
}

export interface OutboxRelayOptions {
  readonly transport: Transport
  readonly logger: Logger
  readonly metrics: MessagingMetrics
}

const batchSize = 500
const sweepSize = 10 * batchSize
const retryMs = 500
const sweepMs = 15_000
const staleAfterMs = 5_000
const stopMs = 1_000

/**
 * Publishes what this process wrote, woken by the write itself; a slow sweep finds what a crash left. Several copies do no harm:
 * each publishes the contiguous head of an aggregate's outbox, and consumers drop a lower seq.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions
  readonly #sources = new Map<OutboxSource, Set<string>>()
  #loop: Promise<void> | undefined
  #sweepTimer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: OutboxRelayOptions) {
    this.#options = options
  }

  register(source: OutboxSource): void {
    this.#sources.set(source, new Set())
  }

  /** Starts the sweep; the first one runs at once, for what a crash of this service left. */
  async start(): Promise<void> {
    await this.#sweep(instantOf(Date.now()))
    clearInterval(this.#sweepTimer)
    this.#sweepTimer = setInterval(() => this.#sweepAside(addMs(instantOf(Date.now()), -staleAfterMs)), sweepMs)
    this.#sweepTimer.unref()
  }

  /** Says that these aggregates have new events in their outbox. */
  wake(source: OutboxSource, aggregateIds: Iterable<string>): void {
    const waiting = this.#sources.get(source)
    if (waiting === undefined) throw new Error(`outbox source ${source.name} is not registered`)
    for (const id of aggregateIds) waiting.add(id)
    this.#countWaiting()
    // With nothing waiting the loop would end before it could be remembered, and be remembered as running.
    if (!this.#stopped && waiting.size > 0) this.#loop ??= this.#run()
  }

  /** Waits until everything this process wrote is published; gives up when `signal` aborts, or once stopped. */
  async drain(signal: AbortSignal): Promise<void> {
    while (this.#waiting() > 0 && !signal.aborted && !this.#stopped) await Promise.race([this.#loop ?? Promise.resolve(), aborted(signal)])
  }

  /** Gives a send in hand a moment; what is not acknowledged then is still in its outbox. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#sweepTimer)
    await Promise.race([this.#loop ?? Promise.resolve(), aborted(AbortSignal.timeout(stopMs))])
  }

  async #run(): Promise<void> {
    for (;;) {
      const next = this.#stopped ? undefined : [...this.#sources].find(([, waiting]) => waiting.size > 0)
      if (next === undefined) {
        // In the same turn as the check, so that no wake falls between the two.
        this.#loop = undefined
        return
      }
      const [source, waiting] = next
      const ids = [...waiting].slice(0, batchSize)
      for (const id of ids) waiting.delete(id)
      try {
        await this.#publish(source, ids)
      } catch (error) {
        for (const id of ids) waiting.add(id)
        this.#options.metrics.publishFailures.inc()
        this.#options.logger.warn({ err: error, source: source.name, aggregates: ids.length }, 'publishing failed, will retry')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
      this.#countWaiting()
    }
  }

  async #publish(source: OutboxSource, ids: readonly string[]): Promise<void> {
    const events = await source.pending(ids)
    if (events.length === 0) return
    await this.#options.transport.publish(events.map(toRecord))
    const acknowledged = new Map<string, number>()
    for (const { aggregateId, seq } of events) acknowledged.set(aggregateId, Math.max(seq, acknowledged.get(aggregateId) ?? 0))
    await source.remove(acknowledged)
    this.#options.metrics.published.inc(events.length)
  }

  async #sweep(before: Instant): Promise<void> {
    for (const source of this.#sources.keys()) {
      const ids = await source.stale(before, sweepSize)
      this.wake(source, ids)
      // A crash in the middle of an import leaves more than one sweep brings; the next need not wait for its time.
      if (ids.length === sweepSize) void this.#loop?.then(() => this.#sweepAside(before))
    }
  }

  #sweepAside(before: Instant): void {
    if (this.#stopped) return
    this.#sweep(before).catch((error: unknown) => this.#options.logger.error({ err: error }, 'outbox sweep failed'))
  }

  #waiting(): number {
    let count = 0
    for (const waiting of this.#sources.values()) count += waiting.size
    return count + (this.#loop === undefined ? 0 : 1)
  }

  #countWaiting(): void {
    this.#options.metrics.outboxWaiting.set([...this.#sources.values()].reduce((count, waiting) => count + waiting.size, 0))
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
