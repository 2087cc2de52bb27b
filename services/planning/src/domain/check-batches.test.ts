import type { PlanId } from '@dual-random/kernel'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { act, bureauWide, code, lineContext, lineId, lineInput, planHeader, planLine, strata } from '../../tests/support/lines.ts'
import { buildLine } from './build-line.ts'
import { asInput } from './line-as-input.ts'
import type { LineInput } from './line-input.ts'
import type { Plan } from './plan.ts'
import { lineDigest, publishedLine } from './published-line.ts'

/** The four cities with Shanghai's order of check batches, from 50%. */
const ordered = policyOf('local/four-coal-cities', { 'draw.batchOrder': 'FIXED_FOR_HIGH_RATIO_KEY_ITEMS' })
const shanghai = policyOf('shanghai-2019')
const key = (ratio: string, members: Partial<LineInput> = {}) =>
  lineInput({ itemCodes: [code('K1')], ratios: strata({ ALL: ratio }), ...members })
const identity = { lineId: lineId('L01'), commandId: 'c1' }
const problems = (input: LineInput, context = lineContext({}, ordered)) => {
  const built = buildLine(input, context, identity)
  return built.ok ? [] : built.error
}

describe('the check batches of a line', () => {
  it('DRW-16 are asked for where key items are drawn at a high ratio, on both sides of the threshold', () => {
    expect(problems(key('49.99%'))).toEqual([])
    expect(problems(key('50%'))).toEqual([{ code: 'check-batches-missing', pointer: '/checkBatches', threshold: '50%' }])
    expect(problems(key('50%', { checkBatches: 2 }))).toEqual([])
    expect(problems(lineInput({ ratios: strata({ A: '3%', B: '4%', C: '20%', D: '100%', UNGRADED: '5%' }) }))).toEqual([])
  })

  it('DRW-16 are asked for under no policy that fixes no order, and may be given all the same', () => {
    expect(problems(key('100%'), lineContext())).toEqual([])
    expect(planLine('L01', { checkBatches: 3 }).checkBatches).toBe(3)
    expect(planLine('L01')).not.toHaveProperty('checkBatches')
  })

  it('DRW-16 name the threshold where the policy that fixes the order has none', () => {
    expect(problems(key('1%'), lineContext({}, shanghai))).toContainEqual(
      expect.objectContaining({ code: 'policy-unset', pointer: '/ratios', key: 'ratio.batchOrderThreshold' }),
    )
  })

  it('TGT-09 are asked for in no task on clues: rules about plans do not bind it', () => {
    const { planType: _planType, ...plan } = { ...planHeader, selection: bureauWide }
    expect(problems(key('100%'), lineContext({ plan }, ordered))).toEqual([])
    expect(problems(key('100%'), lineContext({ plan: { ...plan, planType: 'INTERNAL' } }, ordered))).toHaveLength(1)
  })

  it('DRW-16 stand in the published line and its digest; a line without any is published as before', () => {
    const plan: Plan = {
      ...planHeader,
      planId: 'p1' as PlanId,
      policy: { preset: 'heilongjiang', version: '3' },
      policyDigest: '9d'.repeat(32),
      drafted: act,
      updatedAt: act.at,
      nextLine: 1,
      versions: [],
    }
    const [none, three, four] = [planLine('L01'), planLine('L01', { checkBatches: 3 }), planLine('L01', { checkBatches: 4 })] as const
    expect(publishedLine(plan, three)).toEqual({ ...(publishedLine(plan, none) as object), checkBatches: 3 })
    expect(new Set([none, three, four].map((line) => lineDigest(plan, line))).size).toBe(3)
    expect(asInput(three).checkBatches).toBe(3)
  })
})
