import { fieldOf, headingField, isFilled, type Vocabulary } from './layout-columns.ts'
import type { TableRow } from './record-reader.ts'
import type { Table } from './table.ts'

export const filledCount = (row: TableRow): number => row.cells.filter(isFilled).length

export function isHeader<Field extends string>(row: TableRow, vocabulary: Vocabulary<Field>): boolean {
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
export function headerRows<Field extends string>({ rows, sheet }: Table, top: number, vocabulary: Vocabulary<Field>): readonly TableRow[] {
  const [first, second] = [rows[top], rows[top + 1]]
  if (first === undefined) return []
  const column = first.cells.findIndex(isFilled)
  const over = sheet?.merged.find((range) => range.top === first.line - 1 && range.left <= column && column <= range.right)
  if (over !== undefined && over.bottom > over.top) return rows.slice(top).filter(({ line }) => line <= over.bottom + 1)
  return isSubHeader(first, second, vocabulary) ? [first, second] : [first]
}
