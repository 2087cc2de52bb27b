import type { PolicyValues } from '@dual-random/policy'

/** What policy `plan.lineFields` may have a line of a plan state. */
export type LineField = PolicyValues['plan.lineFields'][number]

/** As people call it. */
export const lineFieldNames: Readonly<Record<LineField, string>> = {
  ITEMS: '抽查事项',
  OBJECTS: '检查对象',
  RATIO: '抽查比例',
  TIME_LIMIT: '完成时限',
  INITIATOR: '发起部门',
  PARTICIPANTS: '参与部门',
  BATCH_SCOPE: '各批次的检查对象',
  BATCH_QUANTITY: '各批次的抽查数量',
  BATCH_TIME: '各批次的检查时间',
}
