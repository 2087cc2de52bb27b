import { type AppError, toAppError } from '@dual-random/errors'
import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import { inTrace, newTraceId } from '@dual-random/runtime'
import type { Logger } from 'pino'
import { type DeadLetterCause, deadLetter } from './dead-letter.ts'
import { checkPayload, fromRecord, type ReceivedEvent } from './event.ts'
import { GapReread } from './gap-reread.ts'
import type { MessagingMetrics } from './metrics.ts'
import { type ParkedRecord, type ParkedStore, parkedKey, retryDelaysMs } from './parked.ts'
import { RetryLoop } from './retry-loop.ts'
import type { Subscription } from './subscription.ts'
import { PausePartition, type ReceivedRecord, type Transport, type TransportBatch, type TransportConsumer } from './transport.ts'

export interface GroupConsumerOptions {
  readonly group: string
  readonly subscriptions: readonly Subscription[]
  readonly parked: ParkedStore
  readonly transport: Transport
  readonly logger: Logger
  readonly metrics: MessagingMetrics
  /** How many keys of a batch are worked on at once. */
  readonly concurrency?: number
  /** Waits before the attempts at a parked record; 5 s, 1 min and 10 min where absent (design §5). */
  readonly retryDelaysMs?: readonly number[]
}

const storePauseMs = 1000

/** One consumer group of a service: keys in order, keys beside each other, failures parked by key, commits after the effect. */
export class GroupConsumer {
  readonly #options: GroupConsumerOptions
  readonly #byTopic: ReadonlyMap<string, Subscription>
  readonly #retries: RetryLoop
  readonly #gaps: GapReread
  readonly #retryDelaysMs: readonly number[]
  /** A hint: whether a key named here is still parked, the store knows. */
  readonly #parkedKeys = new Set<string>()
  #keysLoaded: Promise<void> = Promise.resolve()
  #consumer: TransportConsumer | undefined

