import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { PublicationEvent } from '../domain/events.ts'
import type { Objection } from '../domain/objection.ts'
import type { PublicResult } from '../domain/public-result.ts'
import type { Publication, Published, Status } from '../domain/publication.ts'

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

export interface PolicyInForce {
  readonly policy: Policy
  readonly digest: string
}

/** The policy of a region on a date, from memory only where the answer is no older than `maxAgeMs`; without it, as long as answers are kept. */
export type FindPolicy = (regionCode: RegionCode, at: LocalDate, options?: { readonly maxAgeMs?: number }) => Promise<PolicyInForce>

/** Which unit organised a draw; undefined while this service has not heard of it. */
export type OrganiserOf = (drawId: string) => Promise<UnitId | undefined>

/** The public channel (公示系统). Each call throws `channel-unavailable` when it cannot be completed. */
export interface PublicChannel {
  /** Putting the same record again is harmless. */
  put(record: PublicResult): Promise<void>
  /** What the public sees under an id; undefined when nothing. */
  read(publicationId: string): Promise<Readonly<Record<string, unknown>> | undefined>
  /** Removing what is not there is harmless. */
  remove(publicationId: string): Promise<void>
}
