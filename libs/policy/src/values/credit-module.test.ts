import { describe, expect, it } from 'vitest'
import { policyOfPreset, shippedPresets } from '../../tests/shipped-presets.ts'
import { type PolicyKey, policyKeys } from '../index.ts'

const takes = (key: PolicyKey, value: unknown): boolean => policyKeys[key].schema.safeParse(value).success

const rule = {
  id: 'NOT_FOUND',
  text: '通过登记的住所无法联系',
  source: 'MARKET_REGULATION_SUPERVISION',
  kinds: ['NOT_FOUND_UNREACHABLE'],
  points: -20,
  countsForDays: 365,
  warns: true,
}
const grading = {
  startScore: 100,
  rules: [rule],
  grades: [
    { grade: 'A', from: 90 },
    { grade: 'B', from: 60 },
    { grade: 'C', from: 0 },
  ],
  warnAt: ['C'],
}

describe('the credit module in presets', () => {
  it('CRD-19 is on where the document has it, and off everywhere else', () => {
    const on = shippedPresets.map(({ name }) => name).filter((name) => policyOfPreset(name).find('credit.module') !== undefined)
    expect(on).toEqual(['shaoxing-2019-draft'])
    expect(policyOfPreset('shaoxing-2019-draft').find('credit.module')).toEqual({
      collects: ['MARKET_REGULATION_SUPERVISION', 'OTHER_DEPARTMENTS_CREDIT'],
      grade: 'AS_GENERAL_RESULT',
      warns: true,
    })
  })

  it('CRD-19 invents no scale: the rules of grading are left to the jurisdiction', () => {
    expect(policyOfPreset('shaoxing-2019-draft').get('credit.grading')).toMatchObject({ ok: false, error: { key: 'credit.grading' } })
  })

  it('CRD-19 takes rules whose grades fall from the best to one that begins at 0', () => {
    expect(takes('credit.grading', grading)).toBe(true)
    expect(takes('credit.grading', { ...grading, rules: [] })).toBe(true)
    expect(takes('credit.grading', { ...grading, rules: [{ ...rule, subValues: ['UNQUALIFIED'] }] })).toBe(true)
    const grades = (...from: number[]) => ({
      ...grading,
      warnAt: [],
      grades: from.map((each, index) => ({ grade: `G${index}`, from: each })),
    })
    expect([[0], [1, 0], [100, 1, 0]].map((from) => takes('credit.grading', grades(...from)))).toEqual([true, true, true])
    expect([[], [1], [1, 1, 0], [1, 2, 0], [101, 0]].map((from) => takes('credit.grading', grades(...from)))).toEqual(
      Array.from({ length: 5 }, () => false),
    )
  })

  it('CRD-19 refuses a rule twice, a grade twice, a warning at no grade, and a score off the scale', () => {
    expect(takes('credit.grading', { ...grading, rules: [rule, rule] })).toBe(false)
    expect(takes('credit.grading', { ...grading, grades: [...grading.grades.slice(0, 2), { grade: 'A', from: 0 }], warnAt: [] })).toBe(
      false,
    )
    expect(takes('credit.grading', { ...grading, warnAt: ['D'] })).toBe(false)
    expect([0, 100, -1, 101].map((startScore) => takes('credit.grading', { ...grading, startScore }))).toEqual([true, true, false, false])
    const points = [-100, 100, -101, 101].map((each) => takes('credit.grading', { ...grading, rules: [{ ...rule, points: each }] }))
    expect(points).toEqual([true, true, false, false])
    expect(takes('credit.grading', { ...grading, rules: [{ ...rule, countsForDays: 0 }] })).toBe(false)
    expect(takes('credit.grading', { ...grading, rules: [{ ...rule, kinds: [] }] })).toBe(false)
  })
})
