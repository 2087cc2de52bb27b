import { randomBytes } from 'node:crypto'
import { instantOf } from '@dual-random/kernel'
import { KafkajsTransport, messagingMetrics, OutboxRelay } from '@dual-random/messaging'
import { type TestScope, testScope } from '@dual-random/testkit'
import { type Logger, pino } from 'pino'
import { Registry } from 'prom-client'
import { type AggregateStore, aggregates, openStore, relayLeases, type Store } from '../src/index.ts'

export interface Counter {
  readonly regionCode: string
  readonly unitId: string
  readonly value: number
}

/** A store of its own with one collection of aggregates, and everything their events need. */
export interface Bench extends AsyncDisposable {
  readonly scope: TestScope
  readonly store: Store
  readonly relay: OutboxRelay
  readonly transport: KafkajsTransport
  readonly logger: Logger
  readonly metrics: ReturnType<typeof messagingMetrics>
  counters(collection?: string): AggregateStore<Counter>
}

export const counterState = (value: number): Counter => ({ regionCode: '230300', unitId: 'u1', value })

export async function openBench(topics: readonly string[]): Promise<Bench> {
  const scope = await testScope(`mongo-${randomBytes(3).toString('hex')}`)
  await scope.createTopics(topics)
  const logger: Logger = pino({ level: 'silent' })
  const metrics = messagingMetrics(new Registry())
  const store = await openStore({ uri: scope.env['MONGODB_URI'] ?? '', database: scope.database, logger })
  const transport = new KafkajsTransport({
    brokers: (scope.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'mongo-tests',
    topicPrefix: scope.topicPrefix,
    logger,
  })
  const relay = new OutboxRelay({ transport, leases: relayLeases(store), logger, metrics })
  return {
    scope,
    store,
    relay,
    transport,
    logger,
    metrics,
    counters: (collection) => countersOf(store, relay, collection),
    [Symbol.asyncDispose]: async () => {
      await relay.stop()
      await transport.close()
      await store[Symbol.asyncDispose]()
      await scope.dispose()
    },
  }
}

export const countersOf = (store: Store, relay: OutboxRelay, collection = 'counters'): AggregateStore<Counter> =>
  aggregates<Counter>(store, {
    collection,
    scopeOf: (state) => state,
    indexes: [{ fields: { 'state.value': 1 } }],
    service: 'registry',
    relay,
    clock: () => instantOf(Date.now()),
  })
