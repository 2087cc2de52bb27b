import type {
  DrawId,
  InspectorId,
  Instant,
  ItemCode,
  LineId,
  LocalDate,
  ObjectId,
  PlanId,
  RegionCode,
  ResultId,
  TaskId,
  UnitId,
  VisitId,
} from '@dual-random/kernel'
import { chinaDateOf } from '@dual-random/kernel'
import type { Unavailable } from './availability.ts'
import type { LateEffect } from './rules.ts'
import type { Window } from './visit.ts'

export type ObjectKind = 'ENTERPRISE' | 'INDIVIDUAL_BUSINESS' | 'OTHER_SUBJECT' | 'PRODUCT' | 'PROJECT' | 'ACTIVITY'

export type PlanType = 'INTERNAL' | 'JOINT'

/** The object as registered at the freeze; never in an event before a result. */
export interface CheckObject {
  readonly objectId: ObjectId
  readonly code: string
  readonly name: string
  readonly kind: ObjectKind
  readonly address: string
  readonly industry: string
  readonly grade?: string
  readonly tags: readonly string[]
}

export interface TeamMember {
  readonly inspectorId: InspectorId
  readonly name: string
  readonly unitId: UnitId
  /** Login name: who may enter results. */
  readonly subject: string
  readonly leader: boolean
  /** Absent while the person may check. */
  readonly unavailable?: Unavailable
}

/** Gives an opinion or a test; never counted as an inspector (DRW-24). */
export interface Expert {
  readonly name: string
  readonly institution: string
  readonly speciality: string
}

export interface Team {
  readonly members: readonly TeamMember[]
  /** The draw found fewer inspectors than the line asks for. */
  readonly short: boolean
  readonly experts: readonly Expert[]
}

/** The result of an item as the task knows it; the whole is the aggregate `resultId`. */
export interface EnteredResult {
  readonly itemCode: ItemCode
  readonly resultId: ResultId
  readonly resultType: string
  readonly subValue?: string
  /** When the check of the item ended. */
  readonly checkedAt: Instant
  readonly enteredAt: Instant
  readonly enteredBy: string
}

export type LapseReason = 'ENTRY_MISSING' | 'PUBLICATION_MISSING'

/** One step of the task's trace (INS-26). */
export interface TraceStep {
  readonly at: Instant
  readonly what: 'DISPATCHED' | 'MERGED' | 'EXPERT_ATTACHED' | 'RESULT_ENTERED' | 'COMPLETED' | 'LAPSED'
  readonly by?: string
}

/** One unit's check of one drawn object (抽查任务). */
export interface Task {
  readonly taskId: TaskId
  readonly taskNumber: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly drawId: DrawId
  /** Blinded label of the object in the draw. */
  readonly label: string
  readonly planId: PlanId
  readonly lineId: LineId
  readonly planType: PlanType
  readonly batch: number
  readonly taskName: string
  readonly window: Window
  readonly mergeWindowId: string
  readonly visitId: VisitId
  readonly policyDigest: string
  /** Of the policy; absent where nothing lapses. */
  readonly lateEffect?: LateEffect
  /** The last date for its entry, while something can still be missing. */
  readonly entryDue?: LocalDate
  readonly object: CheckObject
  readonly items: readonly { readonly itemCode: ItemCode; readonly itemName: string }[]
  readonly team: Team
  readonly results: readonly EnteredResult[]
  readonly status: 'OPEN' | 'COMPLETED'
  readonly completedAt?: Instant
  /** Not completed in the sense of INS-25, whatever the status. */
  readonly lapse?: { readonly reason: LapseReason; readonly at: Instant }
  readonly trace: readonly TraceStep[]
}

export type TaskEvent =
  | { readonly type: 'dispatched'; readonly unitCount: number }
  | { readonly type: 'merged' }
  | { readonly type: 'completed'; readonly checkEndedAt: Instant; readonly completedAt: Instant }
  | { readonly type: 'lapsed'; readonly reason: LapseReason }

export interface TaskChange {
  readonly task: Task
  readonly events: readonly TaskEvent[]
}

/** What is known of a task when its draw is dispatched. */
export type NewTask = Omit<Task, 'entryDue' | 'results' | 'status' | 'completedAt' | 'lapse' | 'trace'>

/** A task as its draw makes it; `unitCount` counts the units that have a task of the draw at the object, this one included. */
export const dispatchTask = (facts: NewTask, at: Instant, unitCount: number): TaskChange => ({
  task: {
    ...facts,
    ...(facts.lateEffect === undefined ? {} : { entryDue: facts.window.end }),
    results: [],
    status: 'OPEN',
    trace: [{ at, what: 'DISPATCHED' }],
  },
  events: [{ type: 'dispatched', unitCount }],
})

