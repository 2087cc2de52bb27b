import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type OutgoingEvent, toRecord } from './event.ts'
import { FreshEvents } from './fresh-events.ts'
import type { MessagingMetrics } from './metrics.ts'
import { OutboxLeases } from './outbox-leases.ts'
import type { OutboxSource, RelayLeases } from './outbox-source.ts'
import { OutboxSweep } from './outbox-sweep.ts'
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

/**
 * Aggregates that a relay remembers at most: while the broker is away, an import may write a million. What else it wrote it finds again in
 * the outboxes, once it has come through these.
 */
const rememberedAtMost = 50_000

const retryMs = 500
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
  /** Ends with the last batch handed to the transport. */
  #published: Promise<unknown> = Promise.resolve()
  readonly #leases: OutboxLeases
  readonly #sweep: OutboxSweep
  #resumeTimer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: OutboxRelayOptions) {
    this.#options = options
    this.#leases = new OutboxLeases({ ...options, self: this.owner, oldestSince: () => this.#oldestSince() })
    this.#sweep = new OutboxSweep({
      sources: () => this.#sources.keys(),
      leases: this.#leases,
      wake: (source, ids) => this.wake(source, ids),
      logger: options.logger,
    })
  }

  register(source: OutboxSource): void {
    this.#sources.set(source, { waiting: new WaitingAggregates(), fresh: new FreshEvents() })
  }

  /** Starts the sweep; the first one runs at once, for what a crash of this service left. */
  async start(): Promise<void> {
    await this.#sweep.start()
  }

  /** Says that these aggregates have new events in their outbox. */
  wake(source: OutboxSource, aggregateIds: Iterable<string>): void {
    const { waiting, fresh } = this.#knownOf(source)
    // Events have joined those of the creation: the outbox holds them all.
    const ids = [...aggregateIds]
    for (const id of ids) fresh.take(id)
    waiting.add(this.#remembered(ids), Date.now())
    this.#pump()
  }

  /** Says that these aggregates have just been created, with all the events in their outboxes. */
  wakeCreated(source: OutboxSource, created: ReadonlyMap<string, readonly OutgoingEvent[]>): void {
    const { waiting, fresh } = this.#knownOf(source)
    // One that is known already has been changed since, and its events are no longer all.
    const ids = this.#remembered([...created.keys()])
    for (const id of ids) if (!waiting.has(id)) fresh.add(id, created.get(id) ?? [])
    waiting.add(ids, Date.now())
    this.#pump()
  }

  /** As many of them as there is room for; the sweep brings the others. */
  #remembered(ids: readonly string[]): readonly string[] {
    const room = Math.max(0, rememberedAtMost - this.#waiting())
    if (ids.length <= room) return ids
    this.#sweep.leave()
    return ids.slice(0, room)
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
    clearTimeout(this.#resumeTimer)
    this.#sweep.stop()
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
    if (this.#waiting() < batchSize) this.#sweep.goOn()
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
      if (events.length > 0) await this.#publish(events)
      return events
    } finally {
      this.#sending--
    }
  }

  /** One batch after the other: batches that shared the broker would end together, and leave it with nothing while all are cleared. */
  async #publish(events: readonly OutgoingEvent[]): Promise<void> {
    const published = this.#published.then(() => this.#options.transport.publish(events.map(toRecord)))
    this.#published = published.catch(() => undefined)
    await published
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
