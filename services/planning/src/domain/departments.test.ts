import type { UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { unit } from '../../tests/support/lines.ts'
import { departmentsOf, isOfSeveral } from './departments.ts'
import type { Unit } from './line-input.ts'

const id = (text: string): UnitId => text as UnitId
const bureau = unit(id('scj'), { kind: 'BUREAU', department: '市场监管' })
const under = { parentUnitId: bureau.unitId, department: '另填的部门' }
const all: readonly Unit[] = [
  bureau,
  unit(id('office'), { kind: 'BUREAU_OFFICE', ...under }),
  unit(id('station'), { kind: 'STATION', ...under }),
  unit(id('independent'), { kind: 'DEPARTMENT', parentUnitId: bureau.unitId, department: '消防救援' }),
  unit(id('county'), { kind: 'BUREAU', parentUnitId: bureau.unitId, department: '市场监管' }),
  unit(id('orphan'), { kind: 'STATION', parentUnitId: id('gone'), department: '城市管理' }),
  unit(id('alone'), { kind: 'STATION', department: '生态环境' }),
]
const known = new Map<string, Unit>(all.map((each) => [each.unitId, each]))
const of = (...unitIds: readonly string[]) => [...departmentsOf(unitIds, known)]
const several = (...unitIds: readonly string[]) => isOfSeveral(unitIds, known)

describe('the departments of units', () => {
  it('JNT-03 REG-39 offices and stations are of their bureau’s, whatever stands with them', () => {
    expect(of('scj', 'office', 'station')).toEqual(['市场监管'])
    expect(of('station')).toEqual(['市场监管'])
    expect(of('office')).toEqual(['市场监管'])
  })

  it('JNT-03 bureaux of one department at several places are of one, a department under a bureau is its own', () => {
    expect(of('scj', 'county')).toEqual(['市场监管'])
    expect(of('scj', 'independent')).toEqual(['市场监管', '消防救援'])
  })

  it('JNT-03 who is under nobody that is known is of what stands with them, and an unknown unit stands for itself', () => {
    expect(of('orphan', 'alone', 'nobody')).toEqual(['城市管理', '生态环境', 'nobody'])
  })

  it('PLN-03 PLN-22 are several where two that are known differ; of what department an unknown unit is, is not guessed', () => {
    expect(several('scj', 'independent')).toBe(true)
    expect(several('scj', 'independent', 'nobody')).toBe(true)
    expect(several('scj', 'office', 'station', 'county')).toBe(false)
    expect(several('scj', 'nobody')).toBe(false)
    expect(several('scj')).toBe(false)
  })
})
