import type { LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, county, days, gaj, item, planLine, scj, unit } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { FilingStatus } from './filing-status.ts'
import { type InternalPlanFacts, internalPlanStandings, lackingOf } from './internal-plans.ts'
import type { Plan, PlanVersion } from './plan.ts'
import { planProgress } from './progress.ts'
import { undrawnProgress } from './undrawn-progress.ts'

const swj = '230300-swj' as UnitId
const units = [
  unit(scj, { name: '市场监督管理局', department: '市场监管' }),
  unit(gaj, { name: '公安局', department: '公安' }),
  unit(swj, { name: '水务局', department: '水务' }),
]
const items = [
  item('G1'),
  item('G2'),
  item('P1', { checkingBody: '县级以上公安机关' }),
  // Of both lists: not run alone.
  item('W1', { checkingBody: '水务部门' }),
  item('W1', { checkingBody: '水务部门', listType: 'JOINT' }),
]
const lists = { units, items, municipalities: [] }
const line = planLine('L01', { window: days('2026-05-01', '2026-08-31'), times: 2 })
const draft: PlanVersion = { state: 'DRAFT', number: 1, lines: [line], changes: [] }

const status = (unitId: UnitId, of: FilingStatus['status'], planType: FilingStatus['planType'] = 'INTERNAL'): FilingStatus => ({
  unitId,
  unitName: unitId,
  planType,
  dueDate: '2026-03-31',
  status: of,
})

const nothingOpened = (plan: Plan, today: string) => undrawnProgress(plan, [], { opened: [], ofClueTasks: new Map() }, today as LocalDate)

function standing(plan: Plan | undefined, filing: FilingStatus['status'], today: string, of: UnitId = scj) {
  const progress = plan === undefined ? undefined : planProgress(plan, [], [], today as LocalDate)
  const {
    standings: [found],
  } = internalPlanStandings([status(of, filing)], {
    ...lists,
    plans: new Map(plan === undefined ? [] : [[of, plan]]),
    progress: new Map(
      plan === undefined || progress === undefined ? [] : [[plan.planId, { ...progress, undrawn: nothingOpened(plan, today) }]],
    ),
    today: today as LocalDate,
  })
  if (found === undefined) throw new Error('no standing')
  return found
}

