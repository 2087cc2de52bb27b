import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { BenchScope } from './bench-scope.ts'

const concurrency = 64
const seconds = 15
const value = Buffer.alloc(512, 'x')

/**
 * Flows a second of bare driver and broker calls of the same shape, as many as go through: per flow one stored document, one record, its
 * outbox read and cleared, and at each department one read and one stored document.
 */
export async function bareFlowsPerSecond({ brokers, client, database, topicPrefix }: BenchScope, departments: number): Promise<number> {
  await using parts = new AsyncDisposableStack()
  const topic = `${topicPrefix}bench.bare.v1`
  const kafka = new Kafka({ clientId: 'bench-bare', brokers: [...brokers], logLevel: logLevel.NOTHING })
  const producer = parts.adopt(
    kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner }),
    (open) => open.disconnect(),
  )
  await producer.connect()
  const results = client.db(database).collection<{ _id: string; outbox: readonly object[] }>('bare_results')
  const arrivals = new Map<string, number>()
  let arrived = 0
  for (let department = 0; department < departments; department++) {
    const effects = client.db(database).collection<{ _id: string }>(`bare_effects_${department}`)
    const consumer = parts.adopt(kafka.consumer({ groupId: `${topic}.${department}`, maxWaitTimeInMs: 250 }), (open) => open.disconnect())
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({
      eachBatch: async ({ batch }) => {
        await Promise.all(
          batch.messages.map(async ({ key }) => {
            const _id = String(key)
            await effects.findOne({ _id })
            await effects.insertOne({ _id })
            const at = (arrivals.get(_id) ?? 0) + 1
            arrivals.set(_id, at)
            if (at === departments) arrived++
          }),
        )
      },
    })
  }
  let next = 0
  const startedAt = performance.now()
  const isOver = (): boolean => performance.now() - startedAt > seconds * 1000
  const waiting: { readonly key: string; readonly value: Buffer }[] = []
  const write = async (): Promise<void> => {
    while (!isOver()) {
      // The departments must keep up: what piles up before them is no flow.
      if (next - arrived > 20 * concurrency) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        continue
      }
      const key = `bare-${next++}`
      await results.insertOne({ _id: key, outbox: [{ value: value.toString('utf8') }] })
      waiting.push({ key, value })
    }
  }
  const relay = async (): Promise<void> => {
    while (!isOver()) {
      const messages = waiting.splice(0, 500)
      if (messages.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        continue
      }
      const ids = messages.map(({ key }) => key)
      await results.find({ _id: { $in: ids } }).toArray()
      await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] })
      await results.bulkWrite(
        ids.map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { outbox: [] } } } })),
        { ordered: false },
      )
    }
  }
  await Promise.all([...Array.from({ length: concurrency }, write), relay()])
  return arrived / ((performance.now() - startedAt) / 1000)
}
