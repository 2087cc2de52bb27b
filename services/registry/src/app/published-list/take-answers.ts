import { err, ok, type Result } from '@dual-random/kernel'
import type { ParsedItemTable } from '@dual-random/tables'
import type { ItemPatch } from '../../domain/published-list/item-patch.ts'
import type { ListAnswer, ListQuestion, RecordedAnswer, Resolution } from '../../domain/published-list/published-list.ts'
import { type AnswerProblem, checkAnswer } from './check-answer.ts'
import { type ListContext, resolveList } from './resolve.ts'
import { sayTo } from './say-to.ts'

export interface Answering {
  readonly parsed: ParsedItemTable
  readonly context: ListContext
  readonly act: Pick<RecordedAnswer, 'by' | 'at'>
  /** Every question asked before: one that was answered may be answered anew. */
  readonly known: readonly ListQuestion[]
}

/** `asked`: every question met on the way, those raised by one answer and settled by the next too. */
export interface Taken {
  readonly recorded: readonly RecordedAnswer[]
  readonly resolution: Resolution
  readonly asked: readonly ListQuestion[]
}

/** Takes the answers of a request one after another: what one leaves open or raises, the next may settle. All are taken or none. */
export function takeAnswers(
  given: readonly ListAnswer[],
  before: readonly RecordedAnswer[],
  answering: Answering,
): Result<Taken, readonly AnswerProblem[]> {
  const { parsed, context } = answering
  let recorded = before
  let resolution = resolveList(parsed, recorded, context)
  const asked = [...resolution.questions]
  const problems: AnswerProblem[] = []
  for (const [index, answer] of given.entries()) {
    const taken = takeAnswer(answer, { recorded, resolution, answering, asked })
    if (!taken.ok) problems.push(...taken.error.map((problem) => ({ index, ...problem })))
    else {
      ;({ recorded, resolution } = taken.value)
      asked.push(...resolution.questions)
    }
  }
  return problems.length > 0 ? err(problems) : ok({ recorded, resolution, asked })
}

interface Progress extends Pick<Taken, 'recorded' | 'resolution' | 'asked'> {
  readonly answering: Answering
}

type Refusal = Omit<AnswerProblem, 'index'>

/** A question an answer is addressed to, or a row as a whole. */
type Target = { readonly question: ListQuestion; readonly lineNo?: number } | { readonly question?: undefined; readonly lineNo: number }

function takeAnswer(
  answer: ListAnswer,
  { recorded, resolution, answering, asked }: Progress,
): Result<Pick<Taken, 'recorded' | 'resolution'>, readonly Refusal[]> {
  const { parsed, context, act } = answering
  const checked = checkAnswer(answer, context)
  if (!checked.ok) return checked
  const targets = targetsOf(answer, resolution.questions, [...answering.known, ...asked], parsed)
  if (!targets.ok) return targets
  const values: Record<string, string | readonly string[]> = {}
  const patches: { readonly lineNo: number; readonly patch: ItemPatch }[] = []
  for (const { question, lineNo } of targets.value) {
    const said = sayTo(question, answer.value, checked.value, { parsed, context })
    if (!said.ok) return err([said.error])
    Object.assign(values, said.value.values)
    if (lineNo !== undefined && said.value.patch !== undefined) patches.push({ lineNo, patch: said.value.patch })
  }
  const entry: RecordedAnswer = { ...act, answer, values, patches, settled: [] }
  const next = resolveList(parsed, [...recorded, entry], context)
  const stillOpen = new Set(next.questions.map(({ questionId }) => questionId))
  const unsettled = targets.value.find(({ question }) => question !== undefined && stillOpen.has(question.questionId))?.question
  if (unsettled !== undefined) return err([{ code: 'answer-settles-nothing', meta: { question: unsettled.questionId } }])
  const settled = resolution.questions.map(({ questionId }) => questionId).filter((id) => !stillOpen.has(id))
  return ok({ recorded: [...recorded, { ...entry, settled }], resolution: next })
}

function targetsOf(
  { questionId, lineNo, code }: ListAnswer,
  open: readonly ListQuestion[],
  known: readonly ListQuestion[],
  { items }: ParsedItemTable,
): Result<readonly Target[], readonly Refusal[]> {
  if ([questionId, lineNo, code].filter((part) => part !== undefined).length !== 1) return err([{ code: 'answer-address', meta: {} }])
  if (lineNo !== undefined) {
    const exists = items.some(({ itemNo }) => itemNo === lineNo)
    return exists ? ok([{ lineNo }]) : err([{ code: 'import-line-unknown', meta: { lineNo } }])
  }
  const waiting = open.filter((question) => question.questionId === questionId || question.code === code)
  const found = waiting.length > 0 ? waiting : known.filter((question) => question.questionId === questionId).slice(-1)
  if (found.length === 0) return err([{ code: 'question-unknown', meta: { question: questionId ?? code ?? '' } }])
  return ok(found.map((question) => ({ question, ...(question.lineNo === undefined ? {} : { lineNo: question.lineNo }) })))
}
