import { err, ok, type Result } from '@dual-random/kernel'
import { filledCount, headerRows, isHeader } from './header-rows.ts'
import { isFilled, type LayoutColumn, readColumns, type Vocabulary } from './layout-columns.ts'
import type { ImportProblem } from './problem.ts'
import type { Question, TableNote } from './question.ts'
import type { TableRow } from './record-reader.ts'
import type { MergedCells } from './sheet/sheet.ts'
import { sortRows } from './sort-rows.ts'
import type { Table } from './table.ts'

/** A published table taken apart: title and header rows before, footers after, and the rows that say something. */
export interface Layout<Field extends string> {
  readonly titles: readonly TableRow[]
  readonly header: readonly TableRow[]
  /** Rows further down that say the header again, as where the tables of several pages were put together. */
  readonly repeated: readonly TableRow[]
  readonly columns: readonly LayoutColumn<Field>[]
  readonly rows: readonly TableRow[]
  readonly footers: readonly TableRow[]
  readonly questions: readonly Question[]
  readonly notes: readonly TableNote[]
  readonly problems: readonly ImportProblem[]
  /** What is merged, where the file tells it. */
  readonly merged?: readonly MergedCells[]
}

const headerSearchDepth = 15

/** A heading that is merged over several columns is that of each which has something in it: start and end under one 抽查时间 are two of a kind. */
function withMergedHeadings(header: readonly TableRow[], rows: readonly TableRow[], { sheet }: Table): readonly TableRow[] {
  const last = header.at(-1)
  if (sheet === undefined || last === undefined) return header
  const over = sheet.merged.filter(({ top, bottom, left, right }) => right > left && top < last.line && bottom >= last.line - 1)
  const headingAt = (cell: string, column: number): string => {
    const range = over.find(({ left, right }) => column > left && column <= right)
    if (range === undefined || isFilled(cell) || !rows.some((row) => isFilled(row.cells[column]))) return cell
    return header.find(({ line }) => line === range.top + 1)?.cells[range.left] ?? ''
  }
  return header.map((row) => (row === last ? { ...row, cells: row.cells.map(headingAt) } : row))
}

const wrongWidth = (row: TableRow, width: number): ImportProblem => ({
  line: row.line,
  code: row.cells.length < width ? 'short-row' : 'long-row',
  reason: `这一行有 ${row.cells.length} 格，表头有 ${width} 列，没有读入`,
  action: '补齐或删去单元格，使每行与表头一样多，再重新导入',
})

const repeatedNote = ({ line }: TableRow): TableNote => ({
  line,
  code: 'repeated-header',
  textZh: `第 ${line} 行重复了表头，没有读作数据`,
})

const noHeader = (headings: readonly string[]): ImportProblem => ({
  line: 1,
  code: 'no-header',
  reason: '没有找到表头：前面的行里认不出三个以上的列名',
  action: `确认选对了文件；表头应含${headings.map((heading) => `“${heading}”`).join('')}等列名`,
})

const noData = (line: number): ImportProblem => ({
  line,
  code: 'no-rows',
  reason: '表头下面没有数据行',
  action: '确认选对了文件，填写后重新导入',
})

/**
 * Finds header, titles, footers and the meaning of columns in a published table. Rows that fit nowhere become questions or problems. Where there
 * is no header, `headings` are what such a table usually has.
 */
export function findLayout<Field extends string>(
  table: Table,
  vocabulary: Vocabulary<Field>,
  headings: readonly string[],
): Result<Layout<Field>, ImportProblem> {
  const top = table.rows.slice(0, headerSearchDepth).findIndex((row) => isHeader(row, vocabulary))
  const header = headerRows(table, top, vocabulary)
  const [first] = header
  if (first === undefined) return err(noHeader(headings))
  const below = table.rows.slice(top + header.length).filter((row) => filledCount(row) > 0)
  const { data, repeated, footers, unclear, problems } = sortRows(below, header, { table, vocabulary })
  const width = Math.max(...header.map((row) => row.cells.length))
  const rows = data.filter((row) => row.cells.length === width)
  const { columns, questions } = readColumns(withMergedHeadings(header, rows, table), rows, vocabulary)
  return ok({
    ...(table.sheet === undefined ? {} : { merged: table.sheet.merged }),
    titles: table.rows.slice(0, top).filter((row) => filledCount(row) > 0),
    header,
    repeated,
    columns,
    rows,
    footers,
    questions: [...unclear, ...questions],
    notes: repeated.map(repeatedNote),
    problems: [
      ...table.problems,
      ...problems,
      ...data.filter((row) => row.cells.length !== width).map((row) => wrongWidth(row, width)),
      ...(data.length === 0 ? [noData(first.line)] : []),
    ],
  })
}
