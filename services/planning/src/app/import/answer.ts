import { err, ok, type Result } from '@dual-random/kernel'
import { applyAnswers, membersOf, noneAnswer, type ParsedPlanTable } from '@dual-random/tables'
import type { Directory } from '../../domain/import/directory.ts'
import { ruleAnswered } from '../../domain/import/line-questions.ts'
import type { LinePatch } from '../../domain/import/patch.ts'
import type { ImportAnswer, ImportQuestion, RecordedAnswer, Resolution } from '../../domain/import/plan-import.ts'
import type { Act, Reason } from '../../domain/plan.ts'
import { fromTable, type ResolutionContext, resolveTable } from './resolve.ts'
import { scopeOfText } from './scope-question.ts'
import { answerOf } from './table-answers.ts'

/** Why an answer of a request is refused; `index` is its place in the request. */
export type AnswerProblem = { readonly index: number } & (
  | { readonly code: 'answer-address' }
  | { readonly code: 'answer-empty' }
  | { readonly code: 'question-unknown'; readonly question: string }
  | { readonly code: 'import-line-unknown'; readonly lineNo: number }
  | { readonly code: 'answer-wrong-form'; readonly question: string; readonly message: string }
  | { readonly code: 'answer-settles-nothing'; readonly question: string }
  | { readonly code: 'item-not-on-list'; readonly itemCode: string }
  | { readonly code: 'unit-unknown'; readonly unitId: string }
  | { readonly code: 'omit-needs-reason' }
)

export interface Answering {
  readonly parsed: ParsedPlanTable
  readonly context: ResolutionContext
  readonly act: Act
}

/** `asked`: every question met on the way, those raised by one answer and settled by the next too. */
export interface Taken {
  readonly recorded: readonly RecordedAnswer[]
  readonly resolution: Resolution
  readonly asked: readonly ImportQuestion[]
}

/** Takes the answers of a request one after another: what one leaves open or raises, the next may settle. All are taken or none. */
export function takeAnswers(
  given: readonly ImportAnswer[],
  before: readonly RecordedAnswer[],
  answering: Answering,
): Result<Taken, readonly AnswerProblem[]> {
  const { parsed, context } = answering
  let recorded = before
  let resolution = resolveTable(parsed, recorded, context)
  const asked = [...resolution.questions]
  const problems: AnswerProblem[] = []
  for (const [index, answer] of given.entries()) {
    const taken = takeAnswer(answer, index, { recorded, resolution, answering })
    if (!taken.ok) problems.push(...taken.error)
    else {
      ;({ recorded, resolution } = taken.value)
      asked.push(...resolution.questions)
    }
  }
  return problems.length > 0 ? err(problems) : ok({ recorded, resolution, asked })
}

interface Progress {
  readonly recorded: readonly RecordedAnswer[]
  readonly resolution: Resolution
  readonly answering: Answering
}

/** A question an answer is addressed to, or a line as a whole. */
interface Target {
  readonly question?: ImportQuestion
  readonly lineNo?: number
}

function takeAnswer(
  answer: ImportAnswer,
  index: number,
  { recorded, resolution, answering }: Progress,
): Result<Pick<Progress, 'recorded' | 'resolution'>, readonly AnswerProblem[]> {
  const { parsed, context, act } = answering
  const faults = checkMembers(answer, index, context.directory)
  if (faults.length > 0) return err(faults)
  const targets = targetsOf(answer, index, resolution, answering)
  if (!targets.ok) return targets
  const values: Record<string, string | readonly string[]> = {}
  const patches: { readonly lineNo: number; readonly patch: LinePatch }[] = []
  for (const target of targets.value) {
    const said = sayTo(target, answer, index, answering, resolution)
    if (!said.ok) return said
    Object.assign(values, said.value.values)
    if (said.value.patch !== undefined && target.lineNo !== undefined) patches.push({ lineNo: target.lineNo, patch: said.value.patch })
  }
  const addressed = targets.value.flatMap(({ question }) => question?.questionId ?? [])
  const entry: RecordedAnswer = { ...act, answer, addressed, values, patches, settled: [] }
  const next = resolveTable(parsed, [...recorded, entry], context)
  const stillOpen = new Set(next.questions.map(({ questionId }) => questionId))
  const [unsettled] = targets.value.flatMap(({ question }) =>
    question !== undefined && stillOpen.has(question.questionId) ? [question] : [],
  )
  if (unsettled !== undefined) return err([{ index, code: 'answer-settles-nothing', question: unsettled.questionId }])
  const settled = resolution.questions.map(({ questionId }) => questionId).filter((id) => !stillOpen.has(id))
  return ok({ recorded: [...recorded, { ...entry, settled }], resolution: next })
}

const addressOf = ({ questionId, lineNo, code }: ImportAnswer): readonly unknown[] =>
  [questionId, lineNo, code].filter((part) => part !== undefined)

function targetsOf(
  answer: ImportAnswer,
  index: number,
  { questions }: Resolution,
  { parsed, context }: Answering,
): Result<readonly Target[], readonly AnswerProblem[]> {
  if (addressOf(answer).length !== 1) return err([{ index, code: 'answer-address' }])
  const { questionId, lineNo, code } = answer
  if (lineNo !== undefined) {
    return parsed.lines.some((line) => line.lineNo === lineNo) ? ok([{ lineNo }]) : err([{ index, code: 'import-line-unknown', lineNo }])
  }
  const members = questionId === undefined ? [] : membersOf(questionId)
  const open = questions.filter((question) => members.includes(question.questionId) || question.code === code)
  // A question of the table may be answered anew: whoever settled it may have been wrong.
  const settled = parsed.questions.filter(({ id }) => members.includes(id)).map((question) => fromTable(question, context.directory))
  const asked = open.length > 0 ? open : settled
  if (asked.length === 0) return err([{ index, code: 'question-unknown', question: questionId ?? code ?? '' }])
  return ok(asked.map((question) => ({ question, ...(question.lineNo === undefined ? {} : { lineNo: question.lineNo }) })))
}

