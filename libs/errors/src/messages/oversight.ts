import type { Messages } from './message.ts'

export const oversightMessages = {
  'measure-computed': {
    zh: '指标数据“{measure}”由业务数据得出，不能填报',
    en: 'Measure "{measure}" is computed from events and cannot be reported',
  },
  'snapshot-unknown': { zh: '没有指标快照 {snapshotId}', en: 'There is no indicator snapshot {snapshotId}' },
} as const satisfies Messages
