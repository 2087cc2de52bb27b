import {
  GroupConsumer,
  KafkajsTransport,
  type MessagingMetrics,
  messagingMetrics,
  OutboxRelay,
  type Subscription,
  type Transport,
} from '@dual-random/messaging'
import { openStore, parkedStore, relayLeases, type Store } from '@dual-random/mongo'
import { createLogger, type Logger } from '@dual-random/runtime'
import { Registry } from 'prom-client'

export interface PipelineOptions {
  readonly brokers: readonly string[]
  readonly mongodbUri: string
  readonly database: string
  readonly topicPrefix: string
  readonly clientId: string
}

/** Store, transport and relay of one process, as services have them. */
export interface Pipeline extends AsyncDisposable {
  readonly store: Store
  readonly transport: Transport
  readonly relay: OutboxRelay
  readonly metrics: MessagingMetrics
  readonly logger: Logger
  /** Consumes as one group; ends with the pipeline. */
  consume(group: string, subscriptions: readonly Subscription[]): Promise<void>
}

export async function openPipeline({ brokers, mongodbUri, database, topicPrefix, clientId }: PipelineOptions): Promise<Pipeline> {
  await using parts = new AsyncDisposableStack()
  // Standard output carries figures only.
  const logger = createLogger({ service: clientId, level: 'silent' })
  const metrics = messagingMetrics(new Registry())
  const store = parts.use(await openStore({ uri: mongodbUri, database, logger }))
  const transport = parts.adopt(new KafkajsTransport({ brokers, clientId, topicPrefix, logger }), (open) => open.close())
  const relay = parts.adopt(new OutboxRelay({ transport, leases: relayLeases(store), logger, metrics }), (open) => open.stop())
  const owned = parts.move()
  return {
    store,
    transport,
    relay,
    metrics,
    logger,
    consume: async (group, subscriptions) => {
      const consumer = new GroupConsumer({ group, subscriptions, parked: parkedStore(store), transport, logger, metrics })
      await store.ensureIndexes()
      await consumer.start()
      owned.defer(() => consumer.stop())
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
