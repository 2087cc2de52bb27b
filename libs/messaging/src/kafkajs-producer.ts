import type { Message, Producer } from 'kafkajs'
import { backoff, type KafkajsClient, type KafkajsClientOptions, kafkajsClient } from './kafkajs-client.ts'
import { closed, Limit, settled } from './kafkajs-limit.ts'
import { keyPartitioner } from './kafkajs-partitioner.ts'
import { MissingTopics, TopicCheck } from './kafkajs-topic-check.ts'

export interface TopicMessages {
  readonly topic: string
  readonly messages: Message[]
}

interface OpenProducer {
  readonly client: KafkajsClient
  readonly ready: Promise<Producer>
}

/** P1: the time budget lives outside the client, which would try for ever. */
const sendMs = 30_000

/** What the sends in hand are given to end when the producer closes. */
const closeMs = 1000

/** About 9 s: a broker that restarts is back by then, and under the same producer id nothing is written twice. */
const connectRetries = 12

/** One idempotent kafkajs producer after the other: a new one begins where a send has failed. */
export class KafkajsProducer {
  readonly #options: KafkajsClientOptions
  readonly #topics = new TopicCheck()
  readonly #limits = new Set<Limit>()
  #opened: OpenProducer | undefined
  #last: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined

  constructor(options: KafkajsClientOptions) {
    this.#options = options
  }

  /**
   * Resolves once all in-sync replicas have the messages. P2: one send after the other; of two at once kafkajs gives the second the
   * sequence number of a first that failed, and the broker takes it for a repetition.
   */
  async send(topicMessages: readonly TopicMessages[]): Promise<void> {
    if (this.#closing !== undefined) throw closed()
    const limit = new Limit(sendMs)
    this.#limits.add(limit)
    const before = this.#last
    const sent = Promise.race([before, limit.reached]).then(() => this.#sendNow(topicMessages, limit))
    this.#last = Promise.allSettled([before, sent])
    try {
      await sent
    } finally {
      this.#limits.delete(limit)
      limit.clear()
    }
  }

  /** What has not been sent a moment later rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #sendNow(topicMessages: readonly TopicMessages[], limit: Limit): Promise<void> {
    this.#opened ??= open(this.#options)
    const opened = this.#opened
    try {
      await Promise.race([this.#sendBy(opened, topicMessages), limit.reached])
    } catch (cause) {
      // Nothing was sent.
      if (cause instanceof MissingTopics) throw cause
      // F3b: after any rejected send a new producer id; the old one's sequence can swallow the next batch.
      this.#opened = undefined
      this.#topics.forget()
      discard(opened)
      throw cause
    }
  }

  async #sendBy({ client, ready }: OpenProducer, topicMessages: readonly TopicMessages[]): Promise<void> {
    const producer = await ready
    await this.#topics.check(
      client.kafka,
      topicMessages.map(({ topic }) => topic),
    )
    // -1: acknowledged by every in-sync replica.
    await producer.sendBatch({ acks: -1, topicMessages: [...topicMessages] })
  }

  async #close(): Promise<void> {
    await settled(this.#last, closeMs)
    for (const limit of this.#limits) limit.end(closed())
    await this.#last
    if (this.#opened === undefined) return
    const { client, ready } = this.#opened
    try {
      await (await ready).disconnect()
    } catch (err) {
      this.#options.logger.warn({ err }, 'producer did not disconnect cleanly')
    } finally {
      client.sockets.close()
    }
  }
}

function open(options: KafkajsClientOptions): OpenProducer {
  const client = kafkajsClient(options, connectRetries)
  const producer = client.kafka.producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner: keyPartitioner,
    // P1/F2: the documented default is not applied; with fewer retries what the broker has is given up.
    retry: { ...backoff, retries: Number.MAX_SAFE_INTEGER },
  })
  producer.on(producer.events.REQUEST_TIMEOUT, () => client.sockets.drop('no answer'))
  return { client, ready: producer.connect().then(() => producer) }
}

/** Whatever the producer still has in hand never reaches the broker. */
function discard({ client, ready }: OpenProducer): void {
  client.sockets.close()
  ready.then((producer) => producer.disconnect()).catch(() => undefined)
}
