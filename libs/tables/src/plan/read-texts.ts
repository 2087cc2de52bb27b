import { readObjectMarks } from '../cells/object-marks.ts'
import { ask, type QuestionDraft } from '../finding.ts'
import { itemName, readItem, readMethods } from '../read-names.ts'
import { cleanName, cleanPassage, squash } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import { hasColumn, type PlanContext, type PlanRow, sourceOf } from './plan-context.ts'
import type { PlanValues } from './plan-line.ts'

type Texts = Partial<Pick<PlanValues, 'taskName' | 'itemNames' | 'objectScope' | 'objectMarks' | 'methods' | 'remarks'>>

/** Settled texts and what must be asked about the others. */
interface TextFinding {
  readonly known: Texts
  readonly asks: readonly QuestionDraft[]
}

/** The columns that can name a task, the closest to a task first. */
export const nameFields = ['taskName', 'planName', 'speciality', 'category'] as const satisfies readonly PlanField[]

/** The columns that can stand in for the item. */
export const itemFields = ['content', ...nameFields, 'object'] as const satisfies readonly PlanField[]

/** The column that names tasks in this table: one of `nameFields`, else the item. */
export const nameFieldOf = (context: PlanContext): PlanField | undefined =>
  [...nameFields, 'item' as const].find((field) => context.columns.has(field))

const drawTypes = /^(?:定向|不定向)(?:抽查)?$/

function readTaskName(row: PlanRow, context: PlanContext): TextFinding {
  const field = nameFieldOf(context)
  if (field === undefined) return { known: {}, asks: [] }
  const taskName = cleanName(row.cells[field]?.raw ?? '')
  if (taskName !== '') return { known: { taskName }, asks: [] }
  const source = sourceOf(row, undefined, [field], context)
  return {
    known: {},
    asks: [ask(source, { field: 'taskName', code: 'missing-task-name', textZh: '任务名称为空：叫什么？', form: 'text' })],
  }
}

/** Without an item column, a name beside it that stands on the item list is the item; without a list the table is asked. */
function readItemElsewhere(row: PlanRow, context: PlanContext): TextFinding {
  const { isListedItem } = context.options
  if (isListedItem === undefined) return { known: {}, asks: [] }
  const names = new Set(itemFields.map((field) => itemName(row.cells[field]?.raw ?? '')).filter(isListedItem))
  const [name] = names
  if (name !== undefined && names.size === 1) return { known: { itemNames: [name] }, asks: [] }
  const textZh = '表中没有抽查事项：是清单中的哪一项？'
  return {
    known: {},
    asks: [ask({ line: row.line, column: '', raw: '' }, { field: 'itemNames', code: 'missing-item', textZh, form: 'texts' })],
  }
}

function readItems(rows: readonly [PlanRow, ...PlanRow[]], context: PlanContext): TextFinding {
  if (!hasColumn(context, 'item')) return readItemElsewhere(rows[0], context)
  const items = rows.map((row) => readItem(sourceOf(row, row.cells.item, ['item'], context), context.options.isListedItem))
  const [draft] = items.flatMap((item) => item.draft ?? [])
  if (draft === undefined) return { known: { itemNames: [...new Set(items.flatMap((item) => item.name ?? []))] }, asks: [] }
  const raw = rows.map((row) => row.cells.item?.raw ?? '').join('\n')
  return { known: {}, asks: [ask({ ...draft.source, raw }, draft.text)] }
}

/** The object scope, unless the column beside it holds part of it instead of a kind of draw. Where marks say which objects are meant, words may be missing. */
function readObject(row: PlanRow, context: PlanContext, isMarked: boolean): TextFinding {
  if (!hasColumn(context, 'object', 'objectMarks')) return { known: {}, asks: [] }
  const source = sourceOf(row, row.cells.object, ['object', 'objectMarks'], context)
  const text = { field: 'objectScope', form: 'text' } as const
  const objectScope = cleanPassage(source.raw)
  if (objectScope === '' && isMarked) return { known: {}, asks: [] }
  if (objectScope === '') {
    return { known: {}, asks: [ask(source, { ...text, code: 'missing-object-scope', textZh: '检查对象为空：查哪些对象？' })] }
  }
  const kind = row.cells.drawType
  if (kind === undefined || drawTypes.test(squash(kind.raw))) return { known: { objectScope }, asks: [] }
  const other = cleanPassage(kind.raw)
  const textZh = `“${kind.column}”列写的“${other}”不是定向或不定向，像是检查对象：对象范围是什么？`
  const options = [objectScope, other, `${objectScope}（${other}）`].map((value) => ({ value, textZh: value }))
  return {
    known: {},
    asks: [ask({ ...source, raw: `${source.raw}；${kind.raw}` }, { ...text, code: 'object-scope-split', textZh, options })],
  }
}

/** What an export says of the objects in the marks of the register. */
function readMarks(row: PlanRow, context: PlanContext): TextFinding {
  const source = sourceOf(row, row.cells.objectMarks, ['objectMarks'], context)
  if (cleanPassage(source.raw) === '') return { known: {}, asks: [] }
  const objectMarks = readObjectMarks(source.raw)
  if (objectMarks !== undefined) return { known: { objectMarks }, asks: [] }
  const textZh = `“${cleanPassage(source.raw)}”没有读懂：按什么条件限定检查对象？`
  const options = [{ value: 'without', textZh: '不按这一栏限定' }]
  return { known: {}, asks: [ask(source, { field: 'objectMarks', code: 'object-marks-not-understood', textZh, form: 'choice', options })] }
}

/** The remarks of all its rows, each once. */
const remarksOf = (rows: readonly PlanRow[]): string =>
  [...new Set(rows.map((row) => cleanPassage(row.cells.remarks?.raw ?? '')).filter((remark) => remark !== ''))].join('；')

/** Reads a line's names: task, items (one a row), objects, ways of checking, remarks. */
export function readTexts(rows: readonly [PlanRow, ...PlanRow[]], context: PlanContext): TextFinding {
  const [head] = rows
  const methods = readMethods(sourceOf(head, head.cells.methods, ['methods'], context))
  const marks = readMarks(head, context)
  const object = readObject(head, context, marks.known.objectMarks !== undefined)
  const parts = [readTaskName(head, context), readItems(rows, context), object, marks]
  return {
    known: {
      ...Object.assign({}, ...parts.map((part) => part.known)),
      ...(methods.methods === undefined ? {} : { methods: methods.methods }),
      remarks: remarksOf(rows),
    },
    asks: [...parts.flatMap((part) => part.asks), ...(methods.draft === undefined ? [] : [methods.draft])],
  }
}
