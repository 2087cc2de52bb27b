import { lineQuestion, type Question, type QuestionSource } from './question.ts'
import { cleanPassage } from './text.ts'

type QuestionText = Omit<Question, 'id' | 'lineNo' | keyof QuestionSource>

/** A question not yet tied to a line. */
export interface QuestionDraft {
  readonly source: QuestionSource
  readonly text: QuestionText
}

/** What one reader found in the cells of a line: readings, settled values, and what must be asked. */
export interface Finding<Readings, Values> {
  readonly readings: Readings
  readonly known: Values
  readonly asks: readonly QuestionDraft[]
}

export const ask = (source: QuestionSource, text: QuestionText): QuestionDraft => ({ source, text })

export const questionsOf = (lineNo: number, drafts: readonly QuestionDraft[]): readonly Question[] =>
  drafts.map((draft) => lineQuestion(lineNo, draft.source, draft.text))

/** The cell's text in quotation marks, its line breaks closed up. */
export const quote = (source: QuestionSource): string => `“${cleanPassage(source.raw)}”`
