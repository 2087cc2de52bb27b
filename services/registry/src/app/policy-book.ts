import { appError } from '@dual-random/errors'
import { canonicalJson, err, type Json, type LocalDate, type RegionCode, type Result, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import {
  canonicalPolicy,
  type Policy,
  type PolicyBinding,
  type PolicyUnset,
  type Preset,
  parseBinding,
  parsePreset,
  type ResolveError,
  resolvePolicy,
} from '@dual-random/policy'
import type { BindingRecord } from '../domain/policy-record.ts'
import type { PolicyBindings, Presets } from './ports.ts'

/** A policy as other services get it; the digest is taken over `json`. */
export interface PolicyInForce {
  readonly policy: Policy
  readonly json: string
  readonly digest: string
}

/** The policies of regions by date, from the stored presets and bindings (POL-05, POL-06). */
export interface PolicyBook {
  /** Throws the refusal of libs/policy when no policy applies. */
  inForce(regionCode: RegionCode, at: LocalDate): Promise<PolicyInForce>
  /** The policy that would apply if the region were bound so. */
  wouldApply(binding: BindingRecord, at: LocalDate): Promise<Policy>
}

export const digestOfText = (text: string): string => toHex(sha256(utf8(text)))

export function createPolicyBook(presets: Presets, bindings: PolicyBindings): PolicyBook {
  const parsedPresets = new Map<string, Preset>()
  const parsedBindings = new Map<string, PolicyBinding>()

  const knownPresets = async (): Promise<readonly Preset[]> =>
    (await presets.all()).flatMap(({ versions }) =>
      versions.map(({ digest, file }) => memo(parsedPresets, digest, () => parsePreset(file))),
    )

  const bindingsOf = (record: BindingRecord): readonly PolicyBinding[] =>
    record.bindings.map(({ digest, version, to, file }) =>
      memo(parsedBindings, `${digest} ${version} ${to}`, () => parseBinding({ ...file, version, ...(to === null ? {} : { to }) })),
    )

  const resolve = async (records: readonly BindingRecord[], regionCode: RegionCode, at: LocalDate): Promise<Policy> => {
    const resolved = resolvePolicy(await knownPresets(), records.flatMap(bindingsOf), regionCode, at)
    if (!resolved.ok) throw refusalOf(resolved.error)
    return resolved.value
  }

  return {
    inForce: async (regionCode, at) => {
      const policy = await resolve(await bindings.all(), regionCode, at)
      const json = canonicalJson(canonicalPolicy(policy))
      return { policy, json, digest: digestOfText(json) }
    },
    wouldApply: async (binding, at) => {
      const others = (await bindings.all()).filter(({ regionCode }) => regionCode !== binding.regionCode)
      return resolve([...others, binding], binding.regionCode, at)
    },
  }
}

/** What is stored was checked before; that it no longer parses is a bug of this build. */
function memo<T>(known: Map<string, T>, key: string, parse: () => Result<T, unknown>): T {
  const found = known.get(key)
  if (found !== undefined) return found
  const parsed = parse()
  if (!parsed.ok) throw new Error(`stored policy does not parse: ${JSON.stringify(parsed.error)}`)
  known.set(key, parsed.value)
  return parsed.value
}

const refusalOf = ({ code, message: _message, ...meta }: ResolveError) => appError('failed-precondition', code, { meta })

/** The value of a policy rule, or the refusal that names its key (POL-04). */
export function requireRule<T>(rule: Result<T, PolicyUnset | { readonly code: 'unknown-grade'; readonly grade: string }>): T {
  if (rule.ok) return rule.value
  const { error } = rule
  throw error.code === 'policy-unset'
    ? appError('failed-precondition', 'policy-unset', { meta: { key: error.key, preset: error.preset } })
    : appError('failed-precondition', 'unknown-grade', { meta: { grade: error.grade } })
}

/** A policy file as data: whatever canonical JSON cannot hold is a fault of the file. */
export function policyFileOf(content: unknown): Result<{ readonly file: Json; readonly digest: string }, string> {
  try {
    const file = JSON.parse(JSON.stringify(content)) as Json
    return { ok: true, value: { file, digest: digestOfText(canonicalJson(file)) } }
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : 'not JSON')
  }
}
