import { err, ok, type Result } from '@dual-random/kernel'
import { type Answer, type AnswerContent, type AnswerError, type Answers, readAnswer } from './answer.ts'
import type { Question } from './question.ts'

/** A question with its answer in the form it asked for. */
export interface AnsweredQuestion {
  readonly question: Question
  readonly content: AnswerContent
}

/** Where an answered value comes from: the cell's text, the answer as given, who gave it. */
export interface AnsweredField {
  readonly raw: string
  readonly answer: Answer['value']
  readonly by: string
}

/** Pairs answers with questions: every answer must belong to a question and have its form, else all the errors. */
export function pairAnswers(questions: readonly Question[], answers: Answers): Result<readonly AnsweredQuestion[], readonly AnswerError[]> {
  const byId = new Map(questions.map((question) => [question.id, question]))
  const errors: AnswerError[] = []
  const answered: AnsweredQuestion[] = []
  for (const [id, answer] of Object.entries(answers)) {
    const question = byId.get(id)
    const content = question === undefined ? undefined : readAnswer(question, answer)
    if (question === undefined || content === undefined) errors.push({ id, code: 'no-such-question', textZh: `没有编号为“${id}”的问题` })
    else if (content.ok) answered.push({ question, content: content.value })
    else errors.push(content.error)
  }
  return errors.length > 0 ? err(errors) : ok(answered)
}

/** The answers that concern a line: its own and those of the table. */
export const concerning = (answered: readonly AnsweredQuestion[], lineNo: number): readonly AnsweredQuestion[] =>
  answered.filter(({ question }) => question.lineNo === undefined || question.lineNo === lineNo)

/** The choice made in a question of this field, for a line or its table. */
export function choiceOf(answered: readonly AnsweredQuestion[], field: string, lineNo: number): string | undefined {
  const content = concerning(answered, lineNo).find(({ question }) => question.field === field)?.content
  return content?.kind === 'choice' ? content.value : undefined
}

/** The provenance of every field that these answers settled. */
export function provenance(answered: readonly AnsweredQuestion[], answers: Answers): Readonly<Record<string, AnsweredField>> {
  return Object.fromEntries(
    answered.flatMap(({ question }) => {
      const answer = answers[question.id]
      return answer === undefined ? [] : [[question.field, { raw: question.raw, answer: answer.value, by: answer.by }]]
    }),
  )
}
