import { RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { type Handlers, implement } from '@dual-random/grpc'
import { canonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { canonicalPolicy, type Policy } from '@dual-random/policy'
import type { TokenIssuer } from '@dual-random/testkit'
import { startPeer } from './peer-server.ts'

export interface RegistryPeer {
  readonly address: string
  /** The policy a region has from now on. */
  bind(regionCode: string, policy: Policy): void
  close(): Promise<void>
}

/** Registry's policies on a real socket; every other method answers not-found. */
export async function registryPeer(issuer: TokenIssuer): Promise<RegistryPeer> {
  const policies = new Map<string, Policy>()
  const absent = {
    roles: ['SERVICE'] as const,
    handle: () => {
      throw appError('not-found', 'not-found', { meta: { what: 'method', id: 'registry' } })
    },
  }
  const others = Object.fromEntries(Object.keys(RegistryServiceService).map((name) => [name, absent]))
  const implementation = implement(RegistryServiceService, {
    ...(others as unknown as Handlers<typeof RegistryServiceService>),
    getPolicy: {
      roles: ['SERVICE'],
      handle: async ({ regionCode }) => {
        const policy = policies.get(regionCode)
        if (policy === undefined) throw appError('not-found', 'not-found', { meta: { what: 'policy', id: regionCode } })
        const policyJson = canonicalJson(canonicalPolicy(policy))
        const { preset, version } = policy.id
        return { policy: { preset, version: String(version) }, policyJson, digest: toHex(sha256(utf8(policyJson))) }
      },
    },
  })
  const server = await startPeer('registry', issuer, implementation)
  return {
    address: `127.0.0.1:${server.port}`,
    bind: (regionCode, policy) => void policies.set(regionCode, policy),
    close: () => server.close(),
  }
}
