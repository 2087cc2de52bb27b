import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { sharingPool } from './sharing-pool.ts'

const [province, city, county, beside, otherCity, otherCounty] = [
  '230000',
  '230300',
  '230302',
  '230321',
  '230400',
  '230402',
] as unknown as readonly [RegionCode, RegionCode, RegionCode, RegionCode, RegionCode, RegionCode]
const served = [otherCounty, otherCity, beside, county, city, province]
const scope = (acrossLevels: boolean, acrossRegions: boolean) => ({ acrossLevels, acrossRegions })

describe('the regions whose draws the bar on repeats spans', () => {
  it('CRD-09 across levels are those served that contain it or lie in it', () => {
    const levels = scope(true, false)
    expect(sharingPool(served, city, levels)).toEqual([province, county, beside])
    expect(sharingPool(served, county, levels)).toEqual([province, city])
    expect(sharingPool(served, province, levels)).toEqual([city, county, beside, otherCity, otherCounty])
    expect(sharingPool([city, otherCity], city, levels)).toEqual([])
  })

  it('CRD-09 across regions are the other counties of its city, between which an object may move', () => {
    expect(sharingPool(served, county, scope(false, true))).toEqual([beside])
    expect(sharingPool(served, city, scope(false, true))).toEqual([])
    expect(sharingPool(served, county, scope(true, true))).toEqual([province, city, beside])
  })

  it('CRD-09 are none where policy spans neither', () => {
    expect(sharingPool(served, county, scope(false, false))).toEqual([])
  })
})
