import type { Result } from '@dual-random/kernel'
import type { ImportProblem } from './problem.ts'
import type { TableRow } from './record-reader.ts'
import { squash } from './text.ts'

/** Why a cell is refused: the part of an import problem that a cell parser knows. */
export type CellFault = Pick<ImportProblem, 'code' | 'reason' | 'action'>

/**
 * A column of a register. `names` are its Chinese and English headings, the first one shown to people; `required` means the column must be
 * there and its cells filled; `parse` sees the trimmed text of a filled cell.
 */
export interface RegisterColumn<T = unknown> {
  readonly key: string
  readonly names: readonly string[]
  readonly required: boolean
  readonly parse: (text: string) => Result<T, CellFault>
}

type Parsed<C> = C extends RegisterColumn<infer T> ? (C['required'] extends true ? T : T | undefined) : never

/** The record that a list of columns declares: a member per key, `undefined` where an optional column or cell is empty. */
export type RecordOf<Columns extends readonly RegisterColumn[]> = {
  readonly [Column in Columns[number] as Column['key']]: Parsed<Column>
}

/** Where each column stands in the file. */
export interface HeaderMap {
  readonly width: number
  readonly headings: readonly string[]
  readonly positions: ReadonlyMap<string, number>
}

export interface HeaderReading {
  /** Absent when rows cannot be read under this header. */
  readonly map?: HeaderMap
  readonly problems: readonly ImportProblem[]
}

const headingKey = (text: string): string => squash(text).toLowerCase()

const headingOf = (column: RegisterColumn): string => column.names[0] ?? column.key

const unknownColumn = (line: number, heading: string, missing: readonly string[]): ImportProblem => ({
  line,
  column: heading,
  code: 'unknown-column',
  reason: `不认识“${heading}”列，这一列没有导入`,
  action: missing.length === 0 ? '确认此列可以不要，或改为模板中的列名' : `改为模板中的列名；文件还缺：${missing.join('、')}`,
})

const duplicateColumn = (line: number, heading: string, first: string): ImportProblem => ({
  line,
  column: heading,
  code: 'duplicate-column',
  reason: `“${heading}”列与“${first}”列是同一内容，分不清用哪一列`,
  action: '只保留一列后重新导入',
})

const missingColumn = (line: number, heading: string): ImportProblem => ({
  line,
  column: heading,
  code: 'missing-column',
  reason: `缺少必需的“${heading}”列`,
  action: `在表头加上“${heading}”列并填写后重新导入`,
})

/** Maps a header row to columns by their names, white space, width and letter case aside. */
export function readHeader(row: TableRow, columns: readonly RegisterColumn[]): HeaderReading {
  const keyOf = new Map(columns.flatMap((column) => [column.key, ...column.names].map((name) => [headingKey(name), column.key] as const)))
  const headings = row.cells.slice(0, row.cells.findLastIndex((cell) => cell.trim() !== '') + 1)
  const positions = new Map<string, number>()
  const unknown: string[] = []
  const duplicates: ImportProblem[] = []
  for (const [index, cell] of headings.entries()) {
    const heading = cell.trim() === '' ? `第 ${index + 1} 列` : cell.trim()
    const key = keyOf.get(headingKey(cell))
    const earlier = key === undefined ? undefined : positions.get(key)
    if (key === undefined) unknown.push(heading)
    else if (earlier === undefined) positions.set(key, index)
    else duplicates.push(duplicateColumn(row.line, heading, (headings[earlier] ?? '').trim()))
  }
  const missing = columns.filter((column) => column.required && !positions.has(column.key)).map(headingOf)
  const fatal = [...duplicates, ...missing.map((heading) => missingColumn(row.line, heading))]
  const problems = [...fatal, ...unknown.map((heading) => unknownColumn(row.line, heading, missing))]
  return fatal.length > 0 ? { problems } : { map: { width: headings.length, headings, positions }, problems }
}
