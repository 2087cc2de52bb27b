import { carryNote, type MergedRows } from '../merged.ts'
import type { TableNote } from '../question.ts'
import { squash } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import type { PlanRow } from './plan-context.ts'

const objectOf = ({ cells }: PlanRow): string => squash(cells.object?.raw ?? '')

/** A row that goes on with the task above, and is of the same objects, is of the same number of them where its own is blank. */
export function carryBase({ rows, notes }: MergedRows<PlanField>): MergedRows<PlanField> {
  const carried: PlanRow[] = []
  const more: TableNote[] = []
  for (const row of rows) {
    const above = carried.at(-1)
    const base = above?.cells.base
    const isSame = above !== undefined && row.continues && objectOf(row) !== '' && objectOf(row) === objectOf(above)
    if (isSame && base !== undefined && row.cells.base === undefined) {
      carried.push({ ...row, cells: { ...row.cells, base: { ...base, carried: true } } })
      more.push(carryNote(row.line, base))
    } else carried.push(row)
  }
  return { rows: carried, notes: [...notes, ...more] }
}
