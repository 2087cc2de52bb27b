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

  it('DQ-04 width, white space and closing marks make no other name', () => {
    expect(names.named(' 七台河市　宣传部。')?.unitId).toBe('xcb')
    expect(names.named('七台河市宣传部；')?.unitId).toBe('xcb')
    expect(names.named('七台河市宣传部。；')?.unitId).toBe('xcb')
    expect(names.named('七台河市，宣传部')).toBeUndefined()
    expect(names.named('七台河市\u200b宣传部')?.unitId).toBe('xcb')
  })

  it('DQ-04 only the level before a name and the body at its end are not part of it', () => {
    const units = [unit('bb', '七台河市委编办', '机构编制'), unit('cg', '七台河市城建院', '城市规划')]
    const found = unitNames(units, '230900' as RegionCode)
    expect(found.named('市机构编制部门')?.unitId).toBe('bb')
    expect(found.named('城市规划部门')?.unitId).toBe('cg')
    expect(found.named('城规划部门')).toBeUndefined()
  })

  it('DQ-04 a short name has four characters or more, and is the end of one full name', () => {
    const two = unitNames([unit('a', '七台河市烟草专卖局', '烟草'), unit('b', '七台河市某某协会', '协会工作')], '230900' as RegionCode)
    expect(two.named('烟草专卖局')?.unitId).toBe('a')
    expect(two.named('某某协会')?.unitId).toBe('b')
    expect(two.named('某协会')).toBeUndefined()
    expect(two.named('七台河市某某')).toBeUndefined()
  })

  it('REG-39 a name is looked for among the departments and bureaux of the region first, then among all units', () => {
    const same = unitNames(
      [unit('here', '检查局', '甲'), unit('below', '检查局', '乙', { regionCode: '230902' as RegionCode })],
      '230900' as RegionCode,
    )
    expect(same.named('检查局')?.unitId).toBe('here')
    expect(names.named('七台河市新兴区市场监管所')?.unitId).toBe('scj-s1')
    expect(names.bodies.map(({ unitId }) => unitId)).toEqual(['scj', 'xcb', 'wlj', 'sw1', 'sw2'])
    expect([names.unit('scj-x')?.name, names.unit('none')]).toEqual(['新兴区市场监督管理局', undefined])
  })

  it('DQ-04 a name of none or of several units is left to a person', () => {
    expect(names.named('消防救援机构')).toBeUndefined()
    expect(names.named('税务部门')).toBeUndefined()
  })
})
