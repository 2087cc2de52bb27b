import type { ItemCode, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { item } from '../../../tests/support/lines.ts'
import { isCheckedBy } from '../checking-body.ts'
import type { Unit } from '../line-input.ts'
import { directoryOf, itemsByBody } from './directory.ts'

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

  it('PLN-13 guesses nothing: a name that two units could mean finds none', () => {
    const twice = [...units, unit('230302-scj', '鸡西市市场监督管理局', 'BUREAU', '市场监管')]
    expect(directoryOf([], twice).unitNamed('鸡西市市场监督管理局')).toBeUndefined()
    const alike = [...units, unit('230300-ycj2', '鸡东县烟草专卖局', 'DEPARTMENT', '烟草')]
    expect(directoryOf([], alike).unitNamed('烟草专卖局')).toBeUndefined()
    expect(directoryOf([], alike).unitNamed('市烟草专卖局')?.unitId).toBe('230300-ycj')
  })

  it('PLN-13 takes the end of a full name for its short form from four characters on, shorter only where it begins with a level', () => {
    const offices = [unit('230300-gyj', '鸡西市公园局', 'STATION', ''), unit('230300-lyj', '鸡西市林草总局', 'STATION', '')]
    const named = (name: string) => directoryOf([], offices).unitNamed(name)?.unitId
    expect(named('市公园局')).toBe('230300-gyj')
    expect(named('公园局')).toBeUndefined()
    expect(named('林草总局')).toBe('230300-lyj')
    expect(named('草总局')).toBeUndefined()
    expect(named('X市公园局')).toBeUndefined()
  })

  it.each([
    ['鸡西市公安局恒山分局', '恒山分局', false],
    ['鸡西市公安局恒山分局', '公安局恒山分局', true],
    ['鸡西市公安局恒山区分局', '恒山区分局', false],
    ['鸡西市公安局恒山区分局', '区分局', false],
    ['鸡西市市场监督管理局城关所', '城关所', false],
    ['鸡西市城市管理综合执法局', '综合执法局', false],
    ['鸡西市城市管理综合执法局', '城市管理综合执法局', true],
    ['鸡西市市场监督管理局', '监督管理局', false],
    ['鸡西市市场监督管理局', '市场监督管理局', true],
    ['鸡西市消防救援支队', '市消防救援支队', true],
    ['鸡西市消防救援支队', '消防救援支队', true],
    ['鸡西市公安局治安支队', '治安支队', false],
    ['国家税务总局鸡西市税务局', '鸡西市税务局', true],
    ['国家税务总局鸡西市税务局', '市税务局', true],
  ])('PLN-13 %s without nothing but its place: %s is it, %s', (name, short, isFound) => {
    const found = directoryOf([], [unit('230300-x', name, 'STATION', '')]).unitNamed(short)
    expect(found?.name).toBe(isFound ? name : undefined)
  })

  const region = (regionCode: string, ...names: readonly (readonly [name: string, department: string])[]) =>
    names.map(([name, department], index) => ({
      ...unit(`${regionCode}-${index}`, name, 'DEPARTMENT', department),
      regionCode: regionCode as RegionCode,
    }))
  const ofCity = region('230300', ['鸡西市公安局', '公安'], ['鸡西市市场监督管理局', '市场监管'], ['鸡西市城市管理局', '城市管理'])
  const nameIn = (listed: readonly Unit[], name: string) => directoryOf([], listed).unitNamed(name)?.name

  it.each([
    '省公安厅',
    '公安厅',
    '省级公安部门',
    '县公安局',
    '县级公安部门',
    '区公安局',
    '旗公安局',
    '省市场监管局',
    '区市场监管局',
    '县级市场监管部门',
  ])('PLN-13 a city has no %s: a name of another level finds none of its departments', (name) => {
    expect(nameIn(ofCity, name)).toBeUndefined()
  })

  it.each([
    ['市公安局', '鸡西市公安局'],
    ['公安局', '鸡西市公安局'],
    ['公安部门', '鸡西市公安局'],
    ['市级公安机构', '鸡西市公安局'],
    ['市市场监管局', '鸡西市市场监督管理局'],
    ['市场监管局', '鸡西市市场监督管理局'],
    ['市级市场监管部门', '鸡西市市场监督管理局'],
    ['城市管理局', '鸡西市城市管理局'],
  ])('PLN-13 in a city %s, of its level or of none, is %s', (name, found) => {
    expect(nameIn(ofCity, name)).toBe(found)
  })

  it.each([
    ['省公安厅', '黑龙江省公安厅'],
    ['公安厅', '黑龙江省公安厅'],
    ['公安部门', '黑龙江省公安厅'],
    ['省级公安部门', '黑龙江省公安厅'],
    ['市公安局', undefined],
    ['县级公安部门', undefined],
  ])('PLN-13 in a province %s is %s', (name, found) => {
    expect(nameIn(region('230000', ['黑龙江省公安厅', '公安']), name)).toBe(found)
  })

  it.each([
    ['县公安局', '鸡东县公安局'],
    ['县级公安部门', '鸡东县公安局'],
    ['公安局', '鸡东县公安局'],
    ['市公安局', undefined],
    ['市级公安部门', undefined],
    ['公安厅', undefined],
  ])('PLN-13 in a county %s is %s', (name, found) => {
    expect(nameIn(region('230321', ['鸡东县公安局', '公安']), name)).toBe(found)
  })

  it('PLN-13 a level tells a city’s department from those of its counties, where both are listed', () => {
    const both = [...ofCity, ...region('230321', ['鸡东县公安局', '公安'])]
    expect(nameIn(both, '市级公安部门')).toBe('鸡西市公安局')
    expect(nameIn(both, '县级公安部门')).toBe('鸡东县公安局')
    expect(nameIn(both, '公安部门')).toBeUndefined()
  })

  it('PLN-13 市 is the level of what calls itself so: a municipality, and a city of a county’s level', () => {
    const municipality = region('310000', ['上海市市场监督管理局', '市场监管'])
    expect(nameIn(municipality, '市市场监管局')).toBe('上海市市场监督管理局')
    expect(nameIn(municipality, '区市场监管局')).toBeUndefined()
    const small = region('230381', ['虎林市市场监督管理局', '市场监管'])
    expect(nameIn(small, '市市场监管局')).toBe('虎林市市场监督管理局')
    expect(nameIn(small, '省市场监管局')).toBeUndefined()
    // The last of the places counts, and the 市 of 城市 and 市场 is none.
    const district = region('310115', ['上海市浦东新区市场监督管理局', '市场监管'])
    expect(nameIn(district, '区市场监管局')).toBe('上海市浦东新区市场监督管理局')
    expect(nameIn(district, '市市场监管局')).toBeUndefined()
    expect(nameIn(region('230302', ['鸡冠区城市管理局', '城市管理']), '市级城市管理部门')).toBeUndefined()
  })

  it.each([
    '县级以上市场监管部门',
    '县级以上地方市场监管部门',
    '省级以上市场监管部门',
    '各级市场监管部门',
    '地方各级市场监管部门',
    '市县两级市场监管部门',
  ])('PLN-13 %s names no single unit, though it is a checking body', (name) => {
    for (const regionCode of ['230000', '230300', '230321'])
      expect(nameIn(region(regionCode, ['某某市场监督管理局', '市场监管']), name)).toBeUndefined()
    expect(isCheckedBy(name, '市场监管')).toBe(true)
  })

  const merged = region(
    '230300',
    ['鸡西市卫生健康委员会', '卫生健康'],
    ['鸡西市文化广电和旅游局', '文化广电和旅游'],
    ['鸡西市市场监督管理局', '市场监管'],
    ['鸡西市人力资源和社会保障局', '人力资源社会保障'],
    ['鸡西市住房和城乡建设局', '住房和城乡建设'],
    ['鸡西市城市管理综合执法局', '城市管理综合执法'],
    ['鸡西市交通运输局', '交通运输'],
    ['鸡西市教育局', '教育'],
    ['鸡西市应急管理局', '应急管理'],
    ['鸡西市消防救援支队', '消防救援'],
    ['鸡西海关', '海关'],
  )

  it.each([
    ['卫健', '鸡西市卫生健康委员会'],
    ['卫健委', '鸡西市卫生健康委员会'],
    ['市卫健委', '鸡西市卫生健康委员会'],
    ['文旅部门', '鸡西市文化广电和旅游局'],
    ['文化和旅游部门', '鸡西市文化广电和旅游局'],
    ['市监', '鸡西市市场监督管理局'],
    ['市监局', '鸡西市市场监督管理局'],
    ['市市监局', '鸡西市市场监督管理局'],
    ['人社局', '鸡西市人力资源和社会保障局'],
    ['住建局', '鸡西市住房和城乡建设局'],
    ['城管局', '鸡西市城市管理综合执法局'],
    ['交通局', '鸡西市交通运输局'],
    ['应急局', '鸡西市应急管理局'],
    ['消防', '鸡西市消防救援支队'],
    ['海关', '鸡西海关'],
    ['教育局', '鸡西市教育局'],
    ['教体局', undefined],
    ['省卫健委', undefined],
    ['县市监局', undefined],
    ['省市监局', undefined],
    ['工商局', undefined],
    ['环保局', undefined],
    ['文化局', undefined],
  ])('PLN-13 %s is the short form of %s, and nothing is guessed', (name, found) => {
    expect(nameIn(merged, name)).toBe(found)
  })

  it('PLN-13 a short form that two departments of the place have finds none; a whole name comes before a short form', () => {
    const two = [...merged, ...region('230300', ['鸡西市城市管理局', '城市管理'])].map((each, index) => ({
      ...each,
      unitId: `u${index}` as UnitId,
    }))
    expect(nameIn(two, '城管局')).toBeUndefined()
    expect(nameIn(two, '城市管理局')).toBe('鸡西市城市管理局')
    const counties = [...merged, ...region('230321', ['鸡东县卫生健康局', '卫生健康'])]
    expect([nameIn(counties, '卫健'), nameIn(counties, '县卫健局')]).toEqual([undefined, '鸡东县卫生健康局'])
  })

  it('PLN-13 an office is found by its name, with or without its place, and not by the kind of office it is', () => {
    const transport = [
      ...region('230300', ['鸡西市交通运输局执法支队', '交通运输'], ['鸡西市公安局', '公安']),
      unit('230300-s', '鸡西市鸡冠区市场监管所', 'STATION', '市场监管'),
    ]
    for (const name of ['鸡西市交通运输局执法支队', '交通运输局执法支队', '市交通运输局执法支队'])
      expect(nameIn(transport, name), name).toBe('鸡西市交通运输局执法支队')
    for (const name of ['执法支队', '局执法支队', '运输局执法支队']) expect(nameIn(transport, name), name).toBeUndefined()
    for (const name of ['鸡冠区市场监管所', '区市场监管所', '市场监管所'])
      expect(nameIn(transport, name), name).toBe('鸡西市鸡冠区市场监管所')
    for (const kind of ['执法大队', '行政审批科', '综合管理处', '消防监督股', '质量检验所', '技术服务站'])
      expect(nameIn(region('230300', [`鸡西市应急管理局${kind}`, '应急']), kind), kind).toBeUndefined()
  })

  it('PLN-13 keeps stations out where a department is meant', () => {
    expect(unitNamed('市场监管机构')?.unitId).toBe('230300-scj')
    expect(directoryOf([], units).departments.map(({ unitId }) => unitId)).toEqual(['230300-scj', '230300-ycj', '230300-wjw'])
    expect(directoryOf([], units).unit('230300-scj-s1')?.name).toBe('鸡西市鸡冠区市场监管所')
    expect(directoryOf([], units).unit('230399-x')).toBeUndefined()
  })
})

