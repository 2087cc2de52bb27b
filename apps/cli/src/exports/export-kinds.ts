import type { QueryOptions } from '../query-options.ts'
import { type Text, text } from '../text.ts'

/** A file that registry exports. */
export interface ExportKind {
  readonly word: string
  readonly what: Text
  /** Where it is, by the list that was named. */
  readonly path: (list: string) => string
  readonly needsList: boolean
  readonly query: QueryOptions
}

const ofUnit = {
  unit: { name: 'unitId', required: false, value: 'ID', text: text('单位编码，默认为本单位', 'the unit; the caller’s by default') },
} as const

const register = (name: string) => ({ path: () => `/v1/${name}/export`, needsList: false })

export const exportKinds: readonly ExportKind[] = [
  { word: 'objects', what: text('本单位的检查对象', 'the objects that the caller’s unit owns'), ...register('objects'), query: {} },
  { word: 'tags', what: text('本单位给出的标签', 'the tags that the caller’s unit gave'), ...register('tags'), query: {} },
  {
    word: 'inspectors',
    what: text('执法检查人员', 'inspectors'),
    ...register('inspectors'),
    query: {
      ...ofUnit,
      'recusal-scope': {
        name: 'recusalScope',
        required: false,
        value: 'WORD',
        text: text('sealed（默认）或 open：回避范围写明，读取留痕', 'sealed (the default), or open: in the clear, and the read is logged'),
      },
    },
  },
  {
    word: 'grades',
    what: text('信用风险分类结果', 'credit-risk results'),
    ...register('credit-results'),
    query: { ...ofUnit, history: { name: 'history', required: false, text: text('连同历次结果', 'with earlier results') } },
  },
  {
    word: 'items',
    what: text('抽查事项清单的最新版本', 'the latest version of a check-item list'),
    path: (list) => `/v1/check-item-lists/${encodeURIComponent(list)}/export`,
    needsList: true,
    query: {},
  },
]
