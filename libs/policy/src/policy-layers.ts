import { chinaDateOf, type LocalDate, ok, provinceOf, type RegionCode, type Result, selfAndSuperiors } from '@dual-random/kernel'
import type { PolicyBinding } from './binding.ts'
import type { PolicyKey } from './keys.ts'
import type { PresetId } from './policy.ts'
import type { Preset, SourceDocument, ValueEntries } from './preset.ts'
import { type ResolveError, refusal } from './resolve-error.ts'

/** What one preset version, or one region's own values, adds to a policy. */
export interface PolicyLayer {
  readonly id: PresetId
  readonly status: Preset['status']
  /** Laid by a binding below the first one that bound a preset, so that it may only replace overridable values (POL-06). */
  readonly subordinate: boolean
  readonly documents: readonly SourceDocument[]
  readonly values: ValueEntries
  /** Keys the layer's documents give no value for, with the reason (POL-04). */
  readonly unset: ReadonlyMap<PolicyKey, string>
}

/** The bindings a region works under at a date, and the layers they lay, each the most general first. */
export interface PolicyStack {
  /** The preset that the nearest binding names, in the version in force. */
  readonly id: PresetId
  readonly bindings: readonly PolicyBinding[]
  readonly layers: readonly PolicyLayer[]
}

/** Stacks what the bindings of a region and of its superiors lay (POL-05, POL-06); a draft needs leave to be laid (POL-03). */
export function stackOfRegion(
  presets: readonly Preset[],
  bindings: readonly PolicyBinding[],
  regionCode: RegionCode,
  at: LocalDate,
): Result<PolicyStack, ResolveError> {
  const bound = bindingsInForce(bindings, selfAndSuperiors(regionCode, municipalitiesOver(presets, bindings, regionCode, at)), at)
  if (!bound.ok) return bound
  const layers: PolicyLayer[] = []
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
      const subordinate = current !== undefined
      layers.push(...lineage.value.slice(known + 1).map((preset) => layerOf(preset, subordinate)))
      current = lineage.value.at(-1)
    }
    if (binding.values.size > 0) {
      const { documents, values, version } = binding
      const id = { preset: `region/${binding.regionCode}`, version }
      layers.push({ id, status: 'in-force', subordinate: true, documents, values, unset: new Map() })
    }
  }
  if (current === undefined) return refusal({ code: 'region-unbound', regionCode, at })
  return ok({ id: idOf(current), bindings: bound.value, layers })
}

/** Stacks a preset on all that it extends, bound to no region: for reading it, whether it may run or not. */
export function stackOfPreset(presets: readonly Preset[], name: string, at: LocalDate): Result<PolicyStack, ResolveError> {
  const lineage = lineageOf(presets, name, at)
  if (!lineage.ok) return lineage
  const layers = lineage.value.map((preset) => layerOf(preset, false))
  const top = layers.at(-1)
  return top === undefined ? refusal({ code: 'preset-missing', preset: name, at }) : ok({ id: top.id, bindings: [], layers })
}

const idOf = ({ name, version }: Preset): PresetId => ({ preset: name, version })

const layerOf = (preset: Preset, subordinate: boolean): PolicyLayer => {
  const { status, documents, values, unset } = preset
  return { id: idOf(preset), status, subordinate, documents, values, unset }
}

/**
 * Which regions of a province's level have their districts at once under them, as the province over the region has it: nobody below says where it
 * stands. None where the province has no policy; what is wrong with its bindings, the stack of the region tells.
 */
function municipalitiesOver(
  presets: readonly Preset[],
  bindings: readonly PolicyBinding[],
  regionCode: RegionCode,
  at: LocalDate,
): readonly RegionCode[] {
  const province = provinceOf(regionCode)
  const stack = regionCode === province ? undefined : stackOfRegion(presets, bindings, province, at)
  const layers = stack?.ok === true ? stack.value.layers : []
  const value = layers.findLast(({ values }) => values.has(municipalitiesKey))?.values.get(municipalitiesKey)?.value
  return (value ?? []) as readonly RegionCode[]
}

const municipalitiesKey = 'division.municipalities'

/** The bindings of regions in force at a date, the last region's first. */
function bindingsInForce(
  bindings: readonly PolicyBinding[],
  regions: readonly RegionCode[],
  at: LocalDate,
): Result<readonly PolicyBinding[], ResolveError> {
  const found: PolicyBinding[] = []
  for (const region of regions) {
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
