import type { DrawnFor } from '@dual-random/draw'
import type { DrawId, InspectorId, Instant, ItemCode, LocalDate, ObjectId, RegionCode, TaskId, UnitId, VisitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { Availability } from '../domain/availability.ts'
import type { JointCities } from '../domain/cities.ts'
import type { Delegation } from '../domain/delegation.ts'
import type { RegisteredExpert } from '../domain/expert.ts'
import type { Feedback } from '../domain/feedback.ts'
import type { FollowUp, FollowUpChange } from '../domain/follow-up.ts'
import type { KnownClue } from '../domain/known-clue.ts'
import type { Opening, PlannedLine } from '../domain/opening.ts'
import type { UndrawnLine } from '../domain/planned-check.ts'
import type { RecusalStatus } from '../domain/recusal.ts'
import type { CheckResult, FollowUpKind } from '../domain/result.ts'
import type { CheckObject, DrawnFrom, PlanType, Task, TaskChange, TaskFacts } from '../domain/task.ts'
import type { Ground, Viewer } from '../domain/visibility.ts'
import type { MergeProposal, Visit, Window } from '../domain/visit.ts'

export interface Page {
  readonly limit: number
  /** Id of the last one of the page before. */
  readonly after?: string | undefined
}

/** A line of a published plan, or a task on clues, as far as dispatching needs it. */
export interface PlanLine {
  readonly regionCode: RegionCode
  /** The unit whose plan it is. */
  readonly unitId: UnitId
  readonly year: number
  readonly planType: PlanType
  readonly taskName: string
  /** Of a task on clues alone. */
  readonly trigger?: string
  readonly initiatorUnitId: UnitId
  readonly units: readonly {
    readonly unitId: UnitId
    readonly itemCodes: readonly ItemCode[]
    readonly teamSize: number
    readonly delegation?: Delegation
  }[]
  readonly batches: readonly { readonly number: number; readonly window: Window; readonly mergeWindowId: string }[]
  /** Absent where the line's own city draws alone. */
  readonly joint?: JointCities
}

/** One drawn label with its teams. */
export interface Assignment {
  /** Place in the drawing order, from 1. */
  readonly position: number
  readonly label: string
  /** Which check batch it is in, from 1 (DRW-16); absent where all objects of the draw are in one. */
  readonly checkBatch?: number
  readonly teams: readonly { readonly unitId: UnitId; readonly inspectorLabels: readonly string[] }[]
  /** Empty where the initiator has no full team. */
  readonly leaderLabel: string
  /** The draw that the object's tasks are of: in a re-match the one that drew it. */
  readonly taskDrawId: DrawId
  /** Of a draw of several cities: the object's own. */
  readonly regionCode?: RegionCode
}

export interface InspectorIdentity {
  /** In the draw that is asked about. */
  readonly label: string
  readonly inspectorId: InspectorId
  readonly name: string
  readonly unitId: UnitId
  readonly subject: string
}

export interface Openings {
  readonly objects: ReadonlyMap<string, CheckObject>
  /** By label of an object the items of the draw that apply to it; never none. */
  readonly itemCodes: ReadonlyMap<string, ReadonlySet<ItemCode>>
  readonly inspectors: ReadonlyMap<string, InspectorIdentity>
}

/** What the other services know of a draw, and of the line that a check without one is opened for. */
export interface Peers {
  /** What was drawn for: a line of a plan, or a task on clues that reads like one. */
  drawnLine(subject: DrawnFor): Promise<PlanLine>
  /** A line that is checked without a draw, of the published version. Throws for any other. */
  undrawnLine(line: PlannedLine): Promise<UndrawnLine>
  /** Those of the clues named that planning keeps; an id of another register is left out. */
  clues(clueIds: readonly string[]): Promise<readonly KnownClue[]>
  /** Names of the items of the lists in force. */
  itemNames(regionCode: RegionCode, at: LocalDate): Promise<ReadonlyMap<ItemCode, string>>
  assignments(drawId: DrawId): AsyncIterable<readonly Assignment[]>
  /** The objects that a redraw let go, each with the draw that its tasks are of. */
  replacedBy(drawId: DrawId): Promise<readonly { readonly label: string; readonly drawId: DrawId }[]>
  /** Who stands behind labels, of a draw of several cities those of one of them; at most 5,000 of each kind. Throws when one is missing. */
  openings(
    part: { readonly drawId: DrawId; readonly regionCode?: RegionCode },
    labels: { readonly objects: readonly string[]; readonly inspectors: readonly string[] },
  ): Promise<Openings>
  policyAt(regionCode: RegionCode, at: LocalDate): Promise<{ readonly policy: Policy; readonly digest: string }>
}

/** Copies of the policies that tasks are judged by (POL-05). */
export interface Policies {
  keep(digest: string, policy: Policy): Promise<void>
  /** Throws for a digest that was never kept. */
  get(digest: string): Promise<Policy>
}

export interface TaskQuery {
  readonly grounds: readonly Ground[]
  readonly status?: Task['status'] | undefined
  readonly drawId?: string | undefined
  readonly planId?: string | undefined
  readonly visitId?: string | undefined
  readonly checkBatch?: number | undefined
  /** Those not completed with a flag up on that day only: an inspector is not available (REG-35). */
  readonly flaggedOn?: LocalDate | undefined
  /** Delegated ones with feedback in that status, due before a day where one is given. */
  readonly feedback?: { readonly status: Feedback['status']; readonly dueBefore?: LocalDate } | undefined
}

/** Tasks with a recusal of one of the statuses that the viewer may be able to read. */
export interface RecusedQuery {
  readonly viewer: Pick<Viewer, 'subject' | 'unitId'>
  readonly statuses: readonly RecusalStatus[]
  readonly taskId?: string | undefined
}

/** How many checks were drawn, and how many opened on each ground in each mode; a ground without any is left out. */
export interface CheckCounts {
  readonly drawn: number
  readonly opened: readonly (Pick<Opening, 'ground' | 'mode'> & { readonly checks: number })[]
}

/** Who is to be checked without a draw, and by whom. */
export interface CheckTarget {
  readonly object: CheckObject
  /** Whether it is in the sandbox now (TGT-18). */
  readonly inSandbox: boolean
  /** The items of the lists in force that apply to it. */
  readonly items: Task['items']
  /** In the order asked for. */
  readonly inspectors: readonly Omit<InspectorIdentity, 'label'>[]
}

/** Registry's proof of where an object stands in a draw, asked as this service: nobody else gets it before the draw is closed. */
export interface ObjectOpenings {
  /** The file `dual-random/opening/v1` (docs/draw-protocol.md §12) of a drawn task's object. */
  of(task: Pick<TaskFacts & DrawnFrom, 'drawId' | 'regionCode' | 'object'>): Promise<string>
}

/** Registry's objects and inspectors, asked with the caller's rights. */
export interface CheckTargets {
  /** Refused with `duty-already-listed` where a list in force names the duty that is to be checked as one outside the lists. */
  describe(
    of: { readonly objectId: string; readonly inspectorIds: readonly string[]; readonly dutyName?: string },
    caller: CallContext,
  ): Promise<CheckTarget>
}

export interface Tasks {
  get(taskId: string): Promise<Task | undefined>
  /** Creates those that do not exist; the others stay as they are. */
  dispatch(changes: readonly TaskChange[]): Promise<void>
  /** An undefined decision changes nothing; the task as it is then. */
  change(taskId: string, decide: (task: Task) => TaskChange | undefined): Promise<Task | undefined>
  changeMany(taskIds: readonly TaskId[], decide: (task: Task) => TaskChange | undefined): Promise<void>
  list(query: TaskQuery, page: Page): Promise<readonly Task[]>
  recused(query: RecusedQuery, page: Page): Promise<readonly Task[]>
  ofVisit(visitId: VisitId): Promise<readonly Task[]>
  /** How many tasks of a unit in a draw are open in check batches before one (DRW-16). */
  openBefore(of: { readonly drawId: DrawId; readonly unitId: UnitId; readonly checkBatch: number }): Promise<number>
  /** Those not completed that the inspector is assigned to. */
  toDoOf(inspectorId: InspectorId, page: Page): Promise<readonly Task[]>
  /** Whether an item of one of the visits has a result. */
  hasBegun(visitIds: readonly VisitId[]): Promise<boolean>
  /** Tasks of a region and below that rest on an override (POL-07). */
  overridden(regionCode: RegionCode): AsyncIterable<Task>
  /** Checks of a region and below whose window begins in the year, those that a redraw withdrew apart (TGT-12). */
  countChecks(regionCode: RegionCode, year: number): Promise<CheckCounts>
  /** Those that are over, of a region and below, whose window begins in the year. */
  completedOf(regionCode: RegionCode, year: number): AsyncIterable<Task>
  /** Tasks whose entry was due on an earlier date. */
  entryMissing(today: LocalDate, limit: number): Promise<readonly Task[]>
}

/** What travels on to other services: the caller's token and deadline, so that the caller's rights hold there. */
export interface CallContext {
  readonly deadline: number
  readonly token: string
  readonly traceId: string
  readonly signal?: AbortSignal
}

/** Registry's register of experts and institutions, asked with the caller's rights. */
export interface Institutions {
  /** Who was engaged; the same engagement again is the same. Throws where the register does not allow it. */
  engage(
    engagement: RegisteredExpert & { readonly engagementId: string; readonly taskId: TaskId },
    caller: CallContext,
  ): Promise<{ readonly kind: string; readonly name: string }>
  endEngagement(engagement: { readonly engagementId: string; readonly institutionId: string }, caller: CallContext): Promise<void>
}

/** Documents by the SHA-256 of their bytes, hex. */
export interface Documents {
  put(bytes: Uint8Array): Promise<string>
  bytes(digest: string): Promise<Uint8Array>
  has(digest: string): Promise<boolean>
}

/** What was last heard of each inspector. */
export interface Availabilities {
  put(heard: Availability): Promise<void>
  /** Inspectors of whom nothing was heard are left out. */
  getMany(inspectorIds: readonly InspectorId[]): Promise<ReadonlyMap<InspectorId, Availability>>
}

export interface Visits {
  get(visitId: string): Promise<Visit | undefined>
  getMany(visitIds: readonly VisitId[]): Promise<ReadonlyMap<VisitId, Visit>>
  /** Creates those that do not exist, and adds their windows and units to the others. */
  plan(visits: readonly Visit[]): Promise<void>
  /** All visits to the objects in a merge window. */
  near(mergeWindowId: string, objectIds: readonly ObjectId[]): Promise<readonly Visit[]>
  /** The one takes over the windows and units of the other. */
  merge(absorbed: Visit, survivor: VisitId): Promise<void>
  list(query: { readonly grounds: readonly Ground[]; readonly mergeWindowId?: string | undefined }, page: Page): Promise<readonly Visit[]>
}

export interface MergeDecision {
  readonly status: 'ACCEPTED' | 'DECLINED'
  readonly decidedBy: string
  readonly decidedAt: Instant
  readonly reason?: string
}

export interface MergeProposals {
  get(proposalId: string): Promise<MergeProposal | undefined>
  /** Does nothing for those that exist. */
  propose(proposals: readonly MergeProposal[]): Promise<void>
  /** Takes the decision unless one was taken before; the proposal as it is then. */
  decide(proposalId: string, decision: MergeDecision): Promise<MergeProposal | undefined>
  markApplied(proposalId: string): Promise<void>
  /** Accepted ones whose tasks have not all moved. */
  unapplied(limit: number): Promise<readonly MergeProposal[]>
  list(
    query: { readonly grounds: readonly Ground[]; readonly status?: MergeProposal['status'] | undefined },
    page: Page,
  ): Promise<readonly MergeProposal[]>
}

export interface ResultQuery {
  readonly grounds: readonly Ground[]
  readonly taskId?: string | undefined
  readonly drawId?: string | undefined
  readonly resultType?: string | undefined
}

export interface Results {
  get(resultId: string): Promise<CheckResult | undefined>
  /** Records it with its event; the one that was recorded before, if any. */
  record(result: CheckResult): Promise<CheckResult | undefined>
  list(query: ResultQuery, page: Page): Promise<readonly CheckResult[]>
  ofTask(taskId: TaskId): Promise<readonly CheckResult[]>
  /** Of a region and below, entered since then: those that open a follow-up. */
  withFollowUp(regionCode: RegionCode, since: Instant): AsyncIterable<CheckResult>
  /** The latest results on an object. */
  ofObject(objectId: ObjectId, limit: number): Promise<readonly CheckResult[]>
}

export interface FollowUpQuery {
  readonly grounds: readonly Ground[]
  readonly status?: FollowUp['status'] | undefined
  readonly kind?: FollowUpKind | undefined
  readonly escalated?: boolean | undefined
}

export interface FollowUps {
  get(followUpId: string): Promise<FollowUp | undefined>
  /** Does nothing for one that exists. */
  open(change: FollowUpChange): Promise<void>
  change(followUpId: string, decide: (followUp: FollowUp) => FollowUpChange | undefined): Promise<FollowUp | undefined>
  list(query: FollowUpQuery, page: Page): Promise<readonly FollowUp[]>
  openOfObject(objectId: ObjectId, limit: number): Promise<readonly FollowUp[]>
  /** Open ones due on an earlier date and not escalated. */
  overdue(today: LocalDate, limit: number): Promise<readonly FollowUp[]>
}
