import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'

/** Reports that run by themselves once a day of China and are kept as trend (DQ-02). */
export const reportKinds = ['OBJECT_POOL_RECONCILIATION', 'INSPECTOR_POOL_COMPLETENESS', 'CREDIT_MATCH', 'CREDIT_GRADING'] as const
export type ReportKind = (typeof reportKinds)[number]

/** What a report is about: a unit's pool, or a region's results. */
export interface ReportSubject {
  /** A unit id or a region code. */
  readonly subject: string
  readonly regionCode: RegionCode
}

/** What a report found. `source` is what it compared with; null: there was nothing to compare with, and the figures say so much less. */
export interface ReportFinding {
  readonly figures: Readonly<Record<string, number>>
  readonly source: { readonly importId: string; readonly asOf: Instant } | null
}

/** One run: of a day, so that each day has one, whichever copy of the service did it. */
export interface ReportRun extends ReportSubject, ReportFinding {
  readonly id: string
  readonly kind: ReportKind
  readonly date: LocalDate
  readonly at: Instant
  /** Digest of the CSV that lists what the figures count; null where there is nothing to list. */
  readonly rowsDigest: string | null
}

/** The id of the run of a day: days sort, newest last. */
export const runId = (kind: ReportKind, subject: string, date: LocalDate): string => `${date}_${kind}_${subject}`
