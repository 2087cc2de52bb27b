import {
  canonicalJson,
  chinaDateOf,
  type Json,
  type LocalDate,
  ok,
  type RegionCode,
  type Result,
  superiorRegion,
} from '@dual-random/kernel'
import type { PolicyBinding } from './binding.ts'
import type { PolicyKey } from './keys.ts'
import { type Policy, type PresetId, policyOf, type ResolvedEntry } from './policy.ts'
import type { Preset, SourceDocument, ValueEntries } from './preset.ts'
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
  const bound = bindingsInForce(bindings, regionCode, at)
  if (!bound.ok) return bound
  const merge: Merge = { lineage: [], documents: new Map(), values: new Map() }
  let current: Preset | undefined
  for (const binding of bound.value) {
    if (binding.preset !== undefined && binding.preset !== current?.name) {
      const lineage = lineageOf(presets, binding.preset, at)
      if (!lineage.ok) return lineage
      const known = current === undefined ? -1 : lineage.value.findIndex(({ name }) => name === current?.name)
      if (current !== undefined && known < 0)
        return refusal({ code: 'preset-not-inherited', regionCode, preset: binding.preset, superior: current.name })
      const draft = lineage.value.find(({ status }) => status === 'draft')
      if (draft !== undefined && !mayRunDraft(binding, at)) return refusal({ code: 'draft-not-approved', preset: draft.name, regionCode })
      for (const preset of lineage.value.slice(known + 1)) {
        const added = addLayer(
          merge,
          { preset: preset.name, version: preset.version },
          preset.documents,
          preset.values,
          current !== undefined,
        )
        if (!added.ok) return added
      }
      current = lineage.value.at(-1)
    }
    if (binding.values.size > 0) {
      const layer = { preset: `region/${binding.regionCode}`, version: binding.version }
      const added = addLayer(merge, layer, binding.documents, binding.values, true)
      if (!added.ok) return added
    }
  }
  if (current === undefined) return refusal({ code: 'region-unbound', regionCode, at })
  const { name, version } = current
  const documents = [...merge.documents.values()]
  return ok(policyOf({ id: { preset: name, version }, lineage: merge.lineage, documents, values: merge.values }))
}

interface Merge {
  readonly lineage: PresetId[]
  readonly documents: Map<string, SourceDocument>
  readonly values: Map<PolicyKey, ResolvedEntry>
}

/** The bindings of a region and its superiors in force at a date, the province's first. */
function bindingsInForce(
  bindings: readonly PolicyBinding[],
  regionCode: RegionCode,
  at: LocalDate,
): Result<readonly PolicyBinding[], ResolveError> {
  const found: PolicyBinding[] = []
  for (let region: RegionCode | undefined = regionCode; region !== undefined; region = superiorRegion(region)) {
    const own = bindings.filter(
      (binding) => binding.regionCode === region && binding.from <= at && (binding.to === undefined || at <= binding.to),
    )
    if (own.length > 1) return refusal({ code: 'binding-ambiguous', regionCode: region, at })
    found.unshift(...own)
  }
  return ok(found)
}

/** The versions in force of a preset and of all it extends, the most general first. */
function lineageOf(presets: readonly Preset[], name: string, at: LocalDate): Result<readonly Preset[], ResolveError> {
  const lineage: Preset[] = []
  for (let next: string | undefined = name; next !== undefined; ) {
    if (lineage.some((preset) => preset.name === next)) return refusal({ code: 'preset-cycle', preset: next })
    const version = versionInForce(presets, next, at)
    if (version === undefined) return refusal({ code: 'preset-missing', preset: next, at })
    lineage.unshift(version)
    next = version.extends
  }
  return ok(lineage)
}

/** Of the versions whose dates include `at`, the highest: a later version replaces an open-ended one. */
const versionInForce = (presets: readonly Preset[], name: string, at: LocalDate): Preset | undefined =>
  presets
    .filter(
      (preset) => preset.name === name && preset.effectiveFrom <= at && (preset.effectiveTo === undefined || at <= preset.effectiveTo),
    )
    .reduce<Preset | undefined>((best, preset) => (best === undefined || preset.version > best.version ? preset : best), undefined)

/** POL-03: a draft runs outside production, or in it from the China date its approval was recorded. */
const mayRunDraft = ({ production, draftApproval }: PolicyBinding, at: LocalDate): boolean =>
  !production || (draftApproval !== undefined && chinaDateOf(draftApproval.at) <= at)

/**
 * Lays values over those merged so far. Setting an unset key is always allowed (POL-04). Replacing a value is the right of a
 * document of the same jurisdiction; a subordinate's layer, a local and a borrowed value need the key to be overridable (POL-06).
 */
function addLayer(
  merge: Merge,
  setBy: PresetId,
  documents: readonly SourceDocument[],
  values: ValueEntries,
  subordinate: boolean,
): Result<void, ResolveError> {
  for (const document of documents) {
    const known = merge.documents.get(document.id)
    if (known !== undefined && canonicalJson(known as unknown as Json) !== canonicalJson(document as unknown as Json)) {
      return refusal({ code: 'document-conflict', document: document.id, preset: setBy.preset })
    }
    merge.documents.set(document.id, document)
  }
  for (const [key, entry] of values) {
    const inherited = merge.values.get(key)
    const replacing = inherited !== undefined && inherited.local !== 'overridable'
    if (replacing && (subordinate || entry.basis !== undefined)) return refusal({ code: 'override-not-allowed', key, preset: setBy.preset })
    merge.values.set(key, { ...entry, setBy })
  }
  merge.lineage.push(setBy)
  return ok(undefined)
}
