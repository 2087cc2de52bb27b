import type { Instant, PlanId, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { city, code, item, planLine } from '../../tests/support/lines.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import type { PlanFigures } from '../domain/figures.ts'
import type { ItemSet } from '../domain/item-set.ts'
import type { Plan, PlanLine } from '../domain/plan.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import { poolCounter } from './count-pools.ts'
import { feasibilityOf } from './feasibility.ts'
import type { Caller, Ports } from './ports.ts'

const asOf = '2026-01-10T02:00:00.000Z' as Instant
const caller = { context: {} } as unknown as Caller

/** Ten objects of grade D for each item but G2, which applies to those of G1; of another kind where it begins with S. The floor asks for 20 of 400. */
const membersOf = (itemCode: string): readonly string[] =>
  Array.from({ length: 10 }, (_, index) => `${itemCode === 'G2' ? 'G1' : itemCode} ${index}`)
const poolOfSet = ({ itemCodes }: ItemSet) => {
  const members = [...new Set(itemCodes.flatMap(membersOf))]
  const enterprises = members.filter((member) => !member.startsWith('S'))
  return { byGrade: new Map([['D', members.length]]), enterprisesByGrade: new Map([['D', enterprises.length]]) }
}

const on = (id: string, itemCode: string): PlanLine => ({ ...planLine(id), itemCodes: [code(itemCode)] })

const planOf = (planId: string, lines: readonly PlanLine[], figures?: Partial<PlanFigures>): PlanInForce => {
  const version = { state: figures === undefined ? 'DRAFT' : 'FILED', lines, ...(figures === undefined ? {} : { figures }) }
  const header = { planId: planId as PlanId, planType: 'INTERNAL', regionCode: city, year: 2026 }
  return { plan: { ...header, policyDigest: 'p', policy: { preset: 'test', version: '1' }, versions: [version] } as unknown as Plan, lines }
}

async function feasibility(ownItem: string, others: readonly PlanInForce[], elsewhere: readonly object[] = []) {
  const asked: string[] = []
  const ports = {
    policies: { get: () => Promise.resolve(fourCoalCities) },
    draws: { ofPlans: () => Promise.resolve([]), elsewhere: () => Promise.resolve(elsewhere) },
    registry: {
      pools: (_region: RegionCode, sets: readonly ItemSet[]) => {
        asked.push(...sets.flatMap(({ itemCodes }) => itemCodes))
        return Promise.resolve({ pools: sets.map(poolOfSet), enterprises: 400 })
      },
    },
  } as unknown as Ports
  const own = planOf('own', [on('L01', ownItem)])
  const considered = {
    plan: own.plan,
    policy: fourCoalCities,
    lines: own.lines,
    own,
    others,
    items: new Map(['G1', 'G2', 'G3', 'S1'].map((each) => [each, item(each)])),
    asOf,
    count: poolCounter(ports.registry, city, asOf, caller),
  } as unknown as ConsideredPlan
  return { ...(await feasibilityOf(ports, considered, caller)), asked }
}

describe('the year of a region with all its plans', () => {
  it('CRD-08 counts an enterprise once that two plans may draw, and apart pools together', async () => {
    const same = await feasibility('G1', [planOf('p2', [on('L01', 'G2')], { planned: 10, plannedEnterprises: 10 })])
    expect(same.regionYear).toMatchObject({ planned: 20, plannedEnterprises: 10, gap: 20, state: 'red' })
    expect(same.closing).toMatchObject({ ofPlan: { reach: 10, gap: 10 }, ofRegion: { reach: 10, gap: 10 } })
    const apart = await feasibility('G1', [planOf('p2', [on('L01', 'G3')], { planned: 10, plannedEnterprises: 10 })])
    expect(apart.regionYear).toMatchObject({ planned: 20, plannedEnterprises: 20, gap: 20, state: 'on-course' })
    expect(apart.closing).toMatchObject({ ofPlan: { reach: 10 }, ofRegion: { reach: 20, verdict: 'MET' } })
  })

  it('CRD-08 counts no objects of other kinds, whichever plan draws them', async () => {
    const beside = await feasibility('G1', [planOf('p2', [on('L01', 'S1')], { planned: 10, plannedEnterprises: 0 })])
    expect(beside.regionYear).toMatchObject({ planned: 20, plannedEnterprises: 10, state: 'red' })
    const own = await feasibility('S1', [planOf('p2', [on('L01', 'G1')], { planned: 10, plannedEnterprises: 10 })])
    expect(own.figures).toMatchObject({ planned: 10, plannedEnterprises: 0, floor: { planned: 0, highest: 0 } })
    expect(own.closing).toMatchObject({ ofPlan: { reach: 0 }, ofRegion: { reach: 10 } })
  })

  it('CRD-08 takes all that a plan draws where enterprises were not told from other objects when it was settled', async () => {
    const { regionYear } = await feasibility('G1', [planOf('p2', [on('L01', 'G3')], { planned: 7 })])
    expect(regionYear).toMatchObject({ planned: 17, plannedEnterprises: 17 })
  })

  it('REG-13 CRD-08 counts no line of another plan on an item that has left the lists: it can no longer be drawn', async () => {
    const lapsed = await feasibility('G1', [planOf('p2', [on('L01', 'OFF')], { planned: 10, plannedEnterprises: 10 })])
    expect(lapsed.asked).not.toContain('OFF')
    expect(lapsed.regionYear).toMatchObject({ planned: 20, plannedEnterprises: 10 })
  })

  it('CRD-08 adds what other cities drew: of a matched draw what it brought, of another every object', async () => {
    const draw = { state: 'DRAWN', drawn: 5 }
    const { regionYear, closing } = await feasibility('G1', [], [{ ...draw, yearEnterprises: 3 }, draw])
    expect(regionYear).toMatchObject({ planned: 20, plannedEnterprises: 10 + 3 + 5, drawn: 10, drawnEnterprises: 3 })
    expect(closing).toMatchObject({ ofPlan: { reach: 10 }, ofRegion: { reach: 18 } })
    const twice = await feasibility(
      'G1',
      [],
      [
        { ...draw, yearEnterprises: 5 },
        { ...draw, yearEnterprises: 6 },
      ],
    )
    expect(twice.regionYear).toMatchObject({ plannedEnterprises: 10 + 6, drawnEnterprises: 6 })
  })
})
