import type { Messages } from './message.ts'

export const jointMessages = {
  'initiator-takes-no-part': {
    zh: '发起部门 {unitId} 不在本任务的参与部门之内',
    en: 'The initiating unit {unitId} takes no part in the task',
  },
  'list-match-answered': { zh: '本部门已答复：{answer}', en: 'Your department has answered already: {answer}' },
  'list-match-decided': { zh: '该重复对象已有决定：{status}', en: 'The match was decided already: {status}' },
  'list-match-windows-apart': {
    zh: '双方的检查时段没有重叠，不能合并为一次检查；可同意联合检查，或者先调整计划',
    en: 'The two execution windows do not overlap, so there cannot be one visit; agree to a joint check, or adjust a plan first',
  },
} as const satisfies Messages
