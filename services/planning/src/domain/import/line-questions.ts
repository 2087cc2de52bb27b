import { assertNever } from '@dual-random/kernel'
import type { LineProblem } from '../line-problem.ts'
import type { ReasonRule } from '../plan.ts'
import { isAboutLineField, lineFieldQuestion } from './line-field-questions.ts'
import type { PatchMember } from './patch.ts'

/** A question planning asks beside those of the table reader. */
export interface LineQuestion {
  readonly field: string
  readonly code: string
  readonly message: string
  readonly accepts: readonly (PatchMember | 'value' | 'reason' | 'legalBasis')[]
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

const items = ['itemCodes', 'units'] as const
const quantity = ['ratio', 'ratios', 'count'] as const
const timing = ['batches', 'window', 'times'] as const

/** The rule that a reason given to a question overrides; `counted` of a line with a number of objects in place of ratios. */
export function ruleAnswered(field: string | undefined, counted: boolean): ReasonRule {
  if (field === 'itemReason') return 'ITEM_IN_JOINT_PLAN'
  if (field === 'singleReason') return 'SINGLE_IN_JOINT_INDUSTRY'
  if (isAboutLineField(field)) return 'LINE_FIELD_MISSING'
  return counted ? 'COUNT_INSTEAD_OF_RATIO' : 'RATIO_BAND'
}

/** What to ask about a problem of a line; problems that belong to one question share field and code. */
export function questionAbout(problem: LineProblem): LineQuestion {
  const { code } = problem
  switch (code) {
    case 'item-not-on-list':
      return { field: 'itemCodes', code, accepts: items, message: `事项 ${problem.itemCode} 不在现行清单上：用清单中的哪些事项？` }
    case 'item-not-by-list':
      return {
        field: 'itemCodes',
        code,
        accepts: items,
        message: `须严格照单监管，事项 ${problem.itemCode} 不在现行清单上：用清单中的哪些事项？`,
      }
    case 'line-without-items':
      return { field: 'itemCodes', code, accepts: items, message: '没有检查事项：检查哪些事项？' }
    case 'scope-outside-region':
      return { field: 'scope', code, accepts: ['scope'], message: `地区 ${problem.regionCode} 不在本地区之内：检查对象限于哪些地区？` }
    case 'scope-without-objects':
      return { field: 'scope', code, accepts: ['scope', ...items], message: '事项适用的对象没有一个在限定的范围内：检查哪些对象？' }
    case 'object-scope-unclear':
      return {
        field: 'scope',
        code,
        accepts: ['scope', 'objectScope'],
        message: `检查对象写的是“${problem.objectScope}”：是事项的全部对象，还是按类型、行业代码、标签或地区限定？`,
      }
    case 'line-mixes-item-classes':
      return {
        field: 'itemCodes',
        code: 'items-mix-classes',
        accepts: items,
        message: `一般事项（${problem.general}）与重点事项（${problem.key}）须分行列出比例：这一行检查哪些事项？`,
      }
    case 'line-mixes-field-classes':
      return {
        field: 'itemCodes',
        code: 'items-mix-classes',
        accepts: items,
        message: '一般领域与重点领域的事项须分行列出比例：这一行检查哪些事项？',
      }
    case 'joint-needs-participants':
      return {
        field: 'participantUnitIds',
        code,
        accepts: ['participantUnitIds', 'units'],
        message: '部门联查须有别的部门参与（同一部门的局、分局、所是一个部门）：有哪些部门参与？',
      }
    case 'internal-of-several-departments':
      return {
        field: 'units',
        code,
        accepts: ['units', 'initiatorUnitId', 'participantUnitIds'],
        message: '内部抽查计划由一个部门实施：由哪个部门检查？几个部门一同检查的，请删去此行，另行列入部门联查计划',
      }
    case 'quantity-missing':
      return { field: 'quantity', code, accepts: quantity, message: '没有比例也没有数量：按多少抽？' }
    case 'stratum-missing':
    case 'stratum-unknown':
    case 'stratum-twice':
    case 'stratum-all-not-alone':
    case 'ratio-and-count':
      return {
        field: 'quantity',
        code,
        accepts: quantity,
        message: '各等级比例不完整或不认识：请给出每个等级和未分级对象的比例，或一个比例，或一个数量',
      }
    case 'ratio-outside-band':
      return {
        field: 'ratioReason',
        code: 'ratio-needs-reason',
        accepts: ['reason', 'legalBasis', ...quantity],
        message: `比例 ${problem.ratio} 不在区间内（${problem.band}）：请说明理由和法律依据，或改用各等级比例`,
      }
    case 'ratio-above-cap':
      return {
        field: 'quantity',
        code,
        accepts: [...quantity, ...items],
        message: `比例 ${problem.ratio} 超过事项 ${problem.itemCode} 的上限 ${problem.cap}：按多少抽？`,
      }
    case 'check-batches-missing':
      return {
        field: 'checkBatches',
        code,
        accepts: ['checkBatches', ...quantity],
        message: `重点检查事项的抽查比例达到 ${problem.threshold}，须在抽取时确定检查批次顺序：抽中对象分几个检查批次依序检查（2 至 99）？`,
      }
    case 'count-escapes-cap':
      return {
        field: 'quantity',
        code,
        accepts: [...quantity, ...items],
        message: `事项 ${problem.itemCode} 有比例上限 ${problem.cap}，不能按数量抽取：比例是多少？`,
      }
    case 'count-needs-reason':
      return {
        field: 'ratioReason',
        code,
        accepts: ['reason', 'legalBasis', ...quantity],
        message: `按 ${problem.count} 户抽取，不按各等级比例：请说明理由和法律依据，或改用各等级比例`,
      }
    case 'item-needs-reason':
      return {
        field: 'itemReason',
        code,
        accepts: ['reason', 'legalBasis', ...items],
        message: `事项 ${problem.itemCode} 已列入部门联查计划 ${problem.planId}，原则上不再单独检查：请说明理由和法律依据，或改换事项`,
      }
    case 'single-needs-reason':
      return {
        field: 'singleReason',
        code,
        accepts: ['reason', 'legalBasis', ...items],
        message: `行业“${problem.industry}”以部门联合检查为原则、部门单独检查为例外：请说明单独检查的理由和法律依据；几个部门一同检查的，请删去此行，另行列入部门联查计划`,
      }
    case 'line-field-missing':
      return { code, ...lineFieldQuestion(problem.field) }
    case 'rule-not-by-default':
      return {
        field: 'quantity',
        code,
        accepts: [...quantity, ...items],
        message: `策略键 ${problem.key} 不是原则性规定，不得个案改写：请改用规定之内的比例或事项`,
      }
    case 'window-missing':
    case 'window-reversed':
    case 'window-outside-year':
    case 'batches-and-times':
    case 'shares-not-whole':
    case 'schedule-reversed':
      return {
        field: 'batches',
        code,
        accepts: timing,
        message: '检查时间须在计划年度之内，起止有序，各批次份额合计为一：分几批、各在什么时间？',
      }
    case 'batch-scope-outside-line':
      return {
        field: 'batches',
        code,
        accepts: [...timing, 'scope'],
        message: '批次的检查对象超出了任务的检查对象：各批次各查哪些对象？',
      }
    case 'batches-do-not-fit':
      return {
        field: 'batches',
        code,
        accepts: timing,
        message: `检查时间只有 ${problem.days} 天，分不成 ${problem.times} 批：分几批、各在什么时间？`,
      }
    case 'selection-missing':
    case 'ground-needs-note':
    case 'mode-not-allowed':
    case 'stations-mismatch':
    case 'station-unknown':
      return {
        field: 'selection',
        code,
        accepts: ['selection', 'units'],
        message: '选派执法检查人员的方式和依据未定或不全：用哪种方式，依据是什么？',
      }
    case 'unit-unknown':
    case 'unit-twice':
    case 'initiator-not-in-line':
    case 'unit-item-not-in-line':
    case 'item-without-unit':
    case 'team-too-small':
      return {
        field: 'units',
        code,
        accepts: ['units', 'initiatorUnitId', 'participantUnitIds'],
        message: '部门、各部门的事项或人数有误：由哪些部门检查哪些事项？',
      }
    // Neither a table nor an answer about one names a delegate or another city.
    case 'scope-regions-with-cities':
    case 'batch-scope-with-cities':
    case 'cities-not-provided':
    case 'cities-overlap':
    case 'city-needs-agreement':
    case 'city-without-units':
    case 'city-needs-initiator':
    case 'initiator-not-of-city':
    case 'delegation-across-cities':
    case 'item-not-on-list-of-city':
    case 'delegate-not-fit':
    case 'delegation-not-allowed':
    case 'delegation-needs-reason':
    case 'delegation-needs-agreement':
    case 'agreement-unknown':
      return { field: 'line', code, accepts: ['units'], message: '导入的表格不含委托和跨市联合抽取：请另行填报。' }
    case 'joint-exception-missing':
    case 'joint-exception-unknown':
    case 'joint-exception-not-asked':
      return {
        field: 'jointException',
        code,
        accepts: ['jointException'],
        message: '按现行策略，检查均须纳入联合检查抽查范围：属于哪种例外情形，依据是什么？',
      }
    // A table has drawn lines alone.
    case 'special-check-barred':
    case 'check-without-draw':
    case 'special-check-needs-problem':
    case 'campaign-needs-basis':
    case 'trigger-unknown':
    case 'means-not-in-plan':
    case 'means-no-clue-task':
    case 'key-matter-not-in-force':
    case 'key-matter-ambiguous':
    case 'key-stage-unknown':
      return { field: 'line', code, accepts: ['units'], message: '导入的表格不含不经抽取的检查：请另行填报。' }
    case 'policy-unset':
      return { field: 'line', code, accepts: ['count', 'ratio', 'ratios', 'units'], message: problem.message }
    default:
      return assertNever(problem)
  }
}
