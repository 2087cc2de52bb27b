import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DrawChain, signPulse, singleKeyChain, verifyPulse } from '@dual-random/beacon'
import {
  ConfigError,
  createClock,
  createHealth,
  createLifecycle,
  createLogger,
  createMetrics,
  type Logger,
  type Service,
} from '@dual-random/runtime'
import { type BeaconConfig, readBeaconConfig } from './config.ts'
import { type GuardedClock, guardedClock } from './guarded-clock.ts'
import { createHandler } from './handler.ts'
import { beaconFigures } from './metrics.ts'
import { rateLimit } from './rate-limit.ts'
import { rememberedPulses } from './remembered-pulses.ts'

export interface BeaconService extends Service {
  /** Where it listens, known after `start`. */
  readonly url: () => string
}

/** A client that sends its request slower than this is let go. */
const requestTimeoutMs = 10_000

/** Builds the beacon from the environment; throws `ConfigError` for what is wrong with it. */
export function createService(env: NodeJS.ProcessEnv): BeaconService {
  const config = readBeaconConfig(env)
  const logger = createLogger({ service: 'beacon', level: config.LOG_LEVEL })
  const chain = chainOf(config)
  const clock = clockOf(config)
  const metrics = createMetrics('beacon')
  const figures = beaconFigures(metrics, clock.disbelievedMs)
  const health = createHealth()
  health.addCheck('clock', () => requireBelief(clock))
  const lifecycle = createLifecycle(logger, { health })
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs, maxHeaderSize: 8192 },
    createHandler({
      chain,
      pulseOf: rememberedPulses(config.secret, () => figures.signed.inc()),
      clock: clock.now,
      limit: rateLimit(config.DR_BEACON_RATE, () => performance.now()),
      proxies: config.DR_BEACON_PROXIES,
      health,
      metrics,
      figures,
    }),
  )
  const url = (): string => `http://${config.DR_HOST}:${(server.address() as AddressInfo).port}`
  const watching = watchClock(clock, logger)
  lifecycle.add('clock', { close: async () => clearInterval(watching) })
  return {
    url,
    start: async () => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(config.PORT, config.DR_HOST, resolve)
      })
      const closed = (): Promise<void> =>
        new Promise((resolve) => {
          server.close(() => resolve())
          server.closeIdleConnections()
        })
      let draining: Promise<void> | undefined
      lifecycle.add('http', {
        drain: () => (draining ??= closed()),
        close: async () => {
          draining ??= closed()
          server.closeAllConnections()
          await draining
        },
      })
      health.setReady(true)
      logger.info({ url: url(), publicKey: chain.publicKey }, 'listening')
    },
    [Symbol.asyncDispose]: () => Promise.resolve(lifecycle[Symbol.asyncDispose]()),
  }
}

/** The demo moves its clock at will; everywhere else a step beyond the tolerance is not believed. */
function clockOf(config: BeaconConfig): GuardedClock {
  const wall = createClock({ env: config.DR_ENV, clockFile: config.DR_CLOCK_FILE })
  if (config.DR_CLOCK_FILE !== undefined) return { now: wall, disbelievedMs: () => 0 }
  return guardedClock({ wall, steadyMs: () => performance.now(), toleranceMs: 1000 * config.DR_BEACON_CLOCK_STEP_S })
}

async function requireBelief({ disbelievedMs }: GuardedClock): Promise<void> {
  const ms = disbelievedMs()
  if (ms > 0) throw new Error(`the clock was put forward by ${ms} ms; set it right, or start the beacon anew when it is`)
}

const watchEveryMs = 1000

/** Reads the clock once a second, so that small steps are followed one by one, and tells when it is no longer believed. */
function watchClock({ disbelievedMs }: GuardedClock, logger: Logger): NodeJS.Timeout {
  let wasBelieved = true
  const timer = setInterval(() => {
    const ms = disbelievedMs()
    if (ms > 0 && wasBelieved) logger.error({ putForwardMs: ms }, 'the clock was put forward and is not believed')
    wasBelieved = ms === 0
  }, watchEveryMs)
  return timer.unref()
}

function chainOf({ secret, DR_BEACON_ID, DR_BEACON_GENESIS, DR_BEACON_PERIOD_S }: BeaconConfig): DrawChain {
  const problem = new ConfigError(['DR_BEACON_KEY_FILE: 不是有效的 BLS12-381 私钥 (not a scalar of the curve)'])
  try {
    const chain = singleKeyChain(secret, {
      source: DR_BEACON_ID,
      kind: 'region',
      genesisTime: DR_BEACON_GENESIS,
      periodSeconds: DR_BEACON_PERIOD_S,
      beaconId: DR_BEACON_ID,
    })
    // What this process signs must be what the others accept.
    if (verifyPulse(chain, signPulse(secret, 1)).ok) return chain
  } catch {
    throw problem
  }
  throw problem
}
