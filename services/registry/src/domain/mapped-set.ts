import { chinaDateOf, type Instant, type LocalDate, type RegionCode, regionContains, startOfChinaDate, yearOf } from '@dual-random/kernel'
import type { WhiteListDraw } from '@dual-random/policy'
import { appliesTo } from './applicability.ts'
import type { CheckItem } from './check-item.ts'
import type { CheckObject, ObjectContent } from './check-object.ts'
import { type DrawScope, isInScope } from './draw-scope.ts'
import type { Membership } from './regime.ts'
import { versionAt } from './versions.ts'

/** One object of a mapped set as of an instant: the content in force, the load that brought it, and the items that fit it. */
export interface Member {
  readonly object: CheckObject
  readonly content: ObjectContent
  readonly load: string
  readonly items: readonly CheckItem[]
}

export interface Mapping {
  readonly regionCode: RegionCode
  readonly items: readonly CheckItem[]
  readonly asOf: Instant
  /** Absent where every object that an item applies to is in it. */
  readonly scope?: DrawScope
}

/**
 * The mapped set of a draw (REG-28): objects of the region and below that fit any of the items as of the instant. One that left the pool this
 * year stays in it, to be excluded in the open with its ground (REG-30); one that left in an earlier year, or never was active, is not in the pool.
 */
export function memberOf(object: CheckObject, { regionCode, items, asOf, scope }: Mapping): Member | undefined {
  const version = versionAt(object.timeline, asOf)
  if (version === undefined || !regionContains(regionCode, version.content.regionCode)) return undefined
  if (scope !== undefined && !isInScope(scope, version.content)) return undefined
  const fitting = items.filter((item) => appliesTo(item.applicability, version.content))
  if (fitting.length === 0 || !wasActiveThisYear(object, asOf)) return undefined
  return { object, content: version.content, load: version.load, items: fitting }
}

function wasActiveThisYear({ timeline }: CheckObject, asOf: Instant): boolean {
  const yearStart = startOfChinaDate(`${yearOf(chinaDateOf(asOf))}-01-01` as LocalDate)
  return timeline.some(({ from, to, content }) => content.status === 'ACTIVE' && from <= asOf && to > yearStart)
}

/** Why a member of the mapped set cannot be drawn. The evidence names no instant of this system, so that it is the same on every run. */
export type Exclusion = { readonly ground: 'NOT_ACTIVE' | 'SANDBOX' | 'WHITE_LIST' | 'REPEAT_BAR'; readonly evidence: string }

export const inactiveExclusion = ({ content, load }: Member): Exclusion | undefined =>
  content.status === 'ACTIVE' ? undefined : { ground: 'NOT_ACTIVE', evidence: `${content.status} ${load}` }

/** What the regimes an object is under at the snapshot mean for it; undefined where it is drawn as every other. */
export type RegimeEffect =
  | { readonly effect: 'EXCLUDED'; readonly exclusion: Exclusion; readonly load: string }
  | { readonly effect: 'OWN_STRATUM'; readonly load: string }

/**
 * Objects in the sandbox are left out within their tolerance period (TGT-18, TGT-19), members of the white list drawn in a stratum of their own
 * or, where policy has no ratio for them, left out (TGT-20, TGT-21, DRW-22). A regime that the policy in force does not have means nothing.
 */
export function regimeEffect(
  memberships: readonly Membership[],
  rules: { readonly hasSandbox: boolean; readonly whiteList: WhiteListDraw | undefined },
): RegimeEffect | undefined {
  const sandbox = rules.hasSandbox ? memberships.find((each) => each.kind === 'SANDBOX') : undefined
  if (sandbox !== undefined) {
    const { tolerancePeriod, entry } = sandbox
    const evidence = `${tolerancePeriod.start}/${tolerancePeriod.end} ${entry.load}`
    return { effect: 'EXCLUDED', exclusion: { ground: 'SANDBOX', evidence }, load: entry.load }
  }
  const listed = memberships.find(({ kind }) => kind === 'WHITE_LIST')
  if (listed === undefined || rules.whiteList === undefined) return undefined
  const { on, load } = listed.entry
  if (rules.whiteList.effect === 'OWN_RATIO') return { effect: 'OWN_STRATUM', load }
  return { effect: 'EXCLUDED', exclusion: { ground: 'WHITE_LIST', evidence: `${on} ${load}` }, load }
}

/** The specialities that an inspector of this object needs, of all items given, sorted. */
export const neededSpecialities = (items: readonly CheckItem[]): readonly string[] =>
  [...new Set(items.flatMap(({ specialities }) => specialities))].sort()
