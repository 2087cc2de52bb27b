import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import type { Logger } from 'pino'
import { type OutgoingEvent, toRecord } from './event.ts'
import { FreshEvents } from './fresh-events.ts'
import type { MessagingMetrics } from './metrics.ts'
import { OutboxLeases } from './outbox-leases.ts'
import type { OutboxSource, RelayLeases } from './outbox-source.ts'
import type { Transport } from './transport.ts'
import { WaitingAggregates } from './waiting-aggregates.ts'

export interface OutboxRelayOptions {
  readonly transport: Transport
  readonly leases: RelayLeases
  readonly logger: Logger
  readonly metrics: MessagingMetrics
}

/** What a relay knows of one source. */
interface Known {
  readonly waiting: WaitingAggregates
  readonly fresh: FreshEvents
}

/** Aggregates of one batch. */
const batchSize = 500

/** Events of one aggregate in one batch: bounds the batch whatever an outbox holds. */
const eventsPerAggregate = 20

/** While one batch is at the broker, the next is read and the one before is cleared. */
const lanes = 3

const sweepSize = 10 * batchSize
const retryMs = 500
const sweepMs = 15_000
/** Another relay's lease may end any time. */
const refusedSweepMs = 3_000

const staleAfterMs = 5_000
const stopMs = 1_000

/**
 * Publishes what this process wrote, woken by the write itself; a slow sweep takes over, by lease, what a crashed copy left. Several
 * copies do no harm: each publishes the contiguous head of an aggregate's outbox, and consumers drop a lower seq.
 */
export class OutboxRelay {
  /** Stands in every event this process writes. */
  readonly owner = randomUUID()
  readonly #options: OutboxRelayOptions
  readonly #sources = new Map<OutboxSource, Known>()
  readonly #running = new Set<Promise<void>>()
  /** Batches not yet acknowledged. */
  #sending = 0
  readonly #leases: OutboxLeases
  #sweepTimer: NodeJS.Timeout | undefined
  #resumeTimer: NodeJS.Timeout | undefined
  /** Set while a sweep has left some behind: a crash in the middle of an import leaves more than one brings. */
  #sweepOn: (() => void) | undefined
  #stopped = false

  constructor(options: OutboxRelayOptions) {
    this.#options = options
    this.#leases = new OutboxLeases({ ...options, self: this.owner, oldestSince: () => this.#oldestSince() })
  }

  register(source: OutboxSource): void {
    this.#sources.set(source, { waiting: new WaitingAggregates(), fresh: new FreshEvents() })
  }

  /** Starts the sweep; the first one runs at once, for what a crash of this service left. */
  async start(): Promise<void> {
    await this.#sweep(instantOf(Date.now()))
  }

  /** Says that these aggregates have new events in their outbox. */
  wake(source: OutboxSource, aggregateIds: Iterable<string>): void {
    const { waiting, fresh } = this.#knownOf(source)
    // Events have joined those of the creation: the outbox holds them all.
    for (const id of aggregateIds) fresh.take(id)
    waiting.add(aggregateIds, Date.now())
    this.#pump()
  }

  /** Says that these aggregates have just been created, with all the events in their outboxes. */
  wakeCreated(source: OutboxSource, created: ReadonlyMap<string, readonly OutgoingEvent[]>): void {
    const { waiting, fresh } = this.#knownOf(source)
    // One that is known already has been changed since, and its events are no longer all.
    for (const [id, events] of created) if (!waiting.has(id)) fresh.add(id, events)
    waiting.add(created.keys(), Date.now())
    this.#pump()
  }