describe('items by the names that published tables write', () => {
  const items = [
    item('B1', { name: '登记事项检查', checkingBody: '县级以上市场监管部门' }),
    item('A1', { name: '登记事项检查', checkingBody: '县级以上市场监管部门' }),
    item('C1', { name: '年报公示信息检查', checkingBody: '烟草专卖主管部门' }),
    item('D1', { name: '广告', checkingBody: '消防救援机构' }),
    item('E1', { name: '登记事项检查（企业）' }),
    item('F1', { name: '登记事项抽查检查' }),
    item('G1', { name: '登记事项检查一' }),
    item('H1', { name: '登记事项检查二' }),
  ]
  const directory = directoryOf(items, units)
  const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code)

  it('PLN-13 finds every item of a name, and none of another', () => {
    expect(codes(directory.itemsNamed('登记 事项检查。'))).toEqual(['B1', 'A1'])
    expect(directory.itemsNamed('登记事项')).toEqual([])
    expect(directory.item('C1')?.name).toBe('年报公示信息检查')
    expect(directory.item('Z9')).toBeUndefined()
  })

  it('PLN-13 offers at most five like names, the likest first and by code where they are equally like', () => {
    expect(codes(directory.similarItems('登记事项检查'))).toEqual(['A1', 'B1', 'G1', 'H1', 'E1'])
    expect(directory.similarItems('食品')).toEqual([])
    expect(directory.similarItems('')).toEqual([])
  })

  it('PLN-13 offers from a third of the pairs of characters on', () => {
    // 广告 has one pair: alike one of five is 2/6, one of six 2/7.
    expect(codes(directory.similarItems('广告甲乙丙丁'))).toEqual(['D1'])
    expect(directory.similarItems('广告甲乙丙丁戊')).toEqual([])
  })

  it('PLN-13 JNT-11 gives each department the items that its body checks; where that leaves one out, it does not tell', () => {
    const [scj, ycj, wjw] = ['230300-scj', '230300-ycj', '230300-wjw'] as unknown as readonly [UnitId, UnitId, UnitId]
    const [a, c, d] = ['A1', 'C1', 'D1'] as unknown as readonly [ItemCode, ItemCode, ItemCode]
    expect(itemsByBody([a, c], [scj, ycj], directory)).toEqual([
      { unitId: scj, itemCodes: [a] },
      { unitId: ycj, itemCodes: [c] },
    ])
    expect(itemsByBody([a, c], [scj, ycj, wjw], directory)).toBeUndefined()
    expect(itemsByBody([a, c, d], [scj, ycj], directory)).toBeUndefined()
    expect(itemsByBody([d], [scj, wjw], directory)).toEqual([
      { unitId: scj, itemCodes: [d] },
      { unitId: wjw, itemCodes: [d] },
    ])
    expect(itemsByBody([a, d], [wjw], directory)).toEqual([{ unitId: wjw, itemCodes: [a, d] }])
    expect(isCheckedBy('县级以上市场监管部门', '')).toBe(false)
  })
})
