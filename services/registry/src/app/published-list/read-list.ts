import {
  type Answers,
  type AppliedItemAnswers,
  applyItemAnswers,
  noneAnswer,
  type ParsedItem,
  type ParsedItemTable,
  parseItemTable,
  type Question,
  type SettledItem,
  type Table,
} from '@dual-random/tables'
import type { ItemPatch } from '../../domain/published-list/item-patch.ts'
import type { CellRefused, ListedRow } from '../../domain/published-list/listed-row.ts'
import type { PublishedList, TableNoteKept } from '../../domain/published-list/published-list.ts'
import type { UnitNames } from '../../domain/published-list/unit-names.ts'
import type { ReadMember } from './members.ts'

export const readList = (table: Table, names: UnitNames): ParsedItemTable =>
  parseItemTable(table, { resolveUnit: (name) => names.named(name)?.name })

/** What a patch says to a question of the reader, in the form that question takes; undefined when it says nothing. */
export function answerOf({ field }: Pick<Question, 'field'>, patch: ItemPatch): string | readonly string[] | undefined {
  switch (field) {
    case 'name':
      return patch.name
    case 'objectScope':
      return patch.objectScope
    case 'methods':
      return patch.checkMethod
    case 'initiator':
      return patch.initiator ?? patch.checkingBody
    case 'participants':
      return participantsOf(patch)
    default:
      return undefined
  }
}

function participantsOf({ participants, checkingBody }: ItemPatch): string | readonly string[] | undefined {
  if (participants === undefined) return checkingBody === undefined ? undefined : noneAnswer
  return participants.length === 0 ? noneAnswer : participants
}

/** The reader's items with the answers applied, without those whose question is asked no more or otherwise. */
export function applyTo(parsed: ParsedItemTable, answers: Answers): AppliedItemAnswers {
  const applied = applyItemAnswers(parsed, answers)
  if (applied.ok) return applied.value
  const refused = new Set(applied.error.map(({ id }) => id))
  const usable = applyItemAnswers(parsed, Object.fromEntries(Object.entries(answers).filter(([id]) => !refused.has(id))))
  if (!usable.ok) throw new Error(`answers that were taken are refused: ${JSON.stringify(usable.error)}`)
  return usable.value
}

/** A row as the register would take it: texts that it refuses stand apart, with the reason. */
export function rowOf(item: ParsedItem, settled: SettledItem | undefined, open: readonly Question[], read: ReadMember): ListedRow {
  const { name, objectScope, initiator, participants, methods, basis, itemClass, contents } = settled ?? item.known
  const refused: Record<string, CellRefused> = {}
  const taken = (
    member: 'name' | 'legalBasis' | 'itemClass' | 'checkContent' | 'checkMethod',
    field: keyof ParsedItem['cells'],
    text = '',
  ) => {
    if (text === '') return {}
    const value = read(member, text)
    if (value.ok) return { [member]: value.value }
    const { column = '', raw = text } = item.cells[field] ?? {}
    refused[member] = { column, text: raw, code: value.error.code, reason: value.error.reason }
    return {}
  }
  return {
    lineNo: item.itemNo,
    line: item.line,
    cells: Object.values(item.cells).map(({ column, raw }) => ({ column, text: raw })),
    ...taken('name', 'item', name),
    ...taken('legalBasis', 'basis', basis),
    ...taken('itemClass', 'itemClass', itemClass),
    ...taken('checkContent', 'content', contents?.join('；')),
    ...taken('checkMethod', 'methods', methods?.join('；')),
    ...(objectScope === undefined ? {} : { objectScope }),
    ...(initiator === undefined ? {} : { initiator }),
    ...(participants === undefined ? {} : { participants }),
    refused,
    asked: new Set(open.filter(({ lineNo }) => lineNo === undefined || lineNo === item.itemNo).map(({ field }) => field)),
  }
}

/** Columns whose contents a check item has no place for; what they say stays in the import. */
const withoutPlace = ['domain', 'object', 'level', 'shareAndTimes', 'share', 'times', 'remarks'] as const

export function notesOf({ notes, items }: ParsedItemTable): readonly TableNoteKept[] {
  const kept = withoutPlace.flatMap((field): TableNoteKept[] => {
    const first = items.find((item) => item.cells[field] !== undefined)
    const column = first?.cells[field]?.column
    if (first === undefined || column === undefined) return []
    return [{ line: first.line, column, code: 'column-kept-only', message: `事项没有“${column}”一栏，原文保留在导入记录中` }]
  })
  const read = notes.map(({ line, column, code, textZh }) => ({ line, ...(column === undefined ? {} : { column }), code, message: textZh }))
  return [...read, ...kept]
}

/** Rows that are neither items nor asked about: titles, headers, footers. */
export function otherRowsOf({ rows }: Table, { items, questions, problems }: ParsedItemTable): PublishedList['otherRows'] {
  const told = new Set([...items, ...problems, ...questions.filter(({ field }) => field === 'row')].map(({ line }) => line))
  return rows
    .filter(({ line, cells }) => !told.has(line) && cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => ({ line, text: cells.filter((cell) => cell.trim() !== '').join('，') }))
}
