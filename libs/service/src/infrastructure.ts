import { createServiceTokens, createVerifier, type ServiceTokens, type Verifier } from '@dual-random/auth'
import { toAppError } from '@dual-random/errors'
import type { Clock } from '@dual-random/kernel'
import { KafkajsTransport, type MessagingMetrics, messagingMetrics, OutboxRelay, type Transport } from '@dual-random/messaging'
import { openStore, relayLeases, type Store } from '@dual-random/mongo'
import {
  createClock,
  createHealth,
  createLifecycle,
  createLogger,
  createMetrics,
  type Health,
  type Lifecycle,
  type Logger,
  type Metrics,
  type ServiceKey,
} from '@dual-random/runtime'

/** What `baseConfig` of libs/runtime reads. */
export interface BaseConfig {
  readonly DR_ENV: 'production' | 'development' | 'demo' | 'test'
  readonly DR_HOST: string
  readonly PORT: number
  readonly DR_GRPC_PORT: number
  readonly LOG_LEVEL: string
  readonly KAFKA_BROKERS: readonly string[]
  readonly MONGODB_URI: string
  readonly DR_DATABASE: string
  readonly DR_TOPIC_PREFIX: string
  readonly DR_JWKS_URL: string
  readonly DR_TOKEN_ISSUER: string
  readonly DR_SERVICE_KEY: ServiceKey
  readonly DR_CLOCK_FILE?: string | undefined
}

/** What every service stands on. Its parts close with `lifecycle`. */
export interface Infrastructure {
  readonly name: string
  readonly config: BaseConfig
  readonly logger: Logger
  readonly metrics: Metrics
  readonly messaging: MessagingMetrics
  readonly clock: Clock
  readonly store: Store
  readonly transport: Transport
  readonly relay: OutboxRelay
  readonly tokens: ServiceTokens
  readonly verifier: Verifier
  readonly health: Health
  readonly lifecycle: Lifecycle
}

const retryMs = 1000

/** Opens everything a service needs below its edges. Waits for a store that is not up yet: services start in any order. */
export async function openInfrastructure({
  name,
  config,
}: {
  readonly name: string
  readonly config: BaseConfig
}): Promise<Infrastructure> {
  const logger = createLogger({ service: name, level: config.LOG_LEVEL })
  const metrics = createMetrics(name)
  const messaging = messagingMetrics(metrics.registry)
  const health = createHealth()
  const lifecycle = createLifecycle(logger, { health })
  const clock = createClock({ env: config.DR_ENV, clockFile: config.DR_CLOCK_FILE })

  const store = await untilAvailable(logger, () => openStore({ uri: config.MONGODB_URI, database: config.DR_DATABASE, logger }))
  lifecycle.add('store', { close: async () => store[Symbol.asyncDispose]() })
  health.addCheck('store', () => store.ping())

  const transport = new KafkajsTransport({ brokers: config.KAFKA_BROKERS, clientId: name, topicPrefix: config.DR_TOPIC_PREFIX, logger })
  lifecycle.add('broker', { close: () => transport.close() })
  const relay = new OutboxRelay({ transport, leases: relayLeases(store), logger, metrics: messaging })
  lifecycle.add('relay', { drain: () => relay.drain(AbortSignal.timeout(4000)), close: () => relay.stop() })

  return {
    name,
    config,
    logger,
    metrics,
    messaging,
    clock,
    store,
    transport,
    relay,
    tokens: createServiceTokens({ service: name, key: config.DR_SERVICE_KEY }),
    verifier: createVerifier({ jwksUrl: config.DR_JWKS_URL, issuer: config.DR_TOKEN_ISSUER }),
    health,
    lifecycle,
  }
}

/** Tries again while store or broker cannot be reached; any other failure is final. */
export async function untilAvailable<T>(logger: Logger, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.kind !== 'unavailable') throw thrown
      logger.warn({ code: error.code }, 'waiting for a dependency')
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}
