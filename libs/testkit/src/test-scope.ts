import { randomBytes } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { MongoClient } from 'mongodb'
import { eventually } from './eventually.ts'
import { stackAddress } from './stack-address.ts'
import { type TokenIssuer, tokenIssuer } from './token-issuer.ts'

export interface TestScope {
  /** The environment of the service the scope is named after. */
  readonly env: NodeJS.ProcessEnv
  /** The same broker, store, topics and issuer for another service, with its own database and key. */
  envOf(service: string): Promise<NodeJS.ProcessEnv>
  readonly database: string
  readonly topicPrefix: string
  readonly issuer: TokenIssuer
  /** Creates topics by their names without prefix; existing ones are left alone. */
  createTopics(topics: readonly string[], partitions?: number): Promise<void>
  /** Removes the scope's topics and databases. */
  dispose(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Own database and topic names on the run's real broker and store, so that test files do not see each other. */
export async function testScope(name: string): Promise<TestScope> {
  const { kafkaBrokers, mongodbUri } = stackAddress()
  const run = randomBytes(4).toString('hex')
  const topicPrefix = `t${run}.`
  const databases = new Set<string>()
  const issuer = await tokenIssuer()
  const databaseOf = (service: string): string => `t_${run}_${service.replaceAll(/[^A-Za-z0-9]/g, '_').slice(0, 40)}`

  async function envOf(service: string): Promise<NodeJS.ProcessEnv> {
    const database = databaseOf(service)
    databases.add(database)
    return {
      DR_ENV: 'test',
      PORT: '0',
      DR_GRPC_PORT: '0',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal',
      KAFKA_BROKERS: kafkaBrokers,
      MONGODB_URI: mongodbUri,
      DR_DATABASE: database,
      DR_TOPIC_PREFIX: topicPrefix,
      DR_JWKS_URL: issuer.jwksUrl,
      DR_TOKEN_ISSUER: issuer.issuer,
      DR_SERVICE_KEY: JSON.stringify(await issuer.serviceKey(service)),
    }
  }

  async function dispose(): Promise<void> {
    await Promise.all([removeTopics(kafkaBrokers, topicPrefix), dropDatabases(mongodbUri, [...databases]), issuer.close()])
  }

  return {
    env: await envOf(name),
    envOf,
    database: databaseOf(name),
    topicPrefix,
    issuer,
    async createTopics(topics, partitions = 3) {
      await withAdmin(kafkaBrokers, async (admin) => {
        await admin.createTopics({
          // kafkajs waits for leaders with one look only, and gives up on a topic that the broker does not know yet.
          waitForLeaders: false,
          topics: topics.map((topic) => ({ topic: `${topicPrefix}${topic}`, numPartitions: partitions, replicationFactor: 1 })),
        })
        await led(
          admin,
          topics.map((topic) => `${topicPrefix}${topic}`),
        )
      })
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  }
}

/** Waits until every partition of the topics has a leader. */
async function led(admin: ReturnType<Kafka['admin']>, topics: readonly string[]): Promise<void> {
  await eventually(async () => {
    const { topics: known } = await admin.fetchTopicMetadata({ topics: [...topics] })
    if (known.some(({ partitions }) => partitions.some(({ leader }) => leader < 0))) throw new Error('a partition has no leader yet')
  })
}

async function withAdmin(brokers: string, work: (admin: ReturnType<Kafka['admin']>) => Promise<void>): Promise<void> {
  const admin = new Kafka({ clientId: 'testkit', brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.disconnect()
  }
}

const removeTopics = (brokers: string, prefix: string): Promise<void> =>
  withAdmin(brokers, async (admin) => {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix))
    if (topics.length > 0) await admin.deleteTopics({ topics })
  })

async function dropDatabases(uri: string, databases: readonly string[]): Promise<void> {
  const client = new MongoClient(uri)
  try {
    for (const database of databases) await client.db(database).dropDatabase()
  } finally {
    await client.close()
  }
}
