import { addMs, type Clock, chinaDateOf, type Instant, type LocalDate, utf8 } from '@dual-random/kernel'
import { writeImportReport } from '@dual-random/tables'
import { type ReportSubject, runId } from '../../domain/report.ts'
import type { Blobs, Claims, Marks, ReportRuns } from '../ports.ts'
import type { ReportDefinition } from './definition.ts'

export interface RunDueDeps {
  readonly reports: readonly ReportDefinition[]
  readonly reportRuns: ReportRuns
  readonly claims: Claims
  readonly marks: Marks
  readonly blobs: Blobs
  readonly clock: Clock
}

/** A copy of the service that takes a report has it alone for this long; one that crashed loses it then. */
const leaseMs = 1_800_000

/**
 * Runs what has not run today, by the day of China: each report by one copy at a time, each subject once. A copy that broke off leaves what it
 * did; who comes next does the rest. A subject that fails is told and tried again at the next sweep, and holds up no other.
 */
export async function runDueReports(
  deps: RunDueDeps,
  failed: (kind: string, subject: string, thrown: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const { claims, marks, clock } = deps
  for (const definition of deps.reports) {
    const job = `report-${definition.kind}`
    const now = clock()
    const date = chinaDateOf(now)
    if (((await marks.get(job)) ?? '') >= date) continue
    if (!(await claims.take(job, now, addMs(now, leaseMs)))) continue
    try {
      let isWhole = true
      for (const subject of await definition.subjects()) {
        if (signal.aborted) return
        try {
          await runOnce(deps, definition, subject, date, now)
        } catch (thrown) {
          isWhole = false
          failed(definition.kind, subject.subject, thrown)
        }
      }
      if (isWhole) await marks.set(job, date)
    } finally {
      await claims.release(job)
    }
  }
}

async function runOnce(
  { reportRuns, blobs }: RunDueDeps,
  definition: ReportDefinition,
  subject: ReportSubject,
  date: LocalDate,
  at: Instant,
): Promise<void> {
  const id = runId(definition.kind, subject.subject, date)
  if ((await reportRuns.get(id)) !== undefined) return
  const { rows, ...finding } = await definition.run(subject, at)
  const rowsDigest = rows.length === 0 ? null : await blobs.put(utf8(writeImportReport(rows)))
  await reportRuns.insert({ id, kind: definition.kind, ...subject, date, at, ...finding, rowsDigest })
}
