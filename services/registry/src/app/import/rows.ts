import type { ImportProblem, LinedRecord, RecordsRead } from '@dual-random/tables'

/** What became of one row. */
export type RowResult =
  | { readonly line: number; readonly outcome: 'created' | 'changed' | 'unchanged' }
  | { readonly line: number; readonly outcome: 'rejected' | 'unmatched'; readonly problem: ImportProblem }

export interface RowTally {
  readonly received: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly unmatched: number
  readonly rejected: number
  /** At most `reportLimit`, in the order met. */
  readonly problems: readonly ImportProblem[]
}

export interface ImportRowsOptions<T> {
  readonly reads: AsyncIterable<RecordsRead<T>>
  /** What makes two rows of one file the same record, and the column to name for it. */
  readonly keyOf: (row: T) => string
  readonly keyColumn: string
  readonly apply: (rows: readonly LinedRecord<T>[]) => Promise<readonly RowResult[]>
}

const batchSize = 1000

/** More problems than a person corrects; what is beyond is only counted. */
export const reportLimit = 10_000

/** Problems of the file as a whole: after one of these nothing more can be read. */
const fileProblems: ReadonlySet<string> = new Set([
  'missing-column',
  'duplicate-column',
  'no-rows',
  'spreadsheet-not-csv',
  'utf-16-text',
  'broken-utf8',
  'unknown-encoding',
  'not-text',
  'line-too-long',
  'malformed-json',
])

/** Told to the importer without refusing anything. */
const remarks: ReadonlySet<string> = new Set(['unknown-column'])

/** A file of which no row could be read. */
export class UnreadableFile extends Error {
  readonly problems: readonly ImportProblem[]

  constructor(problems: readonly ImportProblem[]) {
    super(problems[0]?.reason ?? 'unreadable file')
    this.name = 'UnreadableFile'
    this.problems = problems
  }
}

/** Streams rows to `apply` in batches: bad rows become problems, good ones are kept. Throws `UnreadableFile` when there was no row at all. */
export async function importRows<T>({ reads, keyOf, keyColumn, apply }: ImportRowsOptions<T>): Promise<RowTally> {
  const counts = { received: 0, created: 0, changed: 0, unchanged: 0, unmatched: 0, rejected: 0 }
  const problems: ImportProblem[] = []
  const firstLine = new Map<string, number>()
  let waiting: LinedRecord<T>[] = []
  const report = (found: readonly ImportProblem[]): void =>
    void problems.push(...found.slice(0, Math.max(0, reportLimit - problems.length)))

  const flush = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    for (const result of await apply(batch)) {
      counts[result.outcome] += 1
      if ('problem' in result) report([result.problem])
    }
  }

  for await (const read of reads) {
    report(read.problems)
    const badLines = new Set(read.problems.filter(({ code }) => !fileProblems.has(code) && !remarks.has(code)).map(({ line }) => line))
    counts.received += read.records.length + badLines.size
    counts.rejected += badLines.size
    for (const record of read.records) {
      const earlier = firstLine.get(keyOf(record.value))
      if (earlier === undefined) {
        firstLine.set(keyOf(record.value), record.line)
        waiting.push(record)
      } else {
        counts.rejected += 1
        report([duplicateRow(record.line, keyColumn, earlier)])
      }
      if (waiting.length === batchSize) await flush()
    }
  }
  if (waiting.length > 0) await flush()
  if (counts.received === 0) throw new UnreadableFile(problems)
  const broken = problems.filter(({ code }) => fileProblems.has(code))
  return { ...counts, received: counts.received + broken.length, rejected: counts.rejected + broken.length, problems }
}

const duplicateRow = (line: number, column: string, earlier: number): ImportProblem => ({
  line,
  column,
  code: 'duplicate-row',
  reason: `与第 ${earlier} 行是同一条记录，只采用第 ${earlier} 行`,
  action: '核对两行后只保留一行',
})
