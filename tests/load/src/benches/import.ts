import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { events } from '@dual-random/contracts'
import { cities, generateObjects } from '@dual-random/demo'
import { freePorts, superviseProcess } from '@dual-random/local-stack'
import { type Api, api, eventually, tokenIssuer } from '@dual-random/testkit'
import type { MongoClient } from 'mongodb'
import { type Figure, figureBeside } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { type BenchScope, openBenchScope } from '../support/bench-scope.ts'

/** What registry writes to and listens to. */
const topics = [...new Set([...Object.values(events.registry), events.inspection.resultRecorded].map(({ topic }) => topic))].map(
  (topic) => ({
    topic,
    partitions: 3,
  }),
)

const main = fileURLToPath(new URL('../../../../services/registry/src/main.ts', import.meta.url))

/** Rows per second of an object register through registry's HTTP import; the floor is insertMany of the documents it stored. */
export async function benchImport({ rows }: BenchOptions): Promise<readonly Figure[]> {
  const [city] = cities
  if (city === undefined) throw new Error('no city')
  await using scope = await openBenchScope(topics)
  await using registry = await startRegistry(scope)
  await importObjects(registry.clerk, generateObjects('bench warm-up', city, 1000).csv)
  const file = generateObjects('bench', city, rows)
  const startedAt = performance.now()
  await importObjects(registry.clerk, file.csv)
  const perSecond = (1000 * rows) / (performance.now() - startedAt)
  return [figureBeside('import.rows', perSecond, 'rows/s', await insertedPerSecond(scope.client, scope.database, rows))]
}

async function importObjects(clerk: Api, csv: string): Promise<void> {
  const { status, body } = await clerk.upload<{ readonly created?: number }>('/v1/objects/import', csv, 'text/csv')
  if (status !== 200 || (body.created ?? 0) === 0) throw new Error(`import: ${status} ${JSON.stringify(body)}`)
}

/** Registry alone, as a process of its own. */
async function startRegistry(scope: BenchScope): Promise<{ readonly clerk: Api } & AsyncDisposable> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'dual-random-bench-')), (path) => rmSync(path, { recursive: true }))
  const issuer = await tokenIssuer()
  parts.defer(() => issuer.close())
  const [httpPort, grpcPort] = await freePorts(2)
  const key = (digits: string): string => digits.repeat(32)
  const registry = superviseProcess({
    name: 'registry',
    command: process.execPath,
    args: ['--conditions=development', main],
    env: {
      PATH: process.env['PATH'],
      DR_ENV: 'test',
      LOG_LEVEL: 'warn',
      PORT: String(httpPort),
      DR_GRPC_PORT: String(grpcPort),
      KAFKA_BROKERS: scope.stack.kafkaBrokers,
      MONGODB_URI: scope.stack.mongodbUri,
      DR_DATABASE: scope.database,
      DR_TOPIC_PREFIX: scope.topicPrefix,
      DR_JWKS_URL: issuer.jwksUrl,
      DR_TOKEN_ISSUER: issuer.issuer,
      DR_SERVICE_KEY: JSON.stringify(await issuer.serviceKey('registry')),
      DR_ID_KEY: key('11'),
      DR_SEAL_KEY: key('22'),
      DR_SNAPSHOT_KEY: key('33'),
    },
    readyUrl: `http://127.0.0.1:${httpPort}/readyz`,
    logFile: join(folder, 'registry.log'),
    restart: false,
  })
  parts.defer(() => registry.stop())
  await registry.ready
  const token = await issuer.token({ subject: 'clerk', unitId: '230300-scj', regionCode: '230300', roles: ['REGISTRY_CLERK'] })
  const owned = parts.move()
  return { clerk: api(`http://127.0.0.1:${httpPort}`, token), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const batchSize = 1000

/** Writes the imported documents, as many and as large, to a collection without any index of its own. */
async function insertedPerSecond(client: MongoClient, database: string, rows: number): Promise<number> {
  const stored = client.db(database).collection('objects')
  // What waits in an outbox would be written by the floor too.
  await eventually(
    async () => {
      if ((await stored.countDocuments({ 'outbox.0': { $exists: true } })) > 0) throw new Error('registry has not published all events')
    },
    { timeoutMs: 60_000, everyMs: 200 },
  )
  const documents = await stored.find().limit(rows).toArray()
  const copies = client.db(database).collection('bench_copies')
  await copies.insertMany(documents.slice(0, batchSize))
  await copies.deleteMany({})
  const startedAt = performance.now()
  for (let start = 0; start < documents.length; start += batchSize) {
    await copies.insertMany(documents.slice(start, start + batchSize), { ordered: false, writeConcern: { w: 'majority' } })
  }
  return (1000 * documents.length) / (performance.now() - startedAt)
}
