import type { RegionCode } from '@dual-random/kernel'
import { anyTagReader, newOfRetired, type RetiredTag, tagReader } from '../domain/tag.ts'
import { dimensionsOf, schemeRegion, type TagDimension } from '../domain/tag-scheme.ts'
import type { TagSchemes } from './ports.ts'
import type { NationalLists } from './registers/fields.ts'

/** The tag dimensions of regions as they are now (REG-26). */
export interface TagBook {
  /** What a province begins with. */
  readonly base: readonly TagDimension[]
  dimensions(regionCode: RegionCode): Promise<readonly TagDimension[]>
  /** The lists that a record from a region is read by which has no tags yet. */
  listsIn(regionCode: RegionCode): Promise<NationalLists>
  /** Those of a record that may have tags of a dimension retired since, and what finds the new ones of that among the tags read. */
  knownListsIn(regionCode: RegionCode): Promise<KnownLists>
}

export interface KnownLists {
  readonly lists: NationalLists
  readonly newOfRetired: (before: readonly string[], tags: readonly string[]) => RetiredTag | undefined
}

export function createTagBook(schemes: TagSchemes, base: readonly TagDimension[], lists: NationalLists): TagBook {
  const dimensions = async (regionCode: RegionCode): Promise<readonly TagDimension[]> =>
    dimensionsOf((await schemes.load(schemeId(regionCode)))?.state, base)
  return {
    base,
    dimensions,
    listsIn: async (regionCode) => ({ ...lists, readTag: tagReader(await dimensions(regionCode)) }),
    knownListsIn: async (regionCode) => {
      const known = await dimensions(regionCode)
      return {
        lists: { ...lists, readTag: anyTagReader(known) },
        newOfRetired: (before, tags) => newOfRetired(known, before, tags),
      }
    },
  }
}

export const schemeId = (regionCode: RegionCode): string => `tag-scheme-${schemeRegion(regionCode)}`
