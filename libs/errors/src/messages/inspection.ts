import type { Messages } from './message.ts'

export const inspectionMessages = {
  'task-hidden': {
    zh: '检查前，任务只对被指派的检查人员、执行单位的调度人员和上级的审计人员可见',
    en: 'Before the visit a task is shown to its inspectors, the dispatcher of its unit and the auditor of a superior only',
  },
  'inspector-not-assigned': { zh: '您不是任务 {taskNumber} 的检查人员', en: 'You are not an inspector of task {taskNumber}' },
  'result-already-entered': {
    zh: '任务 {taskNumber} 的事项 {itemCode} 已录入另一个检查结果',
    en: 'Item {itemCode} of task {taskNumber} has another result already',
  },
  'result-type-of-other-edition': { zh: '{hint}', en: 'Result type "{type}" is not in force here; use {use}' },
  'detail-not-of-type': { zh: '结果类型“{type}”没有这一项', en: 'Result type "{type}" has no such detail' },
  'correction-before-check': {
    zh: '整改期限 {date} 早于检查日期 {checked}',
    en: 'The date to correct by, {date}, is before the check on {checked}',
  },
  'instant-in-future': { zh: '时间不得晚于 {limit}', en: 'The time must not be later than {limit}' },
  'contact-attempts-short': {
    zh: '认定无法联系前至少联系 {attempts} 次，每次至少相隔 {days} 天；现有 {counted} 次有效',
    en: 'At least {attempts} attempts to reach the object, {days} days apart, come first; {counted} count',
  },
  'closing-lacks': { zh: '此办结方式须提供 {need}', en: 'This outcome needs {need}' },
  'follow-up-closed': { zh: '该后续监管事项已办结', en: 'The follow-up is closed already' },
  'visit-begun': { zh: '其中一次检查已有结果，不能再合并', en: 'One of the visits has a result already; they can no longer merge' },
  'proposal-decided': { zh: '合并建议已有决定：{status}', en: 'The merge proposal was decided already: {status}' },
} as const satisfies Messages
