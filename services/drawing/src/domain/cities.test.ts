import type { ItemCode, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { line, stratumA, terms } from '../../tests/fixtures.ts'
import { checkCities, citiesOf, lineOfCity, otherRegionsOf, partOf, stratumInDraw, stratumOfLine } from './cities.ts'
import type { DrawLine, LineUnit } from './plan-line.ts'
import { isOvershoot, strataRules } from './strata.ts'

const [unit] = line.units as [LineUnit]
const unitOf = (unitId: string, itemCode: string, change: Partial<LineUnit> = {}): LineUnit => ({
  ...unit,
  unitId: unitId as UnitId,
  itemCodes: [itemCode as ItemCode],
  ...change,
})
const cityOf = (regionCode: string, ...unitIds: readonly string[]) => ({
  regionCode: regionCode as RegionCode,
  initiatorUnitId: `${regionCode}-scj` as UnitId,
  unitIds: unitIds as readonly UnitId[],
})
const joined: DrawLine = {
  ...line,
  units: [unitOf('230600-scj', 'I601'), unitOf('230300-scj', 'I001'), unitOf('230400-scj', 'I401'), unitOf('230400-xfj', 'I400')],
  joint: { merged: false, cities: [cityOf('230600', '230600-scj'), cityOf('230400', '230400-scj', '230400-xfj')] },
}
const faultOf = (change: Partial<DrawLine>) => {
  const checked = checkCities({ ...joined, ...change })
  return checked.ok ? 'ok' : checked.error.code
}

describe('the cities of a line', () => {
  it('DRW-26 are the organiser’s first, the others ascending, each with its own units and what these check', () => {
    expect(citiesOf(joined).map(({ regionCode, units, itemCodes }) => [regionCode, units.map(({ unitId }) => unitId), itemCodes])).toEqual([
      ['230300', ['230300-scj'], ['I001']],
      ['230400', ['230400-scj', '230400-xfj'], ['I400', 'I401']],
      ['230600', ['230600-scj'], ['I601']],
    ])
    expect(otherRegionsOf(joined)).toEqual(['230400', '230600'])
    expect(citiesOf(line)).toMatchObject([{ regionCode: '230300', units: line.units, itemCodes: line.itemCodes }])
    expect(otherRegionsOf(line)).toEqual([])
  })

  it('DRW-26 DRW-30 draws alone in a redraw: with its own initiator, units and items, and no other city beside it', () => {
    const { joint: _joint, ...alone } = joined
    const [, , ...theirs] = joined.units
    expect(lineOfCity(joined, '230400' as RegionCode)).toEqual({
      ...alone,
      regionCode: '230400',
      initiatorUnitId: '230400-scj',
      units: theirs,
      itemCodes: ['I400', 'I401'],
    })
    expect(lineOfCity(joined, '230900' as RegionCode)).toBeUndefined()
  })

  it('names a part where several draw, and none where one does', () => {
    const drawId = 'd' as never
    expect(partOf({ drawId, line: joined }, '230400' as RegionCode)).toEqual({ drawId, regionCode: '230400' })
    expect(partOf({ drawId, line }, '230300' as RegionCode)).toEqual({ drawId })
  })

  it('DRW-26 DRW-21 each stratum of S goes by the ratio that the line gives its name, also where each city has its own', () => {
    expect(stratumInDraw(joined, { regionCode: '230400', stratum: 'A' })).toBe('230400/A')
    expect(stratumOfLine(joined, { stratum: '230400/A' })).toBe('A')
    const merged = { ...joined, joint: { merged: true, cities: joined.joint?.cities ?? [] } }
    expect(stratumInDraw(merged, { regionCode: '230400', stratum: 'A' })).toBe('A')
    expect(stratumOfLine(merged, { stratum: 'A' })).toBe('A')
    expect([merged, line].map((of) => stratumOfLine(of, { stratum: 'A/1' }))).toEqual(['A/1', 'A/1'])
    const sizes = [{ stratum: '230400/A', mapped: 1, eligible: 1 }]
    expect(strataRules(joined, terms, sizes)).toMatchObject({
      ok: true,
      value: { '230400/A': { ratio: { numerator: 3, denominator: 100 } } },
    })
    expect(strataRules(joined, terms, [{ stratum: '230400/B', mapped: 1, eligible: 1 }])).toMatchObject({ error: { stratum: 'B' } })
    const inCity = { ...stratumA, stratum: '230400/A' }
    expect(isOvershoot(inCity, terms, joined)).toBe(isOvershoot(stratumA, terms))
  })

  it('DRW-26 can draw together where each has units, one of which initiates, and delegates within the city', () => {
    const [, own] = joined.units as [LineUnit, LineUnit]
    const cities = joined.joint?.cities ?? []
    const [first] = cities as [ReturnType<typeof cityOf>]
    expect(faultOf({})).toBe('ok')
    expect(faultOf({ joint: { merged: true, cities: [...cities, first] } })).toBe('city-twice')
    expect(faultOf({ joint: { merged: true, cities: [{ ...first, regionCode: '230300' as RegionCode }] } })).toBe('city-twice')
    expect(faultOf({ joint: { merged: true, cities: [cityOf('230900')] } })).toBe('city-without-units')
    expect(faultOf({ joint: { merged: true, cities: [{ ...first, initiatorUnitId: '230300-scj' as UnitId }] } })).toBe(
      'city-without-initiator',
    )
    const delegating = (regionCode: string): Partial<DrawLine> => ({
      units: [
        ...joined.units.filter((one) => one !== own),
        { ...own, delegatedTo: 'u' as UnitId, delegatedRegionCode: regionCode as RegionCode },
      ],
    })
    expect(faultOf(delegating('230302'))).toBe('ok')
    expect(faultOf(delegating('230402'))).toBe('delegation-across-cities')
    // A city that draws alone may delegate as it did.
    expect(checkCities({ ...line, units: [{ ...unit, delegatedTo: 'u' as UnitId, delegatedRegionCode: '230402' as RegionCode }] }).ok).toBe(
      true,
    )
  })
})
