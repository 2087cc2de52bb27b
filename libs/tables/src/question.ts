import type { RatioRange } from './cells/percent.ts'

/** The form of a good answer; see `readAnswer` for how each is written. */
export type AnswerForm = 'choice' | 'share' | 'tiers' | 'integer' | 'window' | 'date' | 'text' | 'texts' | 'unit' | 'units'

export interface QuestionOption {
  /** What to answer to choose it. */
  readonly value: string
  readonly textZh: string
}

/** Where a question comes from: the physical line and the column as the file has them, and the cell's text. */
export interface QuestionSource {
  readonly line: number
  readonly column: string
  readonly raw: string
}

/**
 * Something in a table that only a person can settle. `id` is `table/<field>` for the whole table, else `line-<n>/<field>` with n the ordinal of
 * the plan line or item, or `row-<line>/row`; it does not change while the table stays the same.
 */
export interface Question extends QuestionSource {
  readonly id: string
  /** The plan line or item it belongs to, from 1; absent when it belongs to the table. */
  readonly lineNo?: number
  readonly field: string
  readonly code: string
  readonly textZh: string
  readonly form: AnswerForm
  readonly options?: readonly QuestionOption[]
  /** An answered ratio must lie in it: the plan itself says so. */
  readonly bounds?: RatioRange
}

type QuestionText = Pick<Question, 'field' | 'code' | 'textZh' | 'form' | 'options' | 'bounds'>

export const tableQuestion = (source: QuestionSource, question: QuestionText): Question => ({
  id: `table/${question.field}`,
  ...source,
  ...question,
})

export const lineQuestion = (lineNo: number, source: QuestionSource, question: QuestionText): Question => ({
  id: `line-${lineNo}/${question.field}`,
  lineNo,
  ...source,
  ...question,
})

/** Something a reader did that people should see: a cell carried from above, a name taken from another column. */
export interface TableNote {
  readonly line: number
  readonly column?: string
  readonly code: string
  readonly textZh: string
}
