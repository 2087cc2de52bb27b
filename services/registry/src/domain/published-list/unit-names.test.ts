import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { Unit } from '../unit.ts'
import { unitNames } from './unit-names.ts'

const unit = (unitId: string, name: string, department: string, more: Partial<Unit> = {}): Unit => ({
  unitId: unitId as UnitId,
  regionCode: '230900' as RegionCode,
  name,
  kind: 'DEPARTMENT',
  parentUnitId: null,
  department,
  ...more,
})

const names = unitNames(
  [
    unit('scj', '七台河市市场监督管理局', '市场监管', { kind: 'BUREAU' }),
    unit('scj-s1', '七台河市新兴区市场监管所', '市场监管', { kind: 'STATION' }),
    unit('scj-x', '新兴区市场监督管理局', '市场监管', { kind: 'BUREAU', regionCode: '230902' as RegionCode }),
    unit('xcb', '七台河市宣传部', '宣传'),
    unit('wlj', '七台河市文化和旅游局', '文化和旅游'),
    unit('sw1', '七台河市税务局', '税务'),
    unit('sw2', '七台河市税务局稽查局', '税务'),
  ],
  '230900' as RegionCode,
)

describe('names of published lists', () => {
  it.each([
    ['宣传部门', 'xcb'],
    ['宣传部', 'xcb'],
    ['市场监管部门', 'scj'],
    ['市市场监管局', 'scj'],
    ['市市场监督管理局', 'scj'],
    ['文化和旅游部门', 'wlj'],
    ['七台河市 文化和旅游局', 'wlj'],
    ['新兴区市场监督管理局', 'scj-x'],
  ])('%s is one unit', (name, unitId) => {
    expect(names.named(name)?.unitId).toBe(unitId)
  })

  it('DQ-04 a name of none or of several units is left to a person', () => {
    expect(names.named('消防救援机构')).toBeUndefined()
    expect(names.named('税务部门')).toBeUndefined()
  })
})
