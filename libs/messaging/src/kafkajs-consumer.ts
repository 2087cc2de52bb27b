import { setTimeout as pause } from 'node:timers/promises'
import type { Consumer, EachBatchPayload } from 'kafkajs'
import { handleBatch, heartbeatInterval, sessionTimeout } from './kafkajs-batch.ts'
import { backoff, type KafkajsClient, type KafkajsClientOptions, kafkajsClient } from './kafkajs-client.ts'
import { settled, unavailable } from './kafkajs-limit.ts'
import type { ConsumeOptions, TransportConsumer } from './transport.ts'

export { recordOf } from './kafkajs-records.ts'

export interface KafkajsConsumerOptions extends KafkajsClientOptions {
  readonly topicPrefix: string
}

/** Bounds how long a partition waits for a fetch that was sent before its new records came; an idle member costs three fetches a second. */
const maxWaitTimeInMs = 330

const rejoinPauseMs = 1000

/** What the broker is given to take note of a member that leaves. */
const leaveMs = 3000

const connectRetries = 5

interface Member {
  readonly client: KafkajsClient
  readonly consumer: Consumer
}

/** A member of a consumer group that comes back whatever ends it, until it is stopped. */
export class KafkajsConsumer implements TransportConsumer {
  readonly #client: KafkajsConsumerOptions
  readonly #options: ConsumeOptions
  readonly #batches = new Set<Promise<void>>()
  #member: Member | undefined
  #joining: Promise<void> = Promise.resolve()
  #stopping: Promise<void> | undefined
  #lastPollAt = Date.now()

  /** Rejects with `unavailable broker-unavailable` when the broker cannot be reached. */
  static async join(client: KafkajsConsumerOptions, options: ConsumeOptions): Promise<KafkajsConsumer> {
    const consumer = new KafkajsConsumer(client, options)
    await consumer.#join()
    return consumer
  }

  private constructor(client: KafkajsConsumerOptions, options: ConsumeOptions) {
    this.#client = client
    this.#options = options
  }

  lastPollAt(): number {
    return this.#lastPollAt
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    await this.#joining
    if (this.#member === undefined) return
    const { consumer, client } = this.#member
    const left = consumer.disconnect().catch((err: unknown) => this.#client.logger.warn({ err }, 'consumer did not leave cleanly'))
    await Promise.all(this.#batches)
    await settled(left, leaveMs)
    client.sockets.close()
  }

  async #join(): Promise<void> {
    const { topicPrefix } = this.#client
    const client = kafkajsClient(this.#client, connectRetries)
    const consumer = client.kafka.consumer({
      groupId: `${topicPrefix}${this.#options.group}`,
      sessionTimeout,
      rebalanceTimeout: 30_000,
      heartbeatInterval,
      maxWaitTimeInMs,
      allowAutoTopicCreation: false,
      // What ends a member is answered in one place, below.
      retry: { ...backoff, retries: connectRetries, restartOnFailure: () => Promise.resolve(false) },
    })
    const member = { client, consumer }
    this.#watch(member)
    try {
      await connect(consumer)
      // P8: an offset out of range must not skip to the newest record.
      await consumer.subscribe({ topics: this.#options.topics.map((topic) => `${topicPrefix}${topic}`), fromBeginning: true })
      this.#member = member
      await consumer.run({
        // P12: what was not processed must not be committed.
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 4,
        eachBatch: (payload) => this.#handle(payload, consumer),
      })
    } catch (cause) {
      client.sockets.close()
      await consumer.disconnect().catch(() => undefined)
      throw cause
    }
  }

  async #handle(payload: EachBatchPayload, consumer: Consumer): Promise<void> {
    const batch = handleBatch(payload, {
      consumer,
      topicPrefix: this.#client.topicPrefix,
      handle: this.#options.handle,
      logger: this.#client.logger,
      isStopping: () => this.#stopping !== undefined,
    })
    this.#batches.add(batch)
    await batch
    this.#batches.delete(batch)
  }

  #watch(member: Member): void {
    const { consumer, client } = member
    const { logger } = this.#client
    consumer.on(consumer.events.FETCH, () => {
      this.#lastPollAt = Date.now()
    })
    consumer.on(consumer.events.REQUEST_TIMEOUT, () => client.sockets.drop('no answer'))
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.#options.onAssigned().catch((error: unknown) => logger.error({ err: error }, 'assignment handler failed'))
    })
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      logger.error({ err: payload.error }, 'consumer crashed')
      client.sockets.close()
      this.#joining = this.#joining.then(() => this.#joinAgain())
    })
  }

  /** P7: kafkajs itself comes back only from errors it calls retriable (tulios/kafkajs#1299); nothing may end a member for good. */
  async #joinAgain(): Promise<void> {
    while (this.#stopping === undefined) {
      await pause(rejoinPauseMs, undefined, { ref: false })
      if (this.#stopping !== undefined) return
      try {
        await this.#join()
        return
      } catch (err) {
        this.#client.logger.error({ err }, 'consumer could not join again')
      }
    }
  }
}

async function connect(consumer: Consumer): Promise<void> {
  try {
    await consumer.connect()
  } catch (cause) {
    throw unavailable(cause)
  }
}
