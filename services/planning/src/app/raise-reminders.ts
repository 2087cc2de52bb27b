import { type AppError, toAppError } from '@dual-random/errors'
import {
  addDays,
  addMs,
  type Clock,
  chinaDateOf,
  type Instant,
  type LocalDate,
  type RegionCode,
  startOfChinaDate,
  yearOf,
} from '@dual-random/kernel'
import { type Policy, planDue } from '@dual-random/policy'
import { filingReminders, undraftedJointReminder, waitingReminder } from '../domain/filing-reminders.ts'
import { filingStatuses, undraftedJoint } from '../domain/filing-status.ts'
import type { Unit } from '../domain/line-input.ts'
import { type Plan, type PlanType, publishedVersion } from '../domain/plan.ts'
import type { Reminder } from '../domain/reminder.ts'
import { clueTasksOf } from '../domain/undrawn-progress.ts'
import { undrawnReminders } from '../domain/undrawn-reminders.ts'
import { windowReminders } from '../domain/window-reminders.ts'
import { ruleDate } from './plan-dates.ts'
import type { DispatchedTasks, DrawOfLine, LineChecks, Plans } from './ports.ts'
import type { Reminders, TermSchedules } from './term-ports.ts'
import { remindersOfAssignments, remindersOfClues, type UnsettledDeps } from './unsettled-reminders.ts'

export interface RaisingDeps extends UnsettledDeps {
  readonly plans: Pick<Plans, 'all'>
  readonly draws: { ofPlans(planIds: readonly string[]): Promise<readonly DrawOfLine[]> }
  readonly lineChecks: Pick<LineChecks, 'ofPlans'>
  readonly tasks: Pick<DispatchedTasks, 'countsOf' | 'countsOfClueTasks'>
  readonly termSchedules: TermSchedules
  readonly reminders: Pick<Reminders, 'raise'>
  readonly clock: Clock
  /** Real time, by which reminders are delivered. */
  readonly systemClock: Clock
  /** Both asked with the service's own rights. */
  readonly policyOf: (regionCode: RegionCode, at: LocalDate) => Promise<{ readonly policy: Policy }>
  readonly unitsOf: (regionCode: RegionCode) => Promise<readonly Unit[]>
}

/** Longer than a look takes, so that a live one is not taken over. */
export const holdMs = 120_000
/** After a region's policy or units could not be read. */
export const retryMs = 600_000

/** Looks at every region that is due and raises what its dates ask for; answers the regions that could not be looked at, by code. */
export async function raiseReminders(deps: RaisingDeps, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const left = new Map<string, string>()
  while (!signal.aborted) {
    const now = deps.clock()
    const claimed = await deps.termSchedules.claim(now, addMs(now, holdMs))
    if (claimed === undefined) return left
    const failure = await lookAt(deps, claimed.regionCode, now)
    if (failure !== undefined) left.set(claimed.regionCode, failure.code)
    await deps.termSchedules.settle(claimed, failure === undefined ? nextDay(now) : addMs(now, retryMs))
  }
  return left
}

/** Dates change with the day of China. */
const nextDay = (now: Instant): Instant => startOfChinaDate(addDays(chinaDateOf(now), 1))

async function lookAt(deps: RaisingDeps, regionCode: RegionCode, now: Instant): Promise<AppError | undefined> {
  try {
    await deps.reminders.raise(await remindersOf(deps, regionCode, now), { raisedAt: now, dueAt: deps.systemClock() })
    return undefined
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.kind === 'internal') throw thrown
    return error
  }
}

/** Windows of last year may still end undrawn as this one begins, and the next year's plans fall due before it does. */
async function remindersOf(deps: RaisingDeps, regionCode: RegionCode, now: Instant): Promise<readonly Reminder[]> {
  const today = chinaDateOf(now)
  const thisYear = yearOf(today)
  const units = (await deps.unitsOf(regionCode)).filter((unit) => unit.regionCode === regionCode)
  const years = await Promise.all(
    [thisYear - 1, thisYear, thisYear + 1].map(async (year) => {
      const { policy } = await deps.policyOf(regionCode, ruleDate(year, now))
      const plans = (await deps.plans.all({ regionCode, year })).filter((plan) => plan.regionCode === regionCode)
      const ofPlans = await planReminders(deps, plans, today, policy)
      if (year < thisYear) return ofPlans
      const ofAssignments = await remindersOfAssignments(deps, { regionCode, year }, plans, today, policy)
      return [...dueReminders({ regionCode, year, today, policy, now }, units, plans), ...ofPlans, ...ofAssignments]
    }),
  )
  const { policy } = await deps.policyOf(regionCode, today)
  return [...years.flat(), ...(await remindersOfClues(deps, regionCode, today, policy))]
}

function dueReminders(
  { policy, now, ...of }: { regionCode: RegionCode; year: number; today: LocalDate; policy: Policy; now: Instant },
  units: readonly Unit[],
  plans: readonly Plan[],
): readonly Reminder[] {
  const region = { ...of, lead: policy.find('plan.reminderLeadDays') }
  const dueOf = (planType: PlanType) => {
    const due = planDue(policy, planType, of.year)
    return due.ok ? due.value : undefined
  }
  const joint = undraftedJoint(units, plans, dueOf)
  return [
    ...filingReminders(region, filingStatuses(units, plans, dueOf, now)),
    ...(joint === undefined ? [] : undraftedJointReminder(region, joint.date)),
  ]
}

async function planReminders(
  { draws, lineChecks, tasks }: Pick<RaisingDeps, 'draws' | 'lineChecks' | 'tasks'>,
  plans: readonly Plan[],
  today: LocalDate,
  policy: Policy,
): Promise<readonly Reminder[]> {
  const lead = policy.find('plan.reminderLeadDays')
  const adjusting = policy.find('plan.adjustment')
  const published = plans.filter((plan) => publishedVersion(plan) !== undefined)
  const planIds = published.map(({ planId }) => planId)
  const isNone = planIds.length === 0
  const [drawn, counted, checks, ofClueTasks] = await Promise.all([
    isNone ? [] : draws.ofPlans(planIds),
    isNone ? [] : tasks.countsOf(planIds),
    isNone ? [] : lineChecks.ofPlans(planIds),
    tasks.countsOfClueTasks(published.flatMap(clueTasksOf)),
  ])
  const drawnOf = Map.groupBy(drawn, ({ planId }) => planId)
  const countedOf = Map.groupBy(counted, ({ planId }) => planId)
  const checksOf = Map.groupBy(checks, ({ planId }) => planId)
  return plans.flatMap((plan) => [
    ...waitingReminder(plan, today, lead, adjusting),
    ...windowReminders(plan, { draws: drawnOf.get(plan.planId) ?? [], tasks: countedOf.get(plan.planId) ?? [] }, today, lead),
    ...undrawnReminders(plan, { opened: checksOf.get(plan.planId) ?? [], ofClueTasks }, today, lead),
  ])
}
