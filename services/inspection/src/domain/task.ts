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
import type { Delegation } from './delegation.ts'
import type { Expert } from './expert.ts'
import type { Feedback } from './feedback.ts'
import type { Leading } from './leader.ts'
import type { Notice } from './notice.ts'
import type { OnSite } from './on-site.ts'
import type { Opening } from './opening.ts'
import type { Recusal } from './recusal.ts'
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
  /** The alliance on whose white list it was at the freeze (TGT-20); absent where on none. */
  readonly alliance?: string
}

export interface TeamMember {
  readonly inspectorId: InspectorId
  /** Blinded label of the person in the draw that matched the team; absent where no draw did. */
  readonly label?: string
  readonly name: string
  readonly unitId: UnitId
  /** Login name: who may enter results. */
  readonly subject: string
  readonly leader: boolean
  /** Absent while the person may check. */
  readonly unavailable?: Unavailable
}

export interface Team {
  /** The draw that matched it: the task's own, or the redraw that replaced an earlier team (DRW-14). Absent where a dispatcher named it. */
  readonly drawId?: DrawId
  readonly members: readonly TeamMember[]
  /** The draw found fewer inspectors than the line asks for. */
  readonly short: boolean
  /** In the order in which they were attached, those removed among them. */
  readonly experts: readonly Expert[]
}

/** A team that another one replaced. */
export interface EarlierTeam {
  readonly drawId?: DrawId
  readonly members: readonly TeamMember[]
  readonly until: Instant
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
  readonly what:
    | 'DISPATCHED'
    | 'OPENED'
    | 'MERGED'
    | 'EXPERT_ATTACHED'
    | 'EXPERT_REMOVED'
    | 'SUSPENDED'
    | 'RESUMED'
    | 'REASSIGNED'
    | 'WITHDRAWN'
    | 'RESULT_ENTERED'
    | 'COMPLETED'
    | 'FEEDBACK_GIVEN'
    | 'ON_SITE_ALLOWED'
    | 'NOTICE_GIVEN'
    | 'LEADER_DESIGNATED'
    | 'LAPSED'
  readonly by?: string
}

/** The task on clues that a targeted draw was made for, as the ground of its checks (DRW-25, TGT-12). */
export interface ClueTaskGround {
  readonly taskId: string
  /** Ascending. */
  readonly clueIds: readonly string[]
  /** Code of policy `targetedDraw.triggers` (TGT-10). */
  readonly trigger: string
}

/** The draw that a task is of. */
export interface DrawnFrom {
  readonly drawId: DrawId
  /** Blinded label of the object in the draw. */
  readonly label: string
  /** Of a line of a plan; absent where `clueTask` stands in its place. */
  readonly planId?: PlanId
  readonly lineId?: LineId
  /** Of a targeted draw (DRW-25): the ground of the check. */
  readonly clueTask?: ClueTaskGround
  readonly planType: PlanType
  readonly batch: number
  /** Which check batch (检查批次) of the draw the object is in, from 1 (DRW-16); absent where there is one alone, and of a replacement. */
  readonly checkBatch?: number
  readonly mergeWindowId: string
  /** Of a joint check whose leader the initiating unit designates (DRW-23); absent where the smallest ticket leads. */
  readonly leading?: Leading
  readonly opening?: undefined
}

/** A check that somebody opened without a draw (TGT-12). */
export type OpenedFor = { readonly opening: Opening } & { readonly [K in Exclude<keyof DrawnFrom, 'opening'>]?: undefined }

/** One unit's check of one object (检查任务): drawn, or opened without a draw. */
export type Task = TaskFacts & (DrawnFrom | OpenedFor)

export interface TaskFacts {
  readonly taskId: TaskId
  readonly taskNumber: string
  readonly regionCode: RegionCode
  /** The unit of the line whose task it is: it matches its inspectors and checks, unless it delegates. */
  readonly unitId: UnitId
  /** The unit that organised the draw: it decides on recusals. */
  readonly organiserUnitId: UnitId
  /** Absent where the unit checks itself. */
  readonly delegation?: Delegation
  readonly taskName: string
  readonly window: Window
  readonly visitId: VisitId
  readonly policyDigest: string
  /** Of the policy; absent where nothing lapses. */
  readonly lateEffect?: LateEffect
  /** The last date for its entry, while something can still be missing. */
  readonly entryDue?: LocalDate
  readonly object: CheckObject
  readonly items: readonly { readonly itemCode: ItemCode; readonly itemName: string }[]
  readonly team: Team
  /** Oldest first. */
  readonly earlierTeams: readonly EarlierTeam[]
  /** In the order in which they were raised. */
  readonly recusals: readonly Recusal[]
  readonly results: readonly EnteredResult[]
  /** SUSPENDED while a recusal is pending: nobody visits, nothing is entered (DRW-14). WITHDRAWN once a redraw replaced the object (DRW-30). */
  readonly status: 'OPEN' | 'SUSPENDED' | 'COMPLETED' | 'WITHDRAWN'
  readonly completedAt?: Instant
  /** Why inspectors may go to a member of the white list, oldest first; absent where nobody gave a reason. */
  readonly onSite?: readonly OnSite[]
  /** Absent before the notice of the check was handed over. */
  readonly notice?: Notice
  /** Of a delegate, from the completion on. */
  readonly feedback?: Feedback
  /** Not completed in the sense of INS-25, whatever the status. */
  readonly lapse?: { readonly reason: LapseReason; readonly at: Instant }
  readonly trace: readonly TraceStep[]
}

