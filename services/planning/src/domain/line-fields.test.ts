import { ratioOf } from '@dual-random/kernel'
import { type Policy, policyOf } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { act, gaj, planHeader, planLine, scj } from '../../tests/support/lines.ts'
import { fourCoalCities, samrDraft, shaoxing } from '../../tests/support/shipped.ts'
import { lineFieldProblems } from './line-fields.ts'
import { wholeScope } from './object-scope.ts'
import { planOverrides } from './overrides.ts'
import type { Plan, PlanLine, PlanType, Reason } from './plan.ts'

const [first, second] = planLine('L01', { times: 2 }).batches as [PlanLine['batches'][number], PlanLine['batches'][number]]
const bare: PlanLine = { ...planLine('L01'), batches: [first, second] }
const whole: PlanLine = { ...bare, objectScope: '零售企业' }
const missing = (policy: typeof shaoxing, line: PlanLine, planType: PlanType = 'INTERNAL') =>
  lineFieldProblems(line, { policy, plan: { planType, unitId: scj }, act }).map((problem) => [
    problem.code,
    problem.pointer,
    'field' in problem && problem.field,
  ])
const reason: Reason = { rule: 'LINE_FIELD_MISSING', reason: '全部对象', legalBasis: '通知四(一)', ...act }

/** The same rule, stated in principle. */
function inPrinciple({ content }: Policy): Policy {
  const entry = content.values.get('plan.lineFields')
  if (entry === undefined) throw new Error('plan.lineFields is not set')
  return policyOf({ ...content, values: new Map(content.values).set('plan.lineFields', { ...entry, strength: 'by-default' }) })
}
const byDefault = inPrinciple(shaoxing)

describe('what policy has a line of a plan state', () => {
  it('PLN-13 under shaoxing-2019-draft is its objects and a ratio, named with the line; a number states none', () => {
    expect(lineFieldProblems(bare, { policy: shaoxing, plan: { planType: 'INTERNAL', unitId: scj }, act })).toEqual([
      { code: 'line-field-missing', pointer: '/objectScope', lineId: 'L01', field: 'OBJECTS', fieldName: '检查对象' },
    ])
    expect(missing(shaoxing, whole)).toEqual([])
    expect(missing(shaoxing, { ...bare, scope: { ...wholeScope, tags: ['甲'] } })).toEqual([])
    expect(missing(shaoxing, { ...whole, ratios: [], count: 12 })).toEqual([['line-field-missing', '/ratios', 'RATIO']])
  })

  it('PLN-13 asks for departments that take part where the plan is a joint one', () => {
    const [unit] = bare.units
    if (unit === undefined) throw new Error('no unit')
    expect(missing(shaoxing, whole, 'JOINT')).toEqual([['line-field-missing', '/units', 'PARTICIPANTS']])
    expect(missing(shaoxing, { ...whole, units: [unit, { ...unit, unitId: gaj }] }, 'JOINT')).toEqual([])
    expect(missing(shaoxing, whole, 'INTERNAL')).toEqual([])
  })

  it('PLN-13 under samr-2023-draft is what each batch goes to; what the line says holds for its batches', () => {
    const scoped = { ...first, scope: { ...wholeScope, tags: ['甲'] }, share: ratioOf(1, 1) }
    expect(missing(samrDraft, bare)).toEqual([['line-field-missing', '/batches', 'BATCH_SCOPE']])
    expect(missing(samrDraft, { ...bare, batches: [scoped, second] })).toEqual([['line-field-missing', '/batches', 'BATCH_SCOPE']])
    expect(missing(samrDraft, { ...bare, batches: [scoped, { ...scoped, number: 2 }] })).toEqual([])
    expect(missing(samrDraft, whole)).toEqual([])
  })

  it('PLN-13 under shaoxing-2019-draft has its objects where every batch says what it goes to, and not where one does not', () => {
    const scoped = { ...first, scope: { ...wholeScope, tags: ['甲'] } }
    expect(missing(shaoxing, { ...bare, batches: [scoped, { ...scoped, number: 2 }] })).toEqual([])
    expect(missing(shaoxing, { ...bare, batches: [scoped, second] })).toEqual([['line-field-missing', '/objectScope', 'OBJECTS']])
  })

  it('PLN-13 is nothing where policy does not say', () => {
    expect(fourCoalCities.find('plan.lineFields')).toBeUndefined()
    expect(missing(fourCoalCities, { ...bare, ratios: [], count: 12 }, 'JOINT')).toEqual([])
  })

  it('POL-07 may be left out for a reason with its basis where policy says so by default, and nowhere else', () => {
    expect(byDefault.origin('plan.lineFields')?.strength).toBe('by-default')
    expect(missing(byDefault, { ...bare, reasons: [reason] })).toEqual([])
    expect(missing(byDefault, { ...bare, reasons: [{ ...reason, legalBasis: '' }] })).toHaveLength(1)
    expect(missing(byDefault, { ...bare, reasons: [{ ...reason, rule: 'ITEM_IN_JOINT_PLAN' }] })).toHaveLength(1)
    expect(missing(shaoxing, { ...bare, reasons: [reason] })).toHaveLength(1)
  })

  it('POL-07 counts an override where a field is missing', () => {
    const rules = (line: PlanLine) =>
      planOverrides({ ...planHeader, planId: 'p', versions: [{ number: 1, lines: [line] }] } as unknown as Plan, byDefault).map(
        ({ rule }) => rule,
      )
    expect(rules({ ...bare, reasons: [reason] })).toEqual(['plan.lineFields'])
    expect(rules({ ...whole, reasons: [reason] })).toEqual([])
  })
})
