import type { RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { policyFromJson } from '@dual-random/policy'
import type { FindPolicy, PolicyInForce } from '../app/ports.ts'

export interface RegistryPoliciesOptions {
  readonly registry: Pick<GrpcClient<RegistryServiceClient>, 'unary'>
  /** The service's own token and a deadline. */
  readonly context: () => Promise<CallContext>
}

/** A value a region sets later holds from then on; a copy older than this is asked for again. */
const keptMs = 60_000
const freshMs = 2000
const copiesKept = 2000

interface Copy {
  readonly policy: Promise<PolicyInForce>
  readonly askedAt: number
}

/** Policies from registry, one call for all who ask at once, kept for a minute. */
export function registryPolicies({ registry, context }: RegistryPoliciesOptions): FindPolicy {
  const copies = new Map<string, Copy>()

  const ask = async (regionCode: string, at: string): Promise<PolicyInForce> => {
    const { policyJson, digest } = await registry.unary('getPolicy', { regionCode, at }, await context())
    const policy = policyFromJson(JSON.parse(policyJson))
    if (policy.ok) return { policy: policy.value, digest }
    const reason = policy.error.map(({ path, message }) => `${path} ${message}`).join('; ')
    throw appError('failed-precondition', 'policy-file-invalid', { meta: { file: digest, reason } })
  }

  return (regionCode, at, { fresh = false } = {}) => {
    const key = `${regionCode} ${at}`
    const now = performance.now()
    const known = copies.get(key)
    if (known !== undefined && now - known.askedAt < (fresh ? freshMs : keptMs)) return known.policy
    if (copies.size >= copiesKept) copies.clear()
    const policy = ask(regionCode, at)
    copies.set(key, { policy, askedAt: now })
    policy.catch(() => {
      if (copies.get(key)?.policy === policy) copies.delete(key)
    })
    return policy
  }
}
