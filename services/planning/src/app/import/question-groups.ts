import { groupQuestions, type QuestionGroup } from '@dual-random/tables'
import type { KeptQuestion, PlanImport } from '../../domain/import/plan-import.ts'

/** What several lines ask alike is one question for people, as long as it is in the same state for all of them. */
export const questionGroups = (questions: readonly KeptQuestion[]): readonly QuestionGroup<KeptQuestion>[] =>
  groupQuestions(
    questions,
    ({ questionId }) => questionId,
    ({ cell, state, message, form, options, accepts }) => ({ cell, said: [state, message, form, options, accepts] }),
  )

export const openQuestions = ({ questions }: Pick<PlanImport, 'questions'>): readonly QuestionGroup<KeptQuestion>[] =>
  questionGroups(questions.filter(({ state }) => state === 'OPEN'))
