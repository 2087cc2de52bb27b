import { compareRatio, ok, type Ratio, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '../policy.ts'

/** What of a plan line decides whether the order of its check batches has to be fixed; of a line with a number of objects no ratio is known. */
export interface OrderedLine {
  readonly itemClass: 'GENERAL' | 'KEY'
  readonly ratios: readonly { readonly ratio: Ratio }[]
}

/**
 * The ratio from which on the objects of a line must be cut into check batches (检查批次) that are completed in order, where the line reaches it:
 * key items drawn at a high ratio in any stratum, under a policy that fixes their order (DRW-16, 002 二(一)). What is high, the jurisdiction
 * sets. Undefined for a line that needs no order.
 */
export function batchOrderReached(policy: Policy, { itemClass, ratios }: OrderedLine): Result<Ratio | undefined, PolicyUnset> {
  if (policy.find('draw.batchOrder') !== 'FIXED_FOR_HIGH_RATIO_KEY_ITEMS' || itemClass !== 'KEY' || ratios.length === 0)
    return ok(undefined)
  const threshold = policy.get('ratio.batchOrderThreshold')
  if (!threshold.ok) return threshold
  return ok(ratios.some(({ ratio }) => compareRatio(ratio, threshold.value) >= 0) ? threshold.value : undefined)
}

/** Whether the batches of a plan line are drawn one after the other (逐批次抽取; DRW-17, 004 二(七)). */
export const drawsBatchByBatch = (policy: Policy): boolean => policy.find('draw.batchOrder') === 'BATCH_BY_BATCH'
