import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'
import type { Indicator, IndicatorRule, Unavailable } from '../domain/indicators.ts'
import type { ComputedMeasure } from '../domain/measures.ts'
import type { Period } from '../domain/period.ts'

/** A region and everything below it; one of its units where named. */
export interface Scope {
  readonly regionCode: RegionCode
  readonly unitId?: string | undefined
}

/** Shown beside the indicators (EVL-16). */
export interface Beside {
  readonly objections: { readonly filed: number; readonly open: number; readonly upheld: number }
  /** Problems awaiting investigation that no closing outcome is linked to (FUP-12). */
  readonly openInvestigations: number
  readonly lapsedTasks: number
}

/** Totals over contributions, as of a date. */
export interface Totals {
  count(measure: ComputedMeasure, scope: Scope, period: Period, asOf: LocalDate): Promise<number>
  beside(scope: Scope, period: Period): Promise<Beside>
}

/** A figure that no event tells, as a region reported it for a year. */
export interface ReportedFigure {
  readonly regionCode: RegionCode
  readonly year: number
  readonly measure: string
  readonly count: number
  readonly source: string
  readonly by: string
  readonly at: Instant
}

export interface ReportedFigures {
  /** Replaces what was reported before. */
  report(figure: ReportedFigure): Promise<void>
  /** By measure. */
  of(regionCode: RegionCode, year: number): Promise<ReadonlyMap<string, number>>
}

/** The policy a report is computed by (POL-05). */
export interface PolicyRef {
  readonly preset: string
  readonly version: number
  readonly digest: string
}

/** The indicators of a region's policy on a date with their formulas; throws `policy-unset` where it has none (POL-04). */
export type FindRules = (
  regionCode: RegionCode,
  at: LocalDate,
) => Promise<{ readonly policy: PolicyRef; readonly rules: readonly IndicatorRule[] }>

export interface IndicatorReport {
  readonly regionCode: RegionCode
  readonly year: number
  readonly unitId?: string
  readonly computedAt: Instant
  readonly policy: PolicyRef
  readonly indicators: readonly Indicator[]
  readonly unavailable: readonly Unavailable[]
  readonly beside: Beside
}

export interface Snapshot extends IndicatorReport {
  readonly snapshotId: string
  readonly takenBy: string
  readonly takenByUnitId: string
}

export interface Page {
  readonly limit: number
  readonly after?: string | undefined
}

export interface Snapshots {
  /** Stores a snapshot with its event; the one that stands under the id comes back. */
  keep(snapshot: Snapshot): Promise<Snapshot>
  load(snapshotId: string): Promise<Snapshot | undefined>
  /** Of a region and below. */
  list(regionCode: RegionCode, year: number | undefined, page: Page): Promise<readonly Snapshot[]>
}
