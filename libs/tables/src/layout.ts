import { err, ok, type Result } from '@dual-random/kernel'
import { fieldOf, headingField, isFilled, type LayoutColumn, readColumns, type Vocabulary } from './layout-columns.ts'
import type { ImportProblem } from './problem.ts'
import type { Question } from './question.ts'
import type { TableRow } from './record-reader.ts'
import type { MergedCells } from './sheet/sheet.ts'
import type { Table } from './table.ts'
import { squash } from './text.ts'

/** A published table taken apart: title and header rows before, footers after, and the rows that say something. */
export interface Layout<Field extends string> {
  readonly titles: readonly TableRow[]
  readonly header: readonly TableRow[]
  readonly columns: readonly LayoutColumn<Field>[]
  readonly rows: readonly TableRow[]
  readonly footers: readonly TableRow[]
  readonly questions: readonly Question[]
  readonly problems: readonly ImportProblem[]
  /** What is merged, where the file tells it. */
  readonly merged?: readonly MergedCells[]
}

const headerSearchDepth = 15
const footerStart = /^(?:备注|注|说明|附注|填表说明|填报说明|填报人|联系人)(?:\d*[:.、]|$)/
const total = /^(?:合计|总计|小计)/

const filledCount = (row: TableRow): number => row.cells.filter(isFilled).length
const onlyFirstFilled = (row: TableRow): boolean => filledCount(row) === 1 && isFilled(row.cells[0])

function isHeader<Field extends string>(row: TableRow, vocabulary: Vocabulary<Field>): boolean {
  const known = row.cells.filter((cell) => fieldOf(cell, vocabulary) !== undefined).length
  return known >= 3 && known * 2 >= filledCount(row)
}

/**
 * A second header row names parts of columns above it: it leaves the first column blank and holds known headings only, or headings only where
 * one above stands over several columns.
 */
function isSubHeader<Field extends string>(top: TableRow, row: TableRow | undefined, vocabulary: Vocabulary<Field>): row is TableRow {
  if (row === undefined || isFilled(row.cells[0]) || filledCount(row) === 0) return false
  const filled = row.cells.flatMap((cell, column) => (isFilled(cell) ? [column] : []))
  const isOfGroup = (column: number): boolean =>
    !isFilled(top.cells[column]) || (column + 1 < top.cells.length && !isFilled(top.cells[column + 1]))
  return (
    filled.every((column) => headingField([top, row], column, vocabulary) !== undefined) || (filled.length > 1 && filled.every(isOfGroup))
  )
}

/** The rows of the header: as many as its first cell stands over where the file tells it, else two where the second names parts of columns. */
function headerRows<Field extends string>({ rows, sheet }: Table, top: number, vocabulary: Vocabulary<Field>): readonly TableRow[] {
  const [first, second] = [rows[top], rows[top + 1]]
  if (first === undefined) return []
  const column = first.cells.findIndex(isFilled)
  const over = sheet?.merged.find((range) => range.top === first.line - 1 && range.left <= column && column <= range.right)
  if (over !== undefined && over.bottom > over.top) return rows.slice(top).filter(({ line }) => line <= over.bottom + 1)
  return isSubHeader(first, second, vocabulary) ? [first, second] : [first]
}

/** Footers begin at a row that says so and go on while only the first cell is filled. */
function splitFooters(rows: readonly TableRow[]): { readonly body: readonly TableRow[]; readonly footers: readonly TableRow[] } {
  const start = rows.findIndex((row) => onlyFirstFilled(row) && footerStart.test(squash(row.cells[0] ?? '')))
  if (start < 0) return { body: rows, footers: [] }
  const length = rows.slice(start).findIndex((row) => !onlyFirstFilled(row))
  const end = length < 0 ? rows.length : start + length
  return { body: [...rows.slice(0, start), ...rows.slice(end)], footers: rows.slice(start, end) }
}

function rowQuestion(row: TableRow): Question {
  const raw = row.cells.filter(isFilled).join('，')
  return {
    id: `row-${row.line}/row`,
    line: row.line,
    column: '',
    raw,
    field: 'row',
    code: 'row-not-understood',
    textZh: `第 ${row.line} 行“${raw}”不像数据，也不像表尾说明：确认忽略这一行，或改正表格后重新导入`,
    form: 'choice',
    options: [{ value: 'ignore', textZh: '忽略这一行' }],
  }
}

const wrongWidth = (row: TableRow, width: number): ImportProblem => ({
  line: row.line,
  code: row.cells.length < width ? 'short-row' : 'long-row',
  reason: `这一行有 ${row.cells.length} 格，表头有 ${width} 列，没有读入`,
  action: '补齐或删去单元格，使每行与表头一样多，再重新导入',
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
  const { body, footers } = splitFooters(table.rows.slice(top + header.length).filter((row) => filledCount(row) > 0))
  const width = Math.max(...header.map((row) => row.cells.length))
  const isOdd = (row: TableRow): boolean => onlyFirstFilled(row) || total.test(squash(row.cells[0] ?? ''))
  const data = body.filter((row) => !isOdd(row))
  const rows = data.filter((row) => row.cells.length === width)
  const { columns, questions } = readColumns(header, rows, vocabulary)
  return ok({
    ...(table.sheet === undefined ? {} : { merged: table.sheet.merged }),
    titles: table.rows.slice(0, top).filter((row) => filledCount(row) > 0),
    header,
    columns,
    rows,
    footers,
    questions: [...body.filter(isOdd).map(rowQuestion), ...questions],
    problems: [
      ...table.problems,
      ...data.filter((row) => row.cells.length !== width).map((row) => wrongWidth(row, width)),
      ...(data.length === 0 ? [noData(first.line)] : []),
    ],
  })
}
