import { err, type InspectorId, type Instant, ok, type Result, type TaskId, type UnitId } from '@dual-random/kernel'
import type { TeamLeader } from '@dual-random/policy'
import { taskIdOf } from './ids.ts'
import { hasBegun, isEnded, type Task, type TaskChange, type TeamMember } from './task.ts'

/** How the initiating unit designates who leads a joint check (联合检查组负责人, DRW-23). The tasks of one draw at one object are one joint check. */
export interface Leading {
  readonly from: TeamLeader['from']
  /** Units with a task of the draw at the object, in the order of the line. What is designated at the first one's task counts. */
  readonly unitIds: readonly UnitId[]
  readonly designated?: Designated
  /** At the first one's task: that the check has begun, there or at another, so that no designation overtakes it. */
  readonly begun?: true
}

export interface Designated {
  /** From 1; a later designation takes the place of an earlier one. */
  readonly number: number
  readonly inspectorId: InspectorId
  readonly by: string
  readonly at: Instant
}

/** What the draw found for an object, and who checks there. */
export interface MatchedCheck {
  /** Empty where the draw gave nobody the lead. */
  readonly leaderLabel: string
  readonly hasInitiatorTeam: boolean
  /** All units of the city in the line. */
  readonly cityUnitIds: readonly UnitId[]
  /** Those that check the object. */
  readonly unitIds: readonly UnitId[]
}

/**
 * How a drawn object's leader is found; undefined where one unit checks alone in its city, or the smallest ticket leads. A draw that left the lead open although
 * the initiator has its team did so for the initiator to designate, whatever a policy says since (POL-05).
 */
export const leadingFor = (
  { by, from }: TeamLeader,
  { leaderLabel, hasInitiatorTeam, cityUnitIds, unitIds }: MatchedCheck,
): Leading | undefined =>
  cityUnitIds.length > 1 && leaderLabel === '' && (by === 'INITIATOR' || hasInitiatorTeam) ? { from, unitIds } : undefined

/** The tasks of a joint check, the one that decides first; none where the initiator does not designate its leader. */
export const tasksOfCheck = ({ drawId, label, leading }: Task): readonly TaskId[] =>
  leading === undefined ? [] : leading.unitIds.map((unitId) => taskIdOf(drawId, label, unitId))

/** Of whom the initiator may designate one: the inspectors in the present teams of a joint check, all of them or its own, as policy says. */
export const candidatesOf = (tasks: readonly Task[]): readonly TeamMember[] =>
  tasks.flatMap(({ leading, unitId, organiserUnitId, status, team }) => {
    const isOpen = leading?.from === 'DRAWN_INSPECTORS' || (leading?.from === 'DRAWN_INSPECTORS_OF_INITIATOR' && unitId === organiserUnitId)
    return isOpen && status !== 'WITHDRAWN' ? team.members : []
  })

/** Who leads a joint check: whoever was designated last, while in one of its teams. */
export function leaderOf(tasks: readonly Task[]): Designated | undefined {
  const last = lastOf(tasks)
  return candidatesOf(tasks).some(({ inspectorId }) => inspectorId === last?.inspectorId) ? last : undefined
}

const lastOf = (tasks: readonly Task[]): Designated | undefined =>
  tasks.flatMap(({ leading }) => leading?.designated ?? []).sort((a, b) => b.number - a.number)[0]

/** Whether a joint check waits for its leader; where nobody was matched of whom one could be designated, it goes on without. */
export const lacksLeader = (tasks: readonly Task[]): boolean => candidatesOf(tasks).length > 0 && leaderOf(tasks) === undefined

export type DesignationRefusal = { readonly code: 'leader-not-drawn' | 'leader-check-begun' | 'team-settled' }

/**
 * Designates the leader of a joint check: one of those matched, until the notice was handed over or a result entered; after that only where a re-match
 * took the leader away. The same person again is the same designation.
 */
export function designateLeader(
  tasks: readonly Task[],
  inspectorId: string,
  { by, at }: { readonly by: string; readonly at: Instant },
): Result<Designated, DesignationRefusal> {
  const present = leaderOf(tasks)
  if (present?.inspectorId === inspectorId) return ok(present)
  if (tasks.every(isEnded)) return err({ code: 'team-settled' })
  const chosen = candidatesOf(tasks).find((member) => member.inspectorId === inspectorId)
  if (chosen === undefined) return err({ code: 'leader-not-drawn' })
  if (present !== undefined && tasks.some(isUnderWay)) return err({ code: 'leader-check-begun' })
  return ok({ number: (lastOf(tasks)?.number ?? 0) + 1, inspectorId: chosen.inspectorId, by, at })
}

const isUnderWay = (task: Task): boolean => hasBegun(task) || task.leading?.begun === true

/** Puts on the first task of a joint check that it begins; undefined where it is there, or nobody is designated. */
export function checkBegins(first: Task): TaskChange | undefined {
  if (first.leading === undefined || first.leading.begun === true) return undefined
  const leading: Leading = { ...first.leading, begun: true }
  return { task: { ...first, leading }, events: [] }
}

/** Puts a designation on a task of its check; undefined where the task has it, or a later one. */
export function ledBy(task: Task, designated: Designated): TaskChange | undefined {
  const { leading } = task
  if (leading === undefined || (leading.designated?.number ?? 0) >= designated.number) return undefined
  const led: Leading = { ...leading, designated }
  const { by, at } = designated
  return {
    task: {
      ...task,
      leading: led,
      team: { ...task.team, members: withLeader(task.team.members, led) },
      trace: [...task.trace, { at, what: 'LEADER_DESIGNATED', by }],
    },
    events: [],
  }
}

/** The members of a team of the check, of whom the designated one leads. */
export const withLeader = (members: readonly TeamMember[], { designated }: Leading): readonly TeamMember[] =>
  members.map((member) => ({ ...member, leader: member.inspectorId === designated?.inspectorId }))
