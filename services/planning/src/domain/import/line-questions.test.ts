import { describe, expect, it } from 'vitest'
import type { LineProblem } from '../line-problem.ts'
import { questionAbout, ruleAnswered } from './line-questions.ts'
import { mergePatch } from './patch.ts'

const pointer = ''
const problems: readonly LineProblem[] = [
  { code: 'item-not-on-list', pointer, itemCode: 'X1' },
  { code: 'item-not-by-list', pointer, itemCode: 'X1' },
  { code: 'line-without-items', pointer },
  { code: 'line-mixes-item-classes', pointer, general: 'G1', key: 'K1' },
  { code: 'line-mixes-field-classes', pointer },
  { code: 'joint-needs-participants', pointer },
  { code: 'internal-of-several-departments', pointer },
  { code: 'quantity-missing', pointer },
  { code: 'stratum-missing', pointer, stratum: 'A' },
  { code: 'ratio-outside-band', pointer, stratum: 'A', ratio: '9%', grade: 'A', band: 'A 1%–3%' },
  { code: 'ratio-above-cap', pointer, itemCode: 'G1', stratum: 'A', ratio: '9%', cap: '5%' },
  { code: 'count-escapes-cap', pointer, itemCode: 'G1', cap: '5%' },
  { code: 'check-batches-missing', pointer, threshold: '50%' },
  { code: 'count-needs-reason', pointer, count: 7 },
  { code: 'item-needs-reason', pointer, itemCode: 'J1', planId: 'p1' },
  { code: 'single-needs-reason', pointer, industry: '餐饮' },
  { code: 'line-field-missing', pointer, lineId: 'L01', field: 'OBJECTS', fieldName: '检查对象' },
  { code: 'rule-not-by-default', pointer, key: 'ratio.bands' },
  { code: 'window-outside-year', pointer, year: 2026 },
  { code: 'batches-do-not-fit', pointer, times: 5, days: 3 },
  { code: 'scope-outside-region', pointer, regionCode: '230400' },
  { code: 'scope-without-objects', pointer },
  { code: 'scope-regions-with-cities', pointer },
  { code: 'selection-missing', pointer, unitId: 'u1' },
  { code: 'team-too-small', pointer, least: 2 },
  { code: 'policy-unset', pointer, key: 'ratio.bands', message: '策略键未设定' },
]

describe('what is asked about a problem', () => {
  it.each(problems)('$code has a field, words and a way to settle it', (problem) => {
    const question = questionAbout(problem)
    expect(question.field).toMatch(/^[a-zA-Z]+$/)
    expect(question.message.length).toBeGreaterThan(4)
    expect(question.accepts.length).toBeGreaterThan(0)
  })

  it('CRD-04 names the ratio and its band', () => {
    const [question] = problems.filter(({ code }) => code === 'ratio-outside-band').map(questionAbout)
    expect(question).toMatchObject({ code: 'ratio-needs-reason', accepts: ['reason', 'legalBasis', 'ratio', 'ratios', 'count'] })
    expect(question?.message).toContain('9%')
    expect(question?.message).toContain('A 1%–3%')
  })
})

describe('what a reason overrides', () => {
  it('POL-07 JNT-03 PLN-16 is the rule that its question is about', () => {
    const of = (code: string, counted = false) => {
      const [question] = problems.filter((problem) => problem.code === code).map(questionAbout)
      return ruleAnswered(question?.field, counted)
    }
    expect(of('single-needs-reason')).toBe('SINGLE_IN_JOINT_INDUSTRY')
    expect(of('item-needs-reason')).toBe('ITEM_IN_JOINT_PLAN')
    expect(of('ratio-outside-band')).toBe('RATIO_BAND')
    expect(of('count-needs-reason', true)).toBe('COUNT_INSTEAD_OF_RATIO')
    expect(ruleAnswered(undefined, false)).toBe('RATIO_BAND')
  })
})

describe('what is asked about check batches', () => {
  it('DRW-16 is settled by their number or by another quantity', () => {
    const question = questionAbout({ code: 'check-batches-missing', pointer, threshold: '50%' })
    expect(question).toMatchObject({ field: 'checkBatches', accepts: ['checkBatches', 'ratio', 'ratios', 'count'] })
    expect(question.message).toContain('50%')
  })
})

describe('merging what was said of a line', () => {
  const reason = { rule: 'RATIO_BAND', reason: '甲', by: 'a', at: '2026-01-01T00:00:00.000Z' } as never

  it('keeps what the later patch does not touch, drops what it says in another way', () => {
    expect(mergePatch({ count: 3, times: 2, taskName: '甲' }, { ratio: { numerator: 1, denominator: 10 } })).toEqual({
      ratio: { numerator: 1, denominator: 10 },
      times: 2,
      taskName: '甲',
    })
    expect(mergePatch({ window: { start: 'a', end: 'b' } as never, times: 2 }, { batches: [] })).toEqual({ batches: [] })
    expect(mergePatch({ itemCodes: ['G1' as never], initiatorUnitId: 'u' as never }, { units: [] })).toEqual({ units: [] })
  })

  it('keeps one reason for each rule, the latest', () => {
    const other = { ...(reason as object), rule: 'ITEM_IN_JOINT_PLAN' } as never
    const again = { ...(reason as object), reason: '乙' } as never
    expect(mergePatch({ reasons: [reason, other] }, { reasons: [again] }).reasons).toEqual([other, again])
  })
})
