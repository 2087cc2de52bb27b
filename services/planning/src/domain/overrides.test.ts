import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, code, inBands, planLine, scj, strata } from '../../tests/support/lines.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import { planOverrides } from './overrides.ts'
import type { Plan, PlanLine, Reason } from './plan.ts'

const legalBasis = '实施方案二(三)'
const reason = (rule: Reason['rule'], members: Partial<Reason> = {}): Reason => ({
  rule,
  reason: '风险上升',
  legalBasis,
  ...act,
  ...members,
})

/** A line as it is stored, whatever `buildLine` says of its reasons now. */
const stored = (id: string, members: Partial<PlanLine>): PlanLine => ({ ...planLine(id), ...members })
const highA = [...inBands.filter(({ stratum }) => stratum !== 'A'), ...strata({ A: '10%' })]

const plan = (...versions: readonly (readonly PlanLine[])[]): Plan =>
  ({ planId: 'plan-1', unitId: scj, versions: versions.map((lines, index) => ({ number: index + 1, lines })) }) as unknown as Plan

const found = (...versions: readonly (readonly PlanLine[])[]) =>
  planOverrides(plan(...versions), fourCoalCities).map(({ lineId, rule }) => `${lineId} ${rule}`)

describe('overrides in plans', () => {
  it('POL-07 carry who, when, the rule, the reason, the legal basis, and where the rule stands', () => {
    const at = '2026-01-11T03:00:00.000Z' as Instant
    const line = stored('L01', { ratios: highA, reasons: [reason('RATIO_BAND', { strata: ['A'], by: 'li', at })] })
    expect(planOverrides(plan([line]), fourCoalCities)).toEqual([
      {
        planId: 'plan-1',
        lineId: 'L01',
        strata: ['A'],
        rule: 'ratio.bands',
        by: 'li',
        at,
        unitId: scj,
        reason: '风险上升',
        legalBasis,
        policy: fourCoalCities.id,
        document: '001',
        clause: expect.stringContaining('二(三)'),
      },
    ])
  })

  it('POL-07 name the rule that each reason overrides', () => {
    const counted = stored('L01', { ratios: [], count: 12, reasons: [reason('COUNT_INSTEAD_OF_RATIO')] })
    expect(found([counted])).toEqual(['L01 ratio.bands'])
    const covered = reason('ITEM_IN_JOINT_PLAN', { itemCodes: [code('G1')] })
    expect(found([stored('L01', { reasons: [covered] })])).toEqual(['L01 plan.jointPreferred'])
    const alone = reason('SINGLE_IN_JOINT_INDUSTRY', { industry: '餐饮' })
    expect(found([stored('L01', { reasons: [alone] })])).toEqual(['L01 plan.jointPreferred'])
  })

  it('POL-07 PLN-16 a reason from before its items were kept counts as it did', () => {
    expect(found([stored('L01', { reasons: [reason('ITEM_IN_JOINT_PLAN')] })])).toEqual(['L01 plan.jointPreferred'])
  })

  it('POL-07 are none where the line keeps to the rule, or the reason is of another stratum', () => {
    expect(found([stored('L01', { reasons: [reason('RATIO_BAND'), reason('COUNT_INSTEAD_OF_RATIO')] })])).toEqual([])
    expect(found([stored('L01', { ratios: highA, reasons: [reason('RATIO_BAND', { strata: ['B'] })] })])).toEqual([])
    const forNothing = reason('ITEM_IN_JOINT_PLAN', { itemCodes: [] })
    expect(found([stored('L01', { reasons: [reason('SINGLE_IN_JOINT_INDUSTRY'), forNothing] })])).toEqual([])
    const key = stored('L01', { ratios: highA, itemCodes: [code('K1')], itemClass: 'KEY', reasons: [reason('RATIO_BAND')] })
    expect(found([key])).toEqual([])
    expect(found([{ ...key, ratios: [], count: 12, reasons: [reason('COUNT_INSTEAD_OF_RATIO')] }])).toEqual([])
  })

  it('POL-07 count a line of several versions once, and those of a line that a later version left out', () => {
    const one = stored('L01', { ratios: highA, reasons: [reason('RATIO_BAND')] })
    const two = stored('L02', { ratios: highA, reasons: [reason('RATIO_BAND')] })
    expect(found([one, two], [one])).toEqual(['L01 ratio.bands', 'L02 ratio.bands'])
  })
})
