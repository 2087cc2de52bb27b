import { describe, expect, it } from 'vitest'
import {
  act,
  bureauWide,
  city,
  code,
  gaj,
  jointContext,
  lineContext,
  lineId,
  lineInput,
  percent,
  scj,
  station1,
} from '../../tests/support/lines.ts'
import { fourCoalCities, shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { refusedFor, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { buildLine } from './build-line.ts'
import { jointScopeProblems } from './joint-scope.ts'
import type { LineInput } from './line-input.ts'
import type { Plan, PlanType } from './plan.ts'
import { publishedLine } from './published-line.ts'

const complaint = { ground: 'COMPLAINT_OF_VIOLATION', basis: '12315 工单 20260301' }
const codes = (given: Parameters<typeof jointScopeProblems>[2], joint = false, policy = shaoxing) =>
  jointScopeProblems(policy, joint, given).map((problem) => problem.code)

const ofPlan = (planType: PlanType, members: Partial<LineInput>) => {
  const plan = { unitId: scj, regionCode: city, year: 2026, planType, selection: bureauWide }
  const input = lineInput({ itemCodes: [code('K1')], ratios: [{ stratum: 'ALL', ratio: percent('5%') }], ...members })
  const withTeams = (input.units ?? [{ unitId: scj }]).map((unit) => ({ teamSize: 2, ...unit }))
  return buildLine({ ...input, units: withTeams }, lineContext({ plan }, shaoxing), { lineId: lineId('L01'), commandId: 'c' })
}

describe('the scope of joint checks', () => {
  it.each(['LAW_STATES_METHOD', 'SUPERIOR_REQUIRES', 'COMPLAINT_OF_VIOLATION'])(
    'PLN-22 under shaoxing-2019-draft one department alone checks in the case %s, and in no other',
    (ground) => {
      expect(codes({ ground, basis: '依据' })).toEqual([])
      expect(codes({ ground: `${ground}_X`, basis: '依据' })).toEqual(['joint-exception-unknown'])
      expect(codes(undefined)).toEqual(['joint-exception-missing'])
    },
  )

  it('PLN-22 a joint check needs no exception, nor any check where policy does not bring all of them in', () => {
    expect(codes(undefined, true)).toEqual([])
    expect(codes(complaint, true)).toEqual(['joint-exception-not-asked'])
    expect(codes(undefined, false, fourCoalCities)).toEqual([])
    expect(codes(complaint, false, fourCoalCities)).toEqual(['joint-exception-not-asked'])
  })

  it('PLN-22 a line of an internal plan keeps the exception with its basis, who recorded it and when, and publishes it', () => {
    const refused = ofPlan('INTERNAL', {})
    expect(refused.ok ? [] : refused.error).toMatchObject([{ code: 'joint-exception-missing', pointer: '/jointException' }])
    const line = valueOf(ofPlan('INTERNAL', { jointException: complaint }))
    expect(line.jointException).toEqual({ ...complaint, ...act })
    const plan = { planId: 'p', policy: { preset: 'x', version: '1' } } as unknown as Plan
    expect(publishedLine(plan, line)).toMatchObject({ jointException: complaint })
    expect(ofPlan('JOINT', { units: [{ unitId: scj }, { unitId: gaj }] })).toMatchObject({ ok: true })
  })

  it('PLN-22 a task on clues of one department needs the exception, two of its units or an unknown one do not make it joint', () => {
    const { planType: _, ...plan } = jointContext().plan
    const context = lineContext({ plan }, shaoxing)
    const found = (...unitIds: readonly string[]) => {
      const units = unitIds.map((unitId) => ({ unitId: unitId as typeof scj, teamSize: 2 }))
      const built = buildLine(lineInput({ itemCodes: [code('K1')], units }), context, { lineId: lineId('L01'), commandId: 'c' })
      return built.ok ? [] : built.error.map((problem) => problem.code)
    }
    expect(found(scj, station1)).toContain('joint-exception-missing')
    expect(found(scj, 'nobody')).toContain('joint-exception-missing')
    expect(found(scj, gaj)).not.toContain('joint-exception-missing')
  })

  it('PLN-22 a campaign of one department needs the exception, of two it does not', () => {
    const context = undrawnContext(shaoxing)
    const campaign = undrawnInput({ kind: 'CAMPAIGN', basis: '省局部署' })
    expect(refusedFor(campaign, context)).toEqual(['joint-exception-missing'])
    expect(refusedFor({ ...campaign, jointException: complaint }, context)).toEqual([])
    expect(refusedFor({ ...campaign, unitIds: [scj, station1] }, context)).toEqual(['joint-exception-missing'])
    expect(refusedFor({ ...campaign, unitIds: [scj, gaj] }, context)).toEqual([])
  })
})