export type TaskEvent =
  | { readonly type: 'dispatched'; readonly unitCount: number }
  | { readonly type: 'opened' }
  | { readonly type: 'merged' }
  | { readonly type: 'recused'; readonly recusal: Recusal }
  | { readonly type: 'recusal-rejected'; readonly recusalId: string; readonly rejectedAt: Instant }
  | { readonly type: 'reassigned'; readonly reassignedAt: Instant }
  | { readonly type: 'withdrawn'; readonly redrawId: DrawId; readonly withdrawnAt: Instant }
  | { readonly type: 'completed'; readonly checkEndedAt: Instant; readonly completedAt: Instant }
  | { readonly type: 'feedback-given'; readonly givenAt: Instant; readonly late: boolean }
  | { readonly type: 'lapsed'; readonly reason: LapseReason }

export interface TaskChange {
  readonly task: Task
  readonly events: readonly TaskEvent[]
}

/** What is known of a task when it begins. */
type NewFacts = Omit<
  TaskFacts,
  'entryDue' | 'earlierTeams' | 'recusals' | 'results' | 'status' | 'completedAt' | 'onSite' | 'notice' | 'feedback' | 'lapse' | 'trace'
>

export type NewTask = NewFacts & DrawnFrom

/** A task as its draw makes it; `unitCount` counts the units that have a task of the draw at the object, this one included. */
export const dispatchTask = (facts: NewTask, at: Instant, unitCount: number): TaskChange => ({
  task: { ...facts, ...begun(facts), trace: [{ at, what: 'DISPATCHED' }] },
  events: [{ type: 'dispatched', unitCount }],
})

/** A task that is opened without a draw. */
export const openTask = (facts: NewFacts & OpenedFor, at: Instant): TaskChange => ({
  task: { ...facts, ...begun(facts), trace: [{ at, what: 'OPENED', by: facts.opening.by }] },
  events: [{ type: 'opened' }],
})

const begun = ({ lateEffect, window }: NewFacts) => ({
  ...(lateEffect === undefined ? {} : { entryDue: window.end }),
  earlierTeams: [],
  recusals: [],
  results: [],
  status: 'OPEN' as const,
})

export const remainingItems = (task: Task): readonly ItemCode[] =>
  task.items.map(({ itemCode }) => itemCode).filter((code) => !task.results.some((result) => result.itemCode === code))

/** Whether an entry at that instant is later than the task's window (INS-25). */
export const isLate = (window: Window, at: Instant): boolean => chinaDateOf(at) > window.end

/**
 * Puts a recorded result on the task. The last one completes it; a late one makes it not completed first, so that the
 * outcome is the same whether or not the sweep has seen the missing entry. Undefined when the result is already there.
 * The last result of a task whose recusal was raised while it was on its way completes it only once the recusal is decided.
 */
export function attachResult(task: Task, result: EnteredResult): TaskChange | undefined {
  if (task.results.some((known) => known.itemCode === result.itemCode)) return undefined
  const before = lapseForEntry(task, result.enteredAt) ?? { task, events: [] }
  const results = [...task.results, result]
  const trace: TraceStep[] = [...before.task.trace, { at: result.enteredAt, what: 'RESULT_ENTERED', by: result.enteredBy }]
  const entered: Task = { ...before.task, results, trace }
  if (remainingItems(entered).length > 0) return { task: entered, events: before.events }
  if (entered.status !== 'OPEN') return { task: withoutEntryDue(entered), events: before.events }
  const completed = complete(entered)
  return { task: completed.task, events: [...before.events, ...completed.events] }
}

/** The check has begun: its notice was handed over, or a result stands. */
export const hasBegun = ({ notice, results }: Pick<Task, 'notice' | 'results'>): boolean => notice !== undefined || results.length > 0

/** Nothing more is to be done: its results are in, or its object was replaced. */
export const isEnded = ({ status }: Pick<Task, 'status'>): boolean => status === 'COMPLETED' || status === 'WITHDRAWN'

/** A redraw drew another object in the place of this one (DRW-30). Undefined for a task that has ended. */
export function withdraw(task: Task, redrawId: DrawId, at: Instant): TaskChange | undefined {
  if (isEnded(task)) return undefined
  const trace: readonly TraceStep[] = [...task.trace, { at, what: 'WITHDRAWN' }]
  return {
    task: { ...withoutEntryDue(task), status: 'WITHDRAWN', trace },
    events: [{ type: 'withdrawn', redrawId, withdrawnAt: at }],
  }
}

/** A suspended task goes on; one whose last result came meanwhile is complete with it. */
export const resume = (task: Task): TaskChange =>
  remainingItems(task).length > 0 ? { task: { ...task, status: 'OPEN' }, events: [] } : complete(task)

function complete(task: Task): TaskChange {
  const completedAt = latest(task.results.map(({ enteredAt }) => enteredAt))
  const checkEndedAt = latest(task.results.map(({ checkedAt }) => checkedAt))
  return {
    task: {
      ...withoutEntryDue(task),
      status: 'COMPLETED',
      completedAt,
      trace: [...task.trace, { at: completedAt, what: 'COMPLETED' }],
    },
    events: [{ type: 'completed', checkEndedAt, completedAt }],
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

export const isAssigned = (task: Pick<Task, 'team'>, subject: string): boolean =>
  task.team.members.some((member) => member.subject === subject)
