import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import type { MongoClient } from 'mongodb'
import { databaseOf, databases, type GroupName, topicPrefixOf } from '../processes/settings.ts'
import { topics } from '../processes/shapes.ts'

/** What still moves, or waits to. */
export interface Unsettled {
  /** Aggregates with pending events. */
  readonly outboxes: number
  /** Records behind the groups' committed offsets. */
  readonly lag: number
  readonly parked: number
}

export interface Settling {
  readonly settled: boolean
  readonly tookMs: number
  readonly left: Unsettled
}

export interface SettleOptions {
  readonly client: MongoClient
  readonly brokers: readonly string[]
  readonly run: string
  readonly withinMs: number
  readonly signal: AbortSignal
}

const lookMs = 1000

/** Waits until nothing moves any more: twice in a row, because an effect may write an event. */
export async function settle(options: SettleOptions): Promise<Settling> {
  const { run, brokers, client, signal } = options
  const beganAt = performance.now()
  const admin = new Kafka({ clientId: 'chaos', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    for (let quiet = 0; ; ) {
      const left: Unsettled = {
        outboxes: await count(client, run, ['inspectors', 'ledgers', 'children'], { 'outbox.0': { $exists: true } }),
        parked: await count(client, run, ['parked_events'], {}),
        lag: await lagOf(admin, topicPrefixOf(run)),
      }
      quiet = left.outboxes + left.parked + left.lag === 0 ? quiet + 1 : 0
      const tookMs = Math.round(performance.now() - beganAt)
      if (quiet === 2 || tookMs > options.withinMs) return { settled: quiet === 2, tookMs, left }
      await pause(lookMs, undefined, { signal })
    }
  } finally {
    await admin.disconnect()
  }
}

async function count(client: MongoClient, run: string, collections: readonly string[], filter: object): Promise<number> {
  let sum = 0
  for (const database of databases) {
    for (const collection of collections) sum += await client.db(databaseOf(run, database)).collection(collection).countDocuments(filter)
  }
  return sum
}

async function lagOf(admin: ReturnType<Kafka['admin']>, prefix: string): Promise<number> {
  let lag = 0
  for (const { group, subscribed } of groupTopics) {
    const names = subscribed.map((topic) => `${prefix}${topic}`)
    const committed = await admin.fetchOffsets({ groupId: `${prefix}${group}`, topics: names })
    for (const topic of names) {
      const offsets = new Map(
        committed.find((each) => each.topic === topic)?.partitions.map(({ partition, offset }) => [partition, offset]),
      )
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
        lag += Number(high) - Math.max(0, Number(offsets.get(partition) ?? 0))
      }
    }
  }
  return lag
}

const groupTopics: readonly { readonly group: GroupName; readonly subscribed: readonly string[] }[] = [
  { group: 'first', subscribed: [topics.inspectors] },
  { group: 'second', subscribed: [topics.inspectors, topics.ledgers, topics.children] },
]
