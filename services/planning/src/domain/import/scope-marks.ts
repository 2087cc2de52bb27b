import { parseRegionCode, type RegionCode } from '@dual-random/kernel'
import type { ObjectScope } from '../object-scope.ts'
import { kindName, kindNamed } from './object-kinds.ts'

/** A scope as tables write it: kinds by their words. */
export interface ScopeMarks {
  readonly kinds: readonly string[]
  readonly industries: readonly string[]
  readonly tags: readonly string[]
  readonly regions: readonly string[]
}

export const marksOf = ({ kinds, industryPrefixes, tags, regionCodes }: ObjectScope): ScopeMarks => ({
  kinds: kinds.map(kindName),
  industries: industryPrefixes,
  tags,
  regions: regionCodes,
})

const industry = /^[A-T](\d{2,4})?$/

/** Undefined where a mark names no kind, industry or region that there is: less than was said would be a guess. */
export function scopeOfMarks({ kinds, industries, tags, regions }: ScopeMarks): ObjectScope | undefined {
  const known = kinds.map(kindNamed)
  const regionCodes = regions.map(parseRegionCode)
  if (known.includes(undefined) || regionCodes.includes(undefined) || !industries.every((code) => industry.test(code))) return undefined
  return { kinds: known as readonly string[], industryPrefixes: industries, tags, regionCodes: regionCodes as readonly RegionCode[] }
}
