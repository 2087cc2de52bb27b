import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { isOwnOrSubordinate, type Unit, unitProblem } from './unit.ts'

const unit = (unitId: string, changes: Partial<Record<keyof Unit, string | null>> = {}): Unit =>
  ({
    unitId: unitId as UnitId,
    regionCode: '230300' as RegionCode,
    name: unitId,
    kind: 'BUREAU',
    parentUnitId: null,
    department: '市场监管',
    ...changes,
  }) as Unit

const bureau = unit('scj')
const office = unit('scj-jg', { kind: 'BUREAU_OFFICE', parentUnitId: 'scj' })
const station = unit('scj-s1', { kind: 'STATION', parentUnitId: 'scj', regionCode: '230302' })

describe('REG-39 units', () => {
  it('an office or a station belongs to a bureau of its region or above', () => {
    expect(unitProblem(office, bureau)).toBeUndefined()
    expect(unitProblem(station, bureau)).toBeUndefined()
    expect(unitProblem({ ...office, parentUnitId: null }, undefined)).toEqual({ code: 'parent-missing' })
    expect(unitProblem(office, undefined)).toEqual({ code: 'parent-unknown' })
    expect(unitProblem({ ...station, regionCode: '230402' as RegionCode }, bureau)).toEqual({ code: 'parent-elsewhere' })
    expect(unitProblem({ ...station, parentUnitId: 'scj-jg' as UnitId }, office)).toEqual({ code: 'parent-is-part' })
    expect(unitProblem({ ...station, parentUnitId: null }, undefined)).toEqual({ code: 'parent-missing' })
    expect(unitProblem({ ...office, parentUnitId: 'scj-s0' as UnitId }, { ...station, regionCode: '230300' as RegionCode })).toEqual({
      code: 'parent-is-part',
    })
    expect(unitProblem(bureau, undefined)).toBeUndefined()
    expect(unitProblem({ ...bureau, parentUnitId: 'gaj' as UnitId }, unit('gaj', { kind: 'DEPARTMENT' }))).toBeUndefined()
  })

  it('SEC-02 own and subordinate are the unit, its parts, and its department below; not a neighbour', () => {
    const county = unit('qx-scj', { regionCode: '230302' })
    const fire = unit('xfj', { department: '消防救援' })
    const countyFire = unit('qx-xfj', { department: '消防救援', regionCode: '230302' })
    const otherCity = unit('hg-scj', { regionCode: '230400' })
    const units = new Map([bureau, office, station, county, fire, countyFire, otherCity].map((each) => [each.unitId as string, each]))
    const seen = [...units.values()].filter((each) => isOwnOrSubordinate(bureau, each, units)).map(({ unitId }) => unitId)
    expect(seen).toEqual(['scj', 'scj-jg', 'scj-s1', 'qx-scj'])
    expect(isOwnOrSubordinate(office, bureau, units)).toBe(false)
    expect(isOwnOrSubordinate(county, bureau, units)).toBe(false)
  })

  it('SEC-02 units that name each other as their superior are still below nobody else', () => {
    const a = unit('a', { parentUnitId: 'b' })
    const b = unit('b', { parentUnitId: 'a' })
    expect(isOwnOrSubordinate(bureau, a, new Map([a, b].map((each) => [each.unitId as string, each])))).toBe(false)
    expect(isOwnOrSubordinate(b, a, new Map([a, b].map((each) => [each.unitId as string, each])))).toBe(true)
  })
})
