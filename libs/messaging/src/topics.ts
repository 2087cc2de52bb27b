import { recognitionTopicOf, serviceTopics } from '@dual-random/contracts'
import { Kafka, logLevel } from 'kafkajs'
import { deadLetterTopic } from './dead-letter.ts'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'
import { waitForTopicLeaders } from './topic-leaders.ts'

export interface TopicSpec {
  readonly topic: string
  readonly partitions: number
  /** The broker's default where absent. */
  readonly replicationFactor?: number
  /** Topic settings by Kafka's names. */
  readonly config?: Readonly<Record<string, string>>
}

/** The topics of a deployment: each aggregate's, each group's dead letters, each region's exchange topics. */
export const topicSpecs = (groups: readonly string[], regionAliases: readonly string[], partitions: number): readonly TopicSpec[] => [
  ...serviceTopics.map((topic) => ({ topic, partitions })),
  ...groups.map((group) => ({ topic: deadLetterTopic(group), partitions: 1 })),
  ...regionAliases.map((alias) => ({ topic: recognitionTopicOf(alias), partitions })),
]

/** P9: the broker rewrites what a foreign producer compressed in a way that kafkajs cannot read, and that would crash its every reader. */
const readableCompression = { 'compression.type': 'uncompressed' }

/** Creates the topics that are missing; never changes or deletes one. */
export async function createTopics(brokers: readonly string[], prefix: string, specs: readonly TopicSpec[]): Promise<void> {
  guardIdleTimer()
  const admin = new Kafka({ clientId: 'dual-random-topics', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const existing = new Set(await admin.listTopics())
    const missing = specs.filter(({ topic }) => !existing.has(`${prefix}${topic}`))
    if (missing.length === 0) return
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map(({ topic, partitions, replicationFactor = -1, config = {} }) => ({
        topic: `${prefix}${topic}`,
        numPartitions: partitions,
        replicationFactor,
        configEntries: Object.entries({ ...readableCompression, ...config }).map(([name, value]) => ({ name, value })),
      })),
    })
    await waitForTopicLeaders(
      admin,
      missing.map(({ topic }) => `${prefix}${topic}`),
    )
  } finally {
    await admin.disconnect()
  }
}
