import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { wholeScope } from '../object-scope.ts'
import { type ScopeTextContext, saysEveryObject, scopeProposals } from './scope-text.ts'

const applies = (
  kinds: readonly string[],
  members: { readonly industryPrefixes?: readonly string[]; readonly tags?: readonly string[] } = {},
) => ({
  kinds,
  industryPrefixes: [],
  tags: [],
  ...members,
})
const city = '230300' as RegionCode
const context = (members: Partial<ScopeTextContext> = {}): ScopeTextContext => ({
  applicabilities: [applies(['ENTERPRISE'])],
  regionCode: city,
  tags: ['业态:星级饭店', '冷链'],
  places: new Map([['鸡冠区', '230302' as RegionCode]]),
  ...members,
})

describe('words for objects that plainly mean all that the items apply to', () => {
  it.each([
    '全部',
    '所有对象',
    '全部检查对象',
    '抽查事项对应的全部对象',
    '事项的全部对象',
    '清单事项适用的对象',
    '辖区内全部监管对象',
    '全市',
    '本辖区',
    '企业',
    '各类企业',
    '全市所有企业。',
    '辖区内的各类市场主体',
    '企业、个体工商户',
    '全省经营主体',
  ])('PLN-13 %s', (text) => {
    expect(saysEveryObject(text, context())).toBe(true)
  })

  it.each([
    '星级饭店',
    '本辖区物流、寄递企业',
    '规模以上企业',
    '个体工商户',
    '全县企业',
    '鸡冠区企业',
    '企业和学校',
    '相关企业',
    '部分企业',
    '重点监管对象',
    '2023年新设企业',
    '全部星级饭店',
    '除外商投资企业外的企业',
    '餐饮服务单位',
  ])('PLN-13 not %s', (text) => {
    expect(saysEveryObject(text, context())).toBe(false)
  })

  it('PLN-13 name every kind that any of the items applies to, or do not mean all', () => {
    const both = context({ applicabilities: [applies(['ENTERPRISE']), applies(['ENTERPRISE', 'INDIVIDUAL_BUSINESS'])] })
    expect(saysEveryObject('企业', both)).toBe(false)
    expect(saysEveryObject('企业及个体户', both)).toBe(true)
    expect(saysEveryObject('产品', context({ applicabilities: [applies(['PRODUCT'], { industryPrefixes: ['C13'] })] }))).toBe(true)
    expect(saysEveryObject('企业', context({ applicabilities: [] }))).toBe(false)
  })

  it('PLN-13 are the one tag that each item goes by', () => {
    const tagged = applies(['ENTERPRISE'], { tags: ['业态:星级饭店'] })
    expect(saysEveryObject('全市星级饭店', context({ applicabilities: [tagged] }))).toBe(true)
    expect(saysEveryObject('星级饭店', context({ applicabilities: [tagged, applies(['ENTERPRISE'])] }))).toBe(false)
    expect(saysEveryObject('星级饭店', context({ applicabilities: [applies(['ENTERPRISE'], { tags: ['业态:星级饭店', '冷链'] })] }))).toBe(
      false,
    )
    expect(saysEveryObject('星级饭店', context({ applicabilities: [{ ...tagged, industryPrefixes: ['H61'] }] }))).toBe(false)
  })

  it('PLN-13 mean the place of the plan or a larger one: a smaller one leaves objects out', () => {
    const at = (regionCode: string, text: string) => saysEveryObject(text, context({ regionCode: regionCode as RegionCode }))
    expect(['全国企业', '全省企业', '全市企业', '全县企业'].map((text) => at('230000', text))).toEqual([true, true, false, false])
    expect(['全国企业', '全省企业', '全市企业', '全县企业'].map((text) => at('230300', text))).toEqual([true, true, true, false])
    expect(['全省企业', '全市企业', '全县企业', '全区企业'].map((text) => at('230302', text))).toEqual([true, true, true, true])
  })
})

describe('what words for objects may mean', () => {
  it('PLN-13 is proposed by kinds, tags, industries and places that the register knows', () => {
    expect(scopeProposals('个体工商户', context())).toEqual([{ ...wholeScope, kinds: ['INDIVIDUAL_BUSINESS'] }])
    expect(scopeProposals('全市三星以上星级饭店', context())).toEqual([{ ...wholeScope, tags: ['业态:星级饭店'] }])
    expect(scopeProposals('行业代码H61、H6210的单位', context())).toEqual([{ ...wholeScope, industryPrefixes: ['H61', 'H6210'] }])
    expect(scopeProposals('鸡冠区冷链仓储', context())).toEqual([
      { ...wholeScope, tags: ['冷链'] },
      { ...wholeScope, regionCodes: ['230302'] },
    ])
    expect(scopeProposals('规模以上工业', context())).toEqual([])
  })
})
