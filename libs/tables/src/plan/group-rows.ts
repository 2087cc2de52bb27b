import { squash } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import type { PlanRow } from './plan-context.ts'

/** The rows of one plan line, in the order of the table. */
export type LineRows = readonly [PlanRow, ...PlanRow[]]

/** Fields that make rows of one task different lines when they differ. */
const decisive: readonly PlanField[] = [
  'object',
  'area',
  'shareAndTimes',
  'shareOrCount',
  'share',
  'times',
  'period',
  'count',
  'estimate',
  'windowStart',
  'windowEnd',
  'deadline',
  'window',
  'initiator',
  'participants',
  'methods',
  'grades',
  'drawType',
]

const sameLine = (a: PlanRow, b: PlanRow): boolean =>
  decisive.every((field) => squash(a.cells[field]?.raw ?? '') === squash(b.cells[field]?.raw ?? ''))

/** Rows of one task become one line when they differ in the item only, else a line each: a ratio belongs to its item. */
export function groupRows(rows: readonly PlanRow[]): readonly LineRows[] {
  const tasks: [PlanRow, ...PlanRow[]][] = []
  for (const row of rows) {
    const task = row.continues ? tasks.at(-1) : undefined
    if (task === undefined) tasks.push([row])
    else task.push(row)
  }
  return tasks.flatMap((task) => (task.every((row) => sameLine(task[0], row)) ? [task] : task.map((row): LineRows => [row])))
}
