import type { KeptSubject } from '@dual-random/draw'
import type { DrawId, Instant, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { DrawnList } from '../domain/drawn-list.ts'
import type { DrawnSubject, SubjectChange, SubjectObject } from '../domain/drawn-subject.ts'
import type { PublicationEvent } from '../domain/events.ts'
import type { Objection } from '../domain/objection.ts'
import type { ReadPlan } from '../domain/public-plan.ts'
import type { Publication, Published, Status } from '../domain/publication.ts'
import type { PlanChange, PublishedPlan } from '../domain/published-plan.ts'

export interface Page {
  readonly limit: number
  /** Id of the last record of the page before. */
  readonly after?: string | undefined
}

/** Whose records: those of one unit, or of a region and below. */
export type Scope = { readonly unitId: UnitId } | { readonly regionCode: RegionCode }

export interface RecordQuery {
  readonly scope: Scope
  readonly unitId?: string | undefined
  readonly status?: Status | undefined
  readonly overdue?: boolean | undefined
  /** Due on an earlier date. */
  readonly dueBefore?: LocalDate | undefined
  readonly taskId?: string | undefined
}

export interface PublicQuery {
  readonly regionCode?: RegionCode | undefined
  /** What an object's name or code begins with. */
  readonly begins?: { readonly field: 'objectName' | 'objectCode'; readonly text: string } | undefined
}

/** What happens to a record, decided on it as it is; no events leave it alone. May be asked again when someone else was faster. */
export type Decide = (publication: Publication | undefined, id: string) => readonly PublicationEvent[]

export interface Publications {
  load(id: string): Promise<Publication | undefined>
  apply(id: string, decide: Decide): Promise<Publication | undefined>
  applyMany(ids: readonly string[], decide: Decide): Promise<ReadonlyMap<string, Publication>>
  list(query: RecordQuery, page: Page): Promise<readonly Publication[]>
  search(query: PublicQuery, page: Page): Promise<readonly Published[]>
  /** Every record of a draw whose task is completed and whose result is known. */
  ofDraw(drawId: string, page: Page): Promise<readonly Publication[]>
  /** Open records whose due date ended before `now` and that are not marked yet. */
  newlyOverdue(now: Instant, limit: number): Promise<readonly string[]>
  duePushes(systemNow: Instant, limit: number): Promise<readonly string[]>
  /** Records with content and task end that have no rules yet. */
  unscheduled(page: Page): Promise<readonly string[]>
  provisional(page: Page): Promise<readonly string[]>
}

export interface Objections {
  create(objection: Objection): Promise<Objection>
  load(id: string): Promise<Objection | undefined>
  /** Undefined leaves it alone. */
  update(id: string, decide: (objection: Objection | undefined) => Objection | undefined): Promise<Objection | undefined>
  list(scope: Scope, decided: boolean | undefined, page: Page): Promise<readonly Objection[]>
}

export interface DrawnLists {
  /** Of a draw of several cities the list of one of them, the organiser's without a region. */
  load(drawId: string, regionCode?: string): Promise<DrawnList | undefined>
  /** A list that is there already stays as it is; answers the one that is there then. */
  open(list: DrawnList): Promise<DrawnList>
  list(query: ListQuery, page: Page): Promise<readonly DrawnList[]>
}

export interface ListQuery {
  readonly regionCode?: RegionCode | undefined
}

export interface SubjectQuery {
  readonly scope?: Scope | undefined
  readonly drawId?: string | undefined
  /** Of which city, where several drew together. */
  readonly regionCode?: RegionCode | undefined
  readonly status?: DrawnSubject['status'] | undefined
  /** Whether it is, or was, late. */
  readonly overdue?: boolean | undefined
  /** Whether the public may see it. */
  readonly isPublic?: boolean | undefined
}

export interface DrawnSubjects {
  /** Those that are there already stay as they are. */
  open(subjects: readonly DrawnSubject[]): Promise<void>
  /** Answers the subject as it is afterwards; undefined when there is none. */
  change(id: string, decide: (subject: DrawnSubject) => SubjectChange | undefined): Promise<DrawnSubject | undefined>
  list(query: SubjectQuery, page: Page): Promise<readonly DrawnSubject[]>
  count(query: SubjectQuery): Promise<number>
  newlyOverdue(now: Instant, limit: number): Promise<readonly string[]>
  duePushes(systemNow: Instant, limit: number): Promise<readonly string[]>
  provisional(page: Page): Promise<readonly string[]>
}

export interface PublishedPlanQuery {
  readonly scope: Scope
  readonly status?: PublishedPlan['status'] | undefined
}

export interface PublishedPlans {
  load(planId: string): Promise<PublishedPlan | undefined>
  /** Decides on the plan as it is; undefined leaves it alone. Answers it as it is afterwards. */
  change(planId: string, decide: (plan: PublishedPlan | undefined) => PlanChange | undefined): Promise<PublishedPlan | undefined>
  list(query: PublishedPlanQuery, page: Page): Promise<readonly PublishedPlan[]>
  duePushes(systemNow: Instant, limit: number): Promise<readonly string[]>
  /** When the service heard of the plan that has been on its way longest, in system time; undefined when none is. */
  pendingSince(): Promise<Instant | undefined>
}

/** The version of a plan in force, as planning has it read by the public. */
export type ReadPublishedPlan = (planId: string) => Promise<ReadPlan>

/** The channels that this deployment reaches, by their codes in policy. */
export type PlanChannels = ReadonlyMap<string, PublicChannel>

/** What was drawn for, a line of a plan or a task on clues. */
export interface DrawnTask {
  readonly taskName: string
  /** The cities that draw beside the organiser's, each with its own initiator (DRW-26). */
  readonly cities: readonly { readonly regionCode: RegionCode; readonly unitId: UnitId }[]
}

export type DescribeDrawn = (subject: KeptSubject) => Promise<DrawnTask>

/** Whom a draw drew in a region, some at a time: asked only where policy has them published before the visits. */
export type DrawnObjects = (drawId: string, regionCode: RegionCode) => AsyncIterable<readonly SubjectObject[]>

/** How many objects of each city a draw of several drew; a city without any is left out. */
export type DrawnByRegion = (drawId: string) => Promise<ReadonlyMap<string, number>>

/** Whom a redraw replaced, each with the draw that drew it. */
export type ReplacedObjects = (redrawId: string) => Promise<readonly { readonly drawId: DrawId; readonly objectId: ObjectId }[]>

export interface PolicyInForce {
  readonly policy: Policy
  readonly digest: string
}

/** The policy of a region on a date, from memory only where the answer is no older than `maxAgeMs`; without it, as long as answers are kept. */
export type FindPolicy = (regionCode: RegionCode, at: LocalDate, options?: { readonly maxAgeMs?: number }) => Promise<PolicyInForce>

/** Who organised a draw, as copied from its events. */
export interface DrawCopy {
  readonly unitId: UnitId
  /** Of a draw of several cities the others, each with its own initiator. */
  readonly cities?: DrawnTask['cities']
}

/** Which unit organised a draw in a region; undefined while this service has not heard of it. */
export type OrganiserOf = (drawId: string, regionCode: string) => Promise<UnitId | undefined>

/** What the channel keeps under its id; plain members, each of which it must give back. */
export interface PublicRecord {
  readonly publicationId: string
}

/** The public channel (公示系统). Each call throws `channel-unavailable` when it cannot be completed. */
export interface PublicChannel {
  /** Putting the same record again is harmless. */
  put(record: PublicRecord): Promise<void>
  /** What the public sees under an id; undefined when nothing. */
  read(publicationId: string): Promise<Readonly<Record<string, unknown>> | undefined>
  /** Removing what is not there is harmless. */
  remove(publicationId: string): Promise<void>
}
