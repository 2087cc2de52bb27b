import { type RegionCode, regionContains } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'

/**
 * The other regions whose draws the bar on repeats spans, ascending (policy `repeat.scope`): those above and below one, and the other counties of
 * its city, between which an object may move. Other cities' objects are others.
 */
export const sharingPool = (
  regions: readonly RegionCode[],
  regionCode: RegionCode,
  { acrossLevels, acrossRegions }: Pick<PolicyValues['repeat.scope'], 'acrossLevels' | 'acrossRegions'>,
): readonly RegionCode[] =>
  regions
    .filter((other) => {
      if (other === regionCode) return false
      const isLevel = regionContains(other, regionCode) || regionContains(regionCode, other)
      return isLevel ? acrossLevels : acrossRegions && cityPrefixOf(other) === cityPrefixOf(regionCode)
    })
    .toSorted()

/** The city's digits of GB/T 2260. Two regions neither of which contains the other have them in common only as counties of one city. */
const cityPrefixOf = (regionCode: RegionCode): string => regionCode.slice(0, 4)
