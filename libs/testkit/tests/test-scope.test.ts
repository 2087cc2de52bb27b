import { Kafka, logLevel } from 'kafkajs'
import { MongoClient } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { stackAddress, testScope } from '../src/index.ts'

async function topicsOf(brokers: string): Promise<string[]> {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const topics = await admin.listTopics()
  await admin.disconnect()
  return topics
}

async function databasesOf(uri: string): Promise<string[]> {
  const client = new MongoClient(uri)
  const { databases } = await client.db().admin().listDatabases()
  await client.close()
  return databases.map(({ name }) => name)
}

describe('testScope', () => {
  it('gives each scope its own topics and databases on the real broker and store, and removes them', async () => {
    const { kafkaBrokers, mongodbUri } = stackAddress()
    const [first, second] = [await testScope('registry'), await testScope('registry')]
    expect(first.topicPrefix).not.toBe(second.topicPrefix)
    expect(first.database).not.toBe(second.database)
    const planning = await first.envOf('planning')
    expect(planning['DR_DATABASE']).not.toBe(first.database)
    expect(planning['DR_TOPIC_PREFIX']).toBe(first.topicPrefix)

    await first.createTopics(['registry.unit.v1', 'registry.dlq.v1'])
    await second.createTopics(['registry.unit.v1'])
    const client = new MongoClient(mongodbUri)
    for (const database of [first.database, planning['DR_DATABASE'], second.database])
      await client.db(database).collection<{ _id: string }>('a').insertOne({ _id: 'a' })
    await client.close()
    expect(await topicsOf(kafkaBrokers)).toEqual(
      expect.arrayContaining([`${first.topicPrefix}registry.unit.v1`, `${first.topicPrefix}registry.dlq.v1`]),
    )

    await first.dispose()
    const topics = await topicsOf(kafkaBrokers)
    expect(topics.filter((topic) => topic.startsWith(first.topicPrefix))).toEqual([])
    expect(topics).toContain(`${second.topicPrefix}registry.unit.v1`)
    const databases = await databasesOf(mongodbUri)
    expect(databases).not.toContain(first.database)
    expect(databases).not.toContain(planning['DR_DATABASE'])
    expect(databases).toContain(second.database)
    await second.dispose()
  })
})
