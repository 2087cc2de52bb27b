import type { Vocabulary } from '../layout-columns.ts'

/** What a column of a published list of drawn objects can mean. */
export type RosterField = 'number' | 'object' | 'code' | 'item' | 'initiator' | 'participants' | 'date' | 'result' | 'remarks'

/** The headings in use, squashed; where two patterns fit, the first counts. */
export const rosterVocabulary: Vocabulary<RosterField> = [
  { field: 'number', pattern: /^(?:序号|编号)$/ },
  { field: 'code', pattern: /^(?:统一)?(?:社会)?信用代码$|^统一社会信用代码(?:\/注册号)?$/ },
  { field: 'object', pattern: /^(?:(?:被?(?:抽查|检查|抽取)|抽中)?(?:对象|企业|单位|市场主体|主体)(?:名称)?|企业\(?单位\)?名称)$/ },
  { field: 'item', pattern: /^(?:抽查|检查)(?:事项|项目|内容)(?:名称)?$/ },
  { field: 'initiator', pattern: /^(?:(?:发起|牵头)(?:部门|单位)|(?:实施|检查|抽查)(?:主体|部门|机关))$/ },
  { field: 'participants', pattern: /^(?:配合|参与|联合|协同|协办)(?:检查|抽查)?(?:部门|单位)$/ },
  { field: 'date', pattern: /^(?:抽查|检查|抽取)(?:日期|时间)$/ },
  { field: 'result', pattern: /^(?:抽查|检查)(?:结果|情况)$/ },
  { field: 'remarks', pattern: /^备注$/ },
]
