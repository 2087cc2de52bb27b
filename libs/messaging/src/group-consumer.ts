import { type AppError, toAppError } from '@dual-random/errors'
import { addMs, instantOf } from '@dual-random/kernel'
import type { Logger } from 'pino'
import { type DeadLetterCause, deadLetter } from './dead-letter.ts'
import { checkPayload, fromRecord, type ReceivedEvent } from './event.ts'
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
}

const storePauseMs = 1000

/** One consumer group of a service: keys in order, keys beside each other, failures parked by key, commits after the effect. */
export class GroupConsumer {
  readonly #options: GroupConsumerOptions
  readonly #byTopic: ReadonlyMap<string, Subscription>
  readonly #retries: RetryLoop
  /** A hint: whether a key named here is still parked, the store knows. */
  readonly #parkedKeys = new Set<string>()
  #keysLoaded: Promise<void> = Promise.resolve()
  #consumer: TransportConsumer | undefined

  constructor(options: GroupConsumerOptions) {
    this.#options = options
    this.#byTopic = new Map(options.subscriptions.map((subscription) => [subscription.topic, subscription]))
    this.#retries = new RetryLoop({
      group: options.group,
      parked: options.parked,
      logger: options.logger,
      attempt: (record) => this.#apply({ ...record, partition: -1, offset: record.origin }),
      bury: (record, error) =>
        this.#bury(record, { ...causeOf(error), group: options.group, attempts: record.attempts, origin: record.origin }),
      onKeyCleared: (topic, key) => this.#parkedKeys.delete(parkedKey(topic, key)),
    })
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
    await this.#retries.stop()
  }

  /** Partitions come with keys that another member has parked; no record of theirs is handled before they are known. */
  #learnParkedKeys(): Promise<void> {
    this.#keysLoaded = this.#loadParkedKeys()
    return this.#keysLoaded
  }

  async #loadParkedKeys(): Promise<void> {
    for (const key of await this.#options.parked.parkedKeys(this.#options.group)) this.#parkedKeys.add(key)
  }

  async #handleBatch(batch: TransportBatch): Promise<void> {
    await this.#keysLoaded.catch(() => pausing(this.#learnParkedKeys()))
    const end = this.#options.metrics.effectLatency.startTimer({ topic: batch.topic })
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
      await this.#park(record, '')
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
      await this.#park(record, error.code)
      this.#options.logger.error({ err: error, topic: record.topic, eventId: record.headers['ce_id'] }, 'event parked')
    }
  }

  async #stillParked(record: ReceivedRecord): Promise<boolean> {
    if (await this.#options.parked.hasParked(this.#options.group, record.topic, record.key)) return true
    this.#parkedKeys.delete(parkedKey(record.topic, record.key))
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
      await subscription.handle(event)
    } catch (thrown) {
      if (toAppError(thrown).code === 'sequence-gap') this.#options.metrics.gaps.inc({ topic: record.topic })
      throw thrown
    }
    this.#options.metrics.applied.inc({ topic: record.topic })
  }

  async #park(record: ReceivedRecord, reason: string): Promise<void> {
    const dueAt = addMs(instantOf(Date.now()), retryDelaysMs[0] ?? 0)
    const parked: ParkedRecord = {
      group: this.#options.group,
      topic: record.topic,
      key: record.key,
      seq: Number(record.headers['ce_sequence'] ?? 0),
      eventId: record.headers['ce_id'] ?? originOf(record),
      value: record.value,
      headers: record.headers,
      origin: originOf(record),
      attempts: reason === '' ? 0 : 1,
      dueAt,
      reason,
    }
    this.#parkedKeys.add(parkedKey(record.topic, record.key))
    await pausing(this.#options.parked.park(parked))
    this.#options.metrics.parked.inc({ topic: record.topic, reason })
    this.#retries.wake(dueAt)
  }

  async #bury(record: Omit<ReceivedRecord, 'partition' | 'offset'>, cause: DeadLetterCause): Promise<void> {
    this.#options.logger.error({ topic: record.topic, key: record.key, cause }, 'event sent to the dead letters')
    await pausing(this.#options.transport.publish([deadLetter(record, cause)]))
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

/** A record that can be neither parked nor buried must stay uncommitted. */
async function pausing(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (cause) {
    throw new PausePartition(storePauseMs, cause)
  }
}
