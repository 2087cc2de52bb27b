import { Kafka, logLevel } from 'kafkajs'
import { recordOf } from './kafkajs-consumer.ts'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'
import type { ReceivedRecord } from './transport.ts'

export interface ReadTopicsOptions {
  readonly brokers: readonly string[]
  readonly topicPrefix: string
  readonly topics: readonly string[]
  /** A group of its own for this one reading; removed afterwards. */
  readonly group: string
}

/** All records of the topics from their beginning to the end they had when the reading began, partition by partition in order. */
export async function readTopics({ brokers, topicPrefix, topics, group }: ReadTopicsOptions): Promise<readonly ReceivedRecord[]> {
  guardIdleTimer()
  const kafka = new Kafka({ clientId: 'dual-random-reader', brokers: [...brokers], logLevel: logLevel.NOTHING })
  const groupId = `${topicPrefix}${group}`
  const admin = kafka.admin()
  await admin.connect()
  try {
    const missing = await unread(admin, topicPrefix, topics)
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 })
    const records: ReceivedRecord[] = []
    await consumer.connect()
    await consumer.subscribe({ topics: topics.map((topic) => `${topicPrefix}${topic}`), fromBeginning: true })
    try {
      await new Promise<void>((resolve, reject) => {
        if (missing.size === 0) resolve()
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
        consumer
          .run({
            autoCommit: false,
            eachBatch: async ({ batch }) => {
              const key = `${batch.topic}/${batch.partition}`
              const end = missing.get(key)
              if (end === undefined) return
              for (const message of batch.messages) {
                if (BigInt(message.offset) < end) records.push(recordOf(batch.topic.slice(topicPrefix.length), batch.partition, message))
              }
              if (BigInt(batch.lastOffset()) + 1n >= end) missing.delete(key)
              if (missing.size === 0) resolve()
            },
          })
          .catch(reject)
      })
    } finally {
      await consumer.disconnect()
      await admin.deleteGroups([groupId]).catch(() => undefined)
    }
    return records
  } finally {
    await admin.disconnect()
  }
}

/** How many records the topics have ever been given: it stands still when nothing is published any more. */
export async function countPublished({ brokers, topicPrefix, topics }: Omit<ReadTopicsOptions, 'group'>): Promise<bigint> {
  guardIdleTimer()
  const admin = new Kafka({ clientId: 'dual-random-reader', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    let count = 0n
    for (const end of (await unread(admin, topicPrefix, topics)).values()) count += end
    return count
  } finally {
    await admin.disconnect()
  }
}

/** End offsets of the partitions that hold anything, by `topic/partition`. */
async function unread(admin: ReturnType<Kafka['admin']>, topicPrefix: string, topics: readonly string[]): Promise<Map<string, bigint>> {
  const ends = new Map<string, bigint>()
  for (const topic of topics) {
    for (const { partition, high, low } of await admin.fetchTopicOffsets(`${topicPrefix}${topic}`)) {
      if (BigInt(high) > BigInt(low)) ends.set(`${topicPrefix}${topic}/${partition}`, BigInt(high))
    }
  }
  return ends
}
