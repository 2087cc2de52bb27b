import { err, ok, type Result } from '@dual-random/kernel'
import { type AnswerError, type Answers, dropAnswer } from '../answer.ts'
import type { Question } from '../question.ts'
import { type AnsweredQuestion, choiceOf, concerning, pairAnswers, provenance } from '../settle.ts'
import { cleanPassage } from '../text.ts'
import { questionsUnder } from './follow-ups.ts'
import type { ParsedPlanLine, PlanValues, SettledPlanLine } from './plan-line.ts'
import type { ParsedPlanTable } from './plan-table.ts'
import { withAnswer } from './with-answer.ts'

type Values = Readonly<Partial<PlanValues>>

/** The lines with nothing left to ask, those left out, and the questions that still wait. */
export interface AppliedAnswers {
  readonly settled: readonly SettledPlanLine[]
  /** The lines that an answer leaves out, in the words of the choice. */
  readonly dropped: readonly DroppedLine[]
  readonly remaining: readonly Question[]
}

export interface DroppedLine {
  readonly lineNo: number
  readonly reason: string
}

function droppedLines(answered: readonly AnsweredQuestion[]): readonly DroppedLine[] {
  return answered.flatMap(({ question: { lineNo, options }, content }) => {
    if (lineNo === undefined || content.kind !== 'choice' || content.value !== dropAnswer) return []
    return [{ lineNo, reason: options?.find(({ value }) => value === dropAnswer)?.textZh ?? '' }]
  })
}

const shareFields: readonly string[] = ['ratio', 'tiers', 'among']

const byCount = (answered: readonly AnsweredQuestion[], lineNo: number): boolean =>
  choiceOf(answered, 'amount', lineNo) === 'count' || choiceOf(answered, 'estimate', lineNo) === 'count'

/** A question that an answer to another one made pointless: which ratio, when the number decides, and the other way round. */
function isMoot({ field, lineNo = 0 }: Question, answered: readonly AnsweredQuestion[]): boolean {
  if (shareFields.includes(field)) return byCount(answered, lineNo)
  if (field === 'amount' || field === 'basis') return choiceOf(answered, 'estimate', lineNo) === 'count'
  return field === 'count' && (choiceOf(answered, 'amount', lineNo) === 'ratio' || choiceOf(answered, 'estimate', lineNo) === 'count')
}

/** A table's answer fills what a line leaves open; it never overrides what the line itself says. */
function fillsGap(values: Values, { question, content }: AnsweredQuestion): boolean {
  if (question.lineNo !== undefined || content.kind === 'choice') return true
  return values[question.field as keyof PlanValues] === undefined
}

// A line's own answer overrides the table's; choices cut what other answers give, so they come last, and what an amount is of before which one it is.
function rank({ question, content }: AnsweredQuestion): number {
  if (content.kind !== 'choice') return question.lineNo === undefined ? 0 : 1
  return question.field === 'remarkedBatches' || question.field === 'among' ? 2 : question.field === 'basis' ? 3 : 4
}

function settleLine(line: ParsedPlanLine, answered: readonly AnsweredQuestion[], answers: Answers): SettledPlanLine {
  const own = concerning(answered, line.lineNo).toSorted((a, b) => rank(a) - rank(b))
  const used = own.filter((each) => fillsGap(line.known, each))
  const values = used.reduce((filled: Values, each) => withAnswer(filled, line, each), line.known)
  const { taskName, itemNames, objectScope, objectMarks, timesPerYear, window, initiator, ratio, tiers, count } = values
  const { deadline, batches, checkBatches, duties } = values
  const complete = taskName && itemNames && (objectScope ?? objectMarks) && timesPerYear && window && initiator && (ratio ?? tiers ?? count)
  if (!complete) throw new Error(`plan line ${line.lineNo} has a gap that was not asked about`)
  return {
    lineNo: line.lineNo,
    taskNo: line.taskNo,
    taskName,
    itemNames,
    ...(objectScope === undefined ? {} : { objectScope: { raw: cleanPassage(objectScope) } }),
    ...(objectMarks === undefined ? {} : { objectMarks }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(tiers === undefined ? {} : { tiers }),
    ...(count === undefined ? {} : { count }),
    timesPerYear,
    window,
    ...(batches === undefined ? {} : { batches }),
    ...(checkBatches === undefined ? {} : { checkBatches }),
    ...(deadline === undefined ? {} : { deadline }),
    initiator,
    participants: values.participants ?? [],
    ...(duties === undefined ? {} : { duties }),
    methods: values.methods ?? [],
    remarks: values.remarks ?? '',
    answered: provenance(used, answers),
  }
}

/**
 * Settles the lines whose questions, and the table's, are all answered; the other questions remain. Refused as a whole when an answer belongs to
 * no question or does not have the form asked for.
 */
export function applyAnswers(parsed: ParsedPlanTable, answers: Answers): Result<AppliedAnswers, readonly AnswerError[]> {
  const questions = questionsUnder(parsed, answers)
  const paired = pairAnswers(questions, answers)
  if (!paired.ok) return err(paired.error)
  const answered = paired.value
  const dropped = droppedLines(answered)
  const isDropped = (lineNo: number | undefined): boolean => dropped.some((line) => line.lineNo === lineNo)
  const remaining = questions.filter(
    (question) => answers[question.id] === undefined && !isMoot(question, answered) && !isDropped(question.lineNo),
  )
  const blocked = (line: ParsedPlanLine): boolean =>
    remaining.some((question) => question.lineNo === undefined || question.lineNo === line.lineNo)
  const settled = parsed.lines
    .filter((line) => !isDropped(line.lineNo) && !blocked(line))
    .map((line) => settleLine(line, answered, answers))
  return ok({ settled, dropped, remaining })
}
