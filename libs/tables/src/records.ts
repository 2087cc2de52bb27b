import { cellProblem, cellText } from './cell-text.ts'
import { type HeaderMap, type RecordOf, type RegisterColumn, readHeader } from './columns.ts'
import type { ImportProblem } from './problem.ts'
import type { TableRow } from './record-reader.ts'
import type { Table } from './table.ts'

/** A good record and the physical line it starts on. */
export interface LinedRecord<T> {
  readonly line: number
  readonly value: T
}

export interface RecordsRead<T> {
  readonly records: readonly LinedRecord<T>[]
  readonly problems: readonly ImportProblem[]
}

export const noRows = (line: number): ImportProblem => ({
  line,
  code: 'no-rows',
  reason: '文件中没有数据行',
  action: '确认选对了文件，并在表头下填写数据后重新导入',
})

const isBlank = (row: TableRow): boolean => row.cells.every((cell) => cell.trim() === '')

function shapeProblem(row: TableRow, width: number): ImportProblem | undefined {
  const filled = row.cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (row.cells.length >= width && filled <= width) return undefined
  const short = row.cells.length < width
  return {
    line: row.line,
    code: short ? 'short-row' : 'long-row',
    reason: short ? `这一行只有 ${row.cells.length} 格，表头有 ${width} 列` : `这一行有 ${filled} 格，表头只有 ${width} 列`,
    action: short ? '补齐缺少的单元格（空值也要留出逗号）后重新导入' : '检查是否有多余的逗号，含逗号的内容要加双引号',
  }
}

function readCell(row: TableRow, column: RegisterColumn, map: HeaderMap): { value?: unknown; problem?: ImportProblem } {
  const position = map.positions.get(column.key)
  if (position === undefined) return {}
  const raw = row.cells[position] ?? ''
  const heading = map.headings[position]?.trim() ?? column.key
  const barred = cellProblem(row.line, heading, raw)
  if (barred !== undefined) return { problem: barred }
  const text = cellText(raw)
  const at = { line: row.line, column: heading, value: raw }
  if (text === '') {
    if (!column.required) return {}
    return { problem: { ...at, code: 'missing-value', reason: `“${heading}”不能为空`, action: '填写后重新导入这一行' } }
  }
  const parsed = column.parse(text)
  return parsed.ok ? { value: parsed.value } : { problem: { ...at, ...parsed.error } }
}

/** Reads one row under a header: the record, or every problem of the row. A row with any problem gives no record. */
function readRow(row: TableRow, columns: readonly RegisterColumn[], map: HeaderMap): LinedRecord<unknown> | readonly ImportProblem[] {
  const shape = shapeProblem(row, map.width)
  if (shape !== undefined) return [shape]
  const cells = columns.map((column) => ({ key: column.key, ...readCell(row, column, map) }))
  const problems = cells.flatMap((cell) => cell.problem ?? [])
  return problems.length > 0 ? problems : { line: row.line, value: Object.fromEntries(cells.map((cell) => [cell.key, cell.value])) }
}

/** The rows of a register under a known header; blank rows are passed over. */
export function readRows<const Columns extends readonly RegisterColumn[]>(
  rows: readonly TableRow[],
  columns: Columns,
  map: HeaderMap,
): RecordsRead<RecordOf<Columns>> {
  const records: LinedRecord<RecordOf<Columns>>[] = []
  const problems: ImportProblem[] = []
  for (const row of rows) {
    if (isBlank(row)) continue
    const read = readRow(row, columns, map)
    if ('value' in read) records.push(read as LinedRecord<RecordOf<Columns>>)
    else problems.push(...read)
  }
  return { records, problems }
}

/**
 * Reads a register whose first row is its header (DQ-04): good rows become records, everything else a problem with line, column and value.
 * A missing or doubled column refuses the whole file; an unknown one is reported and passed over.
 */
export function readRecords<const Columns extends readonly RegisterColumn[]>(
  table: Table,
  columns: Columns,
): RecordsRead<RecordOf<Columns>> {
  const [header, ...rows] = table.rows.filter((row) => !isBlank(row))
  if (header === undefined) return { records: [], problems: [...table.problems, noRows(1)] }
  const heading = readHeader(header, columns)
  if (heading.map === undefined) return { records: [], problems: [...table.problems, ...heading.problems] }
  const read = readRows(rows, columns, heading.map)
  const empty = rows.length === 0 && table.problems.length === 0 ? [noRows(header.line)] : []
  return { records: read.records, problems: [...table.problems, ...heading.problems, ...read.problems, ...empty] }
}
