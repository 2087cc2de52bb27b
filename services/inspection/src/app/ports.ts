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
  TaskId,
  UnitId,
  VisitId,
} from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { Availability } from '../domain/availability.ts'
import type { FollowUp, FollowUpChange } from '../domain/follow-up.ts'
import type { CheckResult, FollowUpKind } from '../domain/result.ts'
import type { CheckObject, PlanType, Task, TaskChange } from '../domain/task.ts'
import type { Ground } from '../domain/visibility.ts'
import type { MergeProposal, Visit, Window } from '../domain/visit.ts'

export interface Page {
  readonly limit: number
  /** Id of the last one of the page before. */
  readonly after?: string | undefined
}

/** A line of a published plan, as far as dispatching needs it. */
export interface PlanLine {
  readonly regionCode: RegionCode
  /** The unit whose plan it is. */
  readonly unitId: UnitId
  readonly year: number
  readonly planType: PlanType
  readonly taskName: string
  readonly initiatorUnitId: UnitId
  readonly units: readonly { readonly unitId: UnitId; readonly itemCodes: readonly ItemCode[]; readonly teamSize: number }[]
  readonly batches: readonly { readonly number: number; readonly window: Window; readonly mergeWindowId: string }[]
}

/** One drawn label with its teams. */
export interface Assignment {
  /** Place in the drawing order, from 1. */
  readonly position: number
  readonly label: string
  readonly teams: readonly { readonly unitId: UnitId; readonly inspectorLabels: readonly string[] }[]
  /** Empty where the initiator has no full team. */
  readonly leaderLabel: string
}

export interface InspectorIdentity {
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

/** What the other services know of a draw. */
export interface Peers {
  planLine(planId: PlanId, lineId: LineId): Promise<PlanLine>
  /** Names of the items of the lists in force. */
  itemNames(regionCode: RegionCode, at: LocalDate): Promise<ReadonlyMap<ItemCode, string>>
  assignments(drawId: DrawId): AsyncIterable<readonly Assignment[]>
  /** Who stands behind labels; at most 5,000 of each kind. Throws when one is missing. */
  openings(drawId: DrawId, labels: { readonly objects: readonly string[]; readonly inspectors: readonly string[] }): Promise<Openings>
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
  /** Open ones with a flag up on that day only: an inspector is not available (REG-35). */
  readonly flaggedOn?: LocalDate | undefined
}

export interface Tasks {
  get(taskId: string): Promise<Task | undefined>
  /** Creates those that do not exist; the others stay as they are. */
  dispatch(changes: readonly TaskChange[]): Promise<void>
  /** An undefined decision changes nothing; the task as it is then. */
  change(taskId: string, decide: (task: Task) => TaskChange | undefined): Promise<Task | undefined>
  changeMany(taskIds: readonly TaskId[], decide: (task: Task) => TaskChange | undefined): Promise<void>
  list(query: TaskQuery, page: Page): Promise<readonly Task[]>
  ofVisit(visitId: VisitId): Promise<readonly Task[]>
  /** Open ones the inspector is assigned to. */
  openOf(inspectorId: InspectorId, page: Page): Promise<readonly Task[]>
  /** Whether an item of one of the visits has a result. */
  hasBegun(visitIds: readonly VisitId[]): Promise<boolean>
  /** Tasks whose entry was due on an earlier date. */
  entryMissing(today: LocalDate, limit: number): Promise<readonly Task[]>
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
