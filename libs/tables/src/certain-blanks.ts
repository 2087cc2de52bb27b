import type { LayoutColumn } from './layout-columns.ts'
import type { TableRow } from './record-reader.ts'
import { squash } from './text.ts'

/** Which fields tell rows apart: a row with all of `leading` blank continues the one above; `anchor` is a field that no row may lack. */
export interface MergeRules<Field extends string> {
  readonly leading: readonly Field[]
  readonly anchor: Field
  /** Fields that are never carried: a blank one is a gap. */
  readonly own: readonly Field[]
  /** What a row must say of itself: nothing but `leading` is carried into a row without it. */
  readonly subject?: Field
  /** Fields that say how much is drawn: a run of blanks with such a one in it is a gap, unless the whole row is certainly merged. */
  readonly drawn?: readonly Field[]
}

const shortestCertainRun = 3

export const isBlank = (row: TableRow, column: { readonly index: number }): boolean => squash(row.cells[column.index] ?? '') === ''

/** The runs of adjacent blank cells of a row. */
function blankRuns<Field extends string>(row: TableRow, columns: readonly LayoutColumn<Field>[]): LayoutColumn<Field>[][] {
  const runs: LayoutColumn<Field>[][] = []
  let open = false
  for (const column of columns) {
    if (!isBlank(row, column)) open = false
    else if (open) runs.at(-1)?.push(column)
    else {
      runs.push([column])
      open = true
    }
  }
  return runs
}

/**
 * A row that says one thing alone continues the whole row above. Where amounts are at stake it does so only without a number and a name: a
 * heading that stands between rows, or a line not filled in yet, lacks the number as well.
 */
function isWhollyMerged<Field extends string>(
  row: TableRow,
  columns: readonly LayoutColumn<Field>[],
  leading: readonly LayoutColumn<Field>[] | undefined,
  { drawn }: MergeRules<Field>,
): boolean {
  if (leading === undefined || (drawn !== undefined && leading.length < 2)) return false
  return columns.filter((column) => !isBlank(row, column)).length === 1
}

/**
 * The blank columns of a row that certainly continue the cell above. Text cannot show merged cells; what counts as proof is: a row without
 * number and name whose other cells are blank but one; in such a row, the run of blanks that holds the anchor; in a row of its own, such a run of
 * three columns or more that reaches the last column. A run that holds an amount is no proof: one not filled in looks the same.
 */
export function certainBlanks<Field extends string>(
  row: TableRow,
  columns: readonly LayoutColumn<Field>[],
  leading: readonly LayoutColumn<Field>[] | undefined,
  rules: MergeRules<Field>,
): readonly LayoutColumn<Field>[] {
  const { anchor, subject, drawn = [] } = rules
  if (subject !== undefined && !columns.some((column) => column.field === subject && !isBlank(row, column))) return leading ?? []
  const runs = blankRuns(row, columns)
  if (isWhollyMerged(row, columns, leading, rules)) return runs.flat()
  const last = columns.at(-1)
  const proven = runs.filter((run) => {
    const fields = new Set(run.map(({ field }) => field))
    if (!fields.has(anchor) || drawn.some((field) => fields.has(field))) return false
    return leading !== undefined || (run.length >= shortestCertainRun && run.at(-1) === last)
  })
  return [...(leading ?? []), ...proven.flat()]
}
