import type { ServiceTokens } from '@dual-random/auth'
import type { RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { type GrpcClient, serviceContext } from '@dual-random/grpc'
import { type LocalDate, parseRegionCode, type RegionCode } from '@dual-random/kernel'
import { type Policy, type PolicyKey, type PolicyValues, policyFromJson } from '@dual-random/policy'

/** The policy of a region on a date, with the digest by which decisions name it. */
export interface ReadPolicy {
  readonly policy: Policy
  readonly digest: string
}

export type PolicyReader = (regionCode: string, at: LocalDate) => Promise<ReadPolicy>

const timeoutMs = 5000
const keptMs = 60_000
const keptEntries = 1000

/** Asks registry, with the service's own rights, and remembers each answer for a minute: bindings change rarely, and never backwards in time. */
export function policyReader(registry: GrpcClient<RegistryServiceClient>, tokens: ServiceTokens): PolicyReader {
  const known = new Map<string, { readonly read: Promise<ReadPolicy>; readonly until: number }>()

  const ask = async (regionCode: RegionCode, at: LocalDate): Promise<ReadPolicy> => {
    const answer = await registry.unary('getPolicy', { regionCode, at }, await serviceContext({ tokens, timeoutMs }))
    const policy = policyFromJson(JSON.parse(answer.policyJson))
    if (!policy.ok) throw new Error(`registry sent a policy that does not read: ${JSON.stringify(policy.error)}`)
    return { policy: policy.value, digest: answer.digest }
  }

  return (text, at) => {
    const regionCode = parseRegionCode(text)
    if (regionCode === undefined) throw appError('not-found', 'not-found', { meta: { what: 'region', id: text } })
    const key = `${regionCode} ${at}`
    const found = known.get(key)
    if (found !== undefined && Date.now() < found.until) return found.read
    if (known.size >= keptEntries) known.clear()
    const read = ask(regionCode, at)
    known.set(key, { read, until: Date.now() + keptMs })
    // A failure is not remembered.
    read.catch(() => known.delete(key))
    return read
  }
}

/** The value of a key; an unset key stops the operation with a message that names it (POL-04). */
export function requireValue<K extends PolicyKey>({ policy }: ReadPolicy, key: K): PolicyValues[K] {
  const value = policy.get(key)
  if (value.ok) return value.value
  throw appError('failed-precondition', 'policy-unset', { meta: { key: value.error.key, preset: policy.id.preset } })
}
