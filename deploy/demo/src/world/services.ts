import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertNever } from '@dual-random/kernel'
import { freePorts, type Supervised, serviceNodeFlags, superviseProcess } from '@dual-random/local-stack'
import { firstOperator } from './accounts.ts'
import { cities } from './cities.ts'
import { demoHexKey, demoJwk, publicHexKey, publicJwk } from './keys.ts'
import { writeProcesses } from './processes-file.ts'
import { prepareWitnesses } from './witnesses.ts'

export const serviceNames = ['registry', 'planning', 'drawing', 'inspection', 'publication', 'joint', 'oversight', 'gateway'] as const

export type ServiceName = (typeof serviceNames)[number]

export interface ServiceAddress {
  readonly http: number
  readonly grpc: number
}

export interface RunningServices {
  readonly addresses: Readonly<Record<ServiceName, ServiceAddress>>
  readonly gatewayUrl: string
  readonly beacon: Supervised
  readonly witnesses: readonly Supervised[]
  readonly processes: ReadonlyMap<ServiceName, Supervised>
}

export interface ServicesOptions {
  readonly seed: string
  /** Names this run's databases and topics, so that runs can share a stack. */
  readonly run: string
  readonly kafkaBrokers: string
  readonly mongodbUri: string
  readonly clockFile: string
  /** Instant at which the scenario begins. */
  readonly startedAt: string
  readonly oidc: { readonly issuer: string; readonly jwksUrl: string }
  readonly publicityUrl: string
  readonly beacon: { readonly secretKey: string; readonly publicKey: string; readonly genesis: number; readonly periodSeconds: number }
  readonly logFolder: string
  /** Where the witnesses keep their keys files and copies. */
  readonly witnessFolder: string
  /** Gets the process id of each service at the start and after each restart. */
  readonly processesFile: string
  readonly onRestart: (name: string, restarts: number) => void
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const portal = join(root, 'apps/portal/dist/site')
const node = process.execPath

/** Starts the beacon, five witnesses and the eight services as processes of their own; each comes back by itself when it is killed. */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const ports = await freePorts(2 * serviceNames.length + 1)
  const addresses = Object.fromEntries(
    serviceNames.map((name, index) => [name, { http: ports[2 * index], grpc: ports[2 * index + 1] }]),
  ) as unknown as Record<ServiceName, ServiceAddress>
  const beaconPort = ports.at(-1) ?? 0
  const gatewayUrl = `http://127.0.0.1:${addresses.gateway.http}`

  const start = (name: string, main: string, port: number, env: Readonly<Record<string, string>>): Supervised => {
    const supervised: Supervised = superviseProcess({
      name,
      command: node,
      args: [...serviceNodeFlags, '--conditions=development', main],
      cwd: root,
      env: { ...basicEnvironment(), ...env },
      readyUrl: `http://127.0.0.1:${port}/${name === 'beacon' ? 'healthz' : 'readyz'}`,
      logFile: `${options.logFolder}/${name}.log`,
      restart: true,
      onRestart: (restarts) => {
        options.onRestart(name, restarts)
        // One that is stopped before it is ready has no place in the file.
        void supervised.ready.then(recordProcesses, () => undefined)
      },
    })
    return supervised
  }

  const beacon = start('beacon', 'apps/beacon/src/main.ts', beaconPort, {
    PORT: String(beaconPort),
    DR_ENV: 'demo',
    DR_CLOCK_FILE: options.clockFile,
    DR_BEACON_KEY: options.beacon.secretKey,
    DR_BEACON_GENESIS: String(options.beacon.genesis),
    DR_BEACON_PERIOD_S: String(options.beacon.periodSeconds),
  })
  const { witnessFolder: folder, seed, startedAt, clockFile } = options
  const witnessing = await prepareWitnesses({ seed, startedAt, clockFile, folder, beaconPublicKey: options.beacon.publicKey })
  const witnesses = witnessing.processes.map(({ witnessId, httpPort, env }) => start(witnessId, 'apps/witness/src/main.ts', httpPort, env))
  const peers = Object.fromEntries(
    serviceNames.flatMap((name) => [
      [`DR_${name.toUpperCase()}_GRPC`, `127.0.0.1:${addresses[name].grpc}`],
      [`DR_${name.toUpperCase()}_HTTP`, `http://127.0.0.1:${addresses[name].http}`],
    ]),
  ) as Record<string, string>
  const processes = new Map(
    serviceNames.map((name) => [
      name,
      start(name, `services/${name}/src/main.ts`, addresses[name].http, {
        ...peers,
        ...environmentOf(name, options, addresses[name], gatewayUrl),
        ...ownEnvironment(name, options, `http://127.0.0.1:${beaconPort}`),
        ...(name === 'drawing' ? witnessing.drawing : {}),
      }),
    ]),
  )
  const recordProcesses = (): void => writeProcesses(options.processesFile, processes)
  await Promise.all([beacon, ...witnesses, ...processes.values()].map((supervised) => supervised.ready))
  recordProcesses()
  return { addresses, gatewayUrl, beacon, witnesses, processes }
}

