import { readFileSync } from 'node:fs'
import { createServiceTokens, type Role } from '@dual-random/auth'
import { toHex } from '@dual-random/kernel'
import { type Api, api, tokenIssuer } from '@dual-random/testkit'
import type { BenchScope } from './bench-scope.ts'
import { peakMegabytesOf } from './peak-memory.ts'
import { startService } from './service-process.ts'

/** Seed of the key that registry signs snapshots with. */
export const snapshotSeed: Uint8Array = new Uint8Array(32).fill(0x33)

/** Registry alone, as a process of its own. */
export interface RegistryProcess extends AsyncDisposable {
  /** A clerk of the bureau of 230300, with a token of ten minutes. */
  clerk(): Promise<Api>
  readonly grpcAddress: string
  /** Of ten minutes. */
  token(role: Role, unitId?: string): Promise<string>
  /** Of a service in its own name. */
  serviceToken(service: string): Promise<string>
  as(role: Role, unitId?: string): Promise<Api>
  /** What another service of the run needs to trust the same tokens, as environment. */
  credentials(service: string): Promise<Readonly<Record<string, string>>>
  /** The most memory it has held so far. */
  peakMegabytes(): number
}

export async function startRegistry(scope: BenchScope): Promise<RegistryProcess> {
  await using parts = new AsyncDisposableStack()
  const issuer = await tokenIssuer()
  parts.defer(() => issuer.close())
  const key = (digits: string): string => digits.repeat(32)
  const credentials = async (service: string) => ({
    DR_JWKS_URL: issuer.jwksUrl,
    DR_TOKEN_ISSUER: issuer.issuer,
    DR_SERVICE_KEY: JSON.stringify(await issuer.serviceKey(service)),
  })
  const registry = await startService(parts, scope, {
    name: 'registry',
    database: scope.database,
    env: { ...(await credentials('registry')), DR_ID_KEY: key('11'), DR_SEAL_KEY: key('22'), DR_SNAPSHOT_KEY: toHex(snapshotSeed) },
  })
  const token = (role: Role, unitId = '230300-scj'): Promise<string> =>
    issuer.token({ subject: role.toLowerCase(), unitId, regionCode: unitId.slice(0, 6), roles: [role] })
  const as = async (role: Role, unitId?: string): Promise<Api> => api(registry.httpUrl, await token(role, unitId))
  const owned = parts.move()
  return {
    clerk: () => as('REGISTRY_CLERK'),
    grpcAddress: registry.grpcAddress,
    token,
    serviceToken: async (service) => createServiceTokens({ service, key: await issuer.serviceKey(service) }).token(),
    as,
    credentials,
    peakMegabytes: () => peakMegabytesOf(readFileSync(`/proc/${registry.pid()}/status`, 'utf8')),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
