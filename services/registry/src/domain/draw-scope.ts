import { type RegionCode, regionContains } from '@dual-random/kernel'
import type { ObjectContent, ObjectKind } from './check-object.ts'
import { isWithinIndustry } from './industry.ts'
import { allTags, type Tagged } from './tagging.ts'

/** What a plan line or a targeted draw is narrowed to beside its items (PLN-13, TGT-09); an empty list narrows nothing. */
export type DrawScope = {
  /** GB/T 4754 codes with section letter. */
  readonly industryPrefixes: readonly string[]
  readonly regionCodes: readonly RegionCode[]
  /** These two are absent in draws frozen before a scope could name them. */
  readonly kinds?: readonly ObjectKind[]
  readonly tags?: readonly string[]
}

/** Whether every list that is not empty takes an object in. */
export const isInScope = (
  { industryPrefixes, regionCodes, kinds = [], tags = [] }: DrawScope,
  content: Pick<ObjectContent, 'kind' | 'industry' | 'regionCode'> & Tagged,
): boolean =>
  (kinds.length === 0 || kinds.includes(content.kind)) &&
  (industryPrefixes.length === 0 || industryPrefixes.some((prefix) => isWithinIndustry(content.industry, prefix))) &&
  (regionCodes.length === 0 || regionCodes.some((region) => regionContains(region, content.regionCode))) &&
  (tags.length === 0 || allTags(content).some((tag) => tags.includes(tag)))

/** With its lists in order, and without those that were added later where they are empty: one scope has one text. */
export const canonicalScope = ({ industryPrefixes, regionCodes, kinds = [], tags = [] }: DrawScope) => ({
  industryPrefixes: inOrder(industryPrefixes),
  regionCodes: inOrder(regionCodes),
  ...(kinds.length === 0 ? {} : { kinds: inOrder(kinds) }),
  ...(tags.length === 0 ? {} : { tags: inOrder(tags) }),
})

const inOrder = <T extends string>(values: readonly T[]): readonly T[] => [...new Set(values)].sort()
