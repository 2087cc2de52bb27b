import type { RegionCode, RegionLevel } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { isBodyOf, isCheckedBy, readCheckingBody } from './checking-body.ts'

const ofLevel = { PROVINCE: '370000', CITY: '371300', COUNTY: '371311' } as unknown as Readonly<Record<RegionLevel, RegionCode>>
const levels = ['PROVINCE', 'CITY', 'COUNTY'] as const
const initials = { PROVINCE: '省', CITY: '市', COUNTY: '县' }

/** At which levels the department answers, in one word; undefined where the body is not read. */
function answeringLevels(text: string, department = '市场监管', municipalities: readonly RegionCode[] = []): string | undefined {
  const bodies = readCheckingBody(text)
  return (
    bodies &&
    levels
      .filter((level) => bodies.some((body) => isBodyOf(body, department, ofLevel[level], municipalities)))
      .map((level) => initials[level])
      .join('')
  )
}

describe('the levels that a checking body names', () => {
  it.each([
    ['省、市、县级市场监管部门', '省市县'],
    ['省级、市级、县级市场监管部门', '省市县'],
    ['省市县三级市场监管部门', '省市县'],
    ['省、市、县、乡四级市场监管机构', '省市县'],
    ['省、市、县（市、区）级市场监管部门', '省市县'],
    ['市、县级市场监管部门', '市县'],
    ['市、县两级市场监管部门', '市县'],
    ['市县级市场监管部门', '市县'],
    ['市级和县级市场监管部门', '市县'],
    ['市级/县级市场监管部门', '市县'],
    ['市、区（市）级市场监管部门', '市县'],
    ['盟市、旗县级市场监管部门', '市县'],
    ['省、市级市场监管部门', '省市'],
    ['省级、设区的市级市场监管部门', '省市'],
    ['省级和县级市场监管部门', '省县'],
    ['省级市场监管部门', '省'],
    ['市级市场监管部门', '市'],
    ['市本级市场监管部门', '市'],
    ['县级市场监管部门', '县'],
    ['区级市场监管部门', '县'],
    ['国家级市场监管部门', ''],
  ])('PLN-12 PLN-23 of the list in %s are %s, and no other', (text, found) => {
    expect(answeringLevels(text)).toBe(found)
  })

  it.each([
    ['县级以上市场监管部门', '省市县'],
    ['县级及以上市场监管部门', '省市县'],
    ['县级（含）以上市场监管部门', '省市县'],
    ['县级以上（含县级）市场监管部门', '省市县'],
    ['县以上市场监管部门', '省市县'],
    ['县级以上地方人民政府市场监管部门', '省市县'],
    ['市、县级以上市场监管部门', '省市县'],
    ['县级以上各级市场监管部门', '省市县'],
    ['县级以上地方各级人民政府市场监管部门', '省市县'],
    ['县以上各级市场监管部门', '省市县'],
    ['市级及以上各级市场监管部门', '省市'],
    ['市级以上地方各级人民政府市场监管部门', '省市'],
    ['市级以下各级市场监管部门', '市县'],
    ['乡级以上市场监管机构', '省市县'],
    ['市级以上市场监管部门', '省市'],
    ['市级及以上市场监管部门', '省市'],
    ['省级以上市场监管部门', '省'],
    ['省级以下市场监管部门', '省市县'],
    ['省以下市场监管部门', '省市县'],
    ['市级以下市场监管部门', '市县'],
    ['市级及以下市场监管部门', '市县'],
    ['县级及其以下市场监管部门', '县'],
  ])('PLN-12 PLN-23 of 以上 and 以下 in %s are %s: the level named is one of them', (text, found) => {
    expect(answeringLevels(text)).toBe(found)
  })

  it.each([
    ['各级市场监管部门', '省市县'],
    ['地方各级市场监管部门', '省市县'],
    ['市场监管部门', '省市县'],
    ['市场监督管理局', '省市县'],
    ['市市场监管局', '省市县'],
    ['某某市市场监管局', '省市县'],
    ['省市场监管局', '省'],
    ['县市场监管局', '县'],
    ['区市场监管局', '县'],
    ['市、县市场监管部门', '市县'],
    ['省、市、县市场监管部门', '省市县'],
    ['某某省县级市场监管部门', '县'],
    ['全市县级市场监管部门', '县'],
    ['市场监管部门（市级）', '市'],
    ['市场监管部门（市级/县级）', '市县'],
  ])('PLN-12 PLN-23 of all, of none and without the word in %s are %s', (text, found) => {
    expect(answeringLevels(text)).toBe(found)
  })

  it.each(['市政', '市容', '地震', '地方金融监管'])('PLN-12 %s begins with no level', (department) => {
    expect(answeringLevels(`${department}部门`, department)).toBe('省市县')
    expect(answeringLevels(`市级${department}部门`, department)).toBe('市')
  })

  it.each([
    '本级市场监管部门',
    '上级市场监管部门',
    '城市级市场监管部门',
    '省级至县级市场监管部门',
    '县级以上市场监管部门（不含县级）',
    '县级市场监管部门、同级公安机关',
    '市级、公安机关或者县级',
  ])('PLN-12 PLN-23 are not guessed: %s is not read', (text) => {
    expect(readCheckingBody(text)).toBeUndefined()
  })

  it('PLN-12 hold for what stands behind them up to the next, each body at its own', () => {
    const text = '省级公安机关、市、县级市场监管部门和税务部门'
    expect([answeringLevels(text, '公安'), answeringLevels(text), answeringLevels(text, '税务')]).toEqual(['省', '市县', '市县'])
    const state = '国务院药品监督管理部门、县级以上地方市场监管部门'
    expect([answeringLevels(state, '药品监管'), answeringLevels(state)]).toEqual(['', '省市县'])
    expect([answeringLevels('市场监管局、市税务局'), answeringLevels('税务局、县级市场监管部门')]).toEqual(['省市县', '县'])
  })

  it.each([
    ['烟草制品零售点所在地县级烟草专卖部门', '县'],
    ['烟草企业住所地的市级烟草专卖部门', '市'],
    ['省级烟草专卖部门、烟草企业所在地县级烟草专卖部门', '省县'],
    ['所在地县级以上烟草专卖部门', '省市县'],
    ['烟草地县级烟草专卖部门', '省市县'],
  ])('PLN-12 PLN-23 a place before the level is no body: %s are %s', (text, found) => {
    expect(answeringLevels(text, '烟草')).toBe(found)
  })

  it('PLN-12 of 所在地县级 are those of the county and of nobody else', () => {
    expect(readCheckingBody('所在地县级市场监管部门')).toEqual([{ names: ['市场监管部门'], levels: new Set(['COUNTY']) }])
  })

  it('PLN-12 a list may name every rung; a run of level words that is none is not cut in every way there is', () => {
    expect(answeringLevels('国家、省、市、县、乡级市场监管部门')).toBe('省市县')
    expect(answeringLevels('县市区旗'.repeat(100))).toBe('')
  })

  it('REG-14 a municipality of the level of a province has the 市级 too', () => {
    expect(answeringLevels('市、区级市场监管部门', '市场监管', [ofLevel.PROVINCE])).toBe('省市县')
    expect(answeringLevels('区级市场监管部门', '市场监管', [ofLevel.PROVINCE])).toBe('县')
  })
})

