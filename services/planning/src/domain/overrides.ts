import { type OverrideRecord, type Policy, type PolicyKey, recordOverride } from '@dual-random/policy'
import { missingFields } from './line-fields.ts'
import type { FieldClass, Plan, PlanLine, PlanVersion, Reason, ReasonRule } from './plan.ts'
import { escapesBands, leavesBand } from './ratio-rules.ts'
import { departedRules, undrawnRuleKey } from './special-check.ts'
import type { UndrawnLine } from './undrawn-line.ts'

/** The by-default rule that a reason of a line overrides: the bands of the line's field, the preference for joint checks (PLN-16, JNT-03), or what a line states (PLN-13). */
export function overriddenRule(rule: ReasonRule, fieldClass: FieldClass): PolicyKey {
  if (rule === 'ITEM_IN_JOINT_PLAN' || rule === 'SINGLE_IN_JOINT_INDUSTRY') return 'plan.jointPreferred'
  if (rule === 'LINE_FIELD_MISSING') return 'plan.lineFields'
  return fieldClass === 'GENERAL' ? 'ratio.bands' : 'ratio.keyFieldBands'
}

export const appliesTo = ({ strata }: Pick<Reason, 'strata'>, stratum: string | undefined): boolean =>
  stratum === undefined || strata === undefined || strata.includes(stratum)

/** An override with the line it was made for. */
export interface LineOverride extends OverrideRecord {
  readonly planId: string
  readonly lineId: string
  readonly strata?: readonly string[]
}

/** The by-default rules that lines of a plan override, under the plan's own policy (POL-05, POL-07); a line that several versions hold counts once. */
export function planOverrides(plan: Plan, policy: Policy): readonly LineOverride[] {
  const drawn = everHeld(plan, ({ lines }) => lines)
  const undrawn = everHeld(plan, ({ undrawn: held = [] }) => held)
  return [
    ...drawn.flatMap((line) => line.reasons.flatMap((reason) => lineOverride(plan, policy, line, reason))),
    ...undrawn.flatMap((line) => undrawnOverrides(plan, policy, line)),
  ]
}

const everHeld = <T extends { readonly lineId: string }>({ versions }: Plan, of: (version: PlanVersion) => readonly T[]): readonly T[] => [
  ...new Map(versions.flatMap((version) => of(version).map((line) => [line.lineId, line] as const))).values(),
]

function undrawnOverrides({ planId, unitId }: Plan, policy: Policy, line: UndrawnLine): readonly LineOverride[] {
  const departed = departedRules(policy, line)
  return line.reasons.flatMap(({ rule, by, at, reason, legalBasis = '' }) => {
    if (!departed.includes(rule)) return []
    const recorded = recordOverride(policy, { rule: undrawnRuleKey(rule), by, unitId, at, reason, legalBasis })
    return recorded.ok ? [{ planId, lineId: line.lineId, ...recorded.value }] : []
  })
}

function lineOverride(plan: Plan, policy: Policy, line: PlanLine, reason: Reason): readonly LineOverride[] {
  const { planId, unitId } = plan
  if (!departs(policy, plan, line, reason)) return []
  const rule = overriddenRule(reason.rule, line.fieldClass)
  const { by, at, reason: why, legalBasis = '', strata } = reason
  const recorded = recordOverride(policy, { rule, by, unitId, at, reason: why, legalBasis })
  if (!recorded.ok) return []
  return [{ planId, lineId: line.lineId, ...(strata === undefined ? {} : { strata }), ...recorded.value }]
}

/** A reason for what keeps to the rule overrides nothing. */
function departs(policy: Policy, { planType }: Plan, line: PlanLine, reason: Reason): boolean {
  if (reason.rule === 'LINE_FIELD_MISSING') return missingFields(policy, planType, line).length > 0
  if (reason.rule === 'ITEM_IN_JOINT_PLAN') return reason.itemCodes?.length !== 0
  if (reason.rule === 'SINGLE_IN_JOINT_INDUSTRY') return reason.industry !== undefined
  if (reason.rule === 'COUNT_INSTEAD_OF_RATIO') return line.count !== undefined && escapesBands(policy, line)
  return line.ratios.some((ratio) => appliesTo(reason, ratio.stratum) && leavesBand(policy, line, ratio))
}
