import { randomBytes } from 'node:crypto'
import type { LocalStack } from '@dual-random/local-stack'
import { createTopics, type TopicSpec } from '@dual-random/messaging'
import { Kafka, logLevel } from 'kafkajs'
import { MongoClient } from 'mongodb'
import { startLoopbackStack } from './loopback.ts'
import type { PipelineOptions } from './pipeline.ts'

/** A running stack with a database and topics of this run's own, removed at the end. */
export interface BenchScope extends AsyncDisposable {
  readonly stack: LocalStack
  readonly brokers: readonly string[]
  readonly database: string
  readonly topicPrefix: string
  readonly client: MongoClient
  /** For `openPipeline`, with a database of that name beside the scope's own one where it is given. */
  pipelineOptions(clientId: string, database?: string): PipelineOptions
}

export async function openBenchScope(topics: readonly TopicSpec[]): Promise<BenchScope> {
  await using parts = new AsyncDisposableStack()
  const stack = parts.use(await startLoopbackStack())
  const run = `bench_${randomBytes(4).toString('hex')}`
  const brokers = stack.kafkaBrokers.split(',')
  const topicPrefix = `${run}.`
  const client = parts.adopt(new MongoClient(stack.mongodbUri), (open) => open.close())
  const databases = new Set([run])
  parts.defer(async () => {
    for (const database of databases) await client.db(database).dropDatabase()
  })
  await createTopics(brokers, topicPrefix, topics)
  parts.defer(() => removeTopics(brokers, topicPrefix))
  const owned = parts.move()
  return {
    stack,
    brokers,
    database: run,
    topicPrefix,
    client,
    pipelineOptions: (clientId, name) => {
      const database = name === undefined ? run : `${run}_${name}`
      databases.add(database)
      return { brokers, mongodbUri: stack.mongodbUri, database, topicPrefix, clientId }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function removeTopics(brokers: readonly string[], prefix: string): Promise<void> {
  const admin = new Kafka({ clientId: 'bench', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    await admin.deleteTopics({ topics: (await admin.listTopics()).filter((topic) => topic.startsWith(prefix)) })
  } finally {
    await admin.disconnect()
  }
}
