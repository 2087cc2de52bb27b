import { err, type Instant, ok, type Result, type UnitId } from '@dual-random/kernel'
import { keyLabel, type PolicyKey } from './keys.ts'
import type { Policy, PresetId } from './policy.ts'

/** Who overrides a by-default rule, when, why and on what legal basis (POL-07). */
export interface OverrideRequest {
  readonly rule: PolicyKey
  readonly by: string
  readonly unitId: UnitId
  readonly at: Instant
  readonly reason: string
  readonly legalBasis: string
}

/** A recorded override, with the rule's origin at that time. */
export interface OverrideRecord extends OverrideRequest {
  readonly policy: PresetId
  readonly document: string
  readonly clause: string
}

export type OverrideError =
  | { readonly code: 'rule-unset'; readonly rule: PolicyKey; readonly message: string }
  | { readonly code: 'rule-not-by-default'; readonly rule: PolicyKey; readonly message: string }
  | { readonly code: 'override-incomplete'; readonly field: 'by' | 'reason' | 'legalBasis'; readonly message: string }

/** Records an override of a rule the source states in principle (原则上); a binding rule has no override. */
export function recordOverride(policy: Policy, request: OverrideRequest): Result<OverrideRecord, OverrideError> {
  const { rule } = request
  const origin = policy.origin(rule)
  if (origin === undefined) return err({ code: 'rule-unset', rule, message: `策略键 ${keyLabel(rule)} 未设定，无可改写` })
  if (origin.strength !== 'by-default') {
    return err({ code: 'rule-not-by-default', rule, message: `策略键 ${keyLabel(rule)} 不是原则性规定，不得个案改写` })
  }
  for (const field of ['by', 'reason', 'legalBasis'] as const) {
    if (request[field].trim() === '') return err({ code: 'override-incomplete', field, message: `改写 ${keyLabel(rule)} 须写明 ${field}` })
  }
  return ok({ ...request, policy: policy.id, document: origin.document.id, clause: origin.clause })
}

/** How often each rule was overridden by each unit (POL-07), by rule and unit. */
export function countOverrides(
  records: readonly OverrideRecord[],
): readonly { readonly rule: PolicyKey; readonly unitId: UnitId; readonly count: number }[] {
  const groups = new Map<string, { readonly rule: PolicyKey; readonly unitId: UnitId; readonly count: number }>()
  for (const { rule, unitId } of records) {
    const name = `${rule} ${unitId}`
    groups.set(name, { rule, unitId, count: (groups.get(name)?.count ?? 0) + 1 })
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}
