import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertNever } from '@dual-random/kernel'
import { freePorts, type Supervised, serviceNodeFlags, superviseProcess } from '@dual-random/local-stack'
import { firstOperator } from './accounts.ts'
import { cities } from './cities.ts'
import { type KeyRing, publicJwk } from './keys.ts'
import { writeProcesses } from './processes-file.ts'

export const serviceNames = ['registry', 'planning', 'drawing', 'inspection', 'publication', 'joint', 'oversight', 'gateway'] as const

export type ServiceName = (typeof serviceNames)[number]

export interface ServiceAddress {
  readonly http: number
  readonly grpc: number
}

export interface RunningServices {
  readonly addresses: Readonly<Record<ServiceName, ServiceAddress>>
  readonly gatewayUrl: string
  readonly beside: readonly Supervised[]
  readonly processes: ReadonlyMap<ServiceName, Supervised>
}

/** A process that services need and that is none: a beacon, a witness. */
export interface ProcessBeside {
  readonly name: string
  /** The program within the checkout, and its arguments. */
  readonly args: readonly string[]
  readonly readyUrl: string
  readonly env: Readonly<Record<string, string>>
  /** What it has beside, once it is known where the gateway will be. */
  readonly envAt?: (gatewayUrl: string) => Readonly<Record<string, string>>
}

export interface ServicesOptions {
  readonly keys: KeyRing
  /** Which services run. */
  readonly names: readonly ServiceName[]
  /** Names this run's databases and topics, so that runs can share a stack. */
  readonly run: string
  readonly kafkaBrokers: string
  readonly mongodbUri: string
  /** What every service has: DR_ENV, and in the demonstration the clock. */
  readonly common: Readonly<Record<string, string>>
  /** What registry and drawing have beside the common variables and their keys. */
  readonly registry: Readonly<Record<string, string>>
  readonly drawing: Readonly<Record<string, string>>
  /** Regions whose draws are made here. */
  readonly regions: readonly string[]
  readonly oidc: { readonly issuer: string; readonly jwksUrl: string }
  readonly publicityUrl: string
  readonly beside: readonly ProcessBeside[]
  readonly logFolder: string
  /** Gets the process id of each service at the start and after each restart. */
  readonly processesFile: string
  readonly onRestart: (name: string, restarts: number) => void
}

export const root = fileURLToPath(new URL('../../../../', import.meta.url))
const portal = join(root, 'apps/portal/dist/site')
const node = process.execPath

/** Starts services and what stands beside them as processes of their own; each comes back by itself when it is killed. */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const ports = await freePorts(2 * serviceNames.length)
  const addresses = Object.fromEntries(
    serviceNames.map((name, index) => [name, { http: ports[2 * index], grpc: ports[2 * index + 1] }]),
  ) as unknown as Record<ServiceName, ServiceAddress>
  const gatewayUrl = `http://127.0.0.1:${addresses.gateway.http}`

  const start = ({ name, args, readyUrl, env, envAt }: ProcessBeside): Supervised => {
    const supervised: Supervised = superviseProcess({
      name,
      command: node,
      args: [...serviceNodeFlags, '--conditions=development', ...args],
      cwd: root,
      env: { ...basicEnvironment(), ...env, ...envAt?.(gatewayUrl) },
      readyUrl,
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

  const beside = options.beside.map(start)
  const peers = Object.fromEntries(
    serviceNames.flatMap((name) => [
      [`DR_${name.toUpperCase()}_GRPC`, `127.0.0.1:${addresses[name].grpc}`],
      [`DR_${name.toUpperCase()}_HTTP`, `http://127.0.0.1:${addresses[name].http}`],
    ]),
  ) as Record<string, string>
  const processes = new Map(
    options.names.map((name) => [
      name,
      start({
        name,
        args: [`services/${name}/src/main.ts`],
        readyUrl: `http://127.0.0.1:${addresses[name].http}/readyz`,
        env: { ...peers, ...environmentOf(name, options, addresses[name], gatewayUrl), ...ownEnvironment(name, options) },
      }),
    ]),
  )
  const recordProcesses = (): void => writeProcesses(options.processesFile, processes)
  await Promise.all([...beside, ...processes.values()].map((supervised) => supervised.ready))
  recordProcesses()
  return { addresses, gatewayUrl, beside, processes }
}

/** What a process needs of ours; nothing else of the caller's environment reaches a service. */
const basicEnvironment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  TZ: 'Asia/Shanghai',
})

const environmentOf = (
  name: ServiceName,
  { keys, common, run, kafkaBrokers, mongodbUri }: ServicesOptions,
  { http, grpc }: ServiceAddress,
  gatewayUrl: string,
): Record<string, string> => ({
  ...common,
  PORT: String(http),
  DR_GRPC_PORT: String(grpc),
  LOG_LEVEL: 'info',
  KAFKA_BROKERS: kafkaBrokers,
  MONGODB_URI: mongodbUri,
  DR_DATABASE: `${run}-${name}`,
  DR_TOPIC_PREFIX: `${run}.`,
  DR_JWKS_URL: `${gatewayUrl}/.well-known/jwks.json`,
  DR_TOKEN_ISSUER: gatewayUrl,
  DR_SERVICE_KEY: JSON.stringify(keys.jwk(`service-${name}`)),
})

/** The secrets and addresses that only one service has. */
function ownEnvironment(name: ServiceName, options: ServicesOptions): Record<string, string> {
  const { keys, regions } = options
  switch (name) {
    case 'registry':
      return {
        DR_FIRST_OPERATOR: JSON.stringify(firstOperator),
        DR_ID_KEY: keys.hex('registry-ids'),
        DR_SEAL_KEY: keys.hex('registry-seal'),
        DR_SNAPSHOT_KEY: keys.hex('registry-snapshot'),
        ...options.registry,
      }
    case 'drawing':
      return {
        DR_LOG_KEYS: JSON.stringify(Object.fromEntries(regions.map((regionCode) => [regionCode, keys.hex(`log ${regionCode}`)]))),
        DR_SNAPSHOT_PUBLIC_KEY: keys.publicHex('registry-snapshot'),
        DR_NONCE_KEY: keys.hex('drawing-nonces'),
        ...options.drawing,
      }
    case 'inspection':
      return { DR_VISIT_KEY: keys.hex('visits') }
    case 'publication':
      return { DR_PUBLICITY_URL: options.publicityUrl }
    case 'gateway':
      return {
        DR_OIDC_ISSUER: options.oidc.issuer,
        DR_OIDC_JWKS_URL: options.oidc.jwksUrl,
        DR_SIGNING_KEY: JSON.stringify(keys.jwk('gateway')),
        DR_SERVICE_JWKS: JSON.stringify({ keys: serviceNames.map((each) => publicJwk(keys.jwk(`service-${each}`))) }),
        // Built by scripts/ensure-installed.mjs, which runs before the demo.
        ...(existsSync(portal) ? { DR_PORTAL_DIR: portal } : {}),
      }
    case 'joint':
      return {
        DR_REGIONS: cities.map(({ regionCode }) => regionCode).join(','),
        DR_EXCHANGE_ALIASES: cities.map(({ alias }) => alias).join(','),
        DR_COMPARISON_KEY: keys.hex('list-comparison'),
      }
    case 'planning':
      // The scenario's clock goes through months in minutes: what a sweep finds due would hang on when it comes by.
      return { DR_TERM_SWEEP_MS: '0' }
    case 'oversight':
      return {}
    default:
      return assertNever(name)
  }
}
