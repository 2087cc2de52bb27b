import type { TransportRecord } from '@dual-random/messaging'
import { Kafka, logLevel, Partitioners } from 'kafkajs'

/** Records of one request: what the transport's limit of 512 KiB lets through of the bench's events. */
const requestRecords = 500

export interface BareProducer extends AsyncDisposable {
  /** Sends request after request, each acknowledged by all replicas. */
  sendAll(topic: string, records: readonly TransportRecord[]): Promise<void>
}

/** kafkajs' idempotent producer with nothing around it. */
export async function bareProducer(brokers: readonly string[]): Promise<BareProducer> {
  const kafka = new Kafka({ clientId: 'bench-bare', brokers: [...brokers], logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  return {
    sendAll: async (topic, records) => {
      for (let start = 0; start < records.length; start += requestRecords) {
        const messages = records
          .slice(start, start + requestRecords)
          .map(({ key, value, headers }) => ({ key, value: Buffer.from(value), headers: { ...headers } }))
        await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] })
      }
    },
    [Symbol.asyncDispose]: () => producer.disconnect(),
  }
}
