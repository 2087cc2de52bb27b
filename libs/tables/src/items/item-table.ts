import { readShareCell } from '../cells/share.ts'
import { readTimesCell } from '../cells/times.ts'
import { readLevelsCell } from '../cells/words.ts'
import { elidedNames } from '../elided-names.ts'
import { ask, type QuestionDraft, questionsOf } from '../finding.ts'
import { findLayout } from '../layout.ts'
import { type FilledRow, fillMerged } from '../merged.ts'
import type { ImportProblem } from '../problem.ts'
import { type Question, type QuestionSource, type TableNote, tableQuestion } from '../question.ts'
import { readInitiator, readParticipants, type UnitResolver } from '../read-departments.ts'
import { readContents, readItem, readMethods } from '../read-names.ts'
import type { Table } from '../table.ts'
import { cleanName, cleanPassage } from '../text.ts'
import { type ItemField, itemVocabulary } from './item-columns.ts'
import type { ItemReadings, ItemValues, ParsedItem } from './item-line.ts'

/** An item list read: items with what is certain, questions about the rest, notes on what was inferred, problems of rows left out. */
export interface ParsedItemTable {
  readonly items: readonly ParsedItem[]
  readonly questions: readonly Question[]
  readonly notes: readonly TableNote[]
  readonly problems: readonly ImportProblem[]
}

export interface ItemOptions {
  /** The unit's own name for a name in the table. Without it names stand as written. */
  readonly resolveUnit?: UnitResolver
}

type Row = FilledRow<ItemField>
type Columns = ReadonlyMap<ItemField, string>

interface Part {
  readonly readings?: ItemReadings
  readonly known?: Partial<ItemValues>
  readonly asks?: readonly (QuestionDraft | undefined)[]
}

const sourceOf = (row: Row, field: ItemField, columns: Columns): QuestionSource => {
  const cell = row.cells[field]
  return { line: row.line, column: cell?.column ?? columns.get(field) ?? '', raw: cell?.raw ?? '' }
}

function readNames(row: Row, columns: Columns): Part {
  const domainText = cleanName(row.cells.domain?.raw ?? '')
  if (!columns.has('item')) return { known: { domain: domainText } }
  const { name, draft } = readItem(sourceOf(row, 'item', columns), undefined)
  const domain = columns.has('domain') ? domainText : (name ?? '')
  const named = draft === undefined ? undefined : ask(draft.source, { ...draft.text, field: 'name', form: 'text' })
  return { known: { domain, ...(name === undefined ? {} : { name }) }, asks: [named] }
}

function readTexts(row: Row, columns: Columns): Part {
  const { object, basis, itemClass, remarks, content } = row.cells
  const objectScope = cleanPassage(object?.raw ?? '')
  const methods = readMethods(sourceOf(row, 'methods', columns))
  const text = { field: 'objectScope', code: 'missing-object-scope', textZh: '检查对象为空：查哪些对象？', form: 'text' } as const
  const blank = columns.has('object') && objectScope === '' ? ask(sourceOf(row, 'object', columns), text) : undefined
  return {
    known: {
      contents: readContents(content?.raw ?? ''),
      ...(objectScope === '' ? {} : { objectScope }),
      ...(columns.has('methods') && methods.methods !== undefined ? { methods: methods.methods } : {}),
      ...(basis === undefined ? {} : { basis: cleanPassage(basis.raw) }),
      ...(itemClass === undefined ? {} : { itemClass: cleanName(itemClass.raw) }),
      ...(remarks === undefined ? {} : { remarks: cleanPassage(remarks.raw) }),
    },
    asks: [blank, methods.draft],
  }
}

