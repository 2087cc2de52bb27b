import { appError, invalidRequest, violation } from '@dual-random/errors'
import { chinaDateOf, endOfChinaDate, type LineId, type LocalDate } from '@dual-random/kernel'
import { type PlanDue, planDue } from '@dual-random/policy'
import { allLines, type Plan } from '../domain/plan.ts'
import { type LineOnDay, lineOnDay, planAsOf } from '../domain/plan-as-of.ts'
import { noSuchPlan, readablePlan } from './access.ts'
import type { Caller, Ports } from './ports.ts'

/** A plan as it stood when a day of China ended, today as it stands now (ACC-02). */
export async function planOnDay(ports: Pick<Ports, 'plans' | 'clock'>, planId: string, day: LocalDate, caller: Caller): Promise<Plan> {
  const today = chinaDateOf(ports.clock())
  if (day > today) throw invalidRequest([violation('/asOf', 'day-not-come', { day })])
  const plan = planAsOf(await readablePlan(ports, planId, caller), endOfChinaDate(day))
  if (plan === undefined) throw noSuchPlan(planId)
  return plan
}

export interface LineStanding {
  readonly plan: Plan
  readonly standing: LineOnDay
  /** When the plan itself was due under its own policy; absent where that sets no date. */
  readonly planDue?: Pick<PlanDue, 'date'>
}

/** Version, windows and due dates that held for a line on a day (ACC-02). */
export async function lineOnDayOf(ports: Ports, planId: string, lineId: LineId, day: LocalDate, caller: Caller): Promise<LineStanding> {
  const plan = await planOnDay(ports, planId, day, caller)
  const whole = await readablePlan(ports, planId, caller)
  if (!whole.versions.some((version) => allLines(version).some((line) => line.lineId === lineId))) {
    throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
  }
  const due = planDue(await ports.policies.get(plan.policyDigest), plan.planType, plan.year)
  return { plan, standing: lineOnDay(plan, lineId, day), ...(due.ok ? { planDue: { date: due.value.date } } : {}) }
}
