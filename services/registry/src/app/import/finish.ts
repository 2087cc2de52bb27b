import { appError } from '@dual-random/errors'
import { type Clock, type Instant, utf8 } from '@dual-random/kernel'
import { type ImportProblem, writeImportReport } from '@dual-random/tables'
import type { Blobs, Caller, ImportCheckpoints, ImportKind, ImportRecord, Imports } from '../ports.ts'
import { type RowTally, UnreadableFile } from './rows.ts'
import type { Upload } from './upload.ts'

export interface ImportCommand {
  /** Derived from unit, route and idempotency key. */
  readonly importId: string
  readonly caller: Caller
  readonly upload: Upload
  /** The system or unit the data come from (DQ-10), and as of when it speaks (DQ-07), where the importer says so. */
  readonly source?: string
  readonly sourceAsOf?: Instant
}

export interface ImportDeps {
  readonly blobs: Blobs
  readonly imports: Imports
  readonly checkpoints: ImportCheckpoints
  readonly clock: Clock
}

export type ImportAnswer = Readonly<Record<string, string | number>>

/** Stores the report beside the record of the import, and answers with the counts. */
export async function finishImport(
  { blobs, imports, checkpoints, clock }: ImportDeps,
  { importId, caller, upload, source, sourceAsOf }: ImportCommand,
  kind: ImportKind,
  counts: Readonly<Record<string, number>>,
  problems: readonly ImportProblem[],
): Promise<ImportAnswer> {
  const reportDigest = await blobs.put(utf8(writeImportReport([...problems].sort((a, b) => a.line - b.line))))
  const record: ImportRecord = {
    id: importId,
    kind,
    unitId: caller.unitId,
    regionCode: caller.regionCode,
    by: caller.subject,
    at: clock(),
    fileDigest: upload.digest,
    fileType: upload.type,
    reportDigest,
    counts,
    accepted: (counts['received'] ?? 0) - (counts['rejected'] ?? 0),
    ...(source === undefined ? {} : { source }),
    ...(sourceAsOf === undefined ? {} : { sourceAsOf }),
  }
  await imports.put(record)
  await checkpoints.remove(importId)
  return importAnswer(record)
}

export const importAnswer = ({ id, counts }: ImportRecord): ImportAnswer => ({
  importId: id,
  ...counts,
  reportUrl: `/v1/imports/${id}/report`,
})

export const countsOf = ({ received, created, changed, unchanged, rejected }: RowTally) => ({
  received,
  created,
  changed,
  unchanged,
  rejected,
})

/** The counts of a push that belongs to objects of the pool: received = matched + unmatched + rejected (CRD-01). */
export const matchedCountsOf = (tally: RowTally) => ({
  ...countsOf(tally),
  matched: tally.created + tally.changed + tally.unchanged,
  unmatched: tally.unmatched,
})

/** A file of which nothing could be read is the caller's mistake, told with every problem of its header. */
export async function orRefused<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (thrown) {
    if (!(thrown instanceof UnreadableFile)) throw thrown
    const [first] = thrown.problems
    throw appError('invalid', 'import-refused', {
      meta: { problem: first?.code ?? '', reason: first?.reason ?? '', action: first?.action ?? '' },
      violations: thrown.problems.map(({ line, column, code, reason, action }) => ({
        pointer: `/${line}${column === undefined ? '' : `/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`}`,
        code: 'import-problem',
        meta: { problem: code, reason, action },
      })),
    })
  }
}
