import { readShareCell } from '../cells/share.ts'
import { readTimesCell } from '../cells/times.ts'
import { readLevelsCell } from '../cells/words.ts'
import { ask, type QuestionDraft, questionsOf } from '../finding.ts'
import type { FilledRow } from '../merged.ts'
import type { Question, QuestionSource } from '../question.ts'
import { readInitiator, readParticipants, type UnitResolver } from '../read-departments.ts'
import { readContents, readItem, readMethods } from '../read-names.ts'
import { cleanName, cleanPassage } from '../text.ts'
import type { ItemField } from './item-columns.ts'
import type { ItemReadings, ItemValues, ParsedItem } from './item-line.ts'

/** A row of an item list and the headings of the columns it has. */
export type ItemRow = FilledRow<ItemField>
export type ItemColumns = ReadonlyMap<ItemField, string>

/** An item and the questions about its cells. */
export interface ReadItem {
  readonly item: ParsedItem
  readonly questions: readonly Question[]
}

interface Part {
  readonly readings?: ItemReadings
  readonly known?: Partial<ItemValues>
  readonly asks?: readonly (QuestionDraft | undefined)[]
}

const sourceOf = (row: ItemRow, field: ItemField, columns: ItemColumns): QuestionSource => {
  const cell = row.cells[field]
  return { line: row.line, column: cell?.column ?? columns.get(field) ?? '', raw: cell?.raw ?? '' }
}

function readNames(row: ItemRow, columns: ItemColumns): Part {
  const domainText = cleanName(row.cells.domain?.raw ?? '')
  if (!columns.has('item')) return { known: { domain: domainText } }
  const { name, draft } = readItem(sourceOf(row, 'item', columns), undefined)
  const domain = columns.has('domain') ? domainText : (name ?? '')
  const named = draft === undefined ? undefined : ask(draft.source, { ...draft.text, field: 'name', form: 'text' })
  return { known: { domain, ...(name === undefined ? {} : { name }) }, asks: [named] }
}

function readTexts(row: ItemRow, columns: ItemColumns): Part {
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

function readUnits(row: ItemRow, columns: ItemColumns, resolve: UnitResolver | undefined): Part {
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

function readAmounts(row: ItemRow): ItemReadings {
  const share = row.cells.shareAndTimes ?? row.cells.share
  const { ratio, times } = readShareCell(share?.raw ?? '', share?.column)
  const frequency = readTimesCell(row.cells.times?.raw ?? '', row.cells.times?.column) ?? times
  return { ...(ratio === undefined ? {} : { ratio }), ...(frequency === undefined ? {} : { times: frequency }) }
}

/** Reads one row: the item and what must be asked about it. */
export function readItemRow(row: ItemRow, itemNo: number, columns: ItemColumns, resolveUnit: UnitResolver | undefined): ReadItem {
  const names = readNames(row, columns)
  const texts = readTexts(row, columns)
  const units = readUnits(row, columns, resolveUnit)
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
