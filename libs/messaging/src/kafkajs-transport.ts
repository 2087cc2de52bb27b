import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { kafkajsClient } from './kafkajs-client.ts'
import { KafkajsConsumer } from './kafkajs-consumer.ts'
import { closed } from './kafkajs-limit.ts'
import { KafkajsProducer, type TopicMessages } from './kafkajs-producer.ts'
import { scanTopics } from './kafkajs-scan.ts'
import type { ConsumeOptions, RereadOptions, Transport, TransportConsumer, TransportRecord } from './transport.ts'

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

const rereadRetries = 5

/** The kafkajs transport, used by the rules P1–P12 of the reliability research. */
export class KafkajsTransport implements Transport {
  readonly #options: KafkajsTransportOptions
  readonly #producer: KafkajsProducer
  readonly #consumers = new Set<Promise<TransportConsumer>>()
  readonly #closed = new AbortController()
  #closing: Promise<void> | undefined

  constructor(options: KafkajsTransportOptions) {
    this.#options = options
    this.#producer = new KafkajsProducer(options)
  }

  async publish(records: readonly TransportRecord[]): Promise<void> {
    for (const request of inRequests(records)) await this.#producer.send(byTopic(request, this.#options.topicPrefix))
  }

  async consume(options: ConsumeOptions): Promise<TransportConsumer> {
    this.#refuseIfClosed()
    const joining = KafkajsConsumer.join(this.#options, options)
    this.#consumers.add(joining)
    joining.catch(() => this.#consumers.delete(joining))
    const consumer = await joining
    this.#refuseIfClosed()
    return consumer
  }

  async reread({ topic, keys, each, signal }: RereadOptions): Promise<void> {
    this.#refuseIfClosed()
    const client = kafkajsClient(this.#options, rereadRetries)
    const ended = AbortSignal.any([this.#closed.signal, ...(signal === undefined ? [] : [signal])])
    const reading = scanTopics(client.kafka, {
      topicPrefix: this.#options.topicPrefix,
      topics: [topic],
      group: `reread-${randomUUID()}`,
      each: async (record) => {
        if (keys.has(record.key) && !ended.aborted) await each(record)
      },
    })
    try {
      await Promise.race([reading, rejectedBy(ended)])
    } finally {
      // Also the end of a reading that goes on in the client.
      client.sockets.close()
      reading.catch(() => undefined)
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  #refuseIfClosed(): void {
    if (this.#closing !== undefined) throw closed()
  }

  async #close(): Promise<void> {
    this.#closed.abort()
    // Handlers may publish to their end.
    await Promise.all([...this.#consumers].map((joining) => joining.then((consumer) => consumer.stop()).catch(() => undefined)))
    await this.#producer.close()
  }
}

const rejectedBy = (ended: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (ended.aborted) reject(closed())
    else ended.addEventListener('abort', () => reject(closed()), { once: true })
  })

function byTopic(records: readonly TransportRecord[], prefix: string): readonly TopicMessages[] {
  const topics = new Map<string, TopicMessages>()
  for (const { topic, key, value, headers } of records) {
    const known = topics.get(topic) ?? { topic: `${prefix}${topic}`, messages: [] }
    topics.set(topic, known)
    known.messages.push({
      key,
      value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
      headers,
    })
  }
  return [...topics.values()]
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

function sizeOf({ key, value, headers }: TransportRecord): number {
  let bytes = key.length + value.byteLength
  for (const name in headers) bytes += name.length + (headers[name]?.length ?? 0)
  return bytes
}
