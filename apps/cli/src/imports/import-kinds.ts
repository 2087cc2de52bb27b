import type { QueryOptions } from '../query-options.ts'
import { type Text, text } from '../text.ts'

/** A file that registry imports. */
export interface ImportKind {
  readonly word: string
  readonly path: string
  readonly what: Text
  /** Whether the file is a table as an office published it, under its own headings; the others are in the columns of the register. */
  readonly isPublished: boolean
  readonly notes: Text
  readonly query: QueryOptions
}

const ofRegister = {
  isPublished: false,
  notes: text(
    '文件为 CSV（UTF-8 或 GB18030）、NDJSON 或 XLSX，列见 registry 说明书。好的行保留，有问题的行列入报告（退出码 1）。\n中断后再次运行即从断点继续；同一文件再次导入不改动任何记录。',
    'The file is CSV (UTF-8 or GB18030), NDJSON or XLSX; its columns stand in the README of registry. Good rows are kept, the others are\nreported (exit code 1). After an interruption run it again: it goes on where it was. The same file again changes nothing.',
  ),
}

/** Where the data come from, and as of when it speaks (DQ-10). */
const fromSource = {
  source: { name: 'source', required: false, value: 'SYSTEM', text: text('数据来源的系统代码', 'the system they come from') },
  'source-as-of': {
    name: 'sourceAsOf',
    required: false,
    value: 'DATE',
    text: text('来源数据截至；默认为导入时', 'as of when it speaks; the import by default'),
  },
} as const

/** Which list an item list becomes a version of. */
const ofList = {
  list: { name: 'listId', required: true, value: 'ID', text: text('清单编码', 'the list') },
  line: { name: 'businessLine', required: true, value: 'NAME', text: text('条线，如 市场监管', 'its business line') },
  from: { name: 'effectiveFrom', required: false, value: 'DATE', text: text('生效日期，默认今天', 'in force from; today by default') },
} as const

export const importKinds: readonly ImportKind[] = [
  {
    word: 'objects',
    path: '/v1/objects/import',
    what: text('检查对象', 'objects'),
    ...ofRegister,
    query: {
      region: { name: 'regionCode', required: true, value: 'CODE', text: text('各行所在的行政区划', 'the region every row lies in') },
      ...fromSource,
      'dry-run': { name: 'trial', required: false, text: text('只核对，不写入', 'says what would be done, and does nothing') },
    },
  },
  { word: 'tags', path: '/v1/tags/import', what: text('标签', 'tags'), ...ofRegister, query: {} },
  { word: 'inspectors', path: '/v1/inspectors/import', what: text('执法检查人员', 'inspectors'), ...ofRegister, query: fromSource },
  { word: 'units', path: '/v1/units/import', what: text('单位', 'units'), ...ofRegister, query: {} },
  {
    word: 'grades',
    path: '/v1/credit-results/import',
    what: text('信用风险分类结果', 'credit-risk results'),
    ...ofRegister,
    query: {
      source: fromSource.source,
      'as-of': { name: 'asOf', required: false, value: 'DATE', text: text('评定时间', 'when they were found') },
    },
  },
  {
    word: 'credit-data',
    path: '/v1/credit-data/import',
    what: text('其他部门信用信息', 'other departments’ credit data'),
    ...ofRegister,
    query: fromSource,
  },
  {
    word: 'items',
    path: '/v1/check-item-lists/import',
    what: text('抽查事项清单', 'a check-item list'),
    ...ofRegister,
    query: {
      ...ofList,
      trigger: { name: 'trigger', required: false, value: 'WHY', text: text('第二版起必填', 'needed from the second version on') },
    },
  },
  {
    word: 'lists',
    path: '/v1/check-item-lists/published',
    what: text('公布的抽查事项清单', 'a check-item list as published'),
    isPublished: true,
    notes: text(
      '表格按公布的样子读：认得的成为事项，说不准的成为问题，全部答完才生效（还有问题未答：退出码 3）。\n逐行报告写明每一行的去向和每个问题的编号。同一文件再次导入即同一次导入，已有的回答保留。',
      'The table is read as it was published: what is certain becomes items, the rest questions, and nothing is in force before all are\nanswered (exit code 3 while some are open). The report has what became of each row, and the id of each question. The same file\nagain is the same import, and keeps its answers.',
    ),
    query: ofList,
  },
  {
    word: 'rosters',
    path: '/v1/rosters/import',
    what: text('公布的抽取名单', 'a list of drawn objects as published'),
    isPublished: true,
    notes: text(
      '表格按公布的样子读，对象按代码或名称在名录库中查找；没有读入的行列入报告（退出码 1）。\n逐行报告写明每一行的去向。同一文件再次导入不改动名录库。',
      'The table is read as it was published, and its objects are looked up in the pools by code or name; rows that were left out are\nreported (exit code 1). The report has what became of each row. The same file again changes nothing in the pools.',
    ),
    query: {},
  },
]
