import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type BeaconChain, singleKeyChain } from '@dual-random/beacon'
import { ConfigError, createClock, createLogger, readConfig, type Service } from '@dual-random/runtime'
import { configShape } from './config.ts'
import { createHandler } from './handler.ts'

export interface BeaconService extends Service {
  /** Where it listens, known after `start`. */
  readonly url: () => string
}

/** Builds the beacon from the environment; throws `ConfigError` for what is wrong with it. */
export function createService(env: NodeJS.ProcessEnv): BeaconService {
  const config = readConfig(configShape, env)
  const logger = createLogger({ service: 'beacon', level: config.LOG_LEVEL })
  const clock = createClock({ env: config.DR_ENV, clockFile: config.DR_CLOCK_FILE })
  const server = createServer(createHandler(chainOf(config), config.DR_BEACON_KEY, clock))
  const url = (): string => `http://${config.DR_HOST}:${(server.address() as AddressInfo).port}`
  return {
    url,
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(config.PORT, config.DR_HOST, () => {
          logger.info({ url: url() }, 'listening')
          resolve()
        })
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) {
          resolve()
          return
        }
        server.close((error) => (error === undefined ? resolve() : reject(error)))
        server.closeIdleConnections()
      }),
  }
}

function chainOf(config: ReturnType<typeof readConfig<typeof configShape>>): BeaconChain {
  try {
    return singleKeyChain(config.DR_BEACON_KEY, {
      source: config.DR_BEACON_ID,
      kind: 'region',
      genesisTime: config.DR_BEACON_GENESIS,
      periodSeconds: config.DR_BEACON_PERIOD_S,
      beaconId: config.DR_BEACON_ID,
    })
  } catch {
    throw new ConfigError(['DR_BEACON_KEY: 不是有效的 BLS12-381 私钥 (not a scalar of the curve)'])
  }
}
