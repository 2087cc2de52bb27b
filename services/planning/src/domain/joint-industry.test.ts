import { describe, expect, it } from 'vitest'
import { cateringJoint, noIndustryJoint } from '../../tests/support/industries.ts'
import { code, days, item, lineContext, lineInput, percent, scj, station1 } from '../../tests/support/lines.ts'
import { fourCoalCities, samr2024, shanghai } from '../../tests/support/shipped.ts'
import { buildLine } from './build-line.ts'
import { jointNormOf } from './joint-industry.ts'
import { asInput } from './line-as-input.ts'
import type { LineInput } from './line-input.ts'
import { wholeScope } from './object-scope.ts'
import { planOverrides } from './overrides.ts'
import type { Plan } from './plan.ts'

const applying = (...industryPrefixes: readonly string[]) => ({ applicability: { kinds: ['ENTERPRISE'], industryPrefixes, tags: [] } })
const listed = [item('ANY'), item('CATERING', applying('H621')), item('SHOPS', applying('F52'))]
const items = new Map(listed.map((each) => [each.code, each]))
const of = (itemCodes: readonly string[], ...industryPrefixes: readonly string[]) => ({
  itemCodes,
  ...(industryPrefixes.length === 0 ? {} : { scope: { industryPrefixes } }),
})

describe('where joint checks are the rule', () => {
  it('JNT-03 in the industries that policy names, by the scope of the line or by what its items apply to', () => {
    const norm = (...line: Parameters<typeof of>) => jointNormOf(cateringJoint, [of(...line)], items)
    expect(norm(['CATERING'])).toEqual({ industry: '餐饮' })
    expect(norm(['SHOPS', 'CATERING'])).toEqual({ industry: '餐饮' })
    expect(norm(['ANY'], 'H6220')).toEqual({ industry: '餐饮' })
    expect(norm(['SHOPS'])).toBeUndefined()
    expect(norm(['ANY'])).toBeUndefined()
    expect(norm(['ANY'], 'H61')).toBeUndefined()
    expect(norm(['CATERING'], 'F52')).toBeUndefined()
  })

  it('JNT-03 in none where none is named', () => {
    expect(jointNormOf(noIndustryJoint, [of(['CATERING'])], items)).toBeUndefined()
    expect(jointNormOf(samr2024, [of(['CATERING'])], items)).toBeUndefined()
  })

  it('PLN-17 everywhere under heilongjiang; shanghai-2019 has departments combine their own checks', () => {
    expect(jointNormOf(fourCoalCities, [of(['ANY'])], items)).toBe('ALL')
    expect(jointNormOf(shanghai, [of(['CATERING'])], items)).toBeUndefined()
  })
})

describe('a check by one department alone', () => {
  const context = lineContext({ items }, cateringJoint)
  const codes = (members: Partial<LineInput>, of_ = context): readonly string[] => {
    const built = buildLine(lineInput({ itemCodes: [code('CATERING')], ...members }), of_, { lineId: 'L01' as never, commandId: 'c' })
    return built.ok
      ? []
      : built.error.map((problem) => (problem.code === 'single-needs-reason' ? `${problem.code} ${problem.industry}` : problem.code))
  }
  const reason = { rule: 'SINGLE_IN_JOINT_INDUSTRY', reason: '举报集中', legalBasis: '三(一)' } as const

  it('JNT-03 asks in such an industry for a reason with its legal basis, elsewhere for none', () => {
    expect(codes({})).toEqual(['single-needs-reason 餐饮'])
    expect(codes({ reasons: [{ ...reason, legalBasis: ' ' }] })).toEqual(['single-needs-reason 餐饮'])
    expect(codes({ reasons: [{ ...reason, rule: 'ITEM_IN_JOINT_PLAN' }] })).toEqual(['single-needs-reason 餐饮'])
    expect(codes({ reasons: [reason] })).toEqual([])
    expect(codes({ itemCodes: [code('SHOPS')] })).toEqual([])
    expect(codes({ itemCodes: [code('ANY')], scope: { ...wholeScope, industryPrefixes: ['H62'] } })).toEqual(['single-needs-reason 餐饮'])
  })

  it('JNT-03 looks at what each batch draws from, and keeps with the reason the industry for which it was asked', () => {
    const batch = (month: string, industry: string) => ({
      window: days(`2026-${month}-01`, `2026-${month}-28`),
      share: percent('100%'),
      scope: { ...wholeScope, industryPrefixes: [industry] },
    })
    const onBatches = (industry: string) => ({ itemCodes: [code('ANY')], batches: [batch('04', 'F52'), batch('09', industry)] })
    expect(codes(onBatches('H62'))).toEqual(['single-needs-reason 餐饮'])
    expect(codes(onBatches('H61'))).toEqual([])
    expect(codes({ ...onBatches('H62'), reasons: [reason] })).toEqual([])
  })

  it('JNT-03 asks a bureau with its stations too, which is one department', () => {
    expect(codes({ units: [{ unitId: scj }, { unitId: station1 }] })).toEqual(['single-needs-reason 餐饮'])
  })

  it('POL-07 JNT-03 a reason overrides the preference only in an industry where it was asked for', () => {
    const overridesOf = (itemCode: string) => {
      const built = buildLine(lineInput({ itemCodes: [code(itemCode)], reasons: [reason] }), context, {
        lineId: 'L01' as never,
        commandId: 'c',
      })
      if (!built.ok) throw new Error(JSON.stringify(built.error))
      const again = buildLine(asInput(built.value), context, { lineId: 'L01' as never, commandId: 'c' })
      expect(again).toEqual(built)
      const plan = { planId: 'p', unitId: scj, planType: 'INTERNAL', versions: [{ number: 1, lines: [built.value] }] } as unknown as Plan
      return planOverrides(plan, cateringJoint).map(({ rule }) => rule)
    }
    expect(overridesOf('CATERING')).toEqual(['plan.jointPreferred'])
    expect(overridesOf('SHOPS')).toEqual([])
  })

  it('JNT-03 asks for none of joint plans, of tasks on clues, nor under a policy that has joint checks everywhere and bars nothing by industry', () => {
    const { planType: _, ...clueTask } = context.plan
    expect(codes({}, { ...context, plan: { ...context.plan, planType: 'JOINT' } })).not.toContain('single-needs-reason 餐饮')
    expect(codes({}, { ...context, plan: clueTask })).toEqual([])
    expect(codes({}, lineContext({ items }))).toEqual([])
  })
})
