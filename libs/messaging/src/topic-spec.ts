import { recognitionTopicOf, serviceTopics } from '@dual-random/contracts'
import { deadLetterTopic } from './dead-letter.ts'

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

/** The settings that a topic is to have, with those that every topic must have. */
export const settingsOf = ({ config = {} }: TopicSpec): Readonly<Record<string, string>> => ({ ...readableCompression, ...config })
