import type { ItemCode } from '@dual-random/kernel'
import type { LineContext } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'

export type ItemInJointPlan = Extract<LineProblem, { readonly code: 'item-needs-reason' }> & { readonly itemCode: ItemCode }

/** The items of a line of an internal plan that a joint plan covers, where policy has those not be checked alone besides (PLN-16): each asks for a reason. */
export function itemsInJointPlans(
  codes: readonly ItemCode[],
  { plan, policy, jointItems }: Pick<LineContext, 'plan' | 'policy' | 'jointItems'>,
): readonly ItemInJointPlan[] {
  if (plan.planType !== 'INTERNAL' || policy.find('plan.jointPreferred')?.barInternalForJointItems !== true) return []
  return codes.flatMap((itemCode) => {
    const planId = jointItems.get(itemCode)
    return planId === undefined ? [] : [{ code: 'item-needs-reason', pointer: '/itemCodes', itemCode, planId } as const]
  })
}
