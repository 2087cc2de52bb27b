import { canonicalJson, type Json, type LocalDate, ok, type RegionCode, type Result } from '@dual-random/kernel'
import type { PolicyBinding } from './binding.ts'
import type { PolicyKey } from './keys.ts'
import { type Policy, policyOf, type ResolvedEntry } from './policy.ts'
import { type PolicyLayer, type PolicyStack, stackOfRegion } from './policy-layers.ts'
import type { Preset, SourceDocument } from './preset.ts'
import { type ResolveError, refusal } from './resolve-error.ts'

/**
 * The policy of a region at a date: the preset bound to it or to its nearest bound superior, with everything that preset
 * extends, then the regions' own values from the province down (POL-05, POL-06).
 */
export function resolvePolicy(
  presets: readonly Preset[],
  bindings: readonly PolicyBinding[],
  regionCode: RegionCode,
  at: LocalDate,
): Result<Policy, ResolveError> {
  const stack = stackOfRegion(presets, bindings, regionCode, at)
  return stack.ok ? policyOfStack(stack.value) : stack
}

/** Lays the layers of a stack over each other; a layer that replaces what it may not is refused. */
export function policyOfStack({ id, layers }: PolicyStack): Result<Policy, ResolveError> {
  const merge: Merge = { documents: new Map(), values: new Map() }
  for (const layer of layers) {
    const added = addLayer(merge, layer)
    if (!added.ok) return added
  }
  const documents = [...merge.documents.values()]
  return ok(policyOf({ id, lineage: layers.map((layer) => layer.id), documents, values: merge.values }))
}

interface Merge {
  readonly documents: Map<string, SourceDocument>
  readonly values: Map<PolicyKey, ResolvedEntry>
}

/**
 * Lays values over those merged so far. Setting an unset key is always allowed (POL-04). Replacing a value is the right of a
 * document of the same jurisdiction; a subordinate's layer, a local and a borrowed value need the key to be overridable (POL-06).
 */
function addLayer(merge: Merge, { id, documents, values, subordinate }: PolicyLayer): Result<void, ResolveError> {
  for (const document of documents) {
    const known = merge.documents.get(document.id)
    if (known !== undefined && canonicalJson(known as unknown as Json) !== canonicalJson(document as unknown as Json)) {
      return refusal({ code: 'document-conflict', document: document.id, preset: id.preset })
    }
    merge.documents.set(document.id, document)
  }
  for (const [key, entry] of values) {
    const inherited = merge.values.get(key)
    const replacing = inherited !== undefined && inherited.local !== 'overridable'
    if (replacing && (subordinate || entry.basis !== undefined)) return refusal({ code: 'override-not-allowed', key, preset: id.preset })
    merge.values.set(key, { ...entry, setBy: id })
  }
  return ok(undefined)
}
