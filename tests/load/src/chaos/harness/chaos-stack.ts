import { type PrivateServer, startPrivateBroker, startPrivateStore } from '@dual-random/local-stack'
import { proxiedBrokers, proxiedStore, type ReplyCuttingProxy } from '@dual-random/testkit'
import { type ProcessName, processNames, type Route, type ServerName } from '../plan/parts.ts'

/** Broker and store of a run. Only private ones can be made to suffer. */
export interface ChaosStack {
  readonly brokers: readonly string[]
  readonly mongodbUri: string
  readonly servers: Partial<Readonly<Record<ServerName, PrivateServer>>>
}

/** A broker and a store of the run's own, with nothing in them. */
export async function startPrivateStack(parts: AsyncDisposableStack, signal: AbortSignal): Promise<ChaosStack> {
  const store = parts.use(await startPrivateStore({ signal }))
  const broker = parts.use(await startPrivateBroker({ signal }))
  return { brokers: [broker.kafkaBrokers], mongodbUri: store.mongodbUri, servers: { broker, store } }
}

/** Where a process finds both servers. */
export interface Ways {
  readonly brokers: readonly string[]
  readonly mongodbUri: string
}

export interface Network {
  readonly routes: ReadonlyMap<Route, ReplyCuttingProxy>
  readonly ways: ReadonlyMap<ProcessName, Ways>
}

/** A proxy for each process before each server, so that each can be cut off by itself. */
export async function openNetwork(parts: AsyncDisposableStack, { brokers, mongodbUri }: ChaosStack): Promise<Network> {
  const routes = new Map<Route, ReplyCuttingProxy>()
  const ways = new Map<ProcessName, Ways>()
  for (const name of processNames) {
    const before = parts.use(await proxiedBrokers(brokers))
    const store = await proxiedStore(mongodbUri)
    routes.set(`${name}/broker`, before).set(`${name}/store`, parts.use(store.proxy))
    ways.set(name, { brokers: before.addresses, mongodbUri: store.uri })
  }
  return { routes, ways }
}
