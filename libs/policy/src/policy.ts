import { err, type Json, ok, type Result } from '@dual-random/kernel'
import { isPolicyKey, keyLabel, type PolicyKey, type PolicyValues, policyKeys } from './keys.ts'
import type { RuleStrength, SourceDocument, ValueEntry } from './preset.ts'

export interface PresetId {
  readonly preset: string
  readonly version: number
}

/** POL-04: no preset, local or borrowed value gives the key, so the operation that needs it stops. */
export interface PolicyUnset {
  readonly code: 'policy-unset'
  readonly key: PolicyKey
  readonly preset: string
  readonly message: string
}

/** Where a value in force comes from. `label` says that no document of the jurisdiction gives it. */
export interface PolicyOrigin {
  /** The preset that set the value, or `region/<code>` for a region's own. */
  readonly preset: string
  readonly version: number
  readonly document: SourceDocument
  readonly clause: string
  readonly strength: RuleStrength
  readonly overridable: boolean
  readonly label?: 'local' | 'borrowed'
  readonly note?: string
}

/** A value in force together with what set it. */
export interface ResolvedEntry extends ValueEntry {
  readonly setBy: PresetId
}

/** The plain content of a policy: what is stored, sent and hashed. */
export interface PolicyContent {
  readonly id: PresetId
  /** Every preset version and region layer merged, the most general first. */
  readonly lineage: readonly PresetId[]
  readonly documents: readonly SourceDocument[]
  /** By policy key. A key of a newer service is kept, unread, so that the digest stays the same. */
  readonly values: ReadonlyMap<string, ResolvedEntry>
}

/** The rules one region works under at one date. Frozen: a plan, draw, task or publication keeps the one it ran under (POL-05). */
export interface Policy {
  readonly id: PresetId
  readonly content: PolicyContent
  /** The value of a key an operation needs; its error stops the operation and names the key. */
  readonly get: <Key extends PolicyKey>(key: Key) => Result<PolicyValues[Key], PolicyUnset>
  /** The value of a key whose absence means that the rule does not apply. */
  readonly find: <Key extends PolicyKey>(key: Key) => PolicyValues[Key] | undefined
  readonly origin: (key: PolicyKey) => PolicyOrigin | undefined
}

/** Builds a policy of content that was validated when read. */
export function policyOf(content: PolicyContent): Policy {
  const values = new Map<PolicyKey, unknown>()
  for (const [key, entry] of content.values) if (isPolicyKey(key)) values.set(key, policyKeys[key].schema.parse(entry.value))
  const documents = new Map(content.documents.map((document) => [document.id, document]))
  const find = <Key extends PolicyKey>(key: Key): PolicyValues[Key] | undefined => values.get(key) as PolicyValues[Key] | undefined
  return {
    id: content.id,
    content,
    find,
    get: (key) => {
      const value = find(key)
      return value === undefined ? err(policyUnset(key, content.id.preset)) : ok(value)
    },
    origin: (key) => {
      const entry = content.values.get(key)
      const document = entry && documents.get(entry.source.document)
      return entry && document && originOf(entry, document)
    },
  }
}

function policyUnset(key: PolicyKey, preset: string): PolicyUnset {
  const message = `策略键 ${keyLabel(key)} 在预设 ${preset} 中未设定：请由本地设定取值，或采用标明的借用值`
  return { code: 'policy-unset', key, preset, message }
}

const originOf = (entry: ResolvedEntry, document: SourceDocument): PolicyOrigin => ({
  ...entry.setBy,
  document,
  clause: entry.source.clause,
  strength: entry.strength,
  overridable: entry.local === 'overridable',
  ...(entry.basis === undefined ? {} : { label: entry.basis }),
  ...(entry.note === undefined ? {} : { note: entry.note }),
})

/** The policy as plain JSON: the form services exchange and store, and the bytes (RFC 8785) a policy digest is taken over. */
export function canonicalPolicy(policy: Policy): Json {
  const { id, lineage, documents, values } = policy.content
  return {
    id: { ...id },
    lineage: lineage.map((layer) => ({ ...layer })),
    documents: documents.map((document) => defined({ ...document })),
    values: Object.fromEntries(
      [...values].map(([key, entry]) => [key, defined({ ...entry, source: { ...entry.source }, setBy: { ...entry.setBy } })]),
    ),
  }
}

const defined = (members: Readonly<Record<string, Json | undefined>>): Json =>
  Object.fromEntries(Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined))
