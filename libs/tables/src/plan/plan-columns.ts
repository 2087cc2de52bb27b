import type { Vocabulary } from '../layout-columns.ts'

/** What a column of a published plan can mean. */
export type PlanField =
  | 'number'
  | 'taskNumber'
  | 'planNumber'
  | 'taskName'
  | 'planName'
  | 'speciality'
  | 'category'
  | 'item'
  | 'content'
  | 'object'
  | 'objectMarks'
  | 'area'
  | 'shareAndTimes'
  | 'shareOrCount'
  | 'share'
  | 'times'
  | 'period'
  | 'count'
  | 'estimate'
  | 'base'
  | 'windowStart'
  | 'windowEnd'
  | 'deadline'
  | 'window'
  | 'initiator'
  | 'participants'
  | 'methods'
  | 'organisingLevel'
  | 'level'
  | 'grades'
  | 'drawType'
  | 'itemClass'
  | 'basis'
  | 'office'
  | 'flag'
  | 'contact'
  | 'remarks'

/** The headings in use, squashed; where two patterns fit, the first counts. */
export const planVocabulary: Vocabulary<PlanField> = [
  { field: 'number', pattern: /^(?:序号|编号)$/ },
  { field: 'taskNumber', pattern: /^(?:抽查|检查)?任务编号$/ },
  { field: 'planNumber', pattern: /^(?:抽查|检查)?计划编号$/ },
  { field: 'taskName', pattern: /^(?:(?:跨?部门)?联合)?(?:抽查|检查)?任务(?:名称)?$/ },
  { field: 'planName', pattern: /^(?:本部门|年度|抽查|检查)*计划名称$/ },
  { field: 'speciality', pattern: /^(?:抽查|检查)专业$/ },
  { field: 'category', pattern: /^(?:抽查|检查|监管|行业)?(?:类别|领域|大类)$|^(?:(?:抽查|检查)(?:项目|事项))?大[项类]$/ },
  {
    field: 'item',
    pattern:
      /^(?:(?:跨?部门)?联合|双?随机)?(?:抽查|检查){0,2}(?:清单)?事项(?:名称)?$|^(?:(?:跨?部门)?联合|双?随机)?(?:抽查|检查)(?:清单)?项目(?:名称)?$|^(?:抽查|检查)(?:事项(?:[及和与、]|\()(?:抽查|检查)?内容\)?|内容[及和与、](?:抽查|检查)?事项)$|^(?:(?:抽查|检查)(?:项目|事项))?[小子]项$/,
  },
  { field: 'content', pattern: /^(?:抽查|检查)?内容$|^(?:抽查|检查)重点$/ },
  {
    field: 'object',
    pattern:
      /^(?:抽查|检查|抽取|监管|被检查|被抽查)?对象(?:及)?(?:范围|名称|具体分类|类型|类别)?$|^(?:抽查|检查)?(?:市场|经营)?主体(?:及)?范围$|^被(?:抽查|检查)(?:主体|单位)(?:名称)?$/,
  },
  { field: 'objectMarks', pattern: /^对象条件$/ },
  { field: 'area', pattern: /^(?:抽查|检查)(?:范围|区域)$/ },
  { field: 'shareAndTimes', pattern: /^(?:抽查|检查|抽取)?(?:比例[及和与、/](?:抽查)?频次|频次[及和与、/](?:抽查|抽取)?比例)$/ },
  {
    field: 'shareOrCount',
    pattern: /^(?:抽查|检查|抽取)?比例(?:或|\/)(?:抽查)?(?:数量|户数)$|^(?:抽查|检查|抽取)?比例\((?:抽查)?(?:数量|户数)\)$/,
  },
  { field: 'share', pattern: /^(?:年度)?(?:双?随机)?(?:抽查|检查|抽取)?(?:对象)?比[例率](?:\(?(?:[%‰]|百分比)\)?)?$/ },
  { field: 'times', pattern: /^(?:年度)?(?:抽查|检查)?(?:频次|频率|次数)(?:\(次\/年\))?$/ },
  { field: 'period', pattern: /^(?:抽查|检查)周期$/ },
  {
    field: 'count',
    pattern:
      /^(?:抽查|抽取|拟抽查|拟抽取|拟检查|计划抽查|计划抽取|计划检查)(?:对象|企业|单位)?(?:户数|家数|数量|户次|数)(?:\((?:户|家)\))?$|^检查(?:企业|单位)?(?:户数|家数|数量|户次|数)(?:\((?:户|家)\))?$|^(?:户数|家数|数量|户次)(?:\((?:户|家)\))?$/,
  },
  { field: 'estimate', pattern: /^(?:预估|预计)(?:抽查|检查)?(?:对象)?(?:户数|数量?|家数)$|^(?:检查|监管)?对象(?:户数|数量?|家数)$/ },
  { field: 'base', pattern: /^(?:抽查|检查|监管)?(?:(?:对象)?基数|对象总数|名录库(?:对象)?数量?)(?:\((?:户|家|个)\))?$/ },
  {
    field: 'windowStart',
    pattern:
      /^(?:抽取|抽查|检查|任务|计划|实施|执行)*(?:日期|时间)(?:自|起|开始|起始)$|^(?:抽取|抽查|检查|任务|计划|实施|执行)*(?:开始|起始)(?:日期|时间)$/,
  },
  {
    field: 'windowEnd',
    pattern:
      /^(?:抽取|抽查|检查|任务|计划|实施|执行)*(?:日期|时间)(?:至|止|结束|截止|终止)$|^(?:抽取|抽查|检查|任务|计划|实施|执行)*(?:结束|截止|终止)(?:日期|时间)$/,
  },
  { field: 'deadline', pattern: /^(?:抽查|检查|任务)?(?:完成|检查|抽查)(?:时限|期限)$|^任务[时期]限$|^(?:抽查|检查|任务)?完成时间$/ },
  { field: 'window', pattern: /^(?:抽取|抽查|检查|实施|计划|开展|初步|起止|任务|执行)*(?:时间|时段|日期|月份)(?:安排|范围|\(月份?\))?$/ },
  {
    field: 'initiator',
    pattern:
      /^(?:(?:发起|牵头|主办|责任)(?:\((?:发起|牵头)\))?(?:部门|单位)(?:\((?:发起|牵头)(?:部门|单位)\))?|(?:发起|牵头)(?:\((?:发起|牵头)\))?(?:处室|股室|科室)|(?:实施|检查|抽查|执法|监管){1,2}(?:主体|部门|机构|机关)|实施单位|部门)$/,
  },
  {
    field: 'participants',
    pattern: /^(?:配合|参与|参加|联合|协同|协办|协助|会同)(?:\((?:配合|参与)\))?(?:检查|抽查)?(?:部门|单位|处室|股室|科室)$/,
  },
  { field: 'methods', pattern: /^(?:抽查|检查)(?:方[式法]|形式)$/ },
  { field: 'organisingLevel', pattern: /^组织层级$/ },
  { field: 'level', pattern: /^(?:实施|抽查|检查|任务)?层级$|^(?:抽查|检查)+模式$/ },
  {
    field: 'grades',
    pattern: /信用风险分类|^(?:企业)?(?:信用)?风险等级$|^(?:预估|预计)?(?:抽查|检查)?对象(?:的)?(?:信用)?风险(?:等级|分类)$/,
  },
  { field: 'drawType', pattern: /^(?:任务|抽取|抽查|检查)类型$/ },
  { field: 'itemClass', pattern: /^(?:抽查|检查)?事项(?:类别|类型|分类|性质)$/ },
  { field: 'basis', pattern: /^(?:抽查|检查|法律|法规|政策|设定|执法){0,2}依据$/ },
  { field: 'office', pattern: /^(?:(?:责任|执行|联络|抽查|检查|承办|业务)?[科股处]室|分配任务的处\(科\)室|联络股室\(单位\))$/ },
  { field: 'flag', pattern: /^是否/ },
  { field: 'contact', pattern: /^(?:联系人|责任人|负责人|经办人|联系电话|联系方式)(?:[及和、/]?(?:联系)?(?:电话|方式))?$/ },
  { field: 'remarks', pattern: /^备注(?:说明)?$|^说明$/ },
]
