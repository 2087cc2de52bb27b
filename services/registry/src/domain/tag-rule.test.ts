import type { Instant, ItemCode, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { ObjectContent } from './check-object.ts'
import { conditionHolds, currentRule, recordRule, ruleTagsOf, type TagCondition, type TagRule, type TagRuleContent } from './tag-rule.ts'

const restaurant: ObjectContent = {
  name: '示例网络餐饮店',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode: '230302' as RegionCode,
  address: '',
  tags: ['业态:堂食', '重点对象'],
  status: 'ACTIVE',
}
const none: TagCondition = { kinds: [], industryPrefixes: [], nameContains: [], tags: [] }
const content = (changes: Partial<TagRuleContent> = {}): TagRuleContent => ({
  itemCode: 'SP-01' as ItemCode,
  tag: '业态:网络餐饮',
  condition: { ...none, industryPrefixes: ['H62'] },
  status: 'ACTIVE',
  ...changes,
})
const about = { ruleId: 'r1', unitId: '230300-scj' as UnitId, regionCode: '230300' as RegionCode }
const at = '2026-03-02T01:00:00.000Z' as Instant

function rule(changes: Partial<TagRuleContent> = {}, ruleId = 'r1'): TagRule {
  const recorded = recordRule(undefined, { ...about, ruleId, content: content(changes) }, at, '')
  if (!recorded.ok || recorded.value === undefined) throw new Error('not recorded')
  return recorded.value
}

const everywhere = (): boolean => true

describe('REG-27 tagging rules', () => {
  it.each([
    ['the industry', { industryPrefixes: ['H62'] }, true],
    ['another industry', { industryPrefixes: ['F5'] }, false],
    ['any of the industries', { industryPrefixes: ['F5', 'H6210'] }, true],
    ['a part of the name', { nameContains: ['网络'] }, true],
    ['any part of the name', { nameContains: ['药', '网络'] }, true],
    ['another name', { nameContains: ['药'] }, false],
    ['a tag that people gave', { tags: ['业态:堂食'] }, true],
    ['any of the tags', { tags: ['规模:大型', '业态:堂食'] }, true],
    ['another tag', { tags: ['规模:大型'] }, false],
    ['kind and industry', { kinds: ['ENTERPRISE'], industryPrefixes: ['H62'] }, true],
    ['the industry but another kind', { kinds: ['PRODUCT'], industryPrefixes: ['H62'] }, false],
  ] as const)('REG-27 go by %s', (_what, condition, holds) => {
    expect(conditionHolds({ ...none, ...condition }, restaurant)).toBe(holds)
  })

  it('REG-27 give tags by tag and rule, only while their item is in force where the object is', () => {
    const rules = [rule({}, 'r2'), rule({ tag: '规模:大型' }, 'r1')]
    expect(ruleTagsOf(rules, restaurant, everywhere)).toEqual([
      { tag: '业态:网络餐饮', ruleId: 'r2' },
      { tag: '规模:大型', ruleId: 'r1' },
    ])
    expect(ruleTagsOf(rules.toReversed(), restaurant, everywhere)).toEqual(ruleTagsOf(rules, restaurant, everywhere))
    expect(ruleTagsOf(rules, restaurant, (item, region) => item === 'SP-01' && region === '230303')).toEqual([])
  })

  it('REG-27 look at no tag that another rule gave, so that their order does not matter', () => {
    const byRule = { ...restaurant, ruleTags: [{ tag: '规模:大型', ruleId: 'r1' }] }
    expect(conditionHolds({ ...none, tags: ['规模:大型'] }, byRule)).toBe(false)
  })

  it('REG-27 give nothing once retired, and keep what they said before', () => {
    const retired = recordRule(rule(), { ...about, content: content({ status: 'RETIRED' }) }, '2026-04-01T00:00:00.000Z' as Instant, '')
    if (!retired.ok || retired.value === undefined) throw new Error('not retired')
    expect(ruleTagsOf([retired.value], restaurant, everywhere)).toEqual([])
    expect(retired.value.timeline.map((version) => version.content.status)).toEqual(['ACTIVE', 'RETIRED'])
    expect(currentRule(retired.value).status).toBe('RETIRED')
  })

  it('REG-27 come of no file, whether or not an import did it', () => {
    const recorded = recordRule(undefined, { ...about, content: content() }, at, 'i1')
    expect(recorded).toMatchObject({ value: { timeline: [{ from: at, load: '', importId: 'i1', content: content() }] } })
  })

  it('REG-27 the same rule again is no version; one without a condition or of another unit is refused', () => {
    expect(recordRule(rule(), { ...about, content: content() }, at, '')).toEqual({ ok: true, value: undefined })
    expect(recordRule(undefined, { ...about, content: content({ condition: none }) }, at, '')).toMatchObject({
      error: { code: 'tag-rule-without-condition' },
    })
    expect(recordRule(rule(), { ...about, unitId: '230300-xfj' as UnitId, content: content() }, at, '')).toMatchObject({
      error: { code: 'owned-by-other-unit', unitId: '230300-scj' },
    })
  })
})
