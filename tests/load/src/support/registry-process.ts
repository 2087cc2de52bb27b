import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Role } from '@dual-random/auth'
import { toHex } from '@dual-random/kernel'
import { freePorts, serviceNodeFlags, superviseProcess } from '@dual-random/local-stack'
import { type Api, api, tokenIssuer } from '@dual-random/testkit'
import type { BenchScope } from './bench-scope.ts'
import { peakMegabytesOf } from './peak-memory.ts'

const main = fileURLToPath(new URL('../../../../services/registry/src/main.ts', import.meta.url))

/** Seed of the key that registry signs snapshots with. */
export const snapshotSeed: Uint8Array = new Uint8Array(32).fill(0x33)

/** Registry alone, as a process of its own. */
export interface RegistryProcess extends AsyncDisposable {
  /** A clerk of the bureau of 230300, with a token of ten minutes. */
  clerk(): Promise<Api>
  readonly grpcAddress: string
  /** Of ten minutes. */
  token(role: Role, unitId?: string): Promise<string>
  as(role: Role, unitId?: string): Promise<Api>
  /** What another service of the run needs to trust the same tokens, as environment. */
  credentials(service: string): Promise<Readonly<Record<string, string>>>
  /** The most memory it has held so far. */
  peakMegabytes(): number
}

export async function startRegistry(scope: BenchScope): Promise<RegistryProcess> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'dual-random-bench-')), (path) => rmSync(path, { recursive: true }))
  const issuer = await tokenIssuer()
  parts.defer(() => issuer.close())
  const [httpPort, grpcPort] = await freePorts(2)
  const key = (digits: string): string => digits.repeat(32)
  const credentials = async (service: string) => ({
    DR_JWKS_URL: issuer.jwksUrl,
    DR_TOKEN_ISSUER: issuer.issuer,
    DR_SERVICE_KEY: JSON.stringify(await issuer.serviceKey(service)),
  })
  const registry = superviseProcess({
    name: 'registry',
    command: process.execPath,
    args: [...serviceNodeFlags, '--conditions=development', main],
    env: {
      PATH: process.env['PATH'],
      DR_ENV: 'test',
      LOG_LEVEL: 'error',
      PORT: String(httpPort),
      DR_GRPC_PORT: String(grpcPort),
      KAFKA_BROKERS: scope.stack.kafkaBrokers,
      MONGODB_URI: scope.stack.mongodbUri,
      DR_DATABASE: scope.database,
      DR_TOPIC_PREFIX: scope.topicPrefix,
      ...(await credentials('registry')),
      DR_ID_KEY: key('11'),
      DR_SEAL_KEY: key('22'),
      DR_SNAPSHOT_KEY: toHex(snapshotSeed),
    },
    readyUrl: `http://127.0.0.1:${httpPort}/readyz`,
    logFile: join(folder, 'registry.log'),
    restart: false,
  })
  parts.defer(() => registry.stop())
  await registry.ready
  const token = (role: Role, unitId = '230300-scj'): Promise<string> =>
    issuer.token({ subject: role.toLowerCase(), unitId, regionCode: unitId.slice(0, 6), roles: [role] })
  const as = async (role: Role, unitId?: string): Promise<Api> => api(`http://127.0.0.1:${httpPort}`, await token(role, unitId))
  const owned = parts.move()
  return {
    clerk: () => as('REGISTRY_CLERK'),
    grpcAddress: `127.0.0.1:${grpcPort}`,
    token,
    as,
    credentials,
    peakMegabytes: () => peakMegabytesOf(readFileSync(`/proc/${registry.pid()}/status`, 'utf8')),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