function readUnits(row: Row, columns: Columns, resolve: UnitResolver | undefined): Part {
  const initiator = columns.has('initiator') ? readInitiator(sourceOf(row, 'initiator', columns), resolve) : {}
  const participants = columns.has('participants') ? readParticipants(sourceOf(row, 'participants', columns), resolve) : {}
  const levels = readLevelsCell(row.cells.level?.raw ?? '')
  const [unit] = initiator.names ?? []
  return {
    readings: {
      ...(initiator.reading === undefined ? {} : { initiator: initiator.reading }),
      ...(participants.reading === undefined ? {} : { participants: participants.reading }),
      ...(levels === undefined ? {} : { levels }),
    },
    known: {
      ...(unit === undefined ? {} : { initiator: unit }),
      ...(participants.names === undefined ? {} : { participants: participants.names }),
    },
    asks: [initiator.draft, participants.draft],
  }
}

function readAmounts(row: Row): ItemReadings {
  const share = row.cells.shareAndTimes ?? row.cells.share
  const { ratio, times } = readShareCell(share?.raw ?? '', share?.column)
  const frequency = readTimesCell(row.cells.times?.raw ?? '', row.cells.times?.column) ?? times
  return { ...(ratio === undefined ? {} : { ratio }), ...(frequency === undefined ? {} : { times: frequency }) }
}

function readRow(row: Row, itemNo: number, columns: Columns, options: ItemOptions) {
  const names = readNames(row, columns)
  const texts = readTexts(row, columns)
  const units = readUnits(row, columns, options.resolveUnit)
  const item: ParsedItem = {
    itemNo,
    line: row.line,
    cells: row.cells,
    readings: { ...units.readings, ...readAmounts(row) },
    known: { ...names.known, ...texts.known, ...units.known },
  }
  const drafts = [names, texts, units].flatMap((part) => part.asks ?? []).filter((draft) => draft !== undefined)
  return { item, questions: questionsOf(itemNo, drafts) }
}

function askName(line: number, columns: Columns, items: readonly ParsedItem[]): readonly Question[] {
  if (columns.has('item')) return []
  const options = (['domain', 'content'] as const).flatMap((field) => {
    const full = items.every((item) => item.cells[field] !== undefined)
    return columns.has(field) && full ? [{ value: field, textZh: `用“${columns.get(field)}”列` }] : []
  })
  const textZh = '表中没有抽查事项：用哪一列作事项？'
  return [tableQuestion({ line, column: '', raw: '' }, { field: 'name', code: 'no-item-column', textZh, form: 'choice', options })]
}

function columnNotes(line: number, columns: Columns): readonly TableNote[] {
  return [
    ...(columns.has('domain') ? [] : [{ line, code: 'domain-from-item', textZh: '表中没有抽查领域，用事项名称作领域' }]),
    ...(columns.has('object') ? [] : [{ line, code: 'no-object-column', textZh: '表中没有检查对象：可入清单，不能直接生成计划' }]),
  ]
}

/** Reads the table of a published item list: every cell is understood or asked about; nothing is guessed. */
export function parseItemTable(table: Table, options: ItemOptions = {}): ParsedItemTable {
  const found = findLayout(table, itemVocabulary)
  if (!found.ok) return { items: [], questions: [], notes: [], problems: [found.error] }
  const layout = found.value
  const columns = new Map(layout.columns.flatMap(({ field, name }) => (field === undefined ? [] : [[field, name] as const])))
  const merged = fillMerged(layout, { leading: ['number', 'domain'], anchor: 'initiator', own: ['item'] })
  const read = merged.rows.map((row, index) => readRow(row, index + 1, columns, options))
  const items = read.map(({ item }) => item)
  const line = layout.header[0]?.line ?? 1
  const units = items.flatMap(({ readings, known }) => (known.participants === undefined ? [] : [readings.participants]))
  return {
    items,
    questions: [
      ...layout.questions,
      ...askName(line, columns, items),
      ...(options.resolveUnit === undefined ? elidedNames(line, units) : []),
      ...read.flatMap(({ questions }) => questions),
    ],
    notes: [...merged.notes, ...columnNotes(line, columns)],
    problems: layout.problems,
  }
}
