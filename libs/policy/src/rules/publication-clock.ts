import { assertNever, chinaDateOf, endOfChinaDate, type Instant, type LocalDate, ok, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '../policy.ts'

/** Counts working days from a date that is itself not counted: `addWorkingDays` of a calendar. */
export type WorkingDayCounter = (start: LocalDate, workingDays: number) => { readonly date: LocalDate; readonly provisional: boolean }

/** The events a publication clock can start on; undefined while they have not happened. */
export interface ClockEvents {
  readonly taskCompletedAt: Instant | undefined
  readonly objectCheckEndedAt: Instant | undefined
}

export type PublicationClock =
  | { readonly state: 'not-started' }
  | {
      readonly state: 'running'
      readonly startedAt: Instant
      readonly dueDate: LocalDate
      /** The last instant at which publication is on time. */
      readonly endsAt: Instant
      /** The due date counts days of a year whose calendar is not known: count it again once that is loaded (DQ-08). */
      readonly provisional: boolean
    }

/** The publication deadline of a result, from the policy's period and start event (PUB-04, PUB-07). */
export function publicationClock(policy: Policy, events: ClockEvents, counter: WorkingDayCounter): Result<PublicationClock, PolicyUnset> {
  const due = policy.get('publish.due')
  if (!due.ok) return due
  const start = policy.get('publication.clockStart')
  if (!start.ok) return start
  const startedAt = startOf(events, start.value)
  if (startedAt === undefined) return ok({ state: 'not-started' })
  const { date, provisional } = counter(chinaDateOf(startedAt), due.value.workingDays)
  return ok({ state: 'running', startedAt, dueDate: date, endsAt: endOfChinaDate(date), provisional })
}

function startOf(events: ClockEvents, start: 'TASK_COMPLETED' | 'OBJECT_CHECK_ENDED'): Instant | undefined {
  switch (start) {
    case 'TASK_COMPLETED':
      return events.taskCompletedAt
    case 'OBJECT_CHECK_ENDED':
      return events.objectCheckEndedAt
    default:
      return assertNever(start)
  }
}
