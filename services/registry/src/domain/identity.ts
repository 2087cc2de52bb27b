import { type RegionCode, regionLevel } from '@dual-random/kernel'

/**
 * The region inside which a public code names one record: the city, also for what lies in its counties. A move between counties of a city is a
 * change of one record, and no draw can meet the same code twice. Ids rest on it: it is the code's own city, whoever stands above the county.
 */
export const identityRegion = (regionCode: RegionCode): RegionCode =>
  regionLevel(regionCode) === 'COUNTY' ? (`${regionCode.slice(0, 4)}00` as RegionCode) : regionCode
