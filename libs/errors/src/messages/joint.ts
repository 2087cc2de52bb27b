import type { Messages } from './message.ts'

export const jointMessages = {
  'initiator-takes-no-part': {
    zh: '发起部门 {unitId} 不在本任务的参与部门之内',
    en: 'The initiating unit {unitId} takes no part in the task',
  },
} as const satisfies Messages
