import { describe, expect, it } from 'vitest'
import { type PolicyKey, policyKeys } from '../keys.ts'
import { presetNameSchema, sourceDocumentSchema } from '../preset.ts'

/** What is wrong with a value of a key: the messages, or `accepted`. */
const judged = (key: PolicyKey, value: unknown): readonly string[] | 'accepted' => {
  const read = policyKeys[key].schema.safeParse(value)
  return read.success ? 'accepted' : read.error.issues.map(({ message }) => message)
}

const rule = (change: object = {}) => ({
  id: 'LATE',
  text: '逾期',
  source: 'MARKET_REGULATION_SUPERVISION',
  kinds: ['ORDERED_CORRECT'],
  points: -10,
  countsForDays: 365,
  warns: false,
  ...change,
})
const grading = (change: object = {}) => ({
  startScore: 100,
  rules: [rule()],
  grades: [
    { grade: 'A', from: 60 },
    { grade: 'B', from: 0 },
  ],
  warnAt: ['B'],
  ...change,
})
const type = (id: string) => ({ id, text: '类型', opens: 'NOTHING' })
const field = (change: object = {}) => ({ field: '特种设备', specialities: ['ELEVATOR'], ...change })
const provincial = (basisKinds: readonly string[]) => ({ department: '省局', baseEdition: '全国清单', basisKinds })
const reason = (id: string) => ({ id, text: '事由', replaces: 'OBJECT' })
const reasons = (...ids: readonly string[]) => ({ reasons: ids.map(reason), approver: 'ORGANISER_SUPERIOR' })
const source = (id: string) => ({ id, text: '来源' })

describe('values that a preset may not hold, and what its author is told', () => {
  it.each<[PolicyKey, string, unknown]>([
    ['ratio.bands', '下限大于上限', [{ grade: 'A', min: '5%', max: '3%' }]],
    ['ratio.bands', '等级重复', ['3%', '5%'].map((max) => ({ grade: 'A', min: '1%', max }))],
    ['lowRiskGrades', '等级重复', ['A', 'A']],
    ['credit.grading', '标识重复', grading({ rules: [rule(), rule()] })],
    ['credit.grading', '起始分须逐级递减', grading({ grades: ['A', 'B', 'C'].map((grade) => ({ grade, from: 0 })) })],
    ['credit.grading', '最后一级须从 0 分起', grading({ grades: [{ grade: 'B', from: 1 }] })],
    ['credit.grading', '预警等级不在等级之内', grading({ warnAt: ['C'] })],
    ['draw.professionalStrata', '领域重复', [field(), field()]],
    ['draw.professionalStrata', '类别重复', [field({ classes: ['A', 'B'].map((as) => ({ class: 'I', as })) })]],
    ['result.types', '标识重复', [type('SAME'), type('SAME')]],
    ['result.mapping', '标识重复', [1, 2].map(() => ({ id: 'OLD', texts: ['旧'], use: 'NEW', note: '对应' }))],
    ['object.source', '标识重复', [source('MARKET'), source('MARKET')]],
    ['redraw.reasons', '标识重复', reasons('GONE', 'GONE')],
  ])('%s: %s', (key, message, value) => {
    expect(judged(key, value)).toContain(message)
  })

  it.each<[PolicyKey, unknown]>([
    [
      'ratio.bands',
      [
        { grade: 'A', min: '3%', max: '3%' },
        { grade: 'B', min: '3%', max: '5%' },
      ],
    ],
    ['credit.grading', grading({ rules: [rule({ kinds: ['ORDERED_CORRECT', 'UNREACHABLE'] }), rule({ id: 'OTHER' })] })],
    ['credit.module', { collects: ['OTHER_DEPARTMENTS_CREDIT'], grade: 'BESIDE_GENERAL_RESULT', warns: false }],
    ['draw.professionalStrata', [field({ classes: ['I', 'II'].map((each) => ({ class: each, as: 'A' })) })]],
    ['inspector.scope', { mustInclude: [source('STAFF'), source('AUXILIARY')], mayInclude: [] }],
    ['credit.grading', grading({ rules: [rule({ subValues: ['ONE', 'TWO'] })] })],
    ['inspector.source', [source('STAFF'), source('AUXILIARY')]],
    ['redraw.reasons', reasons('GONE', 'CLOSED')],
    ['item.superiorListMissing', 'REFUSED'],
    ['item.provincialList', provincial(['LOCAL_REGULATION', 'GOVERNMENT_RULE', 'HANDED_OVER', 'LAW'])],
    ['highFrequencyIndustries', [{ industry: '餐饮', codes: ['H62', 'F', 'F5299'] }]],
    ['repair.applicationPeriod', { months: 3 }],
  ])('%s takes what it is for', (key, value) => {
    expect(judged(key, value)).toBe('accepted')
  })

  it.each<[PolicyKey, unknown]>([
    ['credit.grading', grading({ rules: [rule({ kinds: [] })] })],
    ['credit.grading', grading({ rules: [rule({ subValues: [] })] })],
    ['inspector.source', []],
    ['inspector.scope', { mustInclude: [], mayInclude: [] }],
    ['item.provincialList', provincial([])],
    ['item.provincialList', provincial(['CUSTOM'])],
    ['highFrequencyIndustries', [{}]],
    ['highFrequencyIndustries', [{ industry: '餐饮', codes: [] }]],
    ['highFrequencyIndustries', [{ industry: '餐饮', codes: ['62'] }]],
    ['highFrequencyIndustries', [{ industry: '餐饮', codes: ['H62101'] }]],
    ['repair.applicationPeriod', {}],
  ])('%s refuses what says nothing', (key, value) => {
    expect(judged(key, value)).not.toBe('accepted')
  })

  it('CRD-09 a result type without details asks for none, nor do its sub-values', () => {
    const withParts = { ...type('WHOLE'), subValues: ['ONE', 'TWO'].map(source) }
    const read = policyKeys['result.types'].schema.parse([withParts])
    expect(read[0]).toMatchObject({ requires: [], subValues: [{ requires: [] }, { requires: [] }] })
  })

  it('takes a name for a preset and for a document, and nothing around it', () => {
    const document = { title: '通知', issuer: '总局', kind: 'policy' }
    for (const name of ['samr-2024', 'local/four-coal-cities']) expect(presetNameSchema.safeParse(name).success, name).toBe(true)
    for (const name of [' samr-2024', 'samr-2024 ', 'Samr']) expect(presetNameSchema.safeParse(name).success, name).toBe(false)
    expect(sourceDocumentSchema.safeParse({ id: '2024-5', ...document }).success).toBe(true)
    for (const id of [' 2024-5', '2024-5 ', '']) expect(sourceDocumentSchema.safeParse({ id, ...document }).success, id).toBe(false)
  })

  it('POL-02 counts the entries of an edition as items or as supervision matters', () => {
    const list = (counts: string) => ({ planType: 'INTERNAL', list: '清单', entries: 1, counts })
    const shape = policyKeys['plan.coverage'].schema
    const lists = (counts: string) =>
      shape.safeParse({ lists: [list(counts)] }).error?.issues.filter(({ path }) => path.includes('counts')) ?? []
    expect(lists('ITEMS')).toEqual([])
    expect(lists('SUPERVISION_MATTERS')).toEqual([])
    expect(lists('PAGES')).toHaveLength(1)
  })
})
