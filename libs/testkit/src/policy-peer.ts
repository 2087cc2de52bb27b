import { type GetPolicyRequest, type GetPolicyResponse, RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { canonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { canonicalPolicy, type Policy } from '@dual-random/policy'
import { type PeerServer, type ServingShape, startPeer } from './peer-server.ts'
import type { TokenIssuer } from './token-issuer.ts'

const { getPolicy } = RegistryServiceService

/** Registry's answer of GetPolicy. */
export function policyAnswer(policy: Policy): GetPolicyResponse {
  const policyJson = canonicalJson(canonicalPolicy(policy))
  const { preset, version } = policy.id
  return { policy: { preset, version: String(version) }, policyJson, digest: toHex(sha256(utf8(policyJson))) }
}

/** `ServingShape` and what else is used here of libs/grpc. */
export interface PolicyServingShape<I, V> extends ServingShape<I, V> {
  readonly implement: (
    definition: { readonly getPolicy: typeof getPolicy },
    handlers: {
      readonly getPolicy: {
        readonly roles: readonly 'SERVICE'[]
        readonly handle: (request: GetPolicyRequest) => Promise<GetPolicyResponse>
      }
    },
  ) => I
}

export interface PolicyPeer extends PeerServer {
  /** The policy a region has from now on. */
  bind(regionCode: string, policy: Policy): void
}

/** Registry's policies on a real socket, and of registry nothing else but what is given; a region without one is `region-unbound`. */
export async function policyPeer<I, V>(
  serving: PolicyServingShape<I, V>,
  issuer: TokenIssuer,
  others: readonly I[] = [],
): Promise<PolicyPeer> {
  const policies = new Map<string, Policy>()
  const implementation = serving.implement(
    { getPolicy },
    {
      getPolicy: {
        roles: ['SERVICE'],
        handle: async ({ regionCode, at }) => {
          const policy = policies.get(regionCode)
          if (policy === undefined) throw appError('failed-precondition', 'region-unbound', { meta: { regionCode, at } })
          return policyAnswer(policy)
        },
      },
    },
  )
  const server = await startPeer(serving, 'registry', issuer, [implementation, ...others])
  return { ...server, bind: (regionCode, policy) => void policies.set(regionCode, policy) }
}
