import type { RegionCode } from '@dual-random/kernel'
import { tagReader } from '../domain/tag.ts'
import { dimensionsOf, schemeRegion, type TagDimension } from '../domain/tag-scheme.ts'
import type { TagSchemes } from './ports.ts'
import type { NationalLists } from './registers/fields.ts'

/** The tag dimensions of regions as they are now (REG-26). */
export interface TagBook {
  /** What a province begins with. */
  readonly base: readonly TagDimension[]
  dimensions(regionCode: RegionCode): Promise<readonly TagDimension[]>
  /** The lists that rows from a region are read by. */
  listsIn(regionCode: RegionCode): Promise<NationalLists>
}

export function createTagBook(schemes: TagSchemes, base: readonly TagDimension[], lists: NationalLists): TagBook {
  const dimensions = async (regionCode: RegionCode): Promise<readonly TagDimension[]> =>
    dimensionsOf((await schemes.load(schemeId(regionCode)))?.state, base)
  return { base, dimensions, listsIn: async (regionCode) => ({ ...lists, readTag: tagReader(await dimensions(regionCode)) }) }
}

export const schemeId = (regionCode: RegionCode): string => `tag-scheme-${schemeRegion(regionCode)}`