/** Number people quote (任务单号); plan type and planning unit keep numbers of different plans apart. */
export function taskNumberOf(of: {
  regionCode: RegionCode
  year: number
  planType: PlanType
  planUnitId: UnitId
  lineId: LineId
  batch: number
  position: number
  unitPosition: number
}): string {
  const kind = of.planType === 'INTERNAL' ? 'N' : 'L'
  const unit = of.planUnitId.replace(`${of.regionCode}-`, '')
  const position = String(of.position).padStart(5, '0')
  return `${of.regionCode}${of.year}-${kind}-${unit}-${of.lineId}B${of.batch}-${position}-${String(of.unitPosition).padStart(2, '0')}`
}

export const remainingItems = (task: Task): readonly ItemCode[] =>
  task.items.map(({ itemCode }) => itemCode).filter((code) => !task.results.some((result) => result.itemCode === code))

/** Whether an entry at that instant is later than the task's window (INS-25). */
export const isLate = (window: Window, at: Instant): boolean => chinaDateOf(at) > window.end

/**
 * Puts a recorded result on the task. The last one completes it; a late one makes it not completed first, so that the
 * outcome is the same whether or not the sweep has seen the missing entry. Undefined when the result is already there.
 */
export function attachResult(task: Task, result: EnteredResult): TaskChange | undefined {
  if (task.results.some((known) => known.itemCode === result.itemCode)) return undefined
  const before = lapseForEntry(task, result.enteredAt) ?? { task, events: [] }
  const results = [...task.results, result]
  const trace: TraceStep[] = [...before.task.trace, { at: result.enteredAt, what: 'RESULT_ENTERED', by: result.enteredBy }]
  const entered: Task = { ...before.task, results, trace }
  if (remainingItems(entered).length > 0) return { task: entered, events: before.events }
  const completedAt = latest(results.map(({ enteredAt }) => enteredAt))
  const checkEndedAt = latest(results.map(({ checkedAt }) => checkedAt))
  return {
    task: {
      ...withoutEntryDue(entered),
      status: 'COMPLETED',
      completedAt,
      trace: [...trace, { at: completedAt, what: 'COMPLETED' }],
    },
    events: [...before.events, { type: 'completed', checkEndedAt, completedAt }],
  }
}

const latest = (instants: readonly Instant[]): Instant => instants.reduce((last, instant) => (instant > last ? instant : last))

function withoutEntryDue({ entryDue: _settled, ...task }: Task): Task {
  return task
}

/** Entry missing when the window has ended; undefined where nothing is missing, the rule is off, or the task has lapsed before. */
export const lapseForEntry = (task: Task, at: Instant): TaskChange | undefined =>
  task.entryDue === undefined || chinaDateOf(at) <= task.entryDue ? undefined : lapse(task, 'ENTRY_MISSING', at)

/** Publication overdue; under a policy that asks for the entry alone the task stays completed, unpublished (PUB-05). */
export const lapseForPublication = (task: Task, at: Instant): TaskChange | undefined =>
  task.lateEffect === 'ENTRY_OR_PUBLICATION_MISSING' ? lapse(task, 'PUBLICATION_MISSING', at) : undefined

function lapse(task: Task, reason: LapseReason, at: Instant): TaskChange | undefined {
  if (task.lapse !== undefined) return undefined
  const trace: TraceStep[] = [...task.trace, { at, what: 'LAPSED' }]
  return { task: { ...withoutEntryDue(task), lapse: { reason, at }, trace }, events: [{ type: 'lapsed', reason }] }
}

/** Moves a task to the visit that took its own over. */
export const moveToVisit = (task: Task, visitId: VisitId, at: Instant): TaskChange | undefined =>
  task.visitId === visitId
    ? undefined
    : { task: { ...task, visitId, trace: [...task.trace, { at, what: 'MERGED' }] }, events: [{ type: 'merged' }] }

export const attachExpert = (task: Task, expert: Expert, by: string, at: Instant): TaskChange | undefined =>
  task.team.experts.some((known) => known.name === expert.name && known.institution === expert.institution)
    ? undefined
    : {
        task: {
          ...task,
          team: { ...task.team, experts: [...task.team.experts, expert] },
          trace: [...task.trace, { at, what: 'EXPERT_ATTACHED', by }],
        },
        events: [],
      }

export const isAssigned = (task: Pick<Task, 'team'>, subject: string): boolean =>
  task.team.members.some((member) => member.subject === subject)
