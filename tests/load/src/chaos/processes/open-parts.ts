import type { Clock } from '@dual-random/kernel'
import { KafkajsTransport, type MessagingMetrics, messagingMetrics, type OutboxRelay, type Transport } from '@dual-random/messaging'
import { openStore, relayLeases, type Store } from '@dual-random/mongo'
import { createLogger, type Logger } from '@dual-random/runtime'
import { Registry } from 'prom-client'
import { type Control, controlReader, jumpingClock } from './control.ts'
import { type HistoryNote, historyWriter } from './history.ts'
import { plantedTransport } from './planted.ts'
import { relayOf } from './relay-of.ts'
import { type DatabaseName, databaseOf, type ProcessSettings, topicPrefixOf } from './settings.ts'

/** What every process under test stands on, put together as services are; closed in reverse. */
export interface Parts extends AsyncDisposable {
  readonly logger: Logger
  readonly metrics: MessagingMetrics
  readonly store: Store
  readonly transport: Transport
  readonly relay: OutboxRelay
  readonly clock: Clock
  readonly control: () => Control
  readonly note: (note: HistoryNote) => void
}

export async function openParts(settings: ProcessSettings, database: DatabaseName): Promise<Parts> {
  await using parts = new AsyncDisposableStack()
  const { name, brokers, run, plant } = settings
  const logger = createLogger({ service: name, level: 'info' })
  const metrics = messagingMetrics(new Registry())
  const control = controlReader(settings.controlFile)
  const uri = settings.mongodbUri
  const store = parts.use(await untilAvailable(() => openStore({ uri, database: databaseOf(run, database), logger })))
  const transport = parts.adopt(
    plantedTransport(plant, new KafkajsTransport({ brokers, clientId: name, topicPrefix: topicPrefixOf(run), logger })),
    (open) => open.close(),
  )
  const relay = parts.adopt(relayOf(settings, { transport, leases: relayLeases(store), logger, metrics }), async (open) => {
    await open.drain(AbortSignal.timeout(4000))
    await open.stop()
  })
  const owned = parts.move()
  return {
    logger,
    metrics,
    store,
    transport,
    relay,
    clock: jumpingClock(control),
    control,
    note: historyWriter(settings.historyFile),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const retryMs = 1000

/** Tries again while store or broker cannot be reached; any other failure is final. */
export async function untilAvailable<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (thrown) {
      if ((thrown as { readonly kind?: unknown }).kind !== 'unavailable') throw thrown
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}
