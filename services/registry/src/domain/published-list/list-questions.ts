import type { CheckItem } from '../check-item.ts'
import type { ChangeTrigger } from '../check-item-list.ts'
import type { ListAnswer, ListQuestion } from './published-list.ts'

/** What the list is now, beside the file. */
export interface ListNow {
  /** Items of the latest version; undefined for a list that has none yet. */
  readonly current?: readonly CheckItem[]
  /** Codes of the region's other lists, with the list they are on. */
  readonly elsewhere: ReadonlyMap<string, string>
}

/** An item of the file with the code it has so far; `coded` when an answer gave it. */
export interface CodedRow {
  readonly lineNo: number
  readonly line: number
  readonly code?: string
  readonly coded: boolean
}

const triggerOptions: readonly { readonly value: ChangeTrigger; readonly label: string }[] = [
  { value: 'ENACT', label: '法律法规规章制定' },
  { value: 'AMEND', label: '法律法规规章修改' },
  { value: 'REPEAL', label: '法律法规规章废止' },
  { value: 'INTERPRET', label: '法律法规规章解释' },
  { value: 'WORK_NEED', label: '工作实际需要' },
]

type TableField = 'codePrefix' | 'listType' | 'trigger' | 'otherItems'

const tableQuestion = (
  field: TableField,
  question: Pick<ListQuestion, 'code' | 'message'> & { readonly form: string; readonly options?: ListQuestion['options'] },
): ListQuestion => ({ questionId: `table/${field}`, line: 1, column: '', cell: '', field, options: [], accepts: ['value'], ...question })

/** What has to be settled once for the whole list; `values` are the answers so far, by question id. */
export function listQuestions(
  rows: readonly CodedRow[],
  values: Readonly<Record<string, unknown>>,
  { current, elsewhere }: ListNow,
): readonly ListQuestion[] {
  const asks = (field: TableField): boolean => values[`table/${field}`] === undefined
  const codes = new Set(rows.flatMap(({ code }) => code ?? []))
  const others = (current ?? []).filter(({ code }) => !codes.has(code))
  const questions: ListQuestion[] = []
  if (asks('codePrefix') && rows.some(({ coded }) => !coded)) {
    const message = '表中没有事项编码：编码用什么前缀？各项按行号编为“前缀-01”“前缀-02”……'
    questions.push(tableQuestion('codePrefix', { code: 'code-prefix-missing', message, form: 'text' }))
  }
  if (asks('listType')) {
    const options = [
      { value: 'JOINT', label: '部门联查' },
      { value: 'INTERNAL', label: '内部抽查' },
    ]
    questions.push(
      tableQuestion('listType', { code: 'list-type-missing', message: '是部门联查清单，还是内部抽查清单？', form: 'choice', options }),
    )
  }
  if (current !== undefined && asks('trigger')) {
    const message = '清单已有版本，变更须写明依据：立、改、废、释，还是工作需要？'
    questions.push(tableQuestion('trigger', { code: 'trigger-missing', message, form: 'choice', options: triggerOptions }))
  }
  if (others.length > 0 && rows.every(({ code }) => code !== undefined) && asks('otherItems')) {
    const named = others.slice(0, 5).map(({ code, name }) => `${code}“${name}”`)
    const message = `清单现有 ${others.length} 项不在此表中（${named.join('、')}${others.length > 5 ? '等' : ''}）：保留，还是移出清单？`
    const options = [
      { value: 'keep', label: '保留' },
      { value: 'remove', label: '移出清单' },
    ]
    questions.push(tableQuestion('otherItems', { code: 'items-not-in-table', message, form: 'choice', options }))
  }
  return [...questions, ...codeQuestions(rows, elsewhere)]
}

/** One code is one item: in the file, and among the lists of the region, where a second one would be hidden behind the first. */
function codeQuestions(rows: readonly CodedRow[], elsewhere: ReadonlyMap<string, string>): readonly ListQuestion[] {
  const seen = new Map<string, number>()
  return rows.flatMap(({ lineNo, line, code }): ListQuestion[] => {
    if (code === undefined) return []
    const about = {
      questionId: `line-${lineNo}/itemCode`,
      lineNo,
      line,
      column: '',
      cell: '',
      field: 'itemCode',
      form: 'text',
      options: [],
    }
    const accepts: readonly (keyof ListAnswer)[] = ['value', 'itemCode', 'omit']
    const first = seen.get(code)
    if (first !== undefined) {
      return [{ ...about, code: 'item-code-twice', message: `编码 ${code} 已用于第 ${first} 项：这一项用什么编码？`, accepts }]
    }
    seen.set(code, lineNo)
    const list = elsewhere.get(code)
    if (list === undefined) return []
    return [{ ...about, code: 'item-code-taken', message: `编码 ${code} 已用于本地区的清单 ${list}：这一项用什么编码？`, accepts }]
  })
}
