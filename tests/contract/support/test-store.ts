import { randomBytes } from 'node:crypto'
import { messagingMetrics, OutboxRelay, type Transport, type TransportRecord } from '@dual-random/messaging'
import { openStore, type Store } from '@dual-random/mongo'
import { createLogger, createMetrics } from '@dual-random/runtime'
import { stackAddress } from '@dual-random/testkit'

const logger = createLogger({ service: 'contract-tests', level: 'fatal' })

/** A database of its own on the run's real store. */
export async function testStore(name: string): Promise<Store> {
  const store = await openStore({ uri: stackAddress().mongodbUri, database: `t_${randomBytes(4).toString('hex')}_${name}`, logger })
  return {
    ...store,
    [Symbol.asyncDispose]: async () => {
      await store.connection.dropDatabase()
      await store[Symbol.asyncDispose]()
    },
  }
}

export interface Outbox {
  readonly relay: OutboxRelay
  /** What went to the broker so far, once all that was written has. */
  published(): Promise<readonly TransportRecord[]>
}

/** The real relay in front of a broker that only listens. */
export function listeningOutbox(): Outbox {
  const records: TransportRecord[] = []
  const transport: Transport = {
    publish: async (batch) => void records.push(...batch),
    consume: () => Promise.reject(new Error('nothing is consumed here')),
    reread: () => Promise.reject(new Error('nothing is consumed here')),
    close: async () => undefined,
  }
  const leases = { hold: async () => true }
  const relay = new OutboxRelay({ transport, leases, logger, metrics: messagingMetrics(createMetrics('contract-tests').registry) })
  return {
    relay,
    published: async () => {
      await relay.drain(AbortSignal.timeout(5000))
      return records
    },
  }
}
