import { addDays, chinaDateOf, type LocalDate } from '@dual-random/kernel'
import { type Assignment, standingOf } from './assignment.ts'
import { planTitles } from './filing-reminders.ts'
import { type Plan, type PlanType, planIdOf } from './plan.ts'
import { type Addressee, type LeadDays, type Reminder, reminderKey } from './reminder.ts'

export interface AssignmentDay {
  readonly today: LocalDate
  /** Absent where policy gives none. */
  readonly lead: LeadDays | undefined
  /** By when plans of a type are filed; undefined where policy says nothing. */
  readonly dueOf: (planType: PlanType) => LocalDate | undefined
}

/**
 * Dispatched tasks that no line of the plan came from (PLN-15): after so many days the planner is told; once the plan should have been filed with them,
 * who dispatched them too. One dispatched later than that has its days first.
 */
export function assignmentReminders(
  assignments: readonly Assignment[],
  plans: ReadonlyMap<string, Plan>,
  day: AssignmentDay,
): readonly Reminder[] {
  return assignments.flatMap((assignment) => {
    const plan = plans.get(planIdOf(assignment))
    if (plan?.closed !== undefined || standingOf(assignment, plan).status !== 'OPEN') return []
    return assignmentReminder(assignment, day)
  })
}

function assignmentReminder(assignment: Assignment, { today, lead, dueOf }: AssignmentDay): readonly Reminder[] {
  const { assignmentId, fromRegionCode, fromUnitId, regionCode, unitId, year, planType, task, assigned } = assignment
  const assignedOn = chinaDateOf(assigned.at)
  const hasWaited = lead !== undefined && today >= addDays(assignedOn, lead.assignmentOpen)
  const due = dueOf(planType)
  const overdueSince = due !== undefined && today > due && (assignedOn <= due || hasWaited) ? due : undefined
  if (overdueSince === undefined && !hasWaited) return []
  const kind = overdueSince === undefined ? 'ASSIGNMENT_OPEN' : 'ASSIGNMENT_OVERDUE'
  const planner: Addressee = { regionCode, unitId, roles: ['PLANNER'] }
  const dispatcher: Addressee = { regionCode: fromRegionCode, unitId: fromUnitId, roles: ['PLANNER', 'JOINT_COORDINATOR'] }
  const plan = `${year}年${planTitles[planType]}`
  const dispatched = `上级${assignedOn}派发的任务“${task.taskName}”`
  return [
    {
      key: reminderKey(kind, assignmentId),
      kind,
      regionCode,
      unitId,
      year,
      planType,
      assignmentId,
      date: overdueSince ?? assignedOn,
      addressees: overdueSince === undefined ? [planner] : [planner, dispatcher],
      text:
        overdueSince === undefined
          ? `${dispatched}尚未列入${plan}，请及时列入。`
          : `${dispatched}未列入应于${overdueSince}前报备的${plan}，已逾期，请尽快列入。`,
    },
  ]
}
