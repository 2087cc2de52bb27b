import type { Result } from '@dual-random/kernel'
import { type HeaderMap, type RecordOf, type RegisterColumn, readHeader } from './columns.ts'
import type { ImportProblem } from './problem.ts'
import { createRecordReader, type RecordBatch } from './record-reader.ts'
import { noRows, type RecordsRead, readRows } from './records.ts'
import { defaultLimits } from './table.ts'
import { createTextStream } from './text-stream.ts'

export interface StreamLimits {
  /** Longest cell, in UTF-16 units. */
  readonly maxCellLength?: number
}

interface Step {
  readonly batch: RecordBatch
  readonly failed: boolean
}

async function* recordSteps(chunks: AsyncIterable<Uint8Array>, maxCellLength: number): AsyncGenerator<Step, void, undefined> {
  const texts = createTextStream()
  const reader = createRecordReader({ maxCellLength })
  const read = (text: Result<string, ImportProblem>): Step => {
    if (!text.ok) return { batch: { rows: [], problems: [text.error], broken: true }, failed: true }
    const batch = reader.push(text.value)
    return { batch, failed: batch.broken }
  }
  for await (const chunk of chunks) {
    const step = read(texts.push(chunk))
    yield step
    if (step.failed) return
  }
  const step = read(texts.end())
  yield step
  if (!step.failed) yield { batch: reader.end(), failed: false }
}

/**
 * Reads a register of any length in bounded memory: each chunk of bytes yields at most one batch of good records and problems, as `readRecords`
 * does. It stops at what makes the rest unreadable, which is the last problem; the records before stay good.
 */
export async function* readRecordStream<const Columns extends readonly RegisterColumn[]>(
  chunks: AsyncIterable<Uint8Array>,
  columns: Columns,
  limits: StreamLimits = {},
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> {
  let map: HeaderMap | undefined
  let headerLine = 1
  let rowsSeen = 0
  for await (const { batch } of recordSteps(chunks, limits.maxCellLength ?? defaultLimits.maxCellLength)) {
    let rows = batch.rows.filter((row) => row.cells.some((cell) => cell.trim() !== ''))
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
