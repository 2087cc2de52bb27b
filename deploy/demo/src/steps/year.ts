import { type Instant, parseInstant } from '@dual-random/kernel'
import { adjustPlan } from './adjust-plan.ts'
import { closeDraws } from './close-draws.ts'
import { makeCountyPlan } from './county-plan.ts'
import { listCheckedObjects } from './drawn-lists.ts'
import { type Draw, type PlannedDraw, plannedDraws, runDraws } from './draws.ts'
import {
  closeFollowUps,
  completedJointTasks,
  type FollowUp,
  followUps,
  type JointTask,
  type RecognisedRecord,
  recognisedRecords,
} from './follow.ts'
import { found } from './found.ts'
import { acceptMerges, allTasks, type EnteredResult, inspect, type Task } from './inspect.ts'
import { type CheckItem, checkItems } from './items.ts'
import { withProofs } from './plan-proofs.ts'
import { makePlans, type Plan } from './plans.ts'
import { allPublications, type Publication, publish, scheduledPublications } from './publish.ts'
import { importRegisters, type Registers } from './registers.ts'
import type { Scenario } from './scenario.ts'
import type { SettledImport } from './settle-import.ts'
import type { StepTimer } from './timer.ts'

/** Everything that a year's check left behind, as the services tell it. */
export interface Year {
  readonly registers: Registers
  readonly items: readonly CheckItem[]
  readonly plans: readonly Plan[]
  readonly imports: readonly SettledImport[]
  readonly draws: readonly Draw[]
  readonly mergesAccepted: number
  readonly tasks: readonly Task[]
  readonly results: readonly EnteredResult[]
  readonly publications: readonly Publication[]
  readonly followUps: readonly FollowUp[]
  readonly jointTasks: readonly JointTask[]
  readonly recognised: readonly RecognisedRecord[]
  /** The two results that show the deadline: published on its last day, and on the day after. */
  readonly lastDay: string
  readonly dayAfter: string
}

const at = (text: string): Instant => {
  const instant = parseInstant(text)
  if (instant === undefined) throw new Error(`not an instant: ${text}`)
  return instant
}

/** The scenario's calendar of 2026. Twenty working days from 20 April end on 20 May. */
export const calendar = {
  start: at('2026-01-05T01:00:00.000Z'),
  plans: at('2026-01-20T01:00:00.000Z'),
  springDraws: '2026-02-01T00:00:00.000Z',
  springInspection: at('2026-04-20T01:00:00.000Z'),
  springPublication: at('2026-04-27T01:00:00.000Z'),
  lastDay: at('2026-05-20T09:00:00.000Z'),
  dayAfter: at('2026-05-21T01:00:00.000Z'),
  adjustment: at('2026-06-25T01:00:00.000Z'),
  autumnDraws: '2026-07-01T00:00:00.000Z',
  autumnInspection: at('2026-09-15T01:00:00.000Z'),
  autumnPublication: at('2026-09-22T01:00:00.000Z'),
  yearEnd: '2027-01-01T00:00:00.000Z',
} as const

