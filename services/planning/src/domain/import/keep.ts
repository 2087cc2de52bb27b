import type { ImportQuestion, KeptQuestion, PlanImport, RecordedAnswer, Resolution } from './plan-import.ts'

/**
 * The import after a resolution. `asked` are the questions met on the way: those still asked are open, the others answered when an answer
 * addressed to them or their line closed them, moot when something else did.
 */
export function keep(
  current: PlanImport,
  recorded: readonly RecordedAnswer[],
  { lines, questions }: Resolution,
  asked: readonly ImportQuestion[] = [],
): PlanImport {
  const open = new Map(questions.map((question) => [question.questionId, question]))
  const known = new Map<string, ImportQuestion>(current.questions.map((question) => [question.questionId, question]))
  for (const question of [...asked, ...questions]) known.set(question.questionId, question)
  const before = new Map(current.questions.map(({ questionId, state }) => [questionId, state]))
  const kept = [...known.values()].map((question): KeptQuestion => {
    if (open.has(question.questionId)) return { ...question, state: 'OPEN' }
    const state = before.get(question.questionId) ?? 'OPEN'
    return { ...question, state: state === 'OPEN' ? (isAnswered(question, recorded) ? 'ANSWERED' : 'MOOT') : state }
  })
  return { ...current, answers: recorded, lines, questions: kept }
}

function isAnswered({ questionId, lineNo, code }: ImportQuestion, recorded: readonly RecordedAnswer[]): boolean {
  return recorded.some(({ answer, addressed, settled }) => {
    if (!settled.includes(questionId)) return false
    return addressed.includes(questionId) || answer.code === code || (lineNo !== undefined && answer.lineNo === lineNo)
  })
}