/** What a process needs of ours; nothing else of the caller's environment reaches a service. */
const basicEnvironment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  TZ: 'Asia/Shanghai',
})

const environmentOf = (
  name: ServiceName,
  { seed, run, kafkaBrokers, mongodbUri, clockFile }: ServicesOptions,
  { http, grpc }: ServiceAddress,
  gatewayUrl: string,
): Record<string, string> => ({
  DR_ENV: 'demo',
  PORT: String(http),
  DR_GRPC_PORT: String(grpc),
  LOG_LEVEL: 'info',
  KAFKA_BROKERS: kafkaBrokers,
  MONGODB_URI: mongodbUri,
  DR_DATABASE: `${run}-${name}`,
  DR_TOPIC_PREFIX: `${run}.`,
  DR_JWKS_URL: `${gatewayUrl}/.well-known/jwks.json`,
  DR_TOKEN_ISSUER: gatewayUrl,
  DR_SERVICE_KEY: JSON.stringify(demoJwk(seed, `service-${name}`)),
  DR_CLOCK_FILE: clockFile,
})

/** The secrets and addresses that only one service has. */
function ownEnvironment(name: ServiceName, options: ServicesOptions, beaconUrl: string): Record<string, string> {
  const { seed } = options
  switch (name) {
    case 'registry':
      return {
        DR_DEMO_SEED: seed,
        DR_FIRST_OPERATOR: JSON.stringify(firstOperator),
        DR_ID_KEY: demoHexKey(seed, 'registry-ids'),
        DR_SEAL_KEY: demoHexKey(seed, 'registry-seal'),
        DR_SNAPSHOT_KEY: demoHexKey(seed, 'registry-snapshot'),
      }
    case 'drawing':
      return {
        DR_LOG_KEYS: JSON.stringify(
          Object.fromEntries(cities.map(({ regionCode }) => [regionCode, demoHexKey(seed, `log ${regionCode}`)])),
        ),
        DR_SNAPSHOT_PUBLIC_KEY: publicHexKey(seed, 'registry-snapshot'),
        DR_NONCE_KEY: demoHexKey(seed, 'drawing-nonces'),
        DR_LOG_STARTED_AT: options.startedAt,
        DR_BEACONS: JSON.stringify([
          {
            source: 'self/demo',
            relays: [beaconUrl],
            publicKey: options.beacon.publicKey,
            genesisTime: options.beacon.genesis,
            periodSeconds: options.beacon.periodSeconds,
          },
        ]),
      }
    case 'inspection':
      return { DR_VISIT_KEY: demoHexKey(seed, 'visits') }
    case 'publication':
      return { DR_PUBLICITY_URL: options.publicityUrl }
    case 'gateway':
      return {
        DR_OIDC_ISSUER: options.oidc.issuer,
        DR_OIDC_JWKS_URL: options.oidc.jwksUrl,
        DR_SIGNING_KEY: JSON.stringify(demoJwk(seed, 'gateway')),
        DR_SERVICE_JWKS: JSON.stringify({ keys: serviceNames.map((each) => publicJwk(demoJwk(seed, `service-${each}`))) }),
        // Built by scripts/ensure-installed.mjs, which runs before the demo.
        ...(existsSync(portal) ? { DR_PORTAL_DIR: portal } : {}),
      }
    case 'joint':
      return {
        DR_REGIONS: cities.map(({ regionCode }) => regionCode).join(','),
        DR_EXCHANGE_ALIASES: cities.map(({ alias }) => alias).join(','),
      }
    case 'planning':
    case 'oversight':
      return {}
    default:
      return assertNever(name)
  }
}