/** One year's check in four cities, from an imported register to published results. */
export async function runYear(scenario: Scenario, timer: StepTimer): Promise<Year> {
  const { world } = scenario
  await timer.run('建账：账号、单位、策略', 'accounts, units, policy', () => found(scenario))
  const registers = await timer.run('导入名录库、人员库、清单和信用等级', 'import of registers', () => importRegisters(scenario))
  await world.clock.advanceTo(calendar.plans)
  const made = await timer.run('编制、报备、公布年度计划', 'annual plans', async () => {
    const county = await makeCountyPlan(scenario)
    const { plans, imports } = await makePlans(scenario)
    const [provenCounty = county, ...proven] = await withProofs(scenario, [county, ...plans])
    return { county: provenCounty, plans: proven, imports }
  })
  const items = await checkItems(scenario, '2026-12-31')

  const spring = await draw(
    scenario,
    timer,
    plannedDraws(made.plans),
    '春季抽取',
    'spring draws',
    calendar.springDraws,
    calendar.autumnDraws,
    [],
  )
  let mergesAccepted = await acceptMerges(scenario)
  await world.clock.advanceTo(calendar.springInspection)
  const springResults = await timer.run('春季检查、录入结果', 'spring inspection', async () => inspect(scenario, await allTasks(scenario)))
  await world.clock.advanceTo(calendar.springPublication)
  const { lastDay, dayAfter } = await timer.run('春季公示', 'spring publication', () => publishSpring(scenario, springResults.length))

  await world.clock.advanceTo(calendar.adjustment)
  const plans = await timer.run('年中调整计划', 'adjusting a plan', async () =>
    withProofs(scenario, await adjustPlan(scenario, made.plans)),
  )
  const autumn = await draw(
    scenario,
    timer,
    plannedDraws(plans),
    '秋季抽取',
    'autumn draws',
    calendar.autumnDraws,
    calendar.yearEnd,
    spring,
  )
  mergesAccepted += await acceptMerges(scenario)
  await world.clock.advanceTo(calendar.autumnInspection)
  const autumnResults = await timer.run('秋季检查、录入结果', 'autumn inspection', async () => inspect(scenario, await allTasks(scenario)))
  await world.clock.advanceTo(calendar.autumnPublication)
  const results = [...springResults, ...autumnResults]
  const publications = await timer.run('秋季公示', 'autumn publication', async () => {
    const scheduled = await scheduledPublications(scenario, results.length)
    await publish(
      scenario,
      scheduled.filter(({ status }) => status === 'scheduled'),
    )
    await listCheckedObjects(scenario)
    return allPublications(scenario)
  })

  const after = await timer.run('后续处置、联查、互认', 'follow-up, joint tasks, recognition', () =>
    followUpAndShare(scenario, results, publications),
  )
  const draws = await timer.run('关闭抽取并公开揭示', 'closing the draws', () => closeDraws(scenario, [...spring, ...autumn]))
  return {
    registers,
    items,
    plans: [made.county, ...plans],
    imports: made.imports,
    draws,
    mergesAccepted,
    results,
    publications,
    lastDay,
    dayAfter,
    ...after,
  }
}

const draw = (
  scenario: Scenario,
  timer: StepTimer,
  planned: readonly PlannedDraw[],
  zh: string,
  en: string,
  from: string,
  before: string,
  earlier: readonly Draw[],
): Promise<readonly Draw[]> => timer.run(zh, en, () => runDraws(scenario, planned, from, before, earlier))

/** All but two at once; one on the last day of its term, one on the day after. */
async function publishSpring(scenario: Scenario, expected: number): Promise<{ readonly lastDay: string; readonly dayAfter: string }> {
  const scheduled = await scheduledPublications(scenario, expected)
  const internal = scheduled.filter(({ unitId }) => unitId === '230300-scj')
  const [onLastDay, onDayAfter] = internal
  if (onLastDay === undefined || onDayAfter === undefined) throw new Error('too few results to show the deadline with')
  await publish(
    scenario,
    scheduled.filter((each) => each !== onLastDay && each !== onDayAfter),
  )
  await listCheckedObjects(scenario)
  await scenario.world.clock.advanceTo(calendar.lastDay)
  await publish(scenario, [onLastDay])
  await scenario.world.clock.advanceTo(calendar.dayAfter)
  await publish(scenario, [onDayAfter])
  return { lastDay: onLastDay.publicationId, dayAfter: onDayAfter.publicationId }
}

async function followUpAndShare(scenario: Scenario, results: readonly EnteredResult[], publications: readonly Publication[]) {
  const problems = results.filter(({ opensFollowUp }) => opensFollowUp)
  const opened = await followUps(scenario, problems.length)
  const tasks = await allTasks(scenario)
  const unitOf = new Map(tasks.map(({ taskId, unitId }) => [taskId, unitId]))
  await closeFollowUps(scenario, opened, (taskId) => unitOf.get(taskId) ?? '')
  return {
    tasks,
    followUps: await followUps(scenario, problems.length),
    jointTasks: await completedJointTasks(scenario),
    recognised: await recognisedRecords(scenario, publications.filter(({ status }) => status === 'published').length),
  }
}
