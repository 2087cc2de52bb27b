import type { ServiceTokens } from '@dual-random/auth'
import type { RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { type CallContext, type GrpcClient, serviceContext } from '@dual-random/grpc'
import { type LocalDate, parseRegionCode, type RegionCode } from '@dual-random/kernel'
import { type Policy, type PolicyKey, type PolicyValues, policyFromJson } from '@dual-random/policy'

/** The policy of a region on a date, with the digest by which decisions name it. */
export interface ReadPolicy {
  readonly policy: Policy
  readonly digest: string
}

export interface PolicyReadOptions {
  /** An answer older than this is asked for again; a minute when absent, and 0 takes none from memory. For what a decision freezes, or has just missed. */
  readonly maxAgeMs?: number
  /** Asks with a caller's rights, deadline and trace instead of the service's own. Such an answer is for this caller: neither remembered nor from memory. */
  readonly caller?: CallContext
}

/**
 * The policy in force in a region on a date. Throws `not-found` for what is no division code; otherwise fails with registry's refusal
 * (`region-unbound`, …), with `unavailable` while it cannot be reached, and with a plain error for a policy that does not read.
 */
export type PolicyReader = (regionCode: string, at: LocalDate, options?: PolicyReadOptions) => Promise<ReadPolicy>

const timeoutMs = 5000
const keptMs = 60_000
const keptEntries = 2000

interface Copy {
  readonly read: Promise<ReadPolicy>
  readonly askedAt: number
}

/** Asks registry, by default with the service's own rights, and remembers each answer for a minute: bindings change rarely. All who ask at once share a call. */
export function policyReader(registry: Pick<GrpcClient<RegistryServiceClient>, 'unary'>, tokens: ServiceTokens): PolicyReader {
  const known = new Map<string, Copy>()

  const ask = async (regionCode: RegionCode, at: LocalDate, caller: CallContext | undefined): Promise<ReadPolicy> => {
    const answer = await registry.unary('getPolicy', { regionCode, at }, caller ?? (await serviceContext({ tokens, timeoutMs })))
    const policy = policyFromJson(JSON.parse(answer.policyJson))
    if (!policy.ok) throw new Error(`registry sent a policy that does not read: ${JSON.stringify(policy.error)}`)
    return { policy: policy.value, digest: answer.digest }
  }

  return (text, at, { maxAgeMs = keptMs, caller } = {}) => {
    const regionCode = parseRegionCode(text)
    if (regionCode === undefined) throw appError('not-found', 'not-found', { meta: { what: 'region', id: text } })
    if (caller !== undefined) return ask(regionCode, at, caller)
    const key = `${regionCode} ${at}`
    const found = known.get(key)
    const now = performance.now()
    if (found !== undefined && now - found.askedAt < maxAgeMs) return found.read
    if (known.size >= keptEntries) known.clear()
    const read = ask(regionCode, at, undefined)
    known.set(key, { read, askedAt: now })
    // A failure is not remembered.
    read.catch(() => {
      if (known.get(key)?.read === read) known.delete(key)
    })
    return read
  }
}

/** The value of a key. Throws `policy-unset`, which names the key and the preset: an unset key stops the operation (POL-04). */
export function requireValue<K extends PolicyKey>({ policy }: Pick<ReadPolicy, 'policy'>, key: K): PolicyValues[K] {
  const value = policy.get(key)
  if (value.ok) return value.value
  throw appError('failed-precondition', 'policy-unset', { meta: { key: value.error.key, preset: policy.id.preset } })
}
