import { isFilled } from '../layout-columns.ts'
import type { TableNote } from '../question.ts'
import type { TableRow } from '../record-reader.ts'
import { cleanPassage } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import { hasColumn, type PlanContext } from './plan-context.ts'
import type { ParsedPlanLine } from './plan-line.ts'
import { nameFieldOf, nameFields } from './read-texts.ts'
import { sameNameNotes } from './repeated-lines.ts'
import { isUndrawnNotice } from './undrawn-sheet.ts'

function splitNotes(lines: readonly ParsedPlanLine[]): readonly TableNote[] {
  const split = lines.filter((line) => line.cells.number?.carried === true)
  return split.map(({ rows, taskNo }) => ({
    line: rows[0] ?? 0,
    code: 'line-per-item',
    textZh: `任务 ${taskNo} 各事项的比例、时间或对象不同，第 ${rows[0]} 行单独成为一条`,
  }))
}

/** What columns say that a plan line has no place for. */
const outsidePlan = [
  'taskNumber',
  'planNumber',
  'content',
  'area',
  'base',
  'organisingLevel',
  'level',
  'drawType',
  'itemClass',
  'basis',
  'office',
  'flag',
  'contact',
] as const satisfies readonly PlanField[]

/** The fields of a table that no plan line has a place for: names that name no task in it, and a time beside start and end. */
export function fieldsOutside(context: PlanContext): readonly PlanField[] {
  const names = nameFields.filter((field) => field !== nameFieldOf(context))
  return [...outsidePlan, ...names, ...(hasColumn(context, 'windowStart', 'windowEnd') ? (['window'] as const) : [])]
}

function outsideNotes(lines: readonly ParsedPlanLine[], context: PlanContext, headerLine: number): readonly TableNote[] {
  const fields = fieldsOutside(context)
  const columns = new Set(lines.flatMap(({ cells }) => fields.flatMap((field) => cells[field]?.column ?? [])))
  return [...columns].map((column) => ({
    line: headerLine,
    column,
    code: 'column-not-in-plan',
    textZh: `计划事项没有“${column}”一栏：这一列的内容留在原表中`,
  }))
}

/** What of remarks was read has its place; whatever else they say stays in the file. */
function remarkNotes(lines: readonly ParsedPlanLine[], headerLine: number): readonly TableNote[] {
  const kept = lines.filter(({ readings }) => (readings.remarks?.rest ?? '') !== '')
  const columns = new Set(kept.flatMap(({ cells }) => cells.remarks?.column ?? []))
  return [...columns].map((column) => ({
    line: headerLine,
    column,
    code: 'remarks-kept',
    textZh: `“${column}”没有读成计划内容的文字留在原表中`,
  }))
}

/** Where no column is one of task names, which one the names are from. */
function nameNotes(context: PlanContext, headerLine: number): readonly TableNote[] {
  const field = nameFieldOf(context)
  if (field === undefined || field === 'taskName') return []
  if (field === 'item') return [{ line: headerLine, code: 'name-from-item', textZh: '表中没有任务名称，用抽查事项作名称' }]
  const column = context.columns.get(field) ?? ''
  return [{ line: headerLine, column, code: 'name-from-column', textZh: `表中没有任务名称，用“${column}”作名称` }]
}

/** What people should see of how lines and their names came about. */
export function planNotes(lines: readonly ParsedPlanLine[], context: PlanContext, headerLine: number): readonly TableNote[] {
  return [
    ...nameNotes(context, headerLine),
    ...splitNotes(lines),
    ...sameNameNotes(lines),
    ...outsideNotes(lines, context, headerLine),
    ...remarkNotes(lines, headerLine),
  ]
}

/** What stands below the table may bear on every line: people are told of it. */
export const footerNotes = (footers: readonly TableRow[]): readonly TableNote[] =>
  footers
    .filter((row) => !isUndrawnNotice(row))
    .map((row) => {
      const raw = row.cells.filter(isFilled).map(cleanPassage).join('，')
      return { line: row.line, code: 'below-table', textZh: `表尾说明没有读入各条：“${raw}”` }
    })
