import type { Messages } from './message.ts'

/** Planning: checks that are planned without a draw, checks outside joint checks, and what plans reflect. */
export const planModeMessages = {
  'special-check-barred': {
    zh: '该领域已由随机抽查事项覆盖（{itemCodes}），原则上不再部署专项检查和“全覆盖”式巡查（{kind}）；确需部署的，须说明理由和法律依据',
    en: 'Random check items cover this field ({itemCodes}): special checks and full-coverage patrols ({kind}) are barred by default; one needs a reason and its legal basis',
  },
  'check-without-draw': {
    zh: '日常检查原则上通过“双随机、一公开”方式进行；不经抽取的检查（{kind}）须说明理由和法律依据',
    en: 'Daily checks are made by double-random by default; one without a draw ({kind}) needs a reason and its legal basis',
  },
  'special-check-needs-problem': {
    zh: '专项检查须针对普遍问题或突出风险，通过“双随机、一公开”等方式开展：请写明情形、问题和开展方式',
    en: 'A special check answers a widespread problem or prominent risk by double-random or similar means: name the case, the problem and the means',
  },
  'campaign-needs-basis': { zh: '专项整治须写明部署依据', en: 'A special rectification campaign names what it rests on' },
  'means-not-in-plan': { zh: '计划中没有抽取的任务 {lineId}', en: 'The plan has no drawn line {lineId}' },
  'means-no-clue-task': { zh: '没有线索任务 {taskId}，或已撤回', en: 'There is no task on clues {taskId}, or it is withdrawn' },
  'key-matter-not-in-force': {
    zh: '现行重点监管事项清单中没有事项 {matterId}',
    en: 'No key-supervision list in force has the matter {matterId}',
  },
  'key-matter-ambiguous': {
    zh: '现行的几份重点监管事项清单（{lists}）都有事项 {matterId}：请写明是哪一份清单的事项',
    en: 'Several key-supervision lists in force ({lists}) have a matter {matterId}: name the list',
  },
  'key-stage-unknown': {
    zh: '事项没有监管环节“{stage}”；清单所列：{allowed}',
    en: 'The matter has no stage "{stage}"; the list has: {allowed}',
  },
  'joint-exception-missing': {
    zh: '按现行策略，检查均须纳入联合检查抽查范围；单独检查须写明属于哪种例外情形（{allowed}）及依据',
    en: 'The policy brings every check into joint checks; one alone names its exception ({allowed}) and basis',
  },
  'joint-exception-unknown': {
    zh: '现行策略没有例外情形 {ground}；可选：{allowed}',
    en: 'The policy has no exception {ground}; it has: {allowed}',
  },
  'joint-exception-not-asked': {
    zh: '此检查无须写明不纳入联合检查的例外情形',
    en: 'This check needs no exception from joint checks',
  },
  'key-list-maintainer': {
    zh: '重点监管事项清单由{department}部门（{level} 级）维护，本单位不能发布',
    en: 'The key-supervision list is kept by {department} at level {level}; this unit cannot publish it',
  },
  'key-list-dates': { zh: '失效日期 {to} 早于生效日期 {from}', en: 'The last day {to} lies before the first, {from}' },
  'priority-not-asked': {
    zh: '现行策略没有规定计划须体现的方面（{aspect}）',
    en: 'The policy names no aspect for a plan to reflect ({aspect})',
  },
  'priority-unknown': { zh: '现行策略没有方面 {aspect}；可选：{allowed}', en: 'The policy has no aspect {aspect}; it has: {allowed}' },
  'plan-priorities-missing': {
    zh: '计划尚未写明如何体现：{missing}',
    en: 'The plan does not say yet how it reflects: {missing}',
  },
} as const satisfies Messages
