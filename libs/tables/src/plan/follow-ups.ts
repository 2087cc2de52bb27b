import { type Answers, readAnswer } from '../answer.ts'
import type { Question } from '../question.ts'
import type { ParsedPlanLine } from './plan-line.ts'
import type { ParsedPlanTable } from './plan-table.ts'
import { askBasis } from './share-basis.ts'

/** How often a year, as the answers say it of a line that does not say it itself. */
function answeredTimes({ lineNo, known }: ParsedPlanLine, questions: readonly Question[], answers: Answers): number | undefined {
  if (known.timesPerYear !== undefined) return undefined
  const asked = questions.filter(({ field, lineNo: of }) => field === 'timesPerYear' && (of === undefined || of === lineNo))
  const said = asked
    .toSorted((a, b) => (b.lineNo ?? 0) - (a.lineNo ?? 0))
    .flatMap((question) => {
      const answer = answers[question.id]
      const read = answer === undefined ? undefined : readAnswer(question, answer)
      return read?.ok === true && read.value.kind === 'integer' ? [read.value.value] : []
    })
  return said[0]
}

/** What the table asks, and what the answers raise beside it: of a line that is drawn for several times, what its share is of. */
export function questionsUnder(parsed: ParsedPlanTable, answers: Answers): readonly Question[] {
  const raised = parsed.lines.flatMap((line) => {
    const times = answeredTimes(line, parsed.questions, answers)
    return times === undefined ? [] : (askBasis(line, times) ?? [])
  })
  return [...parsed.questions, ...raised]
}
