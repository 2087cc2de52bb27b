import { appError } from '@dual-random/errors'
import { instantOf } from '@dual-random/kernel'
import type { Admin, Consumer, Kafka } from 'kafkajs'
import { recordOf } from './kafkajs-records.ts'
import type { StoredRecord } from './transport.ts'

export interface ScanOptions {
  /** Put before topics and group. */
  readonly topicPrefix: string
  readonly topics: readonly string[]
  /** A group of its own for this one scan; removed afterwards. */
  readonly group: string
  /** Gets the records partition by partition in order; partitions may take turns. */
  readonly each: (record: StoredRecord) => void | Promise<void>
}

/** A broker that gives nothing for so long is taken for away. */
const silenceMs = 30_000

/** Reads topics from their oldest record to the end they have when the scan begins. */
export async function scanTopics(kafka: Kafka, { topicPrefix, topics, group, each }: ScanOptions): Promise<void> {
  const groupId = `${topicPrefix}${group}`
  const admin = kafka.admin()
  await admin.connect()
  try {
    const ends = await endsOf(admin, topicPrefix, topics)
    if (ends.size === 0) return
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 })
    try {
      await consumer.connect()
      await consumer.subscribe({ topics: topics.map((topic) => `${topicPrefix}${topic}`), fromBeginning: true })
      await readUntil(consumer, ends, (record) => each({ ...record, topic: record.topic.slice(topicPrefix.length) }))
    } finally {
      await consumer.disconnect()
      await admin.deleteGroups([groupId]).catch(() => undefined)
    }
  } finally {
    await admin.disconnect()
  }
}

/** Reads each partition from its beginning to its given end. */
async function readUntil(consumer: Consumer, ends: Map<string, bigint>, each: ScanOptions['each']): Promise<void> {
  /** First unread offset by partition: a member that has to join again begins anew. */
  const unread = new Map<string, bigint>()
  let silence: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      const listen = (): void => {
        clearTimeout(silence)
        silence = setTimeout(() => reject(appError('unavailable', 'broker-unavailable', { retryAfterMs: 1000 })), silenceMs)
      }
      listen()
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error)
      })
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch, heartbeat }) => {
            listen()
            const partition = `${batch.topic}/${batch.partition}`
            const end = ends.get(partition)
            if (end === undefined) return
            try {
              for (const message of batch.messages) {
                const offset = BigInt(message.offset)
                if (offset >= end) break
                if (offset < (unread.get(partition) ?? 0n)) continue
                await each({ ...recordOf(batch.topic, batch.partition, message), at: instantOf(Number(message.timestamp)) })
                unread.set(partition, offset + 1n)
              }
            } catch (thrown) {
              // What the caller does with a record is no matter of the broker's: kafkajs would try it again.
              reject(thrown)
              return
            }
            await heartbeat()
            if (BigInt(batch.lastOffset()) + 1n >= end) ends.delete(partition)
            if (ends.size === 0) resolve()
          },
        })
        .catch(reject)
    })
  } finally {
    clearTimeout(silence)
  }
}

/** End offsets of the partitions that hold anything, by `topic/partition`. */
export async function endsOf(admin: Admin, topicPrefix: string, topics: readonly string[]): Promise<Map<string, bigint>> {
  const ends = new Map<string, bigint>()
  for (const topic of topics) {
    for (const { partition, high, low } of await admin.fetchTopicOffsets(`${topicPrefix}${topic}`)) {
      if (BigInt(high) > BigInt(low)) ends.set(`${topicPrefix}${topic}/${partition}`, BigInt(high))
    }
  }
  return ends
}
