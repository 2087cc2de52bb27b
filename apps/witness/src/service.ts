import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGrpcServer } from '@dual-random/grpc'
import type { Clock } from '@dual-random/kernel'
import { createClock, createHealth, createLifecycle, createLogger, createMetrics, type Service, sweep } from '@dual-random/runtime'
import { Counter, Gauge } from 'prom-client'
import { comparePeers, openPeers } from './app/compare-peers.ts'
import { Mirror } from './app/mirror.ts'
import { RegionWitness } from './app/region-witness.ts'
import { readWitnessConfig } from './config.ts'
import { witnessService } from './grpc/witness-service.ts'
import { createHandler } from './http/handler.ts'
import { openMirrorMetrics } from './mirror-metrics.ts'
import { openMirrorFolder } from './store/mirror-folder.ts'
import { type Incident, openRegionFolder } from './store/region-folder.ts'

export interface WitnessService extends Service {
  /** Bound ports once started. */
  readonly httpPort: number
  readonly grpcPort: number
  /** One comparison with the peers, for tests and operators. */
  compareNow(): Promise<void>
  /** One pass over the public files that are missing. */
  mirrorNow(): Promise<void>
}

const compareEveryMs = 30_000
const mebibyte = 2 ** 20

/** Builds a witness from the environment; throws `ConfigError` for what is wrong with it. */
export async function createService(env: NodeJS.ProcessEnv, overrides: { readonly clock?: Clock } = {}): Promise<WitnessService> {
  const config = readWitnessConfig(env)
  const logger = createLogger({ service: 'witness', level: config.LOG_LEVEL })
  const clock = overrides.clock ?? createClock({ env: config.DR_ENV, clockFile: config.DR_CLOCK_FILE })
  const health = createHealth()
  const metrics = createMetrics('witness')
  const registers = [metrics.registry]
  const incidents = new Counter({ name: 'dr_witness_incidents_total', help: 'Forks that were proven', labelNames: ['region'], registers })
  const lifecycle = createLifecycle(logger, { health })
  const key = { witnessId: config.DR_WITNESS_ID, sign: config.key.sign }
  const regions = new Map<string, RegionWitness>()
  const mirrors = new Map<string, Mirror>()
  const mirrorMetrics = openMirrorMetrics(metrics, mirrors)
  const held = new Gauge({ name: 'dr_witness_log_lines', help: 'Lines of the region log held', labelNames: ['region'], registers })
  const alarm = ({ type, regionCode }: Incident): void => {
    incidents.inc({ region: regionCode })
    logger.error({ type, regionCode }, 'incident')
  }
  try {
    for (const keys of config.regions) {
      const folder = await openRegionFolder(config.DR_WITNESS_DATA, keys.regionCode)
      lifecycle.add(`folder of ${keys.regionCode}`, folder)
      const region = await RegionWitness.open({ keys, folder, key, clock, alarm })
      lifecycle.add(`copy of ${keys.regionCode}`, { close: () => region.settled() })
      regions.set(keys.regionCode, region)
      const mirror = await Mirror.open({
        region,
        folder: await openMirrorFolder(config.DR_WITNESS_DATA, keys.regionCode),
        sources: config.DR_WITNESS_KEEPERS.get(keys.regionCode) ?? [],
        mostFileBytes: config.DR_WITNESS_FILE_MAX_MB * mebibyte,
        mostBytes: config.DR_WITNESS_MIRROR_MAX_MB * mebibyte,
        logger,
        told: mirrorMetrics.told(keys.regionCode),
      })
      mirrors.set(keys.regionCode, mirror)
    }
  } catch (thrown) {
    await lifecycle[Symbol.asyncDispose]()
    throw thrown
  }
  const peers = openPeers(config.DR_WITNESS_PEERS, metrics)
  for (const { witnessId, client } of peers) lifecycle.add(`peer ${witnessId}`, { close: async () => client.close() })
  const comparing = sweep({
    name: 'compare-peers',
    everyMs: compareEveryMs,
    run: (signal) => comparePeers([...regions.values()], peers, logger, signal),
    logger,
    metrics,
  })
  const mirroring = sweep({
    name: 'mirror',
    everyMs: 1000 * config.DR_WITNESS_MIRROR_S,
    run: async (signal) => {
      for (const mirror of mirrors.values()) await mirror.pass(signal)
    },
    logger,
    metrics,
  })
  const grpc = createGrpcServer({
    service: 'witness',
    host: config.DR_HOST,
    port: config.DR_GRPC_PORT,
    implementations: [witnessService(regions)],
    logger,
    metrics,
    health,
  })
  const readMetrics = (): Promise<string> => {
    for (const region of regions.values()) held.set({ region: region.regionCode }, region.seq + 1)
    mirrorMetrics.read()
    return metrics.registry.metrics()
  }
  const http = createServer(createHandler({ witnessId: key.witnessId, regions, mirrors, health, metrics: readMetrics }))

  return {
    get httpPort() {
      return (http.address() as AddressInfo).port
    },
    get grpcPort() {
      return grpc.port
    },
    compareNow: () => comparing.runNow(),
    mirrorNow: () => mirroring.runNow(),
    async start() {
      await grpc.start()
      lifecycle.add('grpc', { drain: () => grpc.drain(), close: () => grpc.close() })
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject)
        http.listen(config.PORT, config.DR_HOST, resolve)
      })
      lifecycle.add('http', {
        close: () =>
          new Promise((resolve) => {
            http.close(() => resolve())
            http.closeAllConnections()
          }),
      })
      comparing.start()
      lifecycle.add('compare-peers', { close: () => comparing.stop() })
      mirroring.start()
      lifecycle.add('mirror', { close: () => mirroring.stop() })
      health.setReady(true)
      logger.info({ witnessId: key.witnessId, httpPort: (http.address() as AddressInfo).port, grpcPort: grpc.port }, 'ready')
    },
    [Symbol.asyncDispose]: () => Promise.resolve(lifecycle[Symbol.asyncDispose]()),
  }
}
