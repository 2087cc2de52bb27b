import { formatPercent } from '@dual-random/kernel'
import { batchOrderReached, type OrderedLine } from '@dual-random/policy'
import type { LineContext } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'

/** The number of check batches is given where policy fixes their order (DRW-16). A task on clues is bound by no rule about plans (TGT-09). */
export function checkBatchProblems(
  { plan, policy }: Pick<LineContext, 'policy'> & { readonly plan: Pick<LineContext['plan'], 'planType'> },
  line: OrderedLine & { readonly checkBatches?: number },
): readonly LineProblem[] {
  if (plan.planType === undefined) return []
  const reached = batchOrderReached(policy, line)
  if (!reached.ok) return [{ code: 'policy-unset', pointer: '/ratios', key: reached.error.key, message: reached.error.message }]
  if (reached.value === undefined || line.checkBatches !== undefined) return []
  return [{ code: 'check-batches-missing', pointer: '/checkBatches', threshold: formatPercent(reached.value) }]
}
