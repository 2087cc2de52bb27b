import { elidedNames } from '../elided-names.ts'
import { findLayout } from '../layout.ts'
import { fillMerged } from '../merged.ts'
import type { ImportProblem } from '../problem.ts'
import { lineQuestion, type Question, type TableNote, tableQuestion } from '../question.ts'
import type { UnitResolver } from '../read-departments.ts'
import type { Table } from '../table.ts'
import { itemVocabulary } from './item-columns.ts'
import type { ParsedItem } from './item-line.ts'
import { type ItemColumns, readItemRow } from './read-item-row.ts'

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

function askName(line: number, columns: ItemColumns, items: readonly ParsedItem[]): readonly Question[] {
  if (columns.has('item')) return []
  const options = (['domain', 'content'] as const).flatMap((field) => {
    const full = items.every((item) => item.cells[field] !== undefined)
    return columns.has(field) && full ? [{ value: field, textZh: `用“${columns.get(field)}”列` }] : []
  })
  const text = { field: 'name', code: 'no-item-column' } as const
  if (options.length === 0) {
    const textZh = '表中没有抽查事项：是哪一项？'
    return items.map((item) => lineQuestion(item.itemNo, { line: item.line, column: '', raw: '' }, { ...text, textZh, form: 'text' }))
  }
  const textZh = '表中没有抽查事项：用哪一列？'
  return [tableQuestion({ line, column: '', raw: '' }, { ...text, textZh, form: 'choice', options })]
}

function columnNotes(line: number, columns: ItemColumns): readonly TableNote[] {
  return [
    ...(columns.has('domain') ? [] : [{ line, code: 'domain-from-item', textZh: '表中没有抽查领域，用事项名称作领域' }]),
    ...(columns.has('object') ? [] : [{ line, code: 'no-object-column', textZh: '表中没有检查对象：可入清单，不能直接生成计划' }]),
  ]
}

/** Reads the table of a published item list: every cell is understood or asked about; nothing is guessed. */
export function parseItemTable(table: Table, options: ItemOptions = {}): ParsedItemTable {
  const found = findLayout(table, itemVocabulary, ['抽查事项', '检查对象', '抽查内容', '发起部门'])
  if (!found.ok) return { items: [], questions: [], notes: [], problems: [found.error] }
  const layout = found.value
  const columns = new Map(layout.columns.flatMap(({ field, name }) => (field === undefined ? [] : [[field, name] as const])))
  const merged = fillMerged(layout, { leading: ['number', 'domain'], anchor: 'initiator', own: ['item'] })
  const read = merged.rows.map((row, index) => readItemRow(row, index + 1, columns, options.resolveUnit))
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