describe('the departments that a checking body names', () => {
  it.each([
    ['县级以上市场监督管理部门', '市场监管'],
    ['市场监督管理局', '市场监管'],
    ['市场监管部门', '市场监督管理'],
    ['市场监管部门', '某某市市场监督管理局'],
    ['市场监管部门', '某某省某某市市场监督管理局'],
    ['市级、县级人力资源和社会保障部门', '人力资源社会保障'],
    ['人力资源社会保障局', '人力资源和社会保障局'],
    ['市、县级城市管理部门', '城市管理'],
    ['市、县级城市管理部门', '城市管理局'],
    ['应急部门', '应急管理'],
    ['烟草专卖主管部门', '烟草'],
    ['文化和旅游部门', '文化旅游'],
    ['林业和草原局', '林业'],
    ['公安机关和市场监管部门', '市场监管'],
    ['旅游景区管理部门', '旅游景区管理局'],
    ['文旅部门', '文化和旅游'],
    ['县级以上卫健、文旅、市监部门', '卫生健康'],
    ['县级以上卫健、文旅、市监部门', '文化和旅游'],
    ['县级以上卫健、文旅、市监部门', '市场监管'],
    ['市监局', '市场监管'],
    ['住建、城管部门', '城市管理'],
    ['文化和旅游部门', '文化广电和旅游'],
  ])('PLN-12 PLN-23 %s names %s', (body, department) => {
    expect(isCheckedBy(body, department)).toBe(true)
    expect(answeringLevels(body, department)).not.toBe('')
  })

  it.each([
    ['市县级城市园林绿化主管部门', '城市管理'],
    ['市县级城市园林绿化主管部门', '城市管理局'],
    ['人力资源和社会保障部门', '医疗保障'],
    ['行政审批部门', '市政'],
    ['药品监督管理部门', '市场监督管理'],
    ['旅游部门', '旅游景区管理局'],
    ['文旅部门', '文物'],
    ['市监部门', '药品监管'],
    ['市监狱管理局', '市场监管'],
    ['部门', '市场监管'],
    ['县级以上市场监管部门', ''],
    ['县级以上市场监管部门', '局'],
  ])('PLN-12 PLN-23 %s does not name %s', (body, department) => {
    expect(isCheckedBy(body, department)).toBe(false)
    expect(answeringLevels(body, department)).toBe('')
  })
})