  constructor(options: GroupConsumerOptions) {
    this.#options = options
    this.#byTopic = new Map(options.subscriptions.map((subscription) => [subscription.topic, subscription]))
    this.#retryDelaysMs = options.retryDelaysMs ?? retryDelaysMs
    this.#retries = new RetryLoop({
      delaysMs: this.#retryDelaysMs,
      group: options.group,
      parked: options.parked,
      logger: options.logger,
      attempt: (record) => this.#apply({ ...record, partition: -1, offset: record.origin }),
      bury: (record, error) =>
        this.#bury(record, { ...causeOf(error), group: options.group, attempts: record.attempts, origin: record.origin }),
      onKeyCleared: (topic, key) => this.#unpark(topic, key),
      metrics: options.metrics,
    })
    this.#gaps = new GapReread({ ...options, found: (record) => this.#park(record, { reason: '', dueAt: instantOf(Date.now()) }) })
  }

  get subscriptions(): readonly Subscription[] {
    return this.#options.subscriptions
  }

  async start(): Promise<void> {
    await this.#loadParkedKeys()
    this.#retries.start()
    this.#consumer = await this.#options.transport.consume({
      group: this.#options.group,
      topics: [...this.#byTopic.keys()],
      handle: (batch) => this.#handleBatch(batch),
      onAssigned: () => this.#learnParkedKeys(),
    })
  }

  lastPollAt(): number | undefined {
    return this.#consumer?.lastPollAt()
  }

  async stop(): Promise<void> {
    await this.#consumer?.stop()
    await this.#gaps.stop()
    await this.#retries.stop()
  }

  /** Partitions come with keys that another member has parked; no record of theirs is handled before they are known. */
  #learnParkedKeys(): Promise<void> {
    this.#keysLoaded = this.#loadParkedKeys()
    return this.#keysLoaded
  }

  async #loadParkedKeys(): Promise<void> {
    for (const key of await this.#options.parked.parkedKeys(this.#options.group)) this.#parkedKeys.add(key)
    this.#options.metrics.parkedWaiting.set(this.#parkedKeys.size)
  }

  async #handleBatch(batch: TransportBatch): Promise<void> {
    await this.#keysLoaded.catch(() => pausing(this.#learnParkedKeys()))
    const end = this.#options.metrics.effectLatency.startTimer({ topic: batch.topic })
    this.#options.metrics.consumerLag.set({ topic: batch.topic, partition: batch.partition }, batch.lag)
    const chains = chainsByKey(batch.records)
    const workers = Array.from({ length: Math.min(this.#options.concurrency ?? 16, chains.length) }, async () => {
      for (let chain = chains.shift(); chain !== undefined; chain = chains.shift()) await this.#handleChain(chain, batch)
    })
    const outcomes = await Promise.allSettled(workers)
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    end()
  }

  async #handleChain(records: readonly ReceivedRecord[], batch: TransportBatch): Promise<void> {
    for (const record of records) {
      if (batch.isStale()) return
      await this.#handleRecord(record)
    }
  }

  async #handleRecord(record: ReceivedRecord): Promise<void> {
    if (this.#parkedKeys.has(parkedKey(record.topic, record.key)) && (await this.#stillParked(record))) {
      await this.#park(record, { reason: '' })
      return
    }
    try {
      await this.#apply(record)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code === 'event-undecodable') {
        await this.#bury(record, { ...causeOf(error), group: this.#options.group, attempts: 1, origin: originOf(record) })
        return
      }
      // With the own store away this fails too, and the partition waits; a peer's store may be away all by itself.
      await this.#park(record, { reason: error.code })
      this.#options.logger.error({ err: error, topic: record.topic, eventId: record.headers['ce_id'] }, 'event parked')
    }
  }

  async #stillParked(record: ReceivedRecord): Promise<boolean> {
    if (await this.#options.parked.hasParked(this.#options.group, record.topic, record.key)) return true
    this.#unpark(record.topic, record.key)
    return false
  }

  async #apply(record: ReceivedRecord): Promise<void> {
    const subscription = this.#byTopic.get(record.topic)
    if (subscription === undefined) throw new Error(`no subscription for topic ${record.topic}`)
    const read = fromRecord(record)
    if (!read.ok) throw read.error
    const event: ReceivedEvent = read.value
    checkPayload(event)
    try {
      await inTrace(event.traceId || newTraceId(), () => subscription.handle(event))
    } catch (thrown) {
      const { code, meta } = toAppError(thrown)
      if (code === 'sequence-gap') this.#noteGap(event, Number(meta?.['expected']))
      throw thrown
    }
    this.#options.metrics.applied.inc({ topic: record.topic })
  }

  #noteGap({ topic, aggregateId, seq }: ReceivedEvent, expected: number): void {
    this.#options.metrics.gaps.inc({ topic })
    this.#options.logger.error({ topic, aggregateId, seq, expected }, 'an event came without its predecessors')
    this.#gaps.note({ topic, key: aggregateId, from: expected, to: seq })
  }

  #unpark(topic: string, key: string): void {
    this.#parkedKeys.delete(parkedKey(topic, key))
    this.#options.metrics.parkedWaiting.set(this.#parkedKeys.size)
  }

  async #park(
    record: ReceivedRecord,
    { reason, dueAt = addMs(instantOf(Date.now()), this.#retryDelaysMs[0] ?? 0) }: { readonly reason: string; readonly dueAt?: Instant },
  ): Promise<void> {
    const parked: ParkedRecord = {
      group: this.#options.group,
      topic: record.topic,
      key: record.key,
      seq: seqOf(record),
      eventId: record.headers['ce_id'] ?? originOf(record),
      value: record.value,
      headers: record.headers,
      origin: originOf(record),
      attempts: reason === '' ? 0 : 1,
      dueAt,
      reason,
    }
    this.#parkedKeys.add(parkedKey(record.topic, record.key))
    this.#options.metrics.parkedWaiting.set(this.#parkedKeys.size)
    await pausing(this.#options.parked.park(parked))
    this.#options.metrics.parked.inc({ topic: record.topic, reason })
    this.#retries.wake(dueAt)
  }

  async #bury(record: Omit<ReceivedRecord, 'partition' | 'offset'>, cause: DeadLetterCause): Promise<void> {
    this.#options.logger.error({ topic: record.topic, key: record.key, cause }, 'event sent to the dead letters')
    await pausing(this.#options.transport.publish([deadLetter(record, cause)]))
    await pausing(this.#options.parked.rememberBuried(this.#options.group, record.topic, record.key, seqOf(record)))
    this.#options.metrics.deadLetters.inc({ topic: record.topic, reason: cause.code })
  }
}

/** The records of each key, in order. */
function chainsByKey(records: readonly ReceivedRecord[]): ReceivedRecord[][] {
  const chains = new Map<string, ReceivedRecord[]>()
  for (const record of records) {
    const chain = chains.get(record.key)
    if (chain === undefined) chains.set(record.key, [record])
    else chain.push(record)
  }
  return [...chains.values()]
}

const causeOf = (error: AppError): { readonly code: string; readonly detail: string } => ({ code: error.code, detail: error.message })

const originOf = (record: ReceivedRecord): string => `${record.topic}/${record.partition}@${record.offset}`

/** 0 where the envelope does not say. */
const seqOf = ({ headers }: Pick<ReceivedRecord, 'headers'>): number => Number(headers['ce_sequence'] ?? 0) || 0

/** A record that can be neither parked nor buried must stay uncommitted. */
async function pausing(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (cause) {
    throw new PausePartition(storePauseMs, cause)
  }
}
