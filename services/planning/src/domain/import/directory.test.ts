import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { directoryOf } from './directory.ts'

const unit = (unitId: string, name: string, kind: 'BUREAU' | 'DEPARTMENT' | 'STATION', department: string) => ({
  unitId: unitId as UnitId,
  regionCode: '230300' as RegionCode,
  name,
  kind,
  department,
})

const units = [
  unit('230300-scj', '鸡西市市场监督管理局', 'BUREAU', '市场监管'),
  unit('230300-scj-s1', '鸡西市鸡冠区市场监管所', 'STATION', '市场监管'),
  unit('230300-ycj', '鸡西市烟草专卖局', 'DEPARTMENT', '烟草'),
  unit('230300-wjw', '鸡西市卫生健康委员会', 'DEPARTMENT', '卫生健康'),
]

describe('units by the names that published tables write', () => {
  const { unitNamed } = directoryOf([], units)

  it('PLN-13 finds the market regulator behind every way of writing it', () => {
    for (const name of ['市场监管部门', '市市场监管局', '市场监管局', '市市场监督管理局'])
      expect(unitNamed(name)?.unitId, name).toBe('230300-scj')
  })

  it('PLN-13 finds a department by its short name, its type and its full name', () => {
    expect(unitNamed('市烟草专卖局')?.unitId).toBe('230300-ycj')
    expect(unitNamed('卫生健康部门')?.unitId).toBe('230300-wjw')
    expect(unitNamed('鸡西市卫生健康委员会')?.unitId).toBe('230300-wjw')
  })

  it('PLN-13 guesses nothing: an unknown name finds no unit', () => {
    expect(unitNamed('其他部门')).toBeUndefined()
  })
})
