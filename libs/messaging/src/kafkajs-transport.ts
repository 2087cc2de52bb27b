import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'
import type { Logger } from 'pino'
import { consumeWithKafkajs } from './kafkajs-consumer.ts'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'
import type { ConsumeOptions, Transport, TransportConsumer, TransportRecord } from './transport.ts'

export interface KafkajsTransportOptions {
  readonly brokers: readonly string[]
  readonly clientId: string
  /** Put before every topic and group; empty in production. */
  readonly topicPrefix: string
  readonly logger: Logger
}

/**
 * What goes in one request. The broker refuses a batch of more than 1 MiB per partition (`message.max.bytes`) for good, so that a
 * larger one would be sent again and again and hold up everything behind it.
 */
const requestBytes = 512 * 1024

/** The kafkajs transport, used by the rules P1–P12 of the reliability research. */
export class KafkajsTransport implements Transport {
  readonly #kafka: Kafka
  readonly #options: KafkajsTransportOptions
  readonly #consumers = new Set<TransportConsumer>()
  #producer: Promise<Producer> | undefined

  constructor(options: KafkajsTransportOptions) {
    guardIdleTimer()
    this.#options = options
    this.#kafka = new Kafka({
      clientId: options.clientId,
      brokers: [...options.brokers],
      logLevel: logLevel.WARN,
      logCreator: () => logEntryTo(options.logger),
      retry: { initialRetryTime: 100, maxRetryTime: 2000 },
    })
  }

  async publish(records: readonly TransportRecord[]): Promise<void> {
    for (const request of inRequests(records)) await this.#send(request)
  }

  async consume(options: ConsumeOptions): Promise<TransportConsumer> {
    const consumer = await consumeWithKafkajs(this.#kafka, this.#options.topicPrefix, options, this.#options.logger)
    this.#consumers.add(consumer)
    return consumer
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()))
    this.#consumers.clear()
    const opened = this.#producer
    this.#producer = undefined
    if (opened !== undefined) await this.#closeProducer(opened)
  }

  async #send(records: readonly TransportRecord[]): Promise<void> {
    this.#producer ??= this.#openProducer()
    const opened = this.#producer
    try {
      const producer = await opened
      // -1: P1 of the research; acknowledged by every in-sync replica.
      await producer.sendBatch({ acks: -1, topicMessages: this.#byTopic(records) })
    } catch (cause) {
      // F3b: after any rejected send a new producer id; the old one's sequence can swallow the next batch.
      if (this.#producer === opened) this.#producer = undefined
      await this.#closeProducer(opened)
      throw cause
    }
  }

  async #openProducer(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      // P2: kafkajs does not force it, and without it a retry may overtake.
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // P11: named, because the default changed in kafkajs 2.
      createPartitioner: Partitioners.DefaultPartitioner,
      // P1/F2: the documented default is not applied; with fewer retries an acknowledged write is lost.
      retry: { retries: Number.MAX_SAFE_INTEGER, initialRetryTime: 100, maxRetryTime: 2000 },
    })
    try {
      await producer.connect()
      return producer
    } catch (cause) {
      await producer.disconnect().catch(() => undefined)
      throw cause
    }
  }

  async #closeProducer(opened: Promise<Producer>): Promise<void> {
    const producer = await opened.catch(() => undefined)
    await producer?.disconnect().catch((err: unknown) => this.#options.logger.warn({ err }, 'producer did not disconnect cleanly'))
  }

  #byTopic(records: readonly TransportRecord[]) {
    const topics = new Map<string, { key: string; value: Buffer; headers: Record<string, string> }[]>()
    for (const { topic, key, value, headers } of records) {
      const messages = topics.get(topic) ?? []
      if (messages.length === 0) topics.set(topic, messages)
      messages.push({ key, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength), headers: { ...headers } })
    }
    return [...topics].map(([topic, messages]) => ({ topic: `${this.#options.topicPrefix}${topic}`, messages }))
  }
}

/** The records in order, cut where a request would grow too large; one record that is too large by itself stands alone. */
function* inRequests(records: readonly TransportRecord[]): Generator<readonly TransportRecord[]> {
  let request: TransportRecord[] = []
  let bytes = 0
  for (const record of records) {
    const size = sizeOf(record)
    if (request.length > 0 && bytes + size > requestBytes) {
      yield request
      request = []
      bytes = 0
    }
    request.push(record)
    bytes += size
  }
  if (request.length > 0) yield request
}

const sizeOf = ({ key, value, headers }: TransportRecord): number =>
  Object.entries(headers).reduce((sum, [name, text]) => sum + name.length + text.length, key.length + value.byteLength)

const logEntryTo =
  (logger: Logger) =>
  ({ level, log }: { readonly level: logLevel; readonly log: { readonly message: string } }): void => {
    const { message, ...detail } = log
    if (level === logLevel.ERROR) logger.error({ kafka: detail }, message)
    else logger.warn({ kafka: detail }, message)
  }
