import type { Admin } from 'kafkajs'
import { topicNames, withTopicAdmin } from './topic-admin.ts'
import { waitForTopicLeaders } from './topic-leaders.ts'
import { settingsOf, type TopicSpec } from './topic-spec.ts'

/** Creates the topics that are missing; never changes or deletes one. */
export const createTopics = (brokers: readonly string[], prefix: string, specs: readonly TopicSpec[]): Promise<void> =>
  withTopicAdmin(brokers, async (admin) => {
    const existing = new Set(await topicNames(admin, prefix))
    await createWith(
      admin,
      prefix,
      specs.filter(({ topic }) => !existing.has(topic)),
    )
  })

/** Creates topics and waits until they can be written to; one that has come to be meanwhile is left as it is. */
export async function createWith(admin: Admin, prefix: string, specs: readonly TopicSpec[]): Promise<void> {
  if (specs.length === 0) return
  await admin.createTopics({
    waitForLeaders: false,
    topics: specs.map((spec) => ({
      topic: `${prefix}${spec.topic}`,
      numPartitions: spec.partitions,
      replicationFactor: spec.replicationFactor ?? -1,
      configEntries: Object.entries(settingsOf(spec)).map(([name, value]) => ({ name, value })),
    })),
  })
  await waitForTopicLeaders(
    admin,
    specs.map(({ topic }) => `${prefix}${topic}`),
  )
}
