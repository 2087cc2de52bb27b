import { type RegionCode, regionContains } from '@dual-random/kernel'

/** The regions above and below one, ascending: those whose pools share objects with its own. */
export const levelsOf = (regions: readonly RegionCode[], regionCode: RegionCode): readonly RegionCode[] =>
  regions.filter((other) => other !== regionCode && (regionContains(other, regionCode) || regionContains(regionCode, other))).toSorted()
