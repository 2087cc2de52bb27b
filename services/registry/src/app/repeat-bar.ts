import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { decideRepeat, isLowRisk, type Policy } from '@dual-random/policy'
import type { CheckItem } from '../domain/check-item.ts'
import { requireRule } from './policy-book.ts'

/** That an object was drawn before, as far as its own draw tells. */
export interface DrawnBefore {
  readonly drawId: string
  readonly label: string
  readonly regionCode: RegionCode
  readonly asOf: Instant
}

export type RepeatOutcome =
  | { readonly outcome: 'free' }
  /** Drawn again on a ground that is put on record (CRD-07). */
  | { readonly outcome: 'kept'; readonly ground: 'KEY_ITEM' | 'GRADE'; readonly evidence: string }
  | { readonly outcome: 'barred'; readonly evidence: string }

/** Whether the low-risk bar keeps an object out (CRD-09): by default drawn once a year; a key item among those that fit opens it where policy says so. */
export function repeatOutcome(
  policy: Policy,
  draw: { readonly regionCode: RegionCode; readonly asOf: Instant },
  grade: string | undefined,
  items: readonly CheckItem[],
  before: DrawnBefore | undefined,
): RepeatOutcome {
  if (before === undefined || policy.find('repeat.lowRiskBar') === undefined) return { outcome: 'free' }
  const evidence = `${before.drawId} ${before.label}`
  if (!requireRule(isLowRisk(policy, grade))) return { outcome: 'kept', ground: 'GRADE', evidence }
  const isKey = items.some(({ itemClass }) => itemClass === 'KEY')
  const decision = requireRule(
    decideRepeat(
      policy,
      {
        grade,
        itemClass: isKey ? 'KEY' : 'GENERAL',
        fieldClass: items.some(({ fieldClass }) => fieldClass === 'GENERAL') ? 'GENERAL' : 'KEY',
      },
      { date: chinaDateOf(draw.asOf), regionCode: draw.regionCode, joint: false },
      [{ date: chinaDateOf(before.asOf), regionCode: before.regionCode, joint: false, taskNumber: before.drawId }],
      isKey ? { reason: 'KEY_ITEM' } : {},
    ),
  )
  if (decision.outcome === 'barred') return { outcome: 'barred', evidence }
  return isKey ? { outcome: 'kept', ground: 'KEY_ITEM', evidence } : { outcome: 'free' }
}
