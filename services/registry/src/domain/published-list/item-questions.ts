import type { CheckItem, CheckItemProblem } from '../check-item.ts'
import type { ItemPatch } from './item-patch.ts'
import type { ListedRow } from './listed-row.ts'
import type { ListAnswer, ListQuestion } from './published-list.ts'
import { nearestByName } from './similar-names.ts'

/** A question about one item, not yet tied to its row. */
export type ItemQuestion = Omit<ListQuestion, 'questionId' | 'lineNo' | 'line'>

export interface AskedAbout {
  readonly row: ListedRow
  readonly known: Partial<CheckItem>
}

type MandatoryPart = Extract<CheckItemProblem, { readonly part: string }>['part']
type MissingPart = 'name' | MandatoryPart | Exclude<CheckItemProblem['code'], 'mandatory-part-missing'>

interface Wording {
  readonly field: string
  readonly code: string
  /** What is wrong, where no text of the table was refused. */
  readonly lack: string
  readonly ask: string
  readonly form?: string
  readonly options?: ListQuestion['options']
  readonly accepts: readonly (keyof ListAnswer)[]
}

/** The value that takes an item's name for what is checked. */
export const contentIsName = 'item-name'

/** The value for an item that stands on none of the superiors'. */
export const noParent = 'none'

export const classOptions = [
  { value: 'GENERAL', label: '一般检查事项' },
  { value: 'KEY', label: '重点检查事项' },
] as const

export const fieldClassOptions = [
  { value: 'GENERAL', label: '一般领域' },
  { value: 'KEY', label: '重点领域' },
] as const

const wordings: Readonly<Record<MissingPart, Wording>> = {
  name: { field: 'name', code: 'name-missing', lack: '没有事项名称', ask: '是哪一项？', form: 'text', accepts: ['name'] },
  legalBasis: {
    field: 'legalBasis',
    code: 'legal-basis-missing',
    lack: '没有抽查依据',
    ask: '依据哪部法律、法规、规章的哪一条？',
    form: 'text',
    accepts: ['legalBasis'],
  },
  checkingBody: {
    field: 'checkingBody',
    code: 'checking-body-missing',
    lack: '没有抽查主体',
    ask: '由哪些部门检查？',
    form: 'text',
    accepts: ['checkingBody', 'initiatorUnitId', 'participantUnitIds'],
  },
  checkContent: {
    field: 'checkContent',
    code: 'check-content-missing',
    lack: '没有抽查内容',
    ask: '检查什么？',
    form: 'text',
    options: [{ value: contentIsName, label: '事项名称就是抽查内容' }],
    accepts: ['checkContent'],
  },
  checkMethod: {
    field: 'checkMethod',
    code: 'check-method-missing',
    lack: '没有抽查方式',
    ask: '怎样检查，如现场检查、书面检查、网络监测？',
    form: 'text',
    accepts: ['checkMethod'],
  },
  'key-ground-missing': {
    field: 'keyGrounds',
    code: 'key-ground-missing',
    lack: '重点检查事项至少要有一项重点事由',
    ask: '安全、质量、公共利益，还是其他重要领域？',
    form: 'texts',
    accepts: ['keyGrounds', 'itemClass'],
  },
  'key-ground-on-general-item': {
    field: 'keyGrounds',
    code: 'key-ground-on-general-item',
    lack: '一般检查事项不应有重点事由',
    ask: '改为重点检查事项，还是删去重点事由？',
    accepts: ['itemClass', 'keyGrounds'],
  },
  'cap-on-key-item': {
    field: 'ratioCap',
    code: 'cap-on-key-item',
    lack: '重点检查事项不设比例上限',
    ask: '改为一般检查事项，还是删去比例上限？',
    accepts: ['itemClass', 'ratioCap'],
  },
  'kinds-missing': {
    field: 'applicability',
    code: 'applicability-missing',
    lack: '没有写明检查对象',
    ask: '是名录库中的哪些对象，即哪些对象类型（必填）、行业代码、标签？',
    accepts: ['kinds', 'industryPrefixes', 'tags'],
  },
}

/** What to ask about a part that an item lacks (REG-02, REG-03); a text the register refuses is named. */
export function missingPart(part: MissingPart, { row }: AskedAbout): ItemQuestion {
  const wording = wordings[part]
  if (part === 'kinds-missing') return scopeQuestion(wording, row)
  return worded(wording, row)
}

function scopeQuestion(wording: Wording, row: ListedRow): ItemQuestion {
  const { objectScope } = row
  if (objectScope === undefined) return worded(wording, row)
  const column = row.cells.find(({ text }) => text.trim() === objectScope)?.column ?? ''
  return { ...worded({ ...wording, lack: `“${objectScope}”` }, row), column, cell: objectScope }
}

function worded({ field, code, lack, ask, form, options = [], accepts }: Wording, { refused }: ListedRow): ItemQuestion {
  const cell = refused[field]
  return {
    column: cell?.column ?? '',
    cell: cell?.text ?? '',
    field,
    code: cell === undefined ? code : code.replace('-missing', '-refused'),
    message: `${cell?.reason ?? lack}：${ask}`,
    ...(form === undefined ? {} : { form }),
    options,
    accepts: [...(form === undefined ? [] : (['value'] as const)), ...accepts, 'omit' as const],
  }
}

/** Both axes of the classes (REG-03, CRD-04) decide ratios, so neither is taken for granted. */
export function openClass({ row, known }: AskedAbout): readonly ItemQuestion[] {
  const itemClass: Wording = {
    field: 'itemClass',
    code: 'item-class-missing',
    lack: '没有事项类别',
    ask: '是一般检查事项，还是重点检查事项？',
    form: 'choice',
    options: classOptions,
    accepts: ['itemClass'],
  }
  const fieldClass: Wording = {
    field: 'fieldClass',
    code: 'field-class-missing',
    lack: '没有领域类别',
    ask: '是一般领域，还是重点领域？',
    form: 'choice',
    options: fieldClassOptions,
    accepts: ['fieldClass'],
  }
  return [
    ...(known.itemClass === undefined ? [worded(itemClass, row)] : []),
    ...(known.fieldClass === undefined ? [worded(fieldClass, row)] : []),
  ]
}

/** An item stands on one of the superior's list where there is such a list, or on none: somebody says which (REG-07). */
export function openParent({ row, known }: AskedAbout, patch: ItemPatch, superiorItems: readonly CheckItem[]): readonly ItemQuestion[] {
  if (known.parentItemCode !== undefined || patch.parentItemCode !== undefined) return []
  const near = nearestByName(superiorItems, known.name ?? '').map(({ code, name }) => ({ value: code as string, label: name }))
  const wording: Wording = {
    field: 'parentItemCode',
    code: 'parent-item-open',
    lack: '上级清单中没有同名的唯一事项',
    ask: '对应上级清单的哪一项？',
    form: 'text',
    options: [...near, { value: noParent, label: '上级清单没有此项' }],
    accepts: ['parentItemCode'],
  }
  return [worded(wording, row)]
}
