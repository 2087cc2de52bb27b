import type { Instant } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import type { ReportFinding, ReportKind, ReportSubject } from '../../domain/report.ts'

/** A report that runs once a day for each of its subjects. Another report is another of these in `definitions.ts`. */
export interface ReportDefinition {
  readonly kind: ReportKind
  subjects(): Promise<readonly ReportSubject[]>
  /** `rows` are what the figures count, one by one. */
  run(subject: ReportSubject, at: Instant): Promise<ReportFinding & { readonly rows: readonly ImportProblem[] }>
}
