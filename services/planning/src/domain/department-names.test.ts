import { describe, expect, it } from 'vitest'
import { departmentKey, fieldOf, mayName } from './department-names.ts'

describe('names of departments as they are compared', () => {
  it('PLN-13 are those of a department without level and form of office; the 市 of 市场监管 is no level', () => {
    for (const name of ['市场监管', '市市场监管局', '县级市场监管部门', '市场监管机构', '市场监督管理局', '市市场监督管理部门'])
      expect(departmentKey(name), name).toBe('市场监管')
    expect(departmentKey('省烟草专卖主管部门')).toBe('烟草专卖')
    expect(departmentKey('城市管理局')).toBe('城市')
    expect(departmentKey('城市管理')).toBe('城市')
    expect(departmentKey('部门')).toBe('')
  })

  it('PLN-13 keep what a department is about: 和 may be left out, 市政 and 市容 begin with no level', () => {
    for (const name of ['人力资源和社会保障局', '人力资源社会保障部门', '市人力资源和社会保障主管部门'])
      expect(fieldOf(name), name).toBe('人力资源社会保障')
    expect(fieldOf('和平')).toBe('和平')
    expect(['市监局', '市监', '市市监局', '省市监部门', '市监狱管理局', '市监委'].map(fieldOf)).toEqual([
      '市监',
      '市监',
      '市监',
      '市监',
      '监狱管理',
      '监',
    ])
    expect(['constructor', 'toString部门', '__proto__'].map((name) => mayName(name, '公安'))).toEqual([false, false, false])
    expect(['市政管理部门', '市容主管机构', '市城市管理局', '公安机关'].map(fieldOf)).toEqual(['市政管理', '市容', '城市管理', '公安'])
  })
})
