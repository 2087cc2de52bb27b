import { recognitionTopicOf, serviceTopics } from '@dual-random/contracts'
import { countPublished, type ReceivedRecord, readTopics } from '@dual-random/messaging'
import { cities } from '../world/cities.ts'
import { until } from '../world/parallel.ts'
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

const topics = [...serviceTopics, ...cities.map(({ alias }) => recognitionTopicOf(alias))]

const optionsOf = ({ stack, topicPrefix }: World) => ({ brokers: stack.kafkaBrokers.split(','), topicPrefix, topics })

/** Everything on every topic, each event once although it may have been delivered twice, by topic, aggregate and seq. */
export async function readEvents(world: World): Promise<readonly EventRecord[]> {
  const records = await readTopics({ ...optionsOf(world), group: `demo-reader-${process.pid}-${Date.now()}` })
  const distinct = new Map<string, EventRecord>()
  for (const record of records) distinct.set(`${record.topic} ${record.headers['ce_id']}`, eventOf(record))
  return [...distinct.values()].sort((a, b) => compare(a.topic, b.topic) || compare(a.aggregateId, b.aggregateId) || a.seq - b.seq)
}

/** Waits until no service has anything left to publish, and says how much was published. */
export async function quietTopics(world: World): Promise<bigint> {
  await until('empty outboxes', async () => {
    const waiting = await Promise.all(Object.values(world.services.addresses).map(({ http }) => outboxWaiting(http)))
    return waiting.every((count) => count === 0) ? true : undefined
  })
  return countPublished(optionsOf(world))
}

/** What the service's metric says; a service that does not answer may have something. */
async function outboxWaiting(port: number): Promise<number> {
  try {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(5000) })).text()
    return Number(/^dr_outbox_waiting_aggregates(?:\{[^}]*\})? (\d+)$/m.exec(text)?.[1] ?? 0)
  } catch {
    return Number.NaN
  }
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
