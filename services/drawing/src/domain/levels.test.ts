import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { levelsOf } from './levels.ts'

const [province, city, county, beside, otherCity] = ['230000', '230300', '230302', '230321', '230400'] as unknown as readonly [
  RegionCode,
  RegionCode,
  RegionCode,
  RegionCode,
  RegionCode,
]

describe('the levels of a region', () => {
  const served = [otherCity, beside, county, city, province]

  it('CRD-09 are the regions served that contain it or lie in it, without itself and those beside it', () => {
    expect(levelsOf(served, city)).toEqual([province, county, beside])
    expect(levelsOf(served, county)).toEqual([province, city])
    expect(levelsOf(served, province)).toEqual([city, county, beside, otherCity])
    expect(levelsOf([city, otherCity], city)).toEqual([])
  })
})
