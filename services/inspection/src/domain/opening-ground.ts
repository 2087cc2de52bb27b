import { err, type Instant, ok, type Result, type UnitId } from '@dual-random/kernel'
import { type OverrideError, type OverrideRecord, type Policy, type PolicyUnset, recordOverride } from '@dual-random/policy'
import type { OpeningGround } from './opening.ts'

/** Who opens a check, and when. */
export interface OpeningAct {
  readonly by: string
  readonly unitId: UnitId
  readonly at: Instant
}

/** Reason and legal basis for a check that policy by default has not made so (POL-07). */
export interface OpeningOverride {
  readonly reason: string
  readonly legalBasis: string
}

export type GroundRefusal =
  | { readonly code: 'opening-override-missing'; readonly ground: string; readonly permitted: string }
  | { readonly code: 'opening-ground-barred'; readonly ground: string; readonly permitted: string }
  | { readonly code: 'opening-override-not-asked'; readonly ground: string }
  | PolicyUnset
  | OverrideError

const rule = 'check.withoutDraw'

/**
 * Whether policy lets a check rest on this ground without a draw (TGT-13, TGT-14). Where the rule is one in principle (原则上), another ground takes an
 * override with reason and legal basis, which is what comes back; where it binds, none helps. A line without a draw was judged by the same policy when
 * it was planned, its override recorded there (PLN-19, TGT-02).
 */
export function permitGround(
  policy: Policy,
  { ground }: Pick<OpeningGround, 'ground'>,
  override: OpeningOverride | undefined,
  act: OpeningAct,
): Result<OverrideRecord | undefined, GroundRefusal> {
  const grounds = policy.get(rule)
  if (!grounds.ok) return grounds
  if (ground === 'PLANNED_LINE' || grounds.value.some(({ id }) => id === ground)) {
    return override === undefined ? ok(undefined) : err({ code: 'opening-override-not-asked', ground })
  }
  if (override !== undefined) return recordOverride(policy, { rule, ...act, ...override })
  const permitted = grounds.value.map(({ id, text }) => `${id}（${text}）`).join('、')
  const code = policy.origin(rule)?.strength === 'by-default' ? 'opening-override-missing' : 'opening-ground-barred'
  return err({ code, ground, permitted })
}
