import { Kafka, logLevel } from 'kafkajs'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'
import { endsOf, scanTopics } from './kafkajs-scan.ts'
import type { ReceivedRecord } from './transport.ts'

export interface ReadTopicsOptions {
  readonly brokers: readonly string[]
  readonly topicPrefix: string
  readonly topics: readonly string[]
  /** A group of its own for this one reading; removed afterwards. */
  readonly group: string
}

/** All records of the topics from their beginning to the end they had when the reading began, partition by partition in order. */
export async function readTopics({ brokers, ...scan }: ReadTopicsOptions): Promise<readonly ReceivedRecord[]> {
  const records: ReceivedRecord[] = []
  await scanTopics(reader(brokers), { ...scan, each: (record) => void records.push(record) })
  return records
}

/** How many records the topics have ever been given: it stands still when nothing is published any more. */
export async function countPublished({ brokers, topicPrefix, topics }: Omit<ReadTopicsOptions, 'group'>): Promise<bigint> {
  const admin = reader(brokers).admin()
  await admin.connect()
  try {
    let count = 0n
    for (const end of (await endsOf(admin, topicPrefix, topics)).values()) count += end
    return count
  } finally {
    await admin.disconnect()
  }
}

function reader(brokers: readonly string[]): Kafka {
  guardIdleTimer()
  return new Kafka({ clientId: 'dual-random-reader', brokers: [...brokers], logLevel: logLevel.NOTHING })
}
