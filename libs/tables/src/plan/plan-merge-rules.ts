import type { MergeRules } from '../certain-blanks.ts'
import type { PlanField } from './plan-columns.ts'
import { hasColumn, type PlanContext } from './plan-context.ts'
import { nameFieldOf } from './read-texts.ts'

/** What is drawn, and how often. */
const drawn: readonly PlanField[] = ['shareAndTimes', 'shareOrCount', 'share', 'times', 'period', 'count', 'estimate', 'base']

/** Which blanks of a plan table continue the cell above. A remark is of its own row: most rows have none. */
export function planMergeRules(context: PlanContext): MergeRules<PlanField> {
  const nameField = nameFieldOf(context)
  const subject = hasColumn(context, 'item') ? 'item' : nameField
  return {
    leading: ['number', ...(nameField === undefined || nameField === 'item' ? [] : [nameField])],
    anchor: 'initiator',
    own: ['item', 'remarks'],
    ...(subject === undefined ? {} : { subject }),
    drawn,
  }
}
