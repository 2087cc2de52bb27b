import { type Instant, type PlanId, regionContains } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { city, days, planLine } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { Plan } from '../domain/plan.ts'
import type { Caller, DrawOfLine, PlanQuery } from './ports.ts'
import { plansAtOnce, progressReport } from './progress-report.ts'

const planId = (index: number) => `plan-${String(index).padStart(4, '0')}` as PlanId

/** So many plans of two batches and between them a line without a draw, whose window is over: the first batch of each plan is drawn, the line of the first plan checked; tells how often the store was asked, and of how many plans. */
function world(plans: number) {
  const lines = [planLine('L01'), planLine('L03')]
  const version = { ...publishedVersionOf(lines), undrawn: [campaign('L02', { window: days('2026-04-01', '2026-04-30') })] }
  const all = Array.from({ length: plans }, (_, index): Plan => planAt(version, { planId: planId(index) }))
  const asked = { plans: 0, draws: 0, tasks: 0, checks: 0, drawsOf: 0 }
  const drawOf = (of: string): DrawOfLine => ({ drawId: `d-${of}`, planId: of, lineId: 'L01', batch: 1, state: 'DRAWN', drawn: 1 })
  const ports = {
    clock: () => '2026-06-01T02:00:00.000Z' as Instant,
    plans: {
      page: async ({ regionCode, from = '' }: PlanQuery, { limit, after = '' }: { limit: number; after?: string | undefined }) => {
        asked.plans += 1
        const found = all.filter((plan) => regionCode !== undefined && regionContains(regionCode, plan.regionCode))
        return found.filter((plan) => plan.planId >= from && plan.planId > after).slice(0, limit + 1)
      },
    },
    draws: {
      ofPlans: async (ids: readonly string[]) => {
        asked.draws += 1
        asked.drawsOf += ids.length
        return ids.map(drawOf)
      },
    },
    tasks: {
      countsOf: async () => {
        asked.tasks += 1
        return []
      },
      countsOfClueTasks: async () => new Map(),
    },
    lineChecks: {
      ofPlans: async (ids: readonly string[]) => {
        asked.checks += 1
        return ids.filter((id) => id === planId(0)).map((id) => ({ planId: id, lineId: 'L02', mark: 'm', completed: true }))
      },
    },
  } as unknown as Parameters<typeof progressReport>[0]
  return { asked, ports }
}

const caller = { principal: { regionCode: city, roles: ['AUDITOR'] } } as unknown as Caller
const query = { regionCode: city, year: 2026 }
const keyOf = ({ planId: plan, lineId }: { readonly planId: string; readonly lineId: string }) => `${plan}/${lineId}`
const behind = (plan: number, lineId: string) => ({
  planId: planId(plan),
  isBehind: (row: { readonly lineId: string }) => row.lineId > lineId,
})

describe('progress of the plans of a year', () => {
  it('PLN-24 counts all on the first page, asking for draws and tasks once for every so many plans', async () => {
    const { asked, ports } = world(2 * plansAtOnce + 1)
    const { rows, whole } = await progressReport(ports, query, { limit: 3 }, caller)
    expect(rows.map(keyOf)).toEqual(['plan-0000/L01', 'plan-0000/L02', 'plan-0000/L03', 'plan-0001/L01'])
    expect(whole).toMatchObject({ counts: { UNDER_WAY: 201, UNDRAWN: 201, DONE: 1, NOT_EXECUTED: 200, UNOPENED: 0 }, total: 603 })
    expect(asked).toEqual({ plans: 3, draws: 3, tasks: 3, checks: 3, drawsOf: 201 })
  })

  it('PLN-24 reads for a further page the plans from its place on, and no more than fill it', async () => {
    const { asked, ports } = world(5 * plansAtOnce)
    const { rows, whole } = await progressReport(ports, query, { limit: 2, after: behind(120, 'L01') }, caller)
    expect(rows.map(keyOf)).toEqual(['plan-0120/L02', 'plan-0120/L03', 'plan-0121/L01'])
    expect(whole).toBeUndefined()
    expect(asked).toEqual({ plans: 1, draws: 1, tasks: 1, checks: 1, drawsOf: plansAtOnce })
  })

  it('PLN-24 goes on over more plans until the rows of the status asked for fill the page, or there are no more', async () => {
    const { asked, ports } = world(plansAtOnce + 1)
    const of = (after?: ReturnType<typeof behind>) =>
      progressReport(ports, { ...query, status: 'UNDRAWN' }, { limit: plansAtOnce, after }, caller)
    const first = await of()
    expect(first.rows).toHaveLength(plansAtOnce + 1)
    expect(first.whole).toMatchObject({ counts: { UNDER_WAY: 101, UNDRAWN: 101, NOT_EXECUTED: 100 }, total: 101 })
    expect(asked.plans).toBe(2)
    expect((await of(behind(0, 'L02'))).rows).toHaveLength(plansAtOnce + 1)
    expect((await of(behind(0, 'L03'))).rows).toHaveLength(plansAtOnce)
    expect((await of(behind(plansAtOnce, 'L03'))).rows).toEqual([])
  })

  it('PLN-24 a line without a draw that was planned and not carried out appears among the batches, by the number of its line', async () => {
    const { ports } = world(2)
    const of = (status: 'NOT_EXECUTED' | 'DONE') => progressReport(ports, { ...query, status }, { limit: 5 }, caller)
    expect((await of('NOT_EXECUTED')).rows).toMatchObject([{ planId: planId(1), lineId: 'L02', kind: 'CAMPAIGN', tasks: 0 }])
    expect((await of('DONE')).rows).toMatchObject([{ planId: planId(0), lineId: 'L02', tasks: 1, done: 1 }])
  })
})
