import { chinaDateOf, type Instant, type LocalDate, type RegionCode, regionContains, startOfChinaDate, yearOf } from '@dual-random/kernel'
import { appliesTo } from './applicability.ts'
import type { CheckItem } from './check-item.ts'
import type { CheckObject, ObjectContent } from './check-object.ts'
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
}

/**
 * The mapped set of a draw (REG-28): objects of the region and below that fit any of the items as of the instant. One that left the pool this
 * year stays in it, to be excluded in the open with its ground (REG-30); one that left in an earlier year, or never was active, is not in the pool.
 */
export function memberOf(object: CheckObject, { regionCode, items, asOf }: Mapping): Member | undefined {
  const version = versionAt(object.timeline, asOf)
  if (version === undefined || !regionContains(regionCode, version.content.regionCode)) return undefined
  const fitting = items.filter((item) => appliesTo(item.applicability, version.content))
  if (fitting.length === 0 || !wasActiveThisYear(object, asOf)) return undefined
  return { object, content: version.content, load: version.load, items: fitting }
}

function wasActiveThisYear({ timeline }: CheckObject, asOf: Instant): boolean {
  const yearStart = startOfChinaDate(`${yearOf(chinaDateOf(asOf))}-01-01` as LocalDate)
  return timeline.some(({ from, to, content }) => content.status === 'ACTIVE' && from <= asOf && to > yearStart)
}

/** Why a member of the mapped set cannot be drawn. The evidence names no instant of this system, so that it is the same on every run. */
export type Exclusion = { readonly ground: 'NOT_ACTIVE' | 'REPEAT_BAR'; readonly evidence: string }

export const inactiveExclusion = ({ content, load }: Member): Exclusion | undefined =>
  content.status === 'ACTIVE' ? undefined : { ground: 'NOT_ACTIVE', evidence: `${content.status} ${load}` }

/** The specialities that an inspector of this object needs, of all items given, sorted. */
export const neededSpecialities = (items: readonly CheckItem[]): readonly string[] =>
  [...new Set(items.flatMap(({ specialities }) => specialities))].sort()
