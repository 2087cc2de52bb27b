import { describe, expect, it } from 'vitest'
import { type RealPlan, realPlan, realPlans } from '../../tests/support/real-plans.ts'
import { readPublishedTable } from '../published-table.ts'
import type { MergedCells, Sheet } from '../sheet/sheet.ts'
import { cleanName } from '../text.ts'
import { writeSheetWorkbook } from '../xlsx/write-sheet.ts'
import { type ParsedPlanTable, parsePlanTable } from './plan-table.ts'

/** The table as a workbook in which those cells are merged that the text proves to be. */
function workbookOf({ table, parsed }: RealPlan): Sheet {
  const header = table.rows.filter(({ line }) => parsed.headerRows.includes(line))
  const columnOf = (name: string | undefined): number => header[0]?.cells.findIndex((cell) => cleanName(cell) === name) ?? -1
  const rowOf = (line: number): number => table.rows.findIndex((row) => row.line === line)
  const carried = parsed.notes
    .filter(({ code }) => code === 'carried-from-above')
    .map(({ line, column }) => ({ row: rowOf(line), column: columnOf(column) }))
  const merged = carried.flatMap(({ row, column }): readonly MergedCells[] => {
    const isCarried = (at: number): boolean => carried.some((cell) => cell.column === column && cell.row === at)
    if (isCarried(row + 1)) return []
    let top = row
    while (isCarried(top)) top -= 1
    return [{ top, left: column, bottom: row, right: column }]
  })
  const width = Math.max(...table.rows.map(({ cells }) => cells.length))
  return {
    name: '计划',
    widths: Array.from({ length: width }, () => 12),
    rows: table.rows.map(({ cells }) => ({ kind: 'body', cells })),
    merged,
  }
}

const told = ({ lines, questions }: ParsedPlanTable) => ({
  lines: lines.map(({ taskNo, known }) => ({ taskNo, known })),
  questions: questions.map(({ id, code }) => `${id} ${code}`),
})

describe.each(realPlans)('%s as a workbook', (file) => {
  it('PLN-13 gives the lines and the questions of the table', async () => {
    const plan = realPlan(file)
    const table = await readPublishedTable(await writeSheetWorkbook(workbookOf(plan)))
    if (!table.ok) throw new Error(table.error.reason)
    expect(told(parsePlanTable(table.value, { planYear: plan.planYear, title: plan.plan.title }))).toEqual(told(plan.parsed))
  })
})
