import type { TransportAddress } from '@dual-random/testkit'
import { Kafka, logLevel } from 'kafkajs'
import type { Transport } from '../../src/index.ts'

/** Publishes as kafkajs' documentation has it: idempotent, in flight 1, five retries, one producer for everything (F1). */
export function plantedTransport({ brokers, clientId, topicPrefix }: TransportAddress): Transport {
  const retry = { initialRetryTime: 20, maxRetryTime: 100, retries: 5 }
  const producer = new Kafka({ clientId, brokers: [...brokers], logLevel: logLevel.NOTHING, retry }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    retry,
  })
  const connected = producer.connect()
  return {
    publish: async (records) => {
      await connected
      const topicMessages = records.map(({ topic, key, value }) => ({
        topic: `${topicPrefix}${topic}`,
        messages: [{ key, value: Buffer.from(value) }],
      }))
      await producer.sendBatch({ acks: -1, topicMessages })
    },
    consume: () => Promise.reject(new Error('publishes only')),
    reread: () => Promise.reject(new Error('publishes only')),
    close: () => producer.disconnect(),
  }
}
