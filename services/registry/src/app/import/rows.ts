import type { ImportProblem, RecordsRead } from '@dual-random/tables'
import { AppliedRows, type AppliedRowsOptions } from './applied-rows.ts'
import { FirstLines } from './first-lines.ts'
import { type KeyedRecord, type OutcomeCounts, reportLimit } from './row-result.ts'

export interface RowTally extends OutcomeCounts {
  readonly received: number
  /** At most `reportLimit`, in the order met. */
  readonly problems: readonly ImportProblem[]
}

export interface ImportRowsOptions<T> extends AppliedRowsOptions<T> {
  readonly reads: AsyncIterable<RecordsRead<T>>
  /** What makes two rows of one file the same record, and the column to name for it. */
  readonly keyOf: (row: T) => string
  readonly keyColumn: string
  /** Batches that `apply` has in hand at once, 1 when not given; more only where no two rows touch the same record. */
  readonly abreast?: number
  /** Most rows of a file; what stands beyond is not read. */
  readonly maxRows?: number
}

const batchSize = 1000

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
  'too-many-rows',
  'broken-workbook',
  'workbook-too-large',
  'too-many-columns',
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

/** What a spreadsheet holds, less its header; a register of a million objects is a province's. */
export const defaultMaxRows = 1_000_000

/** Streams rows to `apply` in batches: bad rows become problems, good ones are kept. Throws `UnreadableFile` when there was no row at all. */
export async function importRows<T>(options: ImportRowsOptions<T>): Promise<RowTally> {
  const { reads, keyOf, keyColumn, abreast = 1, maxRows = defaultMaxRows } = options
  const applied = new AppliedRows(options)
  const problems: ImportProblem[] = []
  const firstLines = new FirstLines()
  let received = 0
  let rejected = 0
  let waiting: KeyedRecord<T>[] = []
  const report = (found: readonly ImportProblem[]): void =>
    void problems.push(...found.slice(0, Math.max(0, reportLimit - problems.length)))
  const flush = async (): Promise<void> => {
    applied.begin(waiting)
    waiting = []
    await applied.untilAtMost(abreast - 1)
  }

  try {
    for await (const read of reads) {
      report(read.problems)
      const badLines = linesRefused(read.problems)
      received += read.records.length + badLines
      rejected += badLines
      for (const record of read.records) {
        const key = keyOf(record.value)
        const earlier = firstLines.meet(key, record.line)
        if (earlier === undefined) {
          if (!applied.isDone(record.line)) waiting.push({ ...record, key })
        } else {
          rejected += 1
          report([duplicateRow(record.line, keyColumn, earlier)])
        }
        if (waiting.length === batchSize) await flush()
      }
      if (received > maxRows) {
        report([tooManyRows(read.records.at(-1)?.line ?? 1, maxRows)])
        break
      }
    }
    if (waiting.length > 0) applied.begin(waiting)
    await applied.untilAtMost(0)
  } finally {
    await applied.settled()
  }
  if (received === 0) throw new UnreadableFile(problems)
  const broken = problems.filter(({ code }) => fileProblems.has(code)).length
  const { counts } = applied
  report(applied.problems)
  return { ...counts, received: received + broken, rejected: counts.rejected + rejected + broken, problems }
}

/** Rows that a reading refused: one a line, however much is wrong with it; what is wrong with the whole file is no row. */
export function linesRefused(problems: readonly ImportProblem[]): number {
  if (problems.length === 0) return 0
  return new Set(problems.filter(({ code }) => !fileProblems.has(code) && !remarks.has(code)).map(({ line }) => line)).size
}

const tooManyRows = (line: number, maxRows: number): ImportProblem => ({
  line,
  code: 'too-many-rows',
  reason: `文件超过 ${maxRows} 行，第 ${line} 行之后没有导入`,
  action: '把其余各行拆成另一个文件导入',
})

const duplicateRow = (line: number, column: string, earlier: number): ImportProblem => ({
  line,
  column,
  code: 'duplicate-row',
  reason: `与第 ${earlier} 行是同一条记录，只采用第 ${earlier} 行`,
  action: '核对两行后只保留一行',
})
