import { addDays, err, type Json, type LocalDate, ok, type RegionCode, type Result } from '@dual-random/kernel'

/** One version of a preset as it was loaded; `file` is the whole file, `digest` is taken over its canonical text. */
export interface PresetVersion {
  readonly version: number
  readonly digest: string
  readonly status: string
  readonly effectiveFrom: LocalDate
  readonly effectiveTo: LocalDate | null
  readonly file: Json
}

/** A preset with all its versions (POL-05). */
export interface PresetRecord {
  readonly preset: string
  readonly versions: readonly PresetVersion[]
}

/** One binding of a region, in force from `from` to `to`; `file` is the whole decision as libs/policy reads it, without `version` and `to`. */
export interface RegionBinding {
  readonly version: number
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly digest: string
  readonly file: { readonly [name: string]: Json }
}

/** What a region is bound to over time; at any date to one preset (POL-06). */
export interface BindingRecord {
  readonly regionCode: RegionCode
  readonly bindings: readonly RegionBinding[]
}

export type PresetRefusal = { readonly code: 'version-differs'; readonly version: number }

/** Adds a version; undefined when it is known. A known number with other content is refused: published policy is never overwritten. */
export function addPresetVersion(
  current: PresetRecord | undefined,
  preset: string,
  version: PresetVersion,
): Result<PresetRecord | undefined, PresetRefusal> {
  const known = current?.versions.find((each) => each.version === version.version)
  if (known !== undefined)
    return known.digest === version.digest ? ok(undefined) : err({ code: 'version-differs', version: version.version })
  return ok({ preset, versions: [...(current?.versions ?? []), version].sort((a, b) => a.version - b.version) })
}

export type BindingRefusal = { readonly code: 'not-later'; readonly after: LocalDate }

/** Binds a region from a date on, which ends the binding before; undefined when the same decision is in force already. */
export function bindRegion(
  current: BindingRecord | undefined,
  regionCode: RegionCode,
  decision: Pick<RegionBinding, 'from' | 'digest' | 'file'>,
): Result<BindingRecord | undefined, BindingRefusal> {
  const earlier = current?.bindings ?? []
  const last = earlier.at(-1)
  if (earlier.some(({ digest }) => digest === decision.digest)) return ok(undefined)
  if (last !== undefined && decision.from <= last.from) return err({ code: 'not-later', after: last.from })
  const closed = last === undefined ? [] : [...earlier.slice(0, -1), { ...last, to: addDays(decision.from, -1) }]
  return ok({ regionCode, bindings: [...closed, { ...decision, version: earlier.length + 1, to: null }] })
}
