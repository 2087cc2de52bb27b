import { addDays, assertNever, endOfChinaDate, type Instant, type LocalDate, ok, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '../policy.ts'

export type PlanType = 'INTERNAL' | 'JOINT'

export interface PlanDue {
  readonly date: LocalDate
  /** The last instant at which filing is on time. */
  readonly endsAt: Instant
  /** Whether the year has a date of its own (PLN-05). */
  readonly exception: boolean
}

/** When the plan of a year is due: an exception of that year, else the end of the preset's month (PLN-04, PLN-05). */
export function planDue(policy: Policy, planType: PlanType, year: number): Result<PlanDue, PolicyUnset> {
  const exception = policy.find('plan.dueExceptions')?.find((entry) => entry.year === year && entry.planType === planType)
  if (exception !== undefined) return ok({ date: exception.due, endsAt: endOfChinaDate(exception.due), exception: true })
  const due = policy.get(dueKey(planType))
  if (!due.ok) return due
  const date = endOfMonth(year, due.value.endOfMonth)
  return ok({ date, endsAt: endOfChinaDate(date), exception: false })
}

export const isPlanOnTime = (due: PlanDue, filedAt: Instant): boolean => filedAt <= due.endsAt

function dueKey(planType: PlanType): 'plan.internal.due' | 'plan.joint.due' {
  switch (planType) {
    case 'INTERNAL':
      return 'plan.internal.due'
    case 'JOINT':
      return 'plan.joint.due'
    default:
      return assertNever(planType)
  }
}

function endOfMonth(year: number, month: number): LocalDate {
  const nextMonth = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
  return addDays(nextMonth as LocalDate, -1)
}
