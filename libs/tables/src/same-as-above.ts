import type { Layout } from './layout.ts'
import type { TableNote } from './question.ts'
import type { TableRow } from './record-reader.ts'
import { squash } from './text.ts'

const sameAsAbove = /^(?:同上|同前|〃|″)$/

/** Puts what stands above in the place of 同上, and says so in notes; below nothing it stays as it is. */
export function followSameAsAbove<Field extends string>({
  columns,
  rows,
}: Pick<Layout<Field>, 'columns' | 'rows'>): {
  readonly rows: readonly TableRow[]
  readonly notes: readonly TableNote[]
} {
  const notes: TableNote[] = []
  const above = new Map<number, { readonly raw: string; readonly line: number }>()
  const followed = rows.map((row): TableRow => {
    const cells = row.cells.map((cell, index): string => {
      if (!sameAsAbove.test(squash(cell))) {
        if (squash(cell) !== '') above.set(index, { raw: cell, line: row.line })
        return cell
      }
      const from = above.get(index)
      if (from === undefined) return cell
      const column = columns.find((each) => each.index === index)?.name ?? ''
      const textZh = `“${column}”写“${squash(cell)}”，沿用第 ${from.line} 行的“${squash(from.raw)}”`
      notes.push({ line: row.line, column, code: 'same-as-above', textZh })
      return from.raw
    })
    return { ...row, cells }
  })
  return { rows: followed, notes }
}