describe('internal plans that units owe', () => {
  it('PLN-23 a unit that runs items outside the joint list alone owes one, another does not', () => {
    expect(standing(undefined, 'OVERDUE', '2026-04-01')).toMatchObject({
      unitId: scj,
      items: 2,
      filing: 'OVERDUE',
      dueDate: '2026-03-31',
      lacks: ['PLAN'],
    })
    expect(standing(undefined, 'OVERDUE', '2026-04-01', gaj)).toMatchObject({ items: 1, lacks: ['PLAN'] })
    expect(standing(undefined, 'OVERDUE', '2026-04-01', swj)).toMatchObject({ items: 0, lacks: [] })
  })

  const owing = (checkingBody: string, members: Partial<InternalPlanFacts> = {}) => {
    const facts = {
      ...lists,
      items: [item('G1', { checkingBody })],
      plans: new Map(),
      progress: new Map(),
      today: '2026-04-01' as LocalDate,
    }
    const { standings, ofNobody } = internalPlanStandings([status(scj, 'OVERDUE')], { ...facts, ...members })
    return [standings.map(({ items: count, lacks }) => [count, ...lacks]), ofNobody.map(({ reason }) => reason)]
  }

  it.each(['市场监督管理局', '县级以上市场监督管理部门', '市、县级市场监管部门', '市级及以下市场监管部门'])(
    'PLN-23 a city’s market regulator owes one for %s',
    (body) => {
      expect(owing(body)).toEqual([[[1, 'PLAN']], []])
    },
  )

  it('PLN-23 a unit owes none for what other levels check, and the item is told as nobody’s where they have no department here', () => {
    const withCounty = [...units, unit(county, { regionCode: '230302' as RegionCode, kind: 'BUREAU' })]
    for (const body of ['县级市场监管部门', '省、县级市场监管部门']) {
      expect(owing(body), body).toEqual([[[0]], ['NO_DEPARTMENT']])
      expect(owing(body, { units: withCounty }), body).toEqual([[[0]], []])
    }
    for (const body of ['省级市场监管部门', '海事部门'])
      expect(owing(body, { units: withCounty }), body).toEqual([[[0]], ['NO_DEPARTMENT']])
    expect(owing('本级市场监管部门')).toEqual([[[0]], ['BODY_NOT_READ']])
  })

  it('PLN-23 in a municipality the 市级 is that of its own departments', () => {
    const regionCode = '310000' as RegionCode
    const municipal = [unit(scj, { regionCode })]
    expect(owing('市级市场监管部门', { units: municipal, municipalities: [regionCode] })).toEqual([[[1, 'PLAN']], []])
    expect(owing('市级市场监管部门', { units: municipal })).toEqual([[[0]], ['NO_DEPARTMENT']])
  })

  it('PLN-23 who has made one has still to file it', () => {
    expect(standing(planAt(draft), 'PENDING', '2026-03-01')).toMatchObject({ lacks: ['FILING'], batches: { planned: 2, notExecuted: 0 } })
    expect(standing(planAt(filedVersionOf([line], act.at)), 'ON_TIME', '2026-04-01').lacks).toEqual([])
    expect(standing(planAt(filedVersionOf([line], act.at)), 'LATE', '2026-04-01').lacks).toEqual([])
  })

  it.each([
    ['2026-06-30', 0, []],
    ['2026-07-01', 1, ['EXECUTION']],
    ['2026-09-01', 2, ['EXECUTION']],
  ])('PLN-23 on %s of two batches %i were not executed, published or not', (today, notExecuted, lacks) => {
    for (const plan of [planAt(publishedVersionOf([line])), planAt(filedVersionOf([line], act.at))]) {
      expect(standing(plan, 'ON_TIME', today)).toMatchObject({ batches: { planned: 2, done: 0, notExecuted }, lacks })
    }
  })

  it('PLN-23 counts how many units lack what', () => {
    const lacking = [{ lacks: ['PLAN'] }, { lacks: ['FILING', 'EXECUTION'] }, { lacks: ['EXECUTION'] }, { lacks: [] }] as const
    expect(lackingOf(lacking)).toEqual({ PLAN: 1, FILING: 1, EXECUTION: 2 })
  })

  it('PLN-23 PLN-24 a line without a draw counts as a batch does, published or never', () => {
    const undrawn = [campaign('L02', { window: days('2026-05-01', '2026-06-30') })]
    const never = planAt({ ...draft, undrawn })
    expect(standing(never, 'ON_TIME', '2026-06-30')).toMatchObject({ batches: { planned: 3, notExecuted: 0 }, lacks: [] })
    expect(standing(never, 'ON_TIME', '2026-07-01')).toMatchObject({ batches: { planned: 3, notExecuted: 2 }, lacks: ['EXECUTION'] })
    const published = planAt({ ...publishedVersionOf([line]), undrawn })
    expect(standing(published, 'ON_TIME', '2026-07-01')).toMatchObject({ batches: { planned: 3, done: 0, notExecuted: 2 } })
  })

  it('PLN-23 counts what was done', () => {
    const plan = planAt(publishedVersionOf([line]))
    const draws = [{ drawId: 'd1', lineId: 'L01', batch: 1, state: 'CLOSED', drawn: 1 }] as const
    const progress = planProgress(plan, draws, [{ drawId: 'd1', unitCount: 1, tasks: 1, done: 1 }], '2026-07-01' as LocalDate)
    if (progress === undefined) throw new Error('no progress')
    const facts = {
      ...lists,
      plans: new Map([[scj, plan]]),
      progress: new Map([[plan.planId, { ...progress, undrawn: [] }]]),
      today: '2026-07-01' as LocalDate,
    }
    const { standings } = internalPlanStandings([status(scj, 'ON_TIME', 'JOINT'), status(scj, 'ON_TIME')], facts)
    expect(standings).toMatchObject([{ planId: plan.planId, batches: { planned: 2, done: 1, notExecuted: 0 }, lacks: [] }])
  })
})
