import { certainBlanks, isBlank, type MergeRules } from './certain-blanks.ts'
import type { Layout } from './layout.ts'
import type { TableNote } from './question.ts'
import type { TableRow } from './record-reader.ts'
import { followSameAsAbove } from './same-as-above.ts'
import type { MergedCells } from './sheet/sheet.ts'
import { squash } from './text.ts'

/** A cell with where it came from: `line` is that of the row above when a merged cell was carried down. */
export interface SourceCell {
  readonly column: string
  readonly raw: string
  readonly line: number
  readonly carried: boolean
}

/** A row whose blanks were filled where they are certainly the lower part of a merged cell; blank fields are absent. */
export interface FilledRow<Field extends string> {
  readonly line: number
  /** The row belongs to the number and name of the row above. */
  readonly continues: boolean
  readonly cells: Readonly<Partial<Record<Field, SourceCell>>>
}

export interface MergedRows<Field extends string> {
  readonly rows: readonly FilledRow<Field>[]
  readonly notes: readonly TableNote[]
}

export const carryNote = (line: number, { column, line: from, raw }: SourceCell): TableNote => ({
  line,
  column,
  code: 'carried-from-above',
  textZh: `“${column}”是合并单元格的续行，沿用第 ${from} 行的“${squash(raw)}”`,
})

/** Fills the blanks that are certainly merged with the cell above, and 同上, and says so in notes behind those of the layout. */
export function fillMerged<Field extends string>(layout: Layout<Field>, rules: MergeRules<Field>): MergedRows<Field> {
  const { rows, notes } = followSameAsAbove(layout)
  const told = { ...layout, rows }
  const filled = layout.merged === undefined ? fillByText(told, rules) : fillByFile(told, rules, layout.merged)
  return { rows: filled.rows, notes: [...layout.notes, ...notes, ...filled.notes] }
}

function rangesByLine(merged: readonly MergedCells[], last: number): ReadonlyMap<number, readonly MergedCells[]> {
  const ranges = new Map<number, MergedCells[]>()
  for (const range of merged) {
    for (let line = range.top + 1; line <= Math.min(range.bottom + 1, last); line += 1) {
      const own = ranges.get(line)
      if (own === undefined) ranges.set(line, [range])
      else own.push(range)
    }
  }
  return ranges
}

/** As the file tells: a cell that a merged one covers says what that says, and a blank that none covers is one. */
function fillByFile<Field extends string>(
  layout: Layout<Field>,
  { leading }: MergeRules<Field>,
  merged: readonly MergedCells[],
): MergedRows<Field> {
  const byLine = new Map(layout.rows.map((row) => [row.line, row]))
  const key = layout.columns.filter(({ field }) => field !== undefined && leading.includes(field))
  const ranges = rangesByLine(merged, layout.rows.at(-1)?.line ?? 0)
  const over = (row: TableRow, column: number): MergedCells | undefined =>
    ranges.get(row.line)?.find(({ left, right }) => column >= left && column <= right)
  const notes: TableNote[] = []
  const rows = layout.rows.map((row, index): FilledRow<Field> => {
    const cells: Partial<Record<Field, SourceCell>> = {}
    const above = layout.rows[index - 1]
    for (const column of layout.columns) {
      if (column.field === undefined) continue
      if (!isBlank(row, column)) {
        cells[column.field] = { column: column.name, raw: row.cells[column.index] ?? '', line: row.line, carried: false }
        continue
      }
      const range = over(row, column.index)
      const raw = range === undefined ? '' : (byLine.get(range.top + 1)?.cells[range.left] ?? '')
      if (range === undefined || squash(raw) === '') continue
      const carried = { column: column.name, raw, line: range.top + 1, carried: true }
      cells[column.field] = carried
      notes.push(carryNote(row.line, carried))
    }
    const goesOn =
      key.length > 0 && key.every((column) => isBlank(row, column) && (over(row, column.index)?.top ?? row.line) < row.line - 1)
    return { line: row.line, continues: above !== undefined && goesOn, cells }
  })
  return { rows, notes }
}

function fillByText<Field extends string>(layout: Layout<Field>, rules: MergeRules<Field>): MergedRows<Field> {
  const columns = layout.columns.filter((column) => layout.rows.some((row) => !isBlank(row, column)))
  const leading = columns.filter(({ field }) => field !== undefined && rules.leading.includes(field))
  const notes: TableNote[] = []
  let above: Partial<Record<Field, SourceCell>> = {}
  const rows: FilledRow<Field>[] = []
  for (const row of layout.rows) {
    const continues = rows.length > 0 && leading.length > 0 && leading.every((column) => isBlank(row, column))
    const carried = certainBlanks(row, columns, continues ? leading : undefined, rules)
    const cells: Partial<Record<Field, SourceCell>> = {}
    for (const column of columns) {
      if (column.field === undefined) continue
      const from = above[column.field]
      const carry = carried.includes(column) && !rules.own.includes(column.field) && isBlank(row, column) ? from : undefined
      if (!isBlank(row, column))
        cells[column.field] = { column: column.name, raw: row.cells[column.index] ?? '', line: row.line, carried: false }
      else if (carry !== undefined) {
        cells[column.field] = { ...carry, carried: true }
        notes.push(carryNote(row.line, carry))
      }
    }
    rows.push({ line: row.line, continues, cells })
    above = cells
  }
  return { rows, notes }
}
