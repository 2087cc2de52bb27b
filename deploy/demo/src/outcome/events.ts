import { recognitionTopicOf, serviceTopics } from '@dual-random/contracts'
import { type ReceivedRecord, readTopics } from '@dual-random/messaging'
import { cities } from '../world/cities.ts'
import type { World } from '../world/world.ts'

/** One event as read back from its topic. */
export interface EventRecord {
  readonly topic: string
  readonly id: string
  readonly type: string
  readonly aggregateId: string
  readonly seq: number
  readonly regionCode: string
  readonly data: unknown
}

/** Everything on every topic, each event once although it may have been delivered twice, by topic, aggregate and seq. */
export async function readEvents({ stack, topicPrefix }: World): Promise<readonly EventRecord[]> {
  const topics = [...serviceTopics, ...cities.map(({ alias }) => recognitionTopicOf(alias))]
  const records = await readTopics({ brokers: stack.kafkaBrokers.split(','), topicPrefix, topics, group: `demo-reader-${process.pid}` })
  const distinct = new Map<string, EventRecord>()
  for (const record of records) distinct.set(`${record.topic} ${record.headers['ce_id']}`, eventOf(record))
  return [...distinct.values()].sort((a, b) => compare(a.topic, b.topic) || compare(a.aggregateId, b.aggregateId) || a.seq - b.seq)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const eventOf = ({ topic, key, headers, value }: ReceivedRecord): EventRecord => ({
  topic,
  id: headers['ce_id'] ?? '',
  type: headers['ce_type'] ?? '',
  aggregateId: key,
  seq: Number(headers['ce_sequence']),
  regionCode: headers['ce_regioncode'] ?? '',
  data: JSON.parse(new TextDecoder().decode(value)),
})
