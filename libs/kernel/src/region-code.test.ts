import { describe, expect, it } from 'vitest'
import {
  parseRegionCode,
  provinceOf,
  type RegionCode,
  regionContains,
  regionLevel,
  regionPrefix,
  selfAndSuperiors,
  superiorRegion,
} from './region-code.ts'

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

  it('SEC-02 has a prefix that all regions below share and none beside', () => {
    expect([province, city, county].map(regionPrefix)).toEqual(['23', '2303', '230302'])
  })

  it('PLN-06 names the superior level by level', () => {
    expect(superiorRegion(county)).toBe(city)
    expect(superiorRegion(city)).toBe(province)
    expect(superiorRegion(province)).toBeUndefined()
    expect([province, city, county].map(regionLevel)).toEqual(['PROVINCE', 'CITY', 'COUNTY'])
  })

  it('PLN-06 PLN-07 names a municipality of a province’s level as the superior of its districts, of no others', () => {
    const municipalities = [province]
    expect([county, city].map((code) => superiorRegion(code, municipalities))).toEqual([province, province])
    expect(superiorRegion(province, municipalities)).toBeUndefined()
    expect(superiorRegion('220102' as RegionCode, municipalities)).toBe('220100')
    expect(superiorRegion(county, ['220000' as RegionCode])).toBe(city)
  })

  it('PLN-06 PLN-07 names the province as the superior of a county that stands under it at once, of no other', () => {
    const direct = ['429004', '419001', '469001', '469021', '659001'].map((code) => superiorRegion(code as RegionCode))
    expect(direct).toEqual(['420000', '410000', '460000', '460000', '650000'])
    expect(['428901', '429104', '430903'].map((code) => superiorRegion(code as RegionCode))).toEqual(['428900', '429100', '430900'])
    expect(superiorRegion('429000' as RegionCode)).toBe('420000')
  })

  it('PLN-06 PLN-07 CRD-01 names all above a region, the nearest first, by the same rule', () => {
    expect(selfAndSuperiors(county)).toEqual([county, city, province])
    expect(selfAndSuperiors(county, [province])).toEqual([county, province])
    expect(selfAndSuperiors('429004' as RegionCode)).toEqual(['429004', '420000'])
    expect(selfAndSuperiors(province, [province])).toEqual([province])
    expect([county, city, province].map(provinceOf)).toEqual([province, province, province])
  })

  it('refuses what is no division', () => {
    for (const text of ['', '23030', '2303000', '000000', '023000', '23030a', ' 230300', '230300 '])
      expect(parseRegionCode(text), text).toBeUndefined()
    expect(parseRegionCode('230302')).toBe('230302')
  })
})
