import { type RegionCode, regionLevel, superiorRegion } from '@dual-random/kernel'

/**
 * The region inside which a public code names one record: the city, also for what lies in its counties. A move between counties of a city is a
 * change of one record, and no draw can meet the same code twice.
 */
export const identityRegion = (regionCode: RegionCode): RegionCode =>
  regionLevel(regionCode) === 'COUNTY' ? (superiorRegion(regionCode) ?? regionCode) : regionCode