  /** Waits until everything this process wrote is published; gives up when `signal` aborts, or once stopped. */
  async drain(signal: AbortSignal): Promise<void> {
    while (this.#isBusy() && !signal.aborted && !this.#stopped) {
      await Promise.race([...this.#running, pause(retryMs, undefined, { ref: false }), aborted(signal)])
    }
  }

  /** Gives a send in hand a moment; what is not acknowledged then is still in its outbox. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#sweepTimer)
    clearTimeout(this.#resumeTimer)
    this.#leases.stop()
    await Promise.race([Promise.all(this.#running), pause(stopMs, undefined, { ref: false })])
  }

  /** Starts batches. What comes while one is being sent waits for the next, unless there is enough of it to fill another lane. */
  #pump(): void {
    while (!this.#stopped && this.#resumeTimer === undefined && this.#mayBegin()) {
      const next = this.#take()
      if (next === undefined) break
      const lane = this.#relay(...next).finally(() => {
        this.#running.delete(lane)
        this.#pump()
      })
      this.#running.add(lane)
    }
    const sweepOn = this.#sweepOn
    if (sweepOn !== undefined && !this.#stopped && this.#waiting() < batchSize) {
      this.#sweepOn = undefined
      sweepOn()
    }
    this.#report()
  }

  #mayBegin(): boolean {
    return this.#sending === 0 || (this.#running.size < lanes && this.#waiting() >= batchSize)
  }

  #pause(): void {
    clearTimeout(this.#resumeTimer)
    this.#resumeTimer = setTimeout(() => {
      this.#resumeTimer = undefined
      this.#pump()
    }, retryMs)
    this.#resumeTimer.unref()
  }

  #take(): readonly [OutboxSource, Known, readonly string[]] | undefined {
    for (const [source, known] of this.#sources) {
      const ids = known.waiting.take(batchSize)
      if (ids.length > 0) return [source, known, ids]
    }
    return undefined
  }

  #knownOf(source: OutboxSource): Known {
    const known = this.#sources.get(source)
    if (known === undefined) throw new Error(`outbox source ${source.name} is not registered`)
    return known
  }

  async #relay(source: OutboxSource, { waiting, fresh }: Known, ids: readonly string[]): Promise<void> {
    let again: ReadonlySet<string> = new Set(ids)
    try {
      const acknowledged = await this.#send(source, fresh, ids)
      // Clearing does not hold up the next batch.
      this.#pump()
      again = await this.#clear(source, acknowledged)
    } catch (error) {
      this.#options.metrics.publishFailures.inc()
      this.#options.logger.warn({ err: error, source: source.name, aggregates: ids.length }, 'publishing failed, will retry')
      this.#pause()
    } finally {
      waiting.giveBack(ids, again)
    }
  }

  /** What the broker has acknowledged. */
  async #send(source: OutboxSource, fresh: FreshEvents, ids: readonly string[]): Promise<readonly OutgoingEvent[]> {
    this.#sending++
    try {
      const remembered = ids.map((id) => fresh.take(id))
      const unread = ids.filter((_, index) => remembered[index] === undefined)
      const read = unread.length === 0 ? [] : await source.pending(unread, eventsPerAggregate)
      const events = [...remembered.flatMap((some) => some ?? []), ...read]
      if (events.length > 0) await this.#options.transport.publish(events.map(toRecord))
      return events
    } finally {
      this.#sending--
    }
  }

  /** Removes what was acknowledged; names the aggregates that may have more to publish. */
  async #clear(source: OutboxSource, acknowledged: readonly OutgoingEvent[]): Promise<ReadonlySet<string>> {
    if (acknowledged.length === 0) return new Set()
    const last = new Map<string, number>()
    const counts = new Map<string, number>()
    for (const { aggregateId, seq } of acknowledged) {
      last.set(aggregateId, Math.max(seq, last.get(aggregateId) ?? 0))
      counts.set(aggregateId, (counts.get(aggregateId) ?? 0) + 1)
    }
    await source.remove(last)
    this.#options.metrics.published.inc(acknowledged.length)
    return new Set([...counts].flatMap(([id, count]) => (count === eventsPerAggregate ? [id] : [])))
  }

  /** Wakes what was stored before and still waits, where its writer, and everybody else, leaves it to this relay. */
  async #sweep(before: Instant): Promise<void> {
    let nextMs = sweepMs
    try {
      for (const source of this.#sources.keys()) {
        const stale = await source.stale(before, sweepSize)
        const { held, refused } = await this.#leases.take(new Set(stale.map(({ owner }) => owner)))
        const ids = stale.flatMap(({ aggregateId, owner }) => (held.has(owner) ? [aggregateId] : []))
        this.wake(source, ids)
        if (refused > 0) nextMs = refusedSweepMs
        if (stale.length === sweepSize && ids.length > 0) this.#sweepOn = () => this.#sweepAside(before)
      }
    } finally {
      this.#sweepAgainIn(nextMs)
    }
  }

  #sweepAgainIn(delayMs: number): void {
    if (this.#stopped) return
    clearTimeout(this.#sweepTimer)
    this.#sweepTimer = setTimeout(() => this.#sweepAside(addMs(instantOf(Date.now()), -staleAfterMs)), delayMs)
    this.#sweepTimer.unref()
  }

  #sweepAside(before: Instant): void {
    this.#sweep(before).catch((error: unknown) => this.#options.logger.error({ err: error }, 'outbox sweep failed'))
  }

  #isBusy(): boolean {
    return this.#running.size > 0 || this.#waiting() > 0
  }

  #waiting(): number {
    return [...this.#sources.values()].reduce((count, { waiting }) => count + waiting.size, 0)
  }

  #oldestSince(): number | undefined {
    const ages = [...this.#sources.values()].map(({ waiting }) => waiting.oldestSince).filter((since) => since !== undefined)
    return ages.length === 0 ? undefined : Math.min(...ages)
  }

  #report(): void {
    const { outboxWaiting, outboxOldest } = this.#options.metrics
    outboxWaiting.set(this.#waiting())
    outboxOldest.set((this.#oldestSince() ?? 0) / 1000)
    this.#leases.watch()
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
