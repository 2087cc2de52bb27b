import { appError } from '@dual-random/errors'
import { addMs, type Instant, type LocalDate, type RegionCode, type UnitId } from '@dual-random/kernel'
import { movableClock } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { openClue } from '../../tests/support/clues.ts'
import { city, days, planLine, scj, units } from '../../tests/support/lines.ts'
import { memoryReminders, memoryTermSchedules } from '../../tests/support/memory-terms.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import { remindersBehaviour, termSchedulesBehaviour } from '../../tests/support/terms-behaviour.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { Assignment } from '../domain/assignment.ts'
import type { Plan } from '../domain/plan.ts'
import type { PlanQuery } from './ports.ts'
import { holdMs, type RaisingDeps, raiseReminders, retryMs } from './raise-reminders.ts'

termSchedulesBehaviour('a map', async () => memoryTermSchedules())
remindersBehaviour('a map', async () => {
  const reminders = memoryReminders()
  return { reminders, toldIds: async () => reminders.told.map(({ id }) => id) }
})

const startOfDay = '2026-03-19T16:00:00.000Z'

async function world(plans: readonly Plan[] = [], now = '2026-03-20T02:00:00.000Z') {
  const clock = movableClock(now)
  const termSchedules = memoryTermSchedules()
  await termSchedules.add({ regionCode: city, dueAt: startOfDay as Instant })
  const reminders = memoryReminders()
  const deps: RaisingDeps = {
    plans: { all: async ({ year }: PlanQuery) => plans.filter((plan) => plan.year === year) },
    draws: { ofPlans: async () => [] },
    lineChecks: { ofPlans: async () => [] },
    tasks: { countsOf: async () => [], countsOfClueTasks: async () => new Map() },
    clues: { unsettled: async () => [] },
    assignments: { all: async () => [] },
    termSchedules,
    reminders,
    clock: clock.now,
    systemClock: clock.now,
    policyOf: async () => ({ policy: fourCoalCities }),
    unitsOf: async () => units,
  }
  const raise = (changed: Partial<RaisingDeps> = {}) => raiseReminders({ ...deps, ...changed }, new AbortController().signal)
  return { clock, termSchedules, reminders, raise, kinds: () => reminders.told.map(({ reminder }) => reminder.kind).sort() }
}

