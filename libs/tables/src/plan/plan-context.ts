import type { FilledRow, SourceCell } from '../merged.ts'
import type { QuestionSource } from '../question.ts'
import type { PlanField } from './plan-columns.ts'

export interface PlanOptions {
  /** The year the plan is for; months without a year are in it. */
  readonly planYear: number
  /** The title of the document, when it does not stand in the table. */
  readonly title?: string
  /** Whether it is imported as the plan of one department or as one of several; without it the title is not judged by it. */
  readonly planType?: 'INTERNAL' | 'JOINT'
  /** Whether the item list in force has an item of this name. Without it no item is asked about. */
  readonly isListedItem?: (name: string) => boolean
  /** The unit's own name for a name in the table; undefined when no such unit is known. Without it names stand as written. */
  readonly resolveUnit?: (name: string) => string | undefined
}

/** What the readers of a line may know beside its cells. */
export interface PlanContext {
  readonly options: PlanOptions
  readonly columns: ReadonlyMap<PlanField, string>
}

export type PlanRow = FilledRow<PlanField>

/** The source a question shows: the cell, or the blank under a column of the table. */
export function sourceOf(row: PlanRow, cell: SourceCell | undefined, fields: readonly PlanField[], context: PlanContext): QuestionSource {
  if (cell !== undefined) return { line: row.line, column: cell.column, raw: cell.raw }
  const column = fields.map((field) => context.columns.get(field)).find((name) => name !== undefined)
  return { line: row.line, column: column ?? '', raw: '' }
}

export const hasColumn = (context: PlanContext, ...fields: readonly PlanField[]): boolean =>
  fields.some((field) => context.columns.has(field))
