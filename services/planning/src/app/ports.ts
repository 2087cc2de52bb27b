import type { Principal } from '@dual-random/auth'
import type { WorkingCalendar } from '@dual-random/calendar'
import type { Clock, Instant, LocalDate, PlanId, RegionCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { Clue, ClueChange, ClueStatus } from '../domain/clue.ts'
import type { CheckTask } from '../domain/clue-check.ts'
import type { ClueTask, ClueTaskChange, ClueTaskStatus } from '../domain/clue-task.ts'
import type { PlanEvent } from '../domain/commands.ts'
import type { CityDraw } from '../domain/drawn-in.ts'
import type { PlanImport } from '../domain/import/plan-import.ts'
import type { ItemSet } from '../domain/item-set.ts'
import type { LineCheck } from '../domain/line-check.ts'
import type { CheckItem, Unit } from '../domain/line-input.ts'
import type { MergeWindows } from '../domain/merge-windows.ts'
import type { Plan, PlanType } from '../domain/plan.ts'
import type { PlanException } from '../domain/plan-exceptions.ts'
import type { KeptPool, MixedPool } from '../domain/pool.ts'
import type { MovedObject, PoolFlow } from '../domain/pool-flows.ts'
import type { TasksOfDraw } from '../domain/progress.ts'
import type { TaskGroup } from '../domain/task-exceptions.ts'
import type { KeyMatter } from '../domain/undrawn-line.ts'
import type { CheckCounts } from '../domain/undrawn-progress.ts'
import type { StaffCount } from '../domain/workload.ts'
import type { Assignments } from './assignment-ports.ts'
import type { Reminders, TermSchedules } from './term-ports.ts'

/** What travels on to other services: the caller's token and deadline, so the caller's rights hold there. */
export interface CallContext {
  readonly deadline: number
  readonly token: string
  readonly traceId: string
  readonly signal?: AbortSignal
}

/** On whose behalf a use case runs. */
export interface Caller {
  readonly principal: Principal
  readonly context: CallContext
}

/** A policy in force, with the digest by which plans name it. */
export interface PolicyInForce {
  readonly policy: Policy
  readonly digest: string
}

/** Pools in the order of the sets that were asked for, and the enterprises of the region. */
export interface CountedPools {
  readonly pools: readonly MixedPool[]
  readonly enterprises: number
}

/** Any region, asked in planning's own name: a planner may not look into another, and a line may be delegated there or drawn there as well. */
export interface RegistryElsewhere {
  policyAt(regionCode: RegionCode, at: LocalDate): Promise<Policy>
  units(regionCode: RegionCode): Promise<readonly Unit[]>
  itemsInForce(regionCode: RegionCode, at: LocalDate): Promise<readonly CheckItem[]>
  pools(regionCode: RegionCode, sets: readonly ItemSet[], asOf: Instant): Promise<CountedPools>
}

/** Registry, asked with the caller's rights unless a member says otherwise. */
export interface Registry {
  policyAt(regionCode: RegionCode, at: LocalDate, caller: CallContext): Promise<PolicyInForce>
  readonly elsewhere: RegistryElsewhere
  units(regionCode: RegionCode, caller: CallContext): Promise<readonly Unit[]>
  itemsInForce(regionCode: RegionCode, at: LocalDate, caller: CallContext): Promise<readonly CheckItem[]>
  /** Counts the pool of each set of items, all of them in one pass. */
  pools(regionCode: RegionCode, sets: readonly ItemSet[], asOf: Instant, caller: CallContext): Promise<CountedPools>
  /** Compares the pool of each set of items at two instants, all of them in one pass. */
  flows(
    regionCode: RegionCode,
    sets: readonly ItemSet[],
    between: { readonly from: Instant; readonly to: Instant },
    caller: CallContext,
  ): Promise<readonly (readonly PoolFlow[])[]>
  /** Who of a set moved between the instants, of the pools that the caller may read, by id; the read is on record. */
  moved(
    planId: string,
    regionCode: RegionCode,
    set: ItemSet,
    between: { readonly from: Instant; readonly to: Instant },
    page: { readonly limit: number; readonly after?: string | undefined },
    caller: CallContext,
  ): Promise<{ readonly objects: readonly MovedObject[]; readonly more: boolean }>
  /** Inspectors of the region and below who are in post on a date. */
  staff(regionCode: RegionCode, on: LocalDate, caller: CallContext): Promise<readonly StaffCount[]>
  /** Matters of the key-supervision lists in force, in order of their lists. */
  keyMatters(
    regionCode: RegionCode,
    at: LocalDate,
    asking: { readonly countObjects: boolean },
    caller: CallContext,
  ): Promise<readonly KeyMatter[]>
  /** Has registry keep who could be drawn on each set of items, with grade, source and as-of (CRD-21), and counts them, all of them in one pass. */
  keepCandidates(
    planId: PlanId,
    regionCode: RegionCode,
    sets: readonly ItemSet[],
    asOf: Instant,
    caller: CallContext,
  ): Promise<readonly KeptPool[]>
}

export interface PlanQuery {
  /** The region and all below it. */
  readonly regionCode?: RegionCode | undefined
  /** Of these regions, and of none below them. */
  readonly regionCodes?: readonly RegionCode[] | undefined
  readonly year?: number | undefined
  readonly planType?: PlanType | undefined
  readonly unitId?: string | undefined
  readonly publishedOnly?: boolean
  /** That plan and those after it, in order of id. */
  readonly from?: string | undefined
}

export interface PageOf {
  readonly limit: number
  readonly after?: string | undefined
}

export interface Plans {
  load(planId: string): Promise<Plan | undefined>
  /** Decides on the plan as it is, anew when someone else was faster; no event changes nothing. */
  change(planId: string, decide: (plan: Plan | undefined) => readonly PlanEvent[] | Promise<readonly PlanEvent[]>): Promise<Plan>
  /** In order of id, one more than `limit` when there are more. */
  page(query: PlanQuery, page: PageOf): Promise<readonly Plan[]>
  /** All that match, in order of id. */
  all(query: PlanQuery): Promise<readonly Plan[]>
}

/** The policies plans were drafted under, by digest: a plan is judged under its own for ever (POL-05). */
export interface KeptPolicies {
  keep(digest: string, policy: Policy): Promise<void>
  /** Throws for a digest that was never kept. */
  get(digest: string): Promise<Policy>
}

export interface MergeWindowStore {
  /** Those assigned so far; none where nothing was filed. */
  get(regionCode: RegionCode, year: number): Promise<MergeWindows>
  /** Decides anew when someone else was faster. */
  change(regionCode: RegionCode, year: number, decide: (current: MergeWindows) => MergeWindows): Promise<MergeWindows>
}

export interface Imports {
  load(importId: string): Promise<PlanImport | undefined>
  change(importId: string, decide: (current: PlanImport | undefined) => PlanImport | undefined): Promise<PlanImport>
  ofPlan(planId: PlanId, page: PageOf): Promise<readonly PlanImport[]>
}

/** A draw as its events tell: what planning needs to lock lines and to count. */
export interface DrawOfLine {
  readonly drawId: string
  readonly planId: string
  readonly lineId: string
  readonly batch: number
  readonly state: 'FROZEN' | 'COMMITTED' | 'DRAWN' | 'CLOSED' | 'VOID' | 'FAILED'
  /** Of all cities that drew together. */
  readonly drawn: number
  /** Of each of them, the organiser's first; absent where one city draws. */
  readonly cities?: readonly CityDraw[]
  /** It replaces or matches anew what another draw drew: nothing of it counts again. */
  readonly standsIn?: true
  /** Distinct enterprises of the region's year up to this draw, as drawing counted them (CRD-08); absent until it is matched. */
  readonly yearEnterprises?: number
}

/** A targeted draw, for a task on clues in the place of a plan line. */
export type DrawOfClueTask = Omit<DrawOfLine, 'planId' | 'lineId'> & { readonly clueTaskId: string }

export type KnownDraw = DrawOfLine | DrawOfClueTask

export interface Draws {
  ofPlans(planIds: readonly string[]): Promise<readonly DrawOfLine[]>
  /** Draws of a year that other cities organised and this one took part in. */
  elsewhere(regionCode: RegionCode, year: number): Promise<readonly DrawOfLine[]>
  ofClueTask(taskId: string): Promise<readonly DrawOfClueTask[]>
  /** The task on clues that a draw is for; undefined where it is for a plan line, or was not heard of. */
  clueTaskOf(drawId: string): Promise<string | undefined>
}

export interface ClueQuery {
  /** The region and all below it. */
  readonly regionCode: RegionCode
  readonly unitId?: string | undefined
  readonly status?: ClueStatus | undefined
  /** Not settled, and due before that date. */
  readonly overdueOn?: LocalDate | undefined
}

export interface Clues {
  load(clueId: string): Promise<Clue | undefined>
  /** In the order of the ids; throws `not-found` for one that is not there. */
  loadMany(clueIds: readonly string[]): Promise<readonly Clue[]>
  /** The id that belongs to a command: made by chance at its first asking, the same ever after. */
  idFor(commandId: string): Promise<string>
  /** Decides anew when someone else was faster; undefined changes nothing. Gives the clue as it is then. */
  change(clueId: string, decide: (clue: Clue | undefined) => ClueChange | undefined): Promise<Clue>
  page(query: ClueQuery, page: PageOf): Promise<readonly Clue[]>
  /** Those of the region, none below it, that are not settled and due on that date or before. */
  unsettled(regionCode: RegionCode, dueBy: LocalDate): Promise<readonly Clue[]>
}

/** Check tasks of inspection. */
export interface CheckTasks {
  /** Throws `not-found` for one that is not there. */
  get(taskId: string): Promise<CheckTask>
}

export interface ClueTaskQuery {
  readonly regionCode?: RegionCode | undefined
  readonly year?: number | undefined
  readonly unitId?: string | undefined
  readonly status?: ClueTaskStatus | undefined
}

export interface ClueTasks {
  load(taskId: string): Promise<ClueTask | undefined>
  change(taskId: string, decide: (task: ClueTask | undefined) => ClueTaskChange | undefined): Promise<ClueTask>
  page(query: ClueTaskQuery, page: PageOf): Promise<readonly ClueTask[]>
}

/** A check task as inspection dispatched it, as far as a plan says something of it. */
export interface DispatchedTask {
  readonly taskId: string
  readonly planId: string
  readonly lineId: string
  readonly drawId: string
  readonly unitId: string
  readonly itemCodes: readonly string[]
  readonly window: { readonly start: string; readonly end: string }
  readonly unitCount: number
  /** Of a targeted draw: it is of no plan then, and `planId` and `lineId` are empty. */
  readonly clueTaskId?: string
}

/** Checks of lines without a draw, as inspection told of them. */
export interface LineChecks {
  /** Records it once: again changes nothing. */
  record(check: Omit<LineCheck, 'completed'> & { readonly taskId: string }): Promise<void>
  /** Of a task that is none, nothing. */
  complete(taskId: string): Promise<void>
  ofPlans(planIds: readonly string[]): Promise<readonly LineCheck[]>
}

export interface DispatchedTasks {
  /** Records it once: again changes nothing. */
  record(task: DispatchedTask): Promise<void>
  /** A plan's tasks, those alike counted together. */
  groupsOf(planId: string): Promise<readonly TaskGroup[]>
  /** The task has come to an end: checked, or taken back because its object left the draw. One that planning does not keep changes nothing. */
  end(taskId: string, how: 'DONE' | 'WITHDRAWN'): Promise<void>
  /** Tasks of plans per draw and number of units at the object, those taken back left out. */
  countsOf(planIds: readonly string[]): Promise<readonly (TasksOfDraw & { readonly planId: string })[]>
  /** Tasks of the draws on clues, by the task on clues; those taken back and those of which there are none left out. */
  countsOfClueTasks(clueTaskIds: readonly string[]): Promise<ReadonlyMap<string, CheckCounts>>
}

/** Plan against tasks of one region, as of the day it was made (DQ-03). */
export interface ConsistencyReport {
  /** `<date>-<regionCode>`. */
  readonly reportId: string
  readonly regionCode: RegionCode
  readonly date: LocalDate
  readonly madeAt: Instant
  /** Plans of the year that were looked at. */
  readonly plans: number
  readonly exceptions: readonly PlanException[]
}

export interface ConsistencyReports {
  has(reportId: string): Promise<boolean>
  /** Keeps the first report of an id. */
  insert(report: ConsistencyReport): Promise<void>
  /** Of the region and below, newest first. */
  page(
    query: { readonly regionCode: RegionCode; readonly date?: LocalDate | undefined },
    page: PageOf,
  ): Promise<readonly ConsistencyReport[]>
}

export interface Blobs {
  put(bytes: Uint8Array): Promise<string>
  bytes(digest: string): Promise<Uint8Array>
  has(digest: string): Promise<boolean>
}

export interface Ports {
  readonly clock: Clock
  readonly calendar: WorkingCalendar
  readonly registry: Registry
  readonly plans: Plans
  readonly policies: KeptPolicies
  readonly mergeWindows: MergeWindowStore
  readonly imports: Imports
  readonly draws: Draws
  readonly lineChecks: LineChecks
  readonly tasks: DispatchedTasks
  readonly consistencyReports: ConsistencyReports
  readonly clues: Clues
  readonly clueTasks: ClueTasks
  readonly checkTasks: CheckTasks
  readonly blobs: Blobs
  readonly assignments: Assignments
  readonly termSchedules: TermSchedules
  readonly reminders: Reminders
}
