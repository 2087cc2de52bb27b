import { compareRatio, ok, type Ratio, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '../policy.ts'

/** What of a plan line decides whether the order of its check batches has to be fixed; of a line with a number of objects no ratio is known before its pool is. */
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
  if (ratios.length === 0) return ok(undefined)
  const from = batchOrderFrom(policy, itemClass)
  if (!from.ok || from.value === undefined) return from
  const { value: threshold } = from
  return ok(ratios.some(({ ratio }) => compareRatio(ratio, threshold) >= 0) ? threshold : undefined)
}

/** The ratio from which on a policy fixes the order of check batches; undefined where it does not, and for general items. */
export function batchOrderFrom(policy: Policy, itemClass: OrderedLine['itemClass']): Result<Ratio | undefined, PolicyUnset> {
  if (policy.find('draw.batchOrder') !== 'FIXED_FOR_HIGH_RATIO_KEY_ITEMS' || itemClass !== 'KEY') return ok(undefined)
  return policy.get('ratio.batchOrderThreshold')
}

/** Whether the batches of a plan line are drawn one after the other (逐批次抽取; DRW-17, 004 二(七)). */
export const drawsBatchByBatch = (policy: Policy): boolean => policy.find('draw.batchOrder') === 'BATCH_BY_BATCH'