interface Said {
  readonly values: Readonly<Record<string, string | readonly string[]>>
  readonly patch?: LinePatch
}

/** What an answer says to one question or line: a value in the table's own form, or members that become part of the line. */
function sayTo(
  { question, lineNo }: Target,
  answer: ImportAnswer,
  index: number,
  { parsed, context, act }: Answering,
  resolution: Resolution,
): Result<Said, readonly AnswerProblem[]> {
  const inWords = question?.field === 'scope' && typeof answer.value === 'string' ? answer.value : undefined
  const scope = inWords === undefined ? undefined : scopeOfText(inWords)
  if (inWords !== undefined && scope === undefined) {
    return err([{ index, code: 'answer-wrong-form', question: question?.questionId ?? '', message: `“${inWords}”不是检查对象的条件` }])
  }
  const whole = scope === undefined ? answer : { ...answer, scope }
  const patch = patchOf(whole, question, act, lineOf(resolution, lineNo)?.input?.count !== undefined)
  if (scope !== undefined) return ok({ values: {}, patch })
  const hasPatch = Object.keys(patch).length > 0
  if (question === undefined) return hasPatch ? ok({ values: {}, patch }) : err([{ index, code: 'answer-empty' }])
  const inTable = parsed.questions.find(({ id }) => id === question.questionId)
  const value =
    answer.value ?? (question.lineNo === undefined && inTable !== undefined ? answerOf(inTable, patch, context.directory) : undefined)
  if (value === undefined) return hasPatch && lineNo !== undefined ? ok({ values: {}, patch }) : err([{ index, code: 'answer-empty' }])
  const written = namesOf(value, question.field, context.directory)
  if (inTable !== undefined) {
    const read = applyAnswers(parsed, { [inTable.id]: { value: written, by: act.by } })
    if (!read.ok) {
      return err([{ index, code: 'answer-wrong-form', question: question.questionId, message: read.error[0]?.textZh ?? '' }])
    }
  } else if (!question.accepts.includes('value')) {
    return err([{ index, code: 'answer-wrong-form', question: question.questionId, message: '此问题须用结构化的成员回答' }])
  }
  return ok({ values: { [question.questionId]: written }, ...(hasPatch && lineNo !== undefined ? { patch } : {}) })
}

const lineOf = ({ lines }: Resolution, lineNo: number | undefined) => lines.find((line) => line.lineNo === lineNo)

/** Codes and unit ids become the names the table reader works with. */
function namesOf(value: string | readonly string[], field: string, directory: Directory): string | readonly string[] {
  const nameOf = (text: string): string => {
    if (field === 'itemNames') return directory.item(text)?.name ?? text
    if (field === 'initiator' || field === 'participants') return directory.unit(text)?.name ?? text
    return text
  }
  if (field === 'itemNames' || field === 'participants') {
    if (value === noneAnswer) return value
    return (typeof value === 'string' ? [value] : value).map(nameOf)
  }
  return typeof value === 'string' ? nameOf(value) : value
}

const members = [
  'taskName',
  'objectScope',
  'scope',
  'itemCodes',
  'initiatorUnitId',
  'participantUnitIds',
  'units',
  'ratio',
  'ratios',
  'count',
  'window',
  'times',
  'batches',
  'checkBatches',
  'selection',
  'jointException',
] as const

function patchOf(answer: ImportAnswer, question: ImportQuestion | undefined, act: Act, counted: boolean): LinePatch {
  const patch = Object.fromEntries(
    members.flatMap((member) => (answer[member] === undefined ? [] : [[member, answer[member]]])),
  ) as LinePatch
  if (answer.omit === true) return { ...patch, omit: answer.reason ?? '' }
  if (answer.reason === undefined) return patch
  const rule = ruleAnswered(
    question?.field,
    patch.count !== undefined || (counted && patch.ratio === undefined && patch.ratios === undefined),
  )
  const legalBasis = answer.legalBasis === undefined ? {} : { legalBasis: answer.legalBasis }
  const reason: Reason = { rule, reason: answer.reason, ...legalBasis, ...act }
  return { ...patch, reasons: [reason] }
}

function checkMembers(answer: ImportAnswer, index: number, directory: Directory): readonly AnswerProblem[] {
  const codes = [...(answer.itemCodes ?? []), ...(answer.units ?? []).flatMap(({ itemCodes }) => itemCodes ?? [])]
  const units = [...(answer.participantUnitIds ?? []), ...(answer.units ?? []).map(({ unitId }) => unitId), answer.initiatorUnitId]
  return [
    ...codes.flatMap((itemCode): AnswerProblem[] =>
      directory.item(itemCode) === undefined ? [{ index, code: 'item-not-on-list', itemCode }] : [],
    ),
    ...units.flatMap((unitId): AnswerProblem[] =>
      unitId !== undefined && directory.unit(unitId) === undefined ? [{ index, code: 'unit-unknown', unitId }] : [],
    ),
    ...(answer.omit === true && (answer.reason ?? '').trim() === '' ? [{ index, code: 'omit-needs-reason' } as const] : []),
  ]
}
