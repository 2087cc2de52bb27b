import type { Layout } from '../layout.ts'
import { columnQuestionId, isFilled, type LayoutColumn } from '../layout-columns.ts'
import type { TableRow } from '../record-reader.ts'
import { squash } from '../text.ts'
import type { PlanField } from './plan-columns.ts'

const shareWords = /比例/
const gradeName =
  /^(?:信用(?:风险)?)?[A-E](?:类|级)?(?:企业|对象)?(?:\(%\))?$|^(?:低|一般|中|较高|高)风险(?:类|级)?(?:企业|对象)?(?:\(%\))?$/
const percentSign = /\(?%\)?/

function isGradeColumn({ field, name, above }: LayoutColumn<PlanField>): boolean {
  return field === undefined && above !== undefined && shareWords.test(squash(above)) && gradeName.test(squash(name))
}

const figures = /^\d+(?:\.\d+)?$/

function shareText(row: TableRow, { index, name, above = '' }: LayoutColumn<PlanField>): string {
  const grade = squash(name).replace(percentSign, '')
  const cell = squash(row.cells[index] ?? '')
  // 空 is no share: the cell is asked about as a whole.
  if (cell === '') return `${grade}空`
  const sign = /[%‰]/.exec(squash(name + above))?.[0]
  return sign !== undefined && figures.test(cell) ? `${grade}${cell}${sign}` : `${grade}${cell}`
}

/**
 * Columns of grades under one heading of ratios, A B C D under 抽查比例, read as the one cell that other tables have in their place:
 * A1%；B3%；C10%；D20%.
 */
export function withGradeColumns(layout: Layout<PlanField>): Layout<PlanField> {
  const columns = layout.columns.filter(isGradeColumn)
  const [first, second] = columns
  if (first === undefined || second === undefined || layout.columns.some(({ field }) => field === 'share')) return layout
  const merge = (row: TableRow): TableRow => {
    if (!columns.some(({ index }) => isFilled(row.cells[index]))) return row
    const text = columns.map((column) => shareText(row, column)).join('；')
    const inside = new Set(columns.slice(1).map(({ index }) => index))
    return { ...row, cells: row.cells.map((cell, index) => (index === first.index ? text : inside.has(index) ? '' : cell)) }
  }
  const asked = new Set(columns.map(({ index }) => columnQuestionId(index)))
  return {
    ...layout,
    columns: layout.columns.map((column) => (column === first ? { ...column, name: column.above ?? column.name, field: 'share' } : column)),
    rows: layout.rows.map(merge),
    questions: layout.questions.filter(({ id }) => !asked.has(id)),
  }
}
