import type { Instant, RegionCode } from '@dual-random/kernel'
import type { ReportKind, ReportRun } from '../../domain/report.ts'
import type { Page } from './records.ts'

/** Work that one copy of the service at a time may take on. */
export interface Claims {
  /** Whether the job was free at `now`; it is the caller's until `until` or its release. */
  take(job: string, now: Instant, until: Instant): Promise<boolean>
  release(job: string): Promise<void>
}

/** How far background work has come. */
export interface Marks {
  get(job: string): Promise<string | undefined>
  set(job: string, mark: string): Promise<void>
}

/** Stored runs of scheduled reports: the trend (DQ-02). */
export interface ReportRuns {
  get(id: string): Promise<ReportRun | undefined>
  /** Keeps the first run of an id. */
  insert(run: ReportRun): Promise<void>
  /** Newest first; `after` is the id of the last run of the page before. */
  page(
    of: { readonly regionCode: RegionCode; readonly kind?: ReportKind | undefined; readonly subject?: string | undefined },
    page: Page,
  ): Promise<readonly ReportRun[]>
}
