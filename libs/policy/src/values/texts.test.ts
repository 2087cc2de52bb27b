import { describe, expect, it } from 'vitest'
import { type PolicyKey, policyKeys } from '../index.ts'

const takes = (key: PolicyKey, value: unknown): boolean => policyKeys[key].schema.safeParse(value).success

describe('how a preset writes its values', () => {
  it.each(['A', 'B1', 'AB234567'])('CRD-03 %s is a grade', (grade) => {
    expect(takes('lowRiskGrades', [grade])).toBe(true)
  })

  it.each(['', 'a', '1', 'A-', ' A', 'A ', 'AB2345678', 'Ab'])('CRD-03 "%s" is no grade', (grade) => {
    expect(takes('lowRiskGrades', [grade])).toBe(false)
  })

  it('CRD-03 names each grade once, and at least one', () => {
    expect(takes('gradeScheme', { lowToHigh: ['A', 'B'] })).toBe(true)
    expect(takes('gradeScheme', { lowToHigh: ['A', 'B', 'A'] })).toBe(false)
    expect(takes('gradeScheme', { lowToHigh: [] })).toBe(false)
    expect(takes('lowRiskGrades', [])).toBe(true)
  })

  it('CRD-04 gives each grade one band', () => {
    const band = (grade: string) => ({ grade, min: '1%', max: '3%' })
    for (const key of ['ratio.bands', 'ratio.keyFieldBands'] as const) {
      expect(takes(key, [band('A'), band('B')])).toBe(true)
      expect(takes(key, [band('A'), band('A')])).toBe(false)
    }
  })

  it.each(['A', 'A_1', 'QUALIFIED_OR_NOT'])('%s is an identifier', (id) => {
    expect(takes('platform', [{ id, text: '平台' }])).toBe(true)
  })

  it.each(['', 'a', '1A', '_A', 'A-B', ' A', 'A '])('"%s" is no identifier', (id) => {
    expect(takes('platform', [{ id, text: '平台' }])).toBe(false)
  })

  it('names each member once, with a text', () => {
    const member = (id: string, text = '平台') => ({ id, text })
    expect(takes('platform', [member('A'), member('B')])).toBe(true)
    expect(takes('platform', [member('A'), member('A', '另一个')])).toBe(false)
    expect(takes('platform', [member('A', ' ')])).toBe(false)
  })

  it('DQ-06 takes percentages, dates, regions and counts only as such', () => {
    expect([takes('whiteList.ratio', '0.5%'), takes('whiteList.ratio', '0.5'), takes('whiteList.ratio', 0.5)]).toEqual([true, false, false])
    const exception = (due: string, year = 2026) => [{ year, planType: 'JOINT', due }]
    expect([takes('plan.dueExceptions', exception('2026-02-28')), takes('plan.dueExceptions', exception('2026-02-29'))]).toEqual([
      true,
      false,
    ])
    expect([2000, 2999, 1999, 3000].map((year) => takes('plan.dueExceptions', exception('2026-02-28', year)))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect([1, 12, 0, 13, 1.5].map((endOfMonth) => takes('plan.joint.due', { endOfMonth }))).toEqual([true, true, false, false, false])
    expect([1, 0, -1, 1.5].map((workingDays) => takes('publish.due', { workingDays }))).toEqual([true, false, false, false])
  })

  it('PUB-01 PUB-03 a result type has an identifier of its own, and two sub-values or none', () => {
    const type = (changes: object = {}) => ({ id: 'A', text: '类型', opens: 'NOTHING', ...changes })
    const subValue = (id: string) => ({ id, text: '取值' })
    expect(takes('result.types', [type(), type({ id: 'B' })])).toBe(true)
    expect(takes('result.types', [type(), type()])).toBe(false)
    expect(takes('result.types', [])).toBe(false)
    expect(takes('result.types', [type({ subValues: [subValue('X'), subValue('Y')] })])).toBe(true)
    expect(takes('result.types', [type({ subValues: [subValue('X')] })])).toBe(false)
    expect(policyKeys['result.types'].schema.parse([type()])).toEqual([{ ...type(), requires: [], mayList: false }])
    for (const opens of ['NOTHING', 'FOLLOW_UP', 'CORRECTION', 'CASE', 'DECISION'])
      expect(takes('result.types', [type({ opens })])).toBe(true)
    const requires = ['DUE_DATE', 'FREE_TEXT', 'INFORMATION', 'CONTACT_LOG', 'FACTS', 'EVIDENCE', 'CLUE', 'SAMPLE_OR_ITEM']
    expect(takes('result.types', [type({ requires })])).toBe(true)
    expect(takes('result.types', [type({ requires: ['NOTHING'] })])).toBe(false)
  })

  it('PUB-02 maps each type of another edition once', () => {
    const mapping = (id: string) => ({ id, texts: ['文字'], use: 'OTHER', note: '说明' })
    expect(takes('result.mapping', [mapping('A'), mapping('B')])).toBe(true)
    expect(takes('result.mapping', [mapping('A'), mapping('A')])).toBe(false)
    expect(takes('result.mapping', [{ ...mapping('A'), texts: [] }])).toBe(false)
  })

  it('XRG-01 a group has two regions or more, each with an alias that may be a topic’s name', () => {
    const region = (alias: string) => ({ regionCode: '230300', alias, text: '鸡西' })
    const group = (changes: object = {}) => ({
      id: 'four-cities',
      text: '四市',
      pilot: true,
      regions: [region('jixi'), region('hegang')],
      aspects: ['INFORMATION_SHARING', 'UNIFIED_RULES', 'MUTUAL_RECOGNITION'].map((id) => ({ id, text: '方面', enabled: true })),
      recognisedKinds: [
        'ABNORMAL_LIST',
        'SERIOUS_VIOLATION_LIST',
        'CHECK_RESULT',
        'CREDIT_RISK_GRADE',
        'JOINT_PUNISHMENT',
        'CREDIT_REPAIR',
        'CREDIT_INCENTIVE',
      ].map((id) => ({ id, text: '信息' })),
      ...changes,
    })
    const groups = (changes?: object) => takes('crossRegion', { encouraged: true, groups: [group(changes)] })
    expect(groups()).toBe(true)
    for (const changes of [
      { id: 'Four' },
      { id: '4' },
      { id: 'four ' },
      { regions: [region('jixi')] },
      { regions: [region('jixi'), region('Hegang')] },
      { regions: [region('jixi'), region('hegang1')] },
      { regions: [region('jixi'), region('')] },
      { aspects: [] },
      { recognisedKinds: [] },
    ])
      expect(groups(changes), JSON.stringify(changes)).toBe(false)
  })

  it('EVL-09 an indicator’s formula counts one measure over another, by year, quarter or month', () => {
    const formula = (changes: object = {}) => ({
      indicator: 'A',
      version: 1,
      numerator: { measure: 'B', text: '分子' },
      denominator: { measure: 'C', text: '分母' },
      scope: '范围',
      period: 'CALENDAR_YEAR',
      ...changes,
    })
    for (const period of ['CALENDAR_YEAR', 'QUARTER', 'MONTH']) expect(takes('indicator.formulas', [formula({ period })])).toBe(true)
    for (const changes of [{ period: 'WEEK' }, { version: 0 }, { numerator: {} }, { scope: '' }])
      expect(takes('indicator.formulas', [formula(changes)])).toBe(false)
    expect(takes('indicator.formulas', [])).toBe(false)
  })
})
