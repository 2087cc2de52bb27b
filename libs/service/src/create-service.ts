import { createGrpcServer, type GrpcImplementation } from '@dual-random/grpc'
import { createHttpServer, type Route } from '@dual-random/http'
import { GroupConsumer, type Subscription } from '@dual-random/messaging'
import { idempotencyStore, parkedStore } from '@dual-random/mongo'
import type { Service, Sweep } from '@dual-random/runtime'
import { inboxService } from './inbox-service.ts'
import { type Infrastructure, untilAvailable } from './infrastructure.ts'

export interface ServiceOptions {
  readonly infrastructure: Infrastructure
  readonly version: string
  readonly routes: readonly Route[]
  readonly grpc: readonly GrpcImplementation[]
  readonly subscriptions: readonly Subscription[]
  readonly sweeps?: readonly Sweep[]
  /** After the indexes exist and before anything is served. */
  readonly onStart?: () => Promise<void>
}

export interface RunningService extends Service {
  /** Bound ports once started. */
  readonly httpPort: number
  readonly grpcPort: number
  /** One more pass of a sweep, for tests and operators. */
  runSweep(name: string): Promise<void>
}

/** A member counts as dead when the broker has not been heard for this long. */
const silentBrokerMs = 30_000

/** Serves REST and gRPC, consumes as one group named like the service, relays the outbox, sweeps; ends in order. */
export function createService(options: ServiceOptions): RunningService {
  const { infrastructure, version, routes, subscriptions, sweeps = [], onStart } = options
  const { name, config, logger, metrics, messaging, store, transport, relay, verifier, health, lifecycle } = infrastructure
  const idempotency = idempotencyStore(store)
  const http = createHttpServer({
    service: name,
    version,
    host: config.DR_HOST,
    port: config.PORT,
    routes,
    logger,
    metrics,
    health,
    verifier,
    idempotency,
  })
  const grpc = createGrpcServer({
    service: name,
    host: config.DR_HOST,
    port: config.DR_GRPC_PORT,
    implementations: [...options.grpc, inboxService(name, subscriptions)],
    logger,
    metrics,
    verifier,
    health,
  })
  const consumer = new GroupConsumer({ group: name, subscriptions, parked: parkedStore(store), transport, logger, metrics: messaging })

  const start = async (): Promise<void> => {
    await untilAvailable(logger, () => store.ensureIndexes())
    await onStart?.()
    await untilAvailable(logger, () => relay.start())
    lifecycle.add('idempotency', { close: async () => idempotency.stop() })
    await grpc.start()
    lifecycle.add('grpc', { drain: () => grpc.drain(), close: () => grpc.close() })
    await http.start()
    lifecycle.add('http', { drain: () => http.drain(), close: () => http.close() })
    if (subscriptions.length > 0) {
      await untilAvailable(logger, () => consumer.start())
      lifecycle.add('consumer', { close: () => consumer.stop() })
      health.addCheck('broker', async () => {
        const silentMs = Date.now() - (consumer.lastPollAt() ?? 0)
        if (silentMs > silentBrokerMs) throw new Error(`no answer from the broker for ${silentMs} ms`)
      })
    }
    for (const sweep of sweeps) {
      sweep.start()
      lifecycle.add(`sweep ${sweep.name}`, { close: () => sweep.stop() })
    }
    health.setReady(true)
    logger.info({ httpPort: http.port, grpcPort: grpc.port }, 'ready')
  }

  return {
    start,
    get httpPort() {
      return http.port
    },
    get grpcPort() {
      return grpc.port
    },
    runSweep: async (wanted) => {
      const found = sweeps.find((sweep) => sweep.name === wanted)
      if (found === undefined) throw new Error(`no sweep ${wanted}`)
      await found.runNow()
    },
    [Symbol.asyncDispose]: () => Promise.resolve(lifecycle[Symbol.asyncDispose]()),
  }
}
