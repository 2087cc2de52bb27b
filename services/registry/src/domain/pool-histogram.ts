import { chinaDateOf, type Instant, type LocalDate, type RegionCode, regionContains, startOfChinaDate, yearOf } from '@dual-random/kernel'
import { appliesTo } from './applicability.ts'
import type { ObjectContent } from './check-object.ts'
import { isInScope } from './draw-scope.ts'
import type { NarrowedApplicability } from './item-scopes.ts'
import { allTags } from './tagging.ts'
import type { Version } from './versions.ts'

/** What of a version counting looks at. */
export type CountedContent = Pick<ObjectContent, 'kind' | 'industry' | 'regionCode' | 'status' | 'tags' | 'unitTags' | 'ruleTags'>

/** An object as far as counting looks at it: much less than is stored. */
export interface CountedObject {
  readonly objectId: string
  readonly timeline: readonly (Pick<Version<unknown>, 'from' | 'to'> & { readonly content: CountedContent })[]
}

/** The same with the code under which it is kept among candidates. */
export interface CodedObject extends CountedObject {
  readonly objectCode: string
}

/**
 * Reads objects for what any of the applicabilities fits, by the rule of the mapped set (`memberOf`). Objects of one kind, industry and tags, and
 * of one region where a scope names some, fit alike, so each sort is looked at once.
 */
export function objectMapper(
  applicabilities: readonly NarrowedApplicability[],
  { regionCode, asOf }: { readonly regionCode: RegionCode; readonly asOf: Instant },
) {
  const yearStart = startOfChinaDate(`${yearOf(chinaDateOf(asOf))}-01-01` as LocalDate)
  const goesByRegion = applicabilities.some(({ scope }) => scope !== undefined && scope.regionCodes.length > 0)
  const goesByStatus = applicabilities.some(({ onlyActive }) => onlyActive === true)
  const known = new Map<string, bigint>()
  const fitsOf = (content: CountedContent): bigint => {
    const region = goesByRegion ? content.regionCode : ''
    const status = goesByStatus ? content.status : ''
    const key = JSON.stringify([content.kind, content.industry, region, status, ...tagsOf(content)])
    const found = known.get(key)
    if (found !== undefined) return found
    const fits = applicabilities.reduce((bits, each, index) => (fitsWithin(each, content) ? bits | (1n << BigInt(index)) : bits), 0n)
    known.set(key, fits)
    return fits
  }
  const inForce = ({ timeline }: CountedObject): CountedContent | undefined => {
    const content = timeline.find(({ from, to }) => from <= asOf && asOf < to)?.content
    return content !== undefined && regionContains(regionCode, content.regionCode) ? content : undefined
  }
  return {
    /** Which of the applicabilities fit it, as bits; undefined for an object that is not in the mapped set of any. */
    fits: (object: CountedObject): bigint | undefined => {
      const content = inForce(object)
      if (content === undefined) return undefined
      const fits = fitsOf(content)
      if (fits === 0n) return undefined
      const wasActive = object.timeline.some(({ from, to, content: { status } }) => status === 'ACTIVE' && from <= asOf && to > yearStart)
      return wasActive ? fits : undefined
    },
    /** Whether it is in the pool, and not only counted until the year ends. */
    isActive: (object: CountedObject): boolean => inForce(object)?.status === 'ACTIVE',
    /** Whether it is of the kind that the yearly floor counts, active or not. */
    isOfEnterprises: (object: CountedObject): boolean => inForce(object)?.kind === 'ENTERPRISE',
    /** Whether it counts among the enterprises of the region (CRD-08). */
    isEnterprise: (object: CountedObject): boolean => {
      const content = inForce(object)
      return content?.kind === 'ENTERPRISE' && content.status === 'ACTIVE'
    },
  }
}

const fitsWithin = (each: NarrowedApplicability, content: CountedContent): boolean =>
  (each.onlyActive === undefined || content.status === 'ACTIVE') &&
  appliesTo(each, content as ObjectContent) &&
  (each.scope === undefined || isInScope(each.scope, content))

const tagsOf = (content: CountedContent): readonly string[] =>
  content.tags.length === 0 && content.unitTags === undefined && content.ruleTags === undefined ? [] : allTags(content)

/** Objects, and those of them that are enterprises. */
export interface KindCount {
  readonly count: number
  readonly enterprises: number
}

/** Counts by what fits and by class; from it the pool of any set of the applicabilities is read without the objects. */
export function poolHistogram<Class extends { readonly isEnterprise: boolean }>(keyOf: (value: Class) => string) {
  const cells = new Map<string, { readonly fits: bigint; readonly of: Class; count: number }>()
  return {
    add: (fits: bigint, of: Class): void => {
      const key = `${fits.toString(36)} ${keyOf(of)}`
      const cell = cells.get(key)
      if (cell === undefined) cells.set(key, { fits, of, count: 1 })
      else cell.count++
    },
    /** How many objects fit any of the applicabilities, by the grade that `gradeOf` gives a class. */
    countOf: (wanted: bigint, gradeOf: (value: Class) => string): ReadonlyMap<string, KindCount> => {
      const counts = new Map<string, { count: number; enterprises: number }>()
      for (const { fits, of, count } of cells.values()) {
        if ((fits & wanted) === 0n) continue
        const grade = gradeOf(of)
        const counted = counts.get(grade) ?? { count: 0, enterprises: 0 }
        counts.set(grade, counted)
        counted.count += count
        if (of.isEnterprise) counted.enterprises += count
      }
      return counts
    },
  }
}

/** Bits of the applicabilities at these places. */
export const bitsOf = (places: Iterable<number>): bigint => {
  let bits = 0n
  for (const place of places) bits |= 1n << BigInt(place)
  return bits
}
