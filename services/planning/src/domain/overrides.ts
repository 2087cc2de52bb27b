import type { UnitId } from '@dual-random/kernel'
import { type OverrideError, type OverrideRecord, type Policy, type PolicyKey, recordOverride } from '@dual-random/policy'
import type { Act, FieldClass, Plan, PlanLine, Reason, ReasonRule } from './plan.ts'
import { escapesBands, leavesBand } from './ratio-rules.ts'

/** The by-default rule that a reason of a line overrides: the bands of the line's field, or the preference for joint checks (PLN-16). */
export function overriddenRule(rule: ReasonRule, fieldClass: FieldClass): PolicyKey {
  if (rule === 'ITEM_IN_JOINT_PLAN') return 'plan.jointPreferred'
  return fieldClass === 'GENERAL' ? 'ratio.bands' : 'ratio.keyFieldBands'
}

export const appliesTo = ({ strata }: Pick<Reason, 'strata'>, stratum: string | undefined): boolean =>
  stratum === undefined || strata === undefined || strata.includes(stratum)

/** A reason as given, before who and when are added. */
export type GivenReason = Omit<Reason, 'by' | 'at'> & Partial<Act>

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

/** An override with the line it was made for. */
export interface LineOverride extends OverrideRecord {
  readonly planId: string
  readonly lineId: string
  readonly strata?: readonly string[]
}

/** The by-default rules that lines of a plan override, under the plan's own policy (POL-05, POL-07); a line that several versions hold counts once. */
export function planOverrides(plan: Plan, policy: Policy): readonly LineOverride[] {
  const lines = new Map(plan.versions.flatMap(({ lines: held }) => held.map((line) => [line.lineId, line] as const)))
  return [...lines.values()].flatMap((line) => line.reasons.flatMap((reason) => lineOverride(plan, policy, line, reason)))
}

function lineOverride({ planId, unitId }: Plan, policy: Policy, line: PlanLine, reason: Reason): readonly LineOverride[] {
  if (!departs(policy, line, reason)) return []
  const rule = overriddenRule(reason.rule, line.fieldClass)
  const { by, at, reason: why, legalBasis = '', strata } = reason
  const recorded = recordOverride(policy, { rule, by, unitId, at, reason: why, legalBasis })
  if (!recorded.ok) return []
  return [{ planId, lineId: line.lineId, ...(strata === undefined ? {} : { strata }), ...recorded.value }]
}

/** A reason for what keeps to the rule overrides nothing. */
function departs(policy: Policy, line: PlanLine, reason: Reason): boolean {
  if (reason.rule === 'ITEM_IN_JOINT_PLAN') return true
  if (reason.rule === 'COUNT_INSTEAD_OF_RATIO') return line.count !== undefined && escapesBands(policy, line)
  return line.ratios.some((ratio) => appliesTo(reason, ratio.stratum) && leavesBand(policy, line, ratio))
}
