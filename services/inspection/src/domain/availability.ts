import type { InspectorId, LocalDate, UnitId } from '@dual-random/kernel'
import { isEnded, type Task, type TaskChange, type TeamMember } from './task.ts'

/** How a person left, or NOT_IN_POST: placed or returning only after the window of the check. */
export const unavailableReasons = ['RETIRED', 'TRANSFERRED', 'LEFT', 'SUSPENDED', 'UNQUALIFIED', 'NOT_IN_POST'] as const
export type UnavailableReason = (typeof unavailableReasons)[number]

/** What registry last said of an inspector: in whose pool the person is, and on which days the person may check. */
export interface Availability {
  readonly inspectorId: InspectorId
  readonly unitId: UnitId
  /** When it was heard. */
  readonly heardOn: LocalDate
  /** First day; absent where none is recorded. */
  readonly availableFrom?: LocalDate
  /** First day on which the person may not any more, and why; both or neither. */
  readonly unavailableFrom?: LocalDate
  readonly unavailableReason?: UnavailableReason
}

/** A drawn inspector who cannot check any more, or not in time: the dispatcher has to see to another (REG-35). */
export interface Unavailable {
  readonly reason: UnavailableReason
  /** First day without the person. */
  readonly from: LocalDate
  /** From this day on the open task is flagged: at once where the person leaves within its window, as in the judgement of who may be drawn, else on the day itself. */
  readonly flaggedFrom: LocalDate
}

type Ending = Pick<Unavailable, 'reason' | 'from'>

/** The task with its members as they are available by what was heard; undefined where that changes nothing, and for a completed task. */
export function withAvailability(task: Task, heard: ReadonlyMap<InspectorId, Availability>): TaskChange | undefined {
  if (isEnded(task)) return undefined
  const members = task.team.members.map((member) => {
    const availability = heard.get(member.inspectorId)
    return availability === undefined ? member : memberWith(member, availability, task.window.end)
  })
  return members.every((member, index) => member === task.team.members[index])
    ? undefined
    : { task: { ...task, team: { ...task.team, members } }, events: [] }
}

/** Whether a flag of a task that is not completed is up on a day. */
export const isFlagged = (task: Pick<Task, 'status'>, { unavailable }: TeamMember, on: LocalDate): boolean =>
  !isEnded(task) && unavailable !== undefined && unavailable.flaggedFrom <= on

/** The member itself where nothing is new. */
function memberWith(member: TeamMember, availability: Availability, windowEnd: LocalDate): TeamMember {
  const { unavailable, ...person } = member
  const ending = endingOf(member, availability, windowEnd)
  if (ending === undefined) return unavailable === undefined ? member : person
  const { reason, from } = ending
  if (unavailable?.reason === reason && unavailable.from === from) return member
  const flaggedFrom = from <= windowEnd && availability.heardOn < from ? availability.heardOn : from
  return { ...person, unavailable: { reason, from, flaggedFrom } }
}

function endingOf({ unitId, unavailable }: TeamMember, heard: Availability, windowEnd: LocalDate): Ending | undefined {
  const { heardOn, availableFrom, unavailableFrom, unavailableReason } = heard
  // Whoever another unit took over is gone for this one, whatever the new post is; the day of leaving was told before.
  if (heard.unitId !== unitId) return unavailable?.reason === 'TRANSFERRED' ? unavailable : { reason: 'TRANSFERRED', from: heardOn }
  if (availableFrom !== undefined && availableFrom > windowEnd && availableFrom > heardOn) return { reason: 'NOT_IN_POST', from: heardOn }
  return unavailableFrom === undefined || unavailableReason === undefined ? undefined : { reason: unavailableReason, from: unavailableFrom }
}
