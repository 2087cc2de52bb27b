import type { Result } from '@dual-random/kernel'
import { type HeaderMap, type RecordOf, type RegisterColumn, readHeader } from './columns.ts'
import { restoreFormulaLines } from './formula.ts'
import type { ImportProblem } from './problem.ts'
import { createRecordReader, type RecordBatch } from './record-reader.ts'
import { noRows, type RecordsRead, readRows } from './records.ts'
import { defaultLimits } from './table.ts'
import { createTextStream } from './text-stream.ts'
import { maxSheetRows, readSheetRows, type SheetLimits } from './xlsx/sheet-rows.ts'

export interface StreamLimits {
  /** Longest cell, in UTF-16 units. */
  readonly maxCellLength?: number
}

/** The rows of a CSV file, piece by piece; a broken batch is the last. */
async function* csvBatches(chunks: AsyncIterable<Uint8Array>, maxCellLength: number): AsyncGenerator<RecordBatch, void, undefined> {
  const texts = createTextStream()
  const reader = createRecordReader({ maxCellLength })
  const read = (text: Result<string, ImportProblem>): RecordBatch =>
    text.ok ? reader.push(text.value) : { rows: [], problems: [text.error], broken: true }
  for await (const chunk of chunks) {
    const batch = read(texts.push(chunk))
    yield batch
    if (batch.broken) return
  }
  const batch = read(texts.end())
  yield batch
  if (!batch.broken) yield reader.end()
}

/**
 * Reads a register of any length in bounded memory: each chunk of bytes yields at most one batch of good records and problems, as `readRecords`
 * does. It stops at what makes the rest unreadable, which is the last problem; the records before stay good.
 */
export const readRecordStream = <const Columns extends readonly RegisterColumn[]>(
  chunks: AsyncIterable<Uint8Array>,
  columns: Columns,
  limits: StreamLimits = {},
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> =>
  readBatches(csvBatches(chunks, limits.maxCellLength ?? defaultLimits.maxCellLength), columns)

/**
 * The same of the first sheet of a workbook (XLSX), and of those it goes on in where it is full; the bytes are held in memory, and a workbook
 * that would unpack to far more is refused.
 */
export const readWorkbookStream = <const Columns extends readonly RegisterColumn[]>(
  bytes: Uint8Array,
  columns: Columns,
  limits: Partial<SheetLimits> = {},
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> =>
  readBatches(readSheetRows(bytes, { maxCellLength: defaultLimits.maxCellLength, maxSheetRows, ...limits }), columns)

async function* readBatches<const Columns extends readonly RegisterColumn[]>(
  batches: AsyncIterable<RecordBatch>,
  columns: Columns,
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> {
  let map: HeaderMap | undefined
  let headerLine = 1
  let rowsSeen = 0
  for await (const batch of batches) {
    let rows = batch.rows
      .filter((row) => row.cells.some((cell) => cell.trim() !== ''))
      .map(({ line, cells }) => ({ line, cells: cells.map(restoreFormulaLines) }))
    const problems = [...batch.problems]
    const [header] = rows
    if (map === undefined && header !== undefined) {
      const heading = readHeader(header, columns)
      problems.push(...heading.problems)
      if (heading.map === undefined) {
        yield { records: [], problems }
        return
      }
      map = heading.map
      headerLine = header.line
      rows = rows.slice(1)
    }
    rowsSeen += rows.length + batch.problems.length
    const read = map === undefined ? { records: [], problems: [] } : readRows(rows, columns, map)
    problems.push(...read.problems)
    if (read.records.length > 0 || problems.length > 0) yield { records: read.records, problems }
  }
  if (rowsSeen === 0) yield { records: [], problems: [noRows(headerLine)] }
}
