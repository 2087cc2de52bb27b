import { describe, expect, it } from 'vitest'
import { parseRegionCode, type RegionCode, regionContains, regionLevel, superiorRegion } from './region-code.ts'

const province = '230000' as RegionCode
const city = '230300' as RegionCode
const county = '230302' as RegionCode

describe('division codes (GB/T 2260)', () => {
  it('SEC-02 puts a county under its city and province, and under no other', () => {
    expect(regionContains(province, county)).toBe(true)
    expect(regionContains(city, county)).toBe(true)
    expect(regionContains(city, city)).toBe(true)
    expect(regionContains(county, city)).toBe(false)
    expect(regionContains('230400' as RegionCode, county)).toBe(false)
    expect(regionContains('220000' as RegionCode, county)).toBe(false)
  })

  it('PLN-06 names the superior level by level', () => {
    expect(superiorRegion(county)).toBe(city)
    expect(superiorRegion(city)).toBe(province)
    expect(superiorRegion(province)).toBeUndefined()
    expect([province, city, county].map(regionLevel)).toEqual(['PROVINCE', 'CITY', 'COUNTY'])
  })

  it('refuses what is no division', () => {
    for (const text of ['', '23030', '2303000', '000000', '23030a']) expect(parseRegionCode(text), text).toBeUndefined()
  })
})
