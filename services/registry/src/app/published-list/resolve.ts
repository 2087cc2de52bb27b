import type { Answers, ParsedItemTable, Question } from '@dual-random/tables'
import type { ListType } from '../../domain/check-item.ts'
import { assembleItem, type ListSettings } from '../../domain/published-list/draft-item.ts'
import { type ItemPatch, mergePatch } from '../../domain/published-list/item-patch.ts'
import type { ItemQuestion } from '../../domain/published-list/item-questions.ts'
import { type ListNow, listQuestions } from '../../domain/published-list/list-questions.ts'
import type { ListedRow } from '../../domain/published-list/listed-row.ts'
import type { DraftItem, ListAnswer, ListQuestion, RecordedAnswer, Resolution } from '../../domain/published-list/published-list.ts'
import type { UnitNames } from '../../domain/published-list/unit-names.ts'
import type { ReadMember } from './members.ts'
import { answerOf, applyTo, rowOf } from './read-list.ts'

/** Everything a file is resolved against: the register as it is now. */
export interface ListContext extends ListNow, Pick<ListSettings, 'superiorItems'> {
  readonly names: UnitNames
  readonly read: ReadMember
}

type Values = Readonly<Record<string, string | readonly string[]>>

export const valuesOf = (recorded: readonly Pick<RecordedAnswer, 'values'>[]): Values =>
  Object.fromEntries(recorded.flatMap(({ values }) => Object.entries(values)))

function patchesOf(recorded: readonly Pick<RecordedAnswer, 'patches'>[]): ReadonlyMap<number, ItemPatch> {
  const patches = new Map<number, ItemPatch>()
  for (const { lineNo, patch } of recorded.flatMap((each) => each.patches))
    patches.set(lineNo, mergePatch(patches.get(lineNo) ?? {}, patch))
  return patches
}

/** The items as far as the table and the answers settle them, and everything still open. */
export function resolveList(parsed: ParsedItemTable, recorded: readonly RecordedAnswer[], context: ListContext): Resolution {
  const values = valuesOf(recorded)
  const patches = patchesOf(recorded)
  const patchOf = (lineNo: number): ItemPatch => patches.get(lineNo) ?? {}
  const applied = applyTo(parsed, readerAnswers(parsed.questions, values, patchOf))
  const open = applied.remaining.filter(({ lineNo }) => lineNo === undefined || patchOf(lineNo).omit === undefined)
  const settled = new Map(applied.settled.map((item) => [item.itemNo, item]))
  const settings = { ...settingsOf(values), superiorItems: context.superiorItems }
  const lines = parsed.items.map((item) => {
    const row = rowOf(item, settled.get(item.itemNo), open, context.read)
    return draftLine(
      row,
      patchOf(row.lineNo),
      settings,
      open.some(({ lineNo }) => lineNo === row.lineNo),
    )
  })
  const coded = lines
    .filter(({ item }) => item.omitted === undefined)
    .map(({ item: { lineNo, line, known } }) => ({
      lineNo,
      line,
      ...(known.code === undefined ? {} : { code: known.code }),
      coded: patchOf(lineNo).itemCode !== undefined,
    }))
  return {
    items: lines.map(({ item }) => item),
    questions: [
      ...listQuestions(coded, values, context),
      ...open.map((question) => fromReader(question, context.names)),
      ...problemQuestions(parsed, values),
      ...lines.flatMap(({ questions }) => questions),
    ],
  }
}

/** Answers to the reader's own questions: of the table by value, of a row by what is said about the row. */
function readerAnswers(questions: readonly Question[], values: Values, patchOf: (lineNo: number) => ItemPatch): Answers {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const { id, lineNo } = question
      const value = values[id] ?? (lineNo === undefined ? undefined : answerOf(question, patchOf(lineNo)))
      return value === undefined ? [] : [[id, { value, by: 'answers' }]]
    }),
  )
}

function settingsOf(values: Values): Omit<ListSettings, 'superiorItems'> {
  const { 'table/codePrefix': codePrefix, 'table/listType': listType } = values
  return {
    ...(typeof codePrefix === 'string' ? { codePrefix } : {}),
    ...(typeof listType === 'string' ? { listType: listType as ListType } : {}),
  }
}

function draftLine(
  row: ListedRow,
  patch: ItemPatch,
  settings: ListSettings,
  readerAsks: boolean,
): { readonly item: DraftItem; readonly questions: readonly ListQuestion[] } {
  const { lineNo, line, cells } = row
  const { known, questions } = assembleItem(row, patch, settings)
  if (patch.omit !== undefined) return { item: { lineNo, line, cells, omitted: patch.omit, known, ready: true }, questions: [] }
  return {
    item: { lineNo, line, cells, known, ready: questions.length === 0 && !readerAsks },
    questions: questions.map((question) => ofRow(row, question)),
  }
}

const ofRow = ({ lineNo, line }: ListedRow, question: ItemQuestion): ListQuestion => ({
  questionId: `line-${lineNo}/${question.field}`,
  lineNo,
  line,
  ...question,
})

/** Which members settle a question of the reader, by its field. */
const settlingMembers: Readonly<Record<string, readonly (keyof ListAnswer)[]>> = {
  name: ['name'],
  objectScope: ['objectScope'],
  methods: ['checkMethod'],
  initiator: ['initiatorUnitId', 'checkingBody'],
  participants: ['participantUnitIds', 'checkingBody'],
}

/** A question of the table reader, with the units that may be meant and the members that settle it. */
export function fromReader(
  { id, lineNo, line, column, raw, field, code, textZh, form, options = [] }: Question,
  { bodies }: UnitNames,
): ListQuestion {
  const units = field === 'initiator' || field === 'participants' ? bodies.map(({ unitId, name }) => ({ value: unitId, label: name })) : []
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
    options: [...options.map(({ value, textZh: label }) => ({ value, label })), ...units],
    accepts: lineNo === undefined ? ['value'] : ['value', ...(settlingMembers[field] ?? []), 'omit'],
  }
}

/** A row that could not be read at all is not passed over in silence. */
function problemQuestions({ problems }: ParsedItemTable, values: Values): readonly ListQuestion[] {
  return problems
    .map(
      ({ line, column, value, code, reason, action }): ListQuestion => ({
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
    .filter(({ questionId }) => values[questionId] === undefined)
}
