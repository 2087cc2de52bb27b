import { type RegionCode, superiorRegion } from '@dual-random/kernel'

/** The region and those above it, whose systems push for it too. */
export function selfAndSuperiors(regionCode: RegionCode): readonly RegionCode[] {
  const superior = superiorRegion(regionCode)
  return superior === undefined ? [regionCode] : [regionCode, ...selfAndSuperiors(superior)]
}
