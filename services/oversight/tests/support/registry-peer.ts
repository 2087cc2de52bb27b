import { createVerifier } from '@dual-random/auth'
import { RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcServer, type GrpcServer, type Handlers, implement } from '@dual-random/grpc'
import { canonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { canonicalPolicy, type Policy } from '@dual-random/policy'
import { createHealth, createLogger, createMetrics } from '@dual-random/runtime'
import type { TokenIssuer } from '@dual-random/testkit'

export interface RegistryPeer {
  readonly address: string
  /** The policy a region has from now on. */
  bind(regionCode: string, policy: Policy): void
  /** How often a policy was asked for. */
  asked(): number
  close(): Promise<void>
}

type Definition = typeof RegistryServiceService

/** Registry's policies on a real socket; every other method answers not-found. */
export async function registryPeer(issuer: TokenIssuer): Promise<RegistryPeer> {
  const policies = new Map<string, Policy>()
  let asked = 0
  const absent = {
    roles: ['SERVICE'] as const,
    handle: () => {
      throw appError('not-found', 'not-found', { meta: { what: 'method', id: 'registry' } })
    },
  }
  const others = Object.fromEntries(Object.keys(RegistryServiceService).map((name) => [name, absent]))
  const implementation = implement(RegistryServiceService, {
    ...(others as unknown as Handlers<Definition>),
    getPolicy: {
      roles: ['SERVICE'],
      handle: async ({ regionCode, at }) => {
        asked++
        const policy = policies.get(regionCode)
        if (policy === undefined) throw appError('failed-precondition', 'region-unbound', { meta: { regionCode, at } })
        const json = canonicalPolicy(policy)
        const digest = toHex(sha256(utf8(canonicalJson(json))))
        return { policy: { preset: policy.id.preset, version: String(policy.id.version) }, policyJson: JSON.stringify(json), digest }
      },
    },
  })
  const server: GrpcServer = createGrpcServer({
    service: 'registry',
    port: 0,
    implementations: [implementation],
    logger: createLogger({ service: 'registry', level: 'fatal' }),
    metrics: createMetrics('registry'),
    verifier: createVerifier({ jwksUrl: issuer.jwksUrl, issuer: issuer.issuer }),
    health: createHealth(),
  })
  await server.start()
  return {
    address: `127.0.0.1:${server.port}`,
    bind: (regionCode, policy) => void policies.set(regionCode, policy),
    asked: () => asked,
    close: () => server.close(),
  }
}
