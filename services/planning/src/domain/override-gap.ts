import type { UnitId } from '@dual-random/kernel'
import { type OverrideError, type Policy, type PolicyKey, recordOverride } from '@dual-random/policy'
import type { Act, Reason } from './plan.ts'

/** What a reason says, whatever the rule is; who and when may be added later. */
export type GivenReason = Pick<Reason, 'reason' | 'legalBasis'> & Partial<Act>

/** What of a rule's override policy does not let pass, undefined where a reason overrides it (POL-07): who, when, why and on what basis. */
export function overrideGap(
  policy: Policy,
  key: PolicyKey,
  reasons: readonly GivenReason[],
  { act, unitId }: { readonly act: Act; readonly unitId: UnitId },
): OverrideError['code'] | undefined {
  const tried = reasons.map((reason) => recordOverride(policy, { rule: key, unitId, ...act, ...basisOf(reason) }))
  if (tried.some(({ ok }) => ok)) return undefined
  const binding = recordOverride(policy, { rule: key, unitId, ...act, reason: '', legalBasis: '' })
  return binding.ok ? undefined : binding.error.code
}

const basisOf = ({ reason, legalBasis = '', by, at }: GivenReason) => ({
  reason,
  legalBasis,
  ...(by === undefined ? {} : { by }),
  ...(at === undefined ? {} : { at }),
})
