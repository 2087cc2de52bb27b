import type { LineId, UnitId } from '@dual-random/kernel'
import {
  type Answers,
  type AppliedAnswers,
  applyAnswers,
  type ParsedPlanLine,
  type ParsedPlanTable,
  parsePlanTable,
  type Question,
  type SettledPlanLine,
  type Table,
} from '@dual-random/tables'
import { buildLine } from '../../domain/build-line.ts'
import type { Directory } from '../../domain/import/directory.ts'
import { type LineQuestion, questionAbout } from '../../domain/import/line-questions.ts'
import { type LinePatch, mergePatch, withoutMembers } from '../../domain/import/patch.ts'
import type { DraftLine, ImportQuestion, RecordedAnswer, Resolution } from '../../domain/import/plan-import.ts'
import { lineFieldProblems } from '../../domain/line-fields.ts'
import type { LineContext } from '../../domain/line-input.ts'
import type { Reason } from '../../domain/plan.ts'
import { type Assembled, assembleLine } from './draft-line.ts'
import { answerOf, settlingMembers, tableAnswers } from './table-answers.ts'

/** Everything a file is resolved against. */
export interface ResolutionContext {
  readonly importId: string
  readonly directory: Directory
  readonly line: LineContext
  readonly received: Pick<Reason, 'by' | 'at'>
  /** The unit that published the table: it initiates where no column says who does. */
  readonly publisherUnitId?: UnitId
}

export function readTable(
  table: Table,
  context: Pick<ResolutionContext, 'directory' | 'line'>,
  title: string | undefined,
): ParsedPlanTable {
  const { directory, line } = context
  return parsePlanTable(table, {
    planYear: line.plan.year,
    ...(line.plan.planType === undefined ? {} : { planType: line.plan.planType }),
    ...(title === undefined ? {} : { title }),
    isListedItem: (name) => directory.itemsNamed(name).length > 0,
    resolveUnit: (name) => directory.unitNamed(name)?.name,
  })
}

/**
 * The patches of all answers by line, the later over the earlier. A value in the table's own form puts away what an earlier patch said to the
 * same question.
 */
export function patchesOf(answers: readonly Pick<RecordedAnswer, 'patches' | 'values'>[]): ReadonlyMap<number, LinePatch> {
  const patches = new Map<number, LinePatch>()
  for (const { patches: given, values } of answers) {
    for (const id of Object.keys(values)) {
      const [, number, field = ''] = /^line-(\d+)\/(.+)$/.exec(id) ?? []
      const earlier = patches.get(Number(number))
      if (earlier !== undefined) patches.set(Number(number), withoutMembers(earlier, settlingMembers[field] ?? []))
    }
    for (const { lineNo, patch } of given) patches.set(lineNo, mergePatch(patches.get(lineNo) ?? {}, patch))
  }
  return patches
}

/** The lines as far as the table and the answers settle them, and everything still open. */
export function resolveTable(parsed: ParsedPlanTable, answers: readonly RecordedAnswer[], context: ResolutionContext): Resolution {
  const patches = patchesOf(answers)
  const applied = applyUsable(parsed, allAnswers(parsed, answers, patches, context))
  const settled = new Map(applied.settled.map((line) => [line.lineNo, line]))
  const dropped = new Map(applied.dropped.map(({ lineNo, reason }) => [lineNo, reason]))
  const patchOf = (lineNo: number): LinePatch => {
    const patch = patches.get(lineNo) ?? {}
    const omit = patch.omit ?? dropped.get(lineNo)
    return omit === undefined ? patch : { ...patch, omit }
  }
  const omitted = (lineNo: number | undefined): boolean => lineNo !== undefined && patchOf(lineNo).omit !== undefined
  const open = applied.remaining.filter(({ lineNo }) => !omitted(lineNo))
  const resolved = parsed.lines.map((line) => resolveLine(line, settled.get(line.lineNo), patchOf(line.lineNo), context))
  return {
    lines: resolved.map(({ line }) => line),
    questions: [
      ...open.map((question) => fromTable(question, context.directory)),
      ...problemQuestions(parsed, answers),
      ...resolved.flatMap(({ questions }) => questions),
    ],
  }
}

function allAnswers(
  parsed: ParsedPlanTable,
  answers: readonly RecordedAnswer[],
  patches: ReadonlyMap<number, LinePatch>,
  context: ResolutionContext,
): Answers {
  const values: Record<string, Answers[string]> = {}
  for (const { values: given, by } of answers) for (const [id, value] of Object.entries(given)) values[id] = { value, by }
  const publisher = context.publisherUnitId === undefined ? undefined : context.directory.unit(context.publisherUnitId)
  if (publisher !== undefined) values['table/initiator'] ??= { value: publisher.name, by: context.received.by }
  return { ...sharedByAllLines(parsed, patches, context.directory), ...tableAnswers(parsed, values, patches, context.directory) }
}

/** Without the answers whose question is asked no more or otherwise: what the registry has learnt since may have changed it. */
function applyUsable(parsed: ParsedPlanTable, answers: Answers): AppliedAnswers {
  const applied = applyAnswers(parsed, answers)
  if (applied.ok) return applied.value
  const refused = new Set(applied.error.map(({ id }) => id))
  const usable = applyAnswers(parsed, Object.fromEntries(Object.entries(answers).filter(([id]) => !refused.has(id))))
  if (!usable.ok) throw new Error(`answers that were taken are refused: ${JSON.stringify(usable.error)}`)
  return usable.value
}

