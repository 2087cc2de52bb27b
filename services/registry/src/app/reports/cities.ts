import { type RegionCode, regionLevel } from '@dual-random/kernel'
import { identityRegion } from '../../domain/identity.ts'
import type { Units } from '../ports.ts'

/** The cities in which any unit lies, sorted. */
export async function citiesOf(units: Units): Promise<readonly RegionCode[]> {
  const cities = (await units.all()).map(({ regionCode }) => identityRegion(regionCode)).filter((code) => regionLevel(code) === 'CITY')
  return [...new Set(cities)].sort()
}
