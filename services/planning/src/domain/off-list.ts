import type { ItemCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { LineProblem } from './line-problem.ts'

/**
 * Refuses an item off the lists in force in a line that is drawn (REG-13): as the general bar, which stands also where policy states none, or in the
 * words of a policy that has supervision go strictly by the lists (严格照单监管). Neither is a by-default rule: no reason opens it.
 */
export const offListProblem = (policy: Policy, itemCode: ItemCode): LineProblem =>
  policy.find('item.offListRandom') === 'STRICTLY_BY_LIST'
    ? { code: 'item-not-by-list', pointer: '/itemCodes', itemCode }
    : { code: 'item-not-on-list', pointer: '/itemCodes', itemCode }
