import type { Vocabulary } from '../layout-columns.ts'

/** What a column of a published item list can mean. */
export type ItemField =
  | 'number'
  | 'domain'
  | 'item'
  | 'content'
  | 'object'
  | 'initiator'
  | 'participants'
  | 'level'
  | 'shareAndTimes'
  | 'share'
  | 'times'
  | 'methods'
  | 'basis'
  | 'itemClass'
  | 'remarks'

/** The headings in use, squashed; where two patterns fit, the first counts. */
export const itemVocabulary: Vocabulary<ItemField> = [
  { field: 'number', pattern: /^(?:序号|编号)$/ },
  { field: 'domain', pattern: /^(?:抽查|检查)(?:领域|类别|大类)$/ },
  { field: 'item', pattern: /^(?:抽查|检查)(?:清单)?(?:事项|项目)(?:名称)?$/ },
  { field: 'content', pattern: /^(?:抽查|检查)(?:内容|重点)$/ },
  { field: 'object', pattern: /^(?:抽查|检查|抽取)?对象(?:范围|名称)?$/ },
  {
    field: 'initiator',
    pattern: /^(?:(?:发起|牵头)(?:\((?:发起|牵头)\))?(?:部门|单位)|(?:实施|检查|抽查)(?:主体|部门)(?:及实施层级)?)$/,
  },
  { field: 'participants', pattern: /^(?:配合|参与|联合|协同|协办)(?:\((?:配合|参与)\))?(?:检查|抽查)?(?:部门|单位)$/ },
  { field: 'level', pattern: /^(?:实施|抽查|检查|组织)层级$/ },
  { field: 'shareAndTimes', pattern: /^(?:抽查|检查|抽取)?比例[及和与、/](?:抽查)?频次$/ },
  { field: 'share', pattern: /^(?:抽查|检查|抽取)?(?:对象)?比例(?:\(?%\)?)?$/ },
  { field: 'times', pattern: /^(?:抽查|检查)?(?:频次|频率|次数)$/ },
  { field: 'methods', pattern: /^(?:抽查|检查)方式$/ },
  { field: 'basis', pattern: /^(?:抽查|检查)?依据$/ },
  { field: 'itemClass', pattern: /^(?:抽查)?事项类别$/ },
  { field: 'remarks', pattern: /^备注$/ },
]
