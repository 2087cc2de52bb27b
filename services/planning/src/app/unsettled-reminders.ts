import { addDays, type LocalDate, type RegionCode } from '@dual-random/kernel'
import { type Policy, planDue } from '@dual-random/policy'
import { assignmentReminders } from '../domain/assignment-reminders.ts'
import { clueReminders } from '../domain/clue-reminders.ts'
import type { Plan } from '../domain/plan.ts'
import type { Reminder } from '../domain/reminder.ts'
import type { Assignments } from './assignment-ports.ts'
import type { Clues } from './ports.ts'

export interface UnsettledDeps {
  readonly clues: Pick<Clues, 'unsettled'>
  readonly assignments: Pick<Assignments, 'all'>
}

/** Of clues of the region, none below it, that come due or are overdue. */
export async function remindersOfClues(
  { clues }: Pick<UnsettledDeps, 'clues'>,
  regionCode: RegionCode,
  today: LocalDate,
  policy: Policy,
): Promise<readonly Reminder[]> {
  const lead = policy.find('plan.reminderLeadDays')
  return clueReminders(await clues.unsettled(regionCode, addDays(today, lead?.clueDue ?? 0)), today, lead)
}

/** Of tasks dispatched into plans of the region, none below it, that no line came from. */
export async function remindersOfAssignments(
  { assignments }: Pick<UnsettledDeps, 'assignments'>,
  { regionCode, year }: { readonly regionCode: RegionCode; readonly year: number },
  plans: readonly Plan[],
  today: LocalDate,
  policy: Policy,
): Promise<readonly Reminder[]> {
  const own = (await assignments.all({ regionCode, year })).filter((each) => each.regionCode === regionCode)
  const byId = new Map(plans.map((plan) => [plan.planId as string, plan]))
  return assignmentReminders(own, byId, {
    today,
    lead: policy.find('plan.reminderLeadDays'),
    dueOf: (planType) => {
      const due = planDue(policy, planType, year)
      return due.ok ? due.value.date : undefined
    },
  })
}