describe('a look at the dates of a region', () => {
  it('PLN-04 raises what is due, and looks again as the next day of China begins', async () => {
    const { raise, kinds, termSchedules, clock } = await world()
    expect((await raise()).size).toBe(0)
    // Two departments without an internal plan; nobody has drafted the joint plan that was due in January.
    expect(kinds()).toEqual(['PLAN_DUE', 'PLAN_DUE', 'PLAN_OVERDUE'])
    expect(termSchedules.all.get(city)?.dueAt).toBe('2026-03-20T16:00:00.000Z')
    clock.advance(24 * 3_600_000)
    await raise()
    expect(kinds()).toHaveLength(3)
  })

  it('PLN-04 the coordinator is told of a missing joint plan only where there is none', async () => {
    const joint = planAt({ state: 'DRAFT', number: 1, lines: [], changes: [] }, { planType: 'JOINT' })
    const { raise, reminders } = await world([joint])
    await raise()
    const overdue = reminders.told.filter(({ reminder }) => reminder.kind === 'PLAN_OVERDUE')
    expect(overdue).toMatchObject([{ reminder: { planId: joint.planId, unitId: joint.unitId } }])
  })

  it('PLN-24 windows of the year before that ended undrawn are told as the year begins, its filings no more', async () => {
    const line = planLine('L01', { window: days('2026-11-01', '2026-12-31') })
    const { raise, reminders } = await world([planAt(publishedVersionOf([line]))], '2026-12-31T16:00:00.000Z')
    await raise()
    expect(reminders.told).toMatchObject([{ reminder: { kind: 'WINDOW_ENDED_UNDRAWN', year: 2026, date: '2026-12-31' } }])
  })

  it('PLN-24 a line without a draw is told where no check of it was opened, and in other words where one was and is not completed', async () => {
    const undrawn = [campaign('L01', { window: days('2026-11-01', '2026-12-31') })]
    const plan = planAt({ ...publishedVersionOf([]), undrawn })
    const opened = [{ planId: plan.planId, lineId: 'L01', mark: 'm', completed: false }]
    for (const [checks, told] of [
      [[], ['WINDOW_ENDED_UNOPENED']],
      [opened, ['WINDOW_ENDED_UNCHECKED']],
    ] as const) {
      const { raise, kinds } = await world([plan], '2026-12-31T16:00:00.000Z')
      await raise({ lineChecks: { ofPlans: async () => checks } })
      expect(kinds()).toEqual(told)
    }
  })

  it('PLN-24 a batch drawn and not checked when its window ended is told, until its tasks are done', async () => {
    const plan = planAt(publishedVersionOf([planLine('L01', { window: days('2026-11-01', '2026-12-31') })]))
    const { planId } = plan
    const drawn = { planId, drawId: 'd1', lineId: 'L01', batch: 1, state: 'DRAWN', drawn: 2 } as const
    for (const [done, told] of [
      [1, ['WINDOW_ENDED_UNCHECKED']],
      [2, []],
    ] as const) {
      const { raise, kinds } = await world([plan], '2026-12-31T16:00:00.000Z')
      const countsOf = async () => [{ planId, drawId: 'd1', unitCount: 1, tasks: 2, done }]
      await raise({ draws: { ofPlans: async () => [drawn] }, tasks: { countsOf, countsOfClueTasks: async () => new Map() } })
      expect(kinds()).toEqual(told)
    }
  })

  it('TGT-15 clues due within the lead days of policy are asked for, of the region alone, and told', async () => {
    const asked: unknown[] = []
    const clue = openClue('clue-1', { due: { date: '2026-03-20' as LocalDate, provisional: false } })
    const { raise, kinds } = await world()
    const unsettled = async (...of: readonly unknown[]) => {
      asked.push(of)
      return [clue]
    }
    await raise({ clues: { unsettled } })
    expect(asked).toEqual([[city, '2026-03-22']])
    expect(kinds()).toEqual(['CLUE_DUE', 'PLAN_DUE', 'PLAN_DUE', 'PLAN_OVERDUE'])
  })

  it('PLN-15 dispatched tasks of the region’s own plans are told, of no region below', async () => {
    const { raise, reminders } = await world()
    const of = (assignmentId: string, regionCode: RegionCode): Assignment => ({
      assignmentId,
      fromRegionCode: '230000' as RegionCode,
      fromUnitId: '230000-scj' as UnitId,
      regionCode,
      unitId: scj,
      year: 2026,
      planType: 'INTERNAL',
      task: { taskName: '商品质量检查', itemCodes: [], window: days('2026-04-01', '2026-06-30') },
      assigned: { by: 'superior', at: '2026-03-01T02:00:00.000Z' as Instant },
    })
    const all = async ({ year }: { readonly year: number }) => (year === 2026 ? [of('a-1', city), of('a-2', '230302' as RegionCode)] : [])
    await raise({ assignments: { all } })
    const told = reminders.told.filter(({ reminder }) => reminder.kind === 'ASSIGNMENT_OPEN')
    expect(told).toMatchObject([{ reminder: { assignmentId: 'a-1' } }])
  })

  it('PLN-04 a region that cannot be read is left, told, and tried again before the next day', async () => {
    const { raise, reminders, termSchedules, clock } = await world()
    const away = { policyOf: () => Promise.reject(appError('unavailable', 'store-unavailable')) }
    expect([...(await raise(away))]).toEqual([[city, 'store-unavailable']])
    expect(termSchedules.all.get(city)?.dueAt).toBe(addMs(clock.now(), retryMs))
    clock.advance(retryMs)
    expect((await raise()).size).toBe(0)
    expect(reminders.told).toHaveLength(3)
  })

  it('PLN-04 what a copy held that was killed is looked at by another once the hold has run out', async () => {
    const { raise, reminders, clock } = await world()
    await expect(raise({ unitsOf: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed')
    await raise()
    expect(reminders.told).toEqual([])
    clock.advance(holdMs)
    await raise()
    expect(reminders.told).toHaveLength(3)
  })

  it('PLN-04 other regions’ units are not this one’s', async () => {
    const { raise, kinds } = await world()
    const elsewhere = units.map((unit) => ({ ...unit, regionCode: '230302' as RegionCode }))
    await raise({ unitsOf: async () => elsewhere })
    expect(kinds()).toEqual([])
  })
})
