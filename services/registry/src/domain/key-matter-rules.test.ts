import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { policyWith } from '../../tests/policies.ts'
import { keyFieldOf, keyMatterProblems } from './key-matter-rules.ts'
import type { KeyMatter } from './key-supervision-list.ts'

const heilongjiang = policyOf('heilongjiang')
const samr2024 = policyOf('samr-2024')
const samrDraft = policyOf('samr-2023-draft')
const shanghai = policyOf('shanghai-2019')

const bare: KeyMatter = {
  matterId: 'ZD-01',
  name: '电梯使用安全',
  field: 'SPECIAL_EQUIPMENT',
  supervisingBody: '市场监管部门',
  objects: '电梯使用单位',
  applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] },
  measures: ['现场检查'],
  itemCodes: [],
  stages: [],
  factors: [],
}
const codes = (policy: typeof heilongjiang, members: Partial<KeyMatter> = {}) =>
  keyMatterProblems(policy, { ...bare, ...members }).map((problem) => (problem.code === 'factor-missing' ? problem.id : problem.code))

describe('fields of key supervision', () => {
  it.each([
    ['heilongjiang', heilongjiang, ['食品', '重点工业产品', '特种设备']],
    ['samr-2023-draft', samrDraft, ['食品', '药品', '工业产品', '特种设备']],
    ['shanghai-2019', shanghai, ['食品药品安全', '特种设备安全', '工业产品质量安全']],
  ])('TGT-04 %s has its own tag set, by text or id', (_name, policy, texts) => {
    const members = policy.find('keyFields')?.members ?? []
    expect(members.map(({ text }) => text)).toEqual(texts)
    expect(texts.map((text) => keyFieldOf(policy, text))).toEqual(members.map(({ id }) => id))
    expect(members.map(({ id }) => keyFieldOf(policy, id))).toEqual(members.map(({ id }) => id))
  })

  it('TGT-04 samr-2023-draft protects three fields beside the four of the list; samr-2024 names none', () => {
    expect(samrDraft.find('keyFields.protected')?.members.map(({ text }) => text)).toEqual(['食品', '药品', '特种设备'])
    expect(samr2024.find('keyFields')).toBeUndefined()
    expect(keyFieldOf(samr2024, '计量')).toBe('计量')
  })

  it('TGT-04 an open set takes other words, a closed one refuses them', () => {
    const closed = policyWith({ keyFields: { members: [{ id: 'FOOD', text: '食品' }], open: false } })
    expect(keyFieldOf(heilongjiang, '燃气具')).toBe('燃气具')
    expect(keyFieldOf(closed, '食品')).toBe('FOOD')
    expect(keyFieldOf(closed, '燃气具')).toBeUndefined()
  })
})

describe('attributes and factors of key supervision', () => {
  it.each([
    ['heilongjiang', heilongjiang, ['FULL_COVERAGE', 'FULL_CHAIN', 'FULL_PROCESS', 'FULL_TIME_AND_SPACE', 'ALL_ROUND']],
    ['samr-2024', samr2024, ['FULL_CHAIN', 'FULL_COVERAGE', 'FULL_PROCESS']],
    ['samr-2023-draft', samrDraft, ['FULL_CHAIN']],
    ['shanghai-2019', shanghai, undefined],
  ])('TGT-05 %s has key supervision be what its document says, each attribute with a measure', (_name, policy, ids) => {
    const attributes = policy.find('keySupervision.attributes')
    expect(attributes?.map(({ id }) => id)).toEqual(ids)
    expect(attributes?.every(({ measure }) => ['COVERAGE', 'STAGES', 'TIMES', 'ASPECTS'].includes(measure))).toBe(
      ids === undefined ? undefined : true,
    )
  })

  it('TGT-05 a matter gives what is measured of the attributes that policy has, and no more', () => {
    const factors = (heilongjiang.find('keySupervision.considers') ?? []).map(({ id }) => ({ id, text: '已统筹' }))
    expect(codes(heilongjiang, { factors })).toEqual(['stages-missing', 'times-missing', 'matter-items-missing'])
    expect(codes(samr2024, { factors })).toEqual(['stages-missing'])
    expect(codes(samrDraft, { factors, stages: ['生产'] })).toEqual([])
    expect(codes(shanghai)).toEqual([])
  })

  it('TGT-06 a matter says how each factor of its policy is taken account of', () => {
    const whole = { stages: ['使用'] }
    expect(codes(samr2024, whole)).toEqual(['INDUSTRY_RISK', 'VIOLATIONS', 'CREDIT_RISK', 'BUSINESS_COORDINATION', 'RESULT_RECOGNITION'])
    expect(codes(samrDraft, whole)).toEqual(['INDUSTRY_RISK', 'CREDIT_RISK', 'BUSINESS_COORDINATION', 'RISK_FEATURES'])
    expect(codes(heilongjiang, { ...whole, timesPerYear: 1, itemCodes: [], factors: [{ id: 'RISK_FEATURES', text: '冬季' }] })).toEqual([
      'matter-items-missing',
      'INDUSTRY_RISK',
      'VIOLATIONS',
      'CREDIT_RISK',
      'BUSINESS_COORDINATION',
      'RESULT_RECOGNITION',
    ])
  })
})
