import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { RosterRow } from '@dual-random/tables'
import type { Institution } from '../domain/institution.ts'
import type { Training } from '../domain/training.ts'
import type { Page, Records } from './ports.ts'

export interface Institutions extends Records<Institution> {
  page(query: { readonly regionCode: RegionCode; readonly unitIds?: readonly string[] }, page: Page): Promise<readonly Institution[]>
  /** Those that a login name acts for. */
  ofAccount(account: string): Promise<readonly Institution[]>
}

export interface Trainings {
  /** Records it once: again under the same id changes nothing. */
  record(training: Training): Promise<void>
  get(id: string): Promise<Training | undefined>
  /** Newest first. */
  page(query: { readonly regionCode: RegionCode; readonly unitIds?: readonly string[] }, page: Page): Promise<readonly Training[]>
  /** Those held by bureaux of these regions from a date, or ever, to a date, both included. */
  heldBy(regionCodes: readonly RegionCode[], period: { readonly from?: LocalDate; readonly to: LocalDate }): Promise<readonly Training[]>
}

/** Completeness of a unit's inspector pool against the personnel system, as it was found (REG-32); the reports of a unit are its trend (DQ-02). */
export interface CompletenessReport {
  readonly id: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  /** The system the staff came from, and as of when. */
  readonly source: string
  readonly sourceAsOf: Instant
  readonly at: Instant
  readonly by: string
  readonly certifiedInSource: number
  readonly inPool: number
  /** `inPool` over `certifiedInSource` as a percent text; null where the source has no certified staff. */
  readonly share: string | null
  readonly missing: number
  readonly notCounted: number
  readonly absentFromSource: number
  /** Staff of units whose pools this unit does not keep: left out. */
  readonly ofOtherUnits: number
}

export interface CompletenessReports {
  put(report: CompletenessReport): Promise<void>
  /** Newest first. */
  page(query: { readonly regionCode: RegionCode; readonly unitIds?: readonly string[] }, page: Page): Promise<readonly CompletenessReport[]>
}

/** A drawn object of a published list with the object of the pool that bears its code or name. */
export interface MatchedRosterRow extends RosterRow {
  readonly objectIds: readonly string[]
}

/** A published list of drawn objects (抽取名单), kept as it was read. */
export interface PublishedRoster {
  readonly id: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly fileDigest: string
  readonly at: Instant
  readonly by: string
  readonly rows: readonly MatchedRosterRow[]
}

export interface PublishedRosters {
  put(roster: PublishedRoster): Promise<void>
  get(id: string): Promise<PublishedRoster | undefined>
}
