import type { KeptQuestion, ListAnswer, ListQuestion, PublishedList, RecordedAnswer, Resolution } from './published-list.ts'

/**
 * The import after a resolution. `asked` are the questions met on the way: those still asked are open, the others answered when an answer
 * addressed to them or their row closed them, moot when something else did.
 */
export function keep(
  current: PublishedList,
  recorded: readonly RecordedAnswer[],
  { items, questions }: Resolution,
  asked: readonly ListQuestion[] = [],
): PublishedList {
  const open = new Set(questions.map(({ questionId }) => questionId))
  const before = new Map(current.questions.map(({ questionId, state }) => [questionId, state]))
  const known = new Map<string, ListQuestion>([...current.questions, ...asked, ...questions].map((each) => [each.questionId, each]))
  const closing = closingAnswers(recorded)
  const kept = [...known.values()].map((question): KeptQuestion => {
    if (open.has(question.questionId)) return { ...question, state: 'OPEN' }
    const state = before.get(question.questionId) ?? 'OPEN'
    return { ...question, state: state === 'OPEN' ? (isAnswered(question, closing) ? 'ANSWERED' : 'MOOT') : state }
  })
  return { ...current, answers: recorded, items, questions: kept }
}

/** The answers that closed each question. */
function closingAnswers(recorded: readonly RecordedAnswer[]): ReadonlyMap<string, readonly ListAnswer[]> {
  const closing = new Map<string, ListAnswer[]>()
  for (const { answer, settled } of recorded) for (const id of settled) closing.set(id, [...(closing.get(id) ?? []), answer])
  return closing
}

const isAnswered = ({ questionId, lineNo, code }: ListQuestion, closing: ReadonlyMap<string, readonly ListAnswer[]>): boolean =>
  (closing.get(questionId) ?? []).some(
    (answer) => answer.questionId === questionId || answer.code === code || (lineNo !== undefined && answer.lineNo === lineNo),
  )