/** A question about the whole table is settled too when every line has its own say. */
function sharedByAllLines(parsed: ParsedPlanTable, patches: ReadonlyMap<number, LinePatch>, directory: Directory): Answers {
  const answers: Record<string, Answers[string]> = {}
  for (const question of parsed.questions.filter(({ lineNo }) => lineNo === undefined)) {
    const said = parsed.lines
      .filter(({ lineNo }) => patches.get(lineNo)?.omit === undefined)
      .map(({ lineNo }) => answerOf(question, patches.get(lineNo) ?? {}, directory))
    const [first] = said
    if (first !== undefined && said.every((value) => value !== undefined)) answers[question.id] = { value: first, by: 'patch' }
  }
  return answers
}

interface ResolvedLine {
  readonly line: DraftLine
  readonly questions: readonly ImportQuestion[]
}

const identity = { lineId: 'L00' as LineId, commandId: '' }

function resolveLine(
  parsed: ParsedPlanLine,
  settled: SettledPlanLine | undefined,
  patch: LinePatch,
  context: ResolutionContext,
): ResolvedLine {
  const { lineNo, taskNo, rows, known } = parsed
  const head = { lineNo, taskNo, rows }
  if (patch.omit !== undefined) return { line: { ...head, omitted: patch.omit, ready: true }, questions: [] }
  if (settled === undefined) return { line: { ...head, ...textsOf(known), ready: false }, questions: [] }
  const grades = context.line.policy.find('gradeScheme')?.lowToHigh ?? []
  const assembled = assembleLine(settled, parsed, patch, { ...context, grades, regionCode: context.line.plan.regionCode })
  const questions = [...assembled.beside, ...(assembled.questions.length > 0 ? assembled.questions : ruleQuestions(assembled, context))]
  return {
    line: { ...head, ...textsOf(settled), input: assembled.input, ready: questions.length === 0 },
    questions: onePerField(questions).map((question) => fromPlanning(question, parsed)),
  }
}

const textsOf = ({
  taskName,
  objectScope,
  itemNames,
}: Partial<Omit<SettledPlanLine, 'objectScope'>> & { readonly objectScope?: string | { readonly raw: string } }) => {
  const scope = typeof objectScope === 'object' ? objectScope.raw : objectScope
  return {
    ...(taskName === undefined ? {} : { taskName }),
    ...(scope === undefined ? {} : { objectScope: scope }),
    ...(itemNames === undefined ? {} : { itemNames }),
  }
}

function ruleQuestions({ input }: Assembled, context: ResolutionContext): readonly LineQuestion[] {
  const built = buildLine(input, context.line, identity)
  if (!built.ok) return built.error.map(questionAbout)
  // Asked while the table is at hand: filing would refuse the line.
  return lineFieldProblems(built.value, context.line).map(questionAbout)
}

const onePerField = (questions: readonly LineQuestion[]): readonly LineQuestion[] =>
  questions.filter(({ field }, index) => questions.findIndex((other) => other.field === field) === index)

function fromPlanning({ field, code, message, accepts, options }: LineQuestion, { lineNo, rows }: ParsedPlanLine): ImportQuestion {
  return {
    questionId: `line-${lineNo}/${field}`,
    lineNo,
    line: rows[0] ?? 0,
    column: '',
    cell: '',
    field,
    code,
    message,
    options: options ?? [],
    accepts: [...accepts, 'omit'],
  }
}

/** A question of the table reader, with what planning can suggest and which members settle it. */
export function fromTable(question: Question, directory: Directory): ImportQuestion {
  const { id, lineNo, line, column, raw, field, code, textZh, form } = question
  const members = settlingMembers[field] ?? []
  return {
    questionId: id,
    ...(lineNo === undefined ? {} : { lineNo }),
    line,
    column,
    cell: raw,
    field,
    code,
    message: textZh,
    form,
    options: [...(question.options ?? []).map(({ value, textZh: label }) => ({ value, label })), ...suggestions(question, directory)],
    accepts: lineNo === undefined ? ['value', ...members] : ['value', ...members, 'omit'],
  }
}

/** Nearby items for a name the list does not have, the departments for a unit nobody knows. */
function suggestions({ field, code, raw }: Question, directory: Directory): readonly { readonly value: string; readonly label: string }[] {
  if (field === 'itemNames') return directory.similarItems(raw).map(({ code: value, name: label }) => ({ value, label }))
  if (!['unknown-unit', 'participants-unnamed', 'participants-in-remarks', 'participants-slashed'].includes(code)) return []
  return directory.departments.map(({ unitId, name }) => ({ value: unitId, label: name }))
}

/** A row that could not be read at all is not passed over in silence. */
function problemQuestions({ problems }: ParsedPlanTable, answers: readonly RecordedAnswer[]): readonly ImportQuestion[] {
  const seen = new Set(answers.flatMap(({ values }) => Object.keys(values)))
  return problems
    .map(
      ({ line, code, reason, action, column, value }): ImportQuestion => ({
        questionId: `row-${line}/${code}`,
        line,
        column: column ?? '',
        cell: value ?? '',
        field: 'problem',
        code,
        message: `${reason}。${action}；或确认不要这一行`,
        form: 'choice',
        options: [{ value: 'ignore', label: '不要这一行' }],
        accepts: ['value'],
      }),
    )
    .filter(({ questionId }) => !seen.has(questionId))
}
