import type { Instant, ItemCode, LineId, PlanId, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { departmentKey } from './department-names.ts'
import { standingFiling } from './filing-status.ts'
import type { CheckItem, Unit } from './line-input.ts'
import { type Plan, type PlanState, planState, standingVersion } from './plan.ts'

/** As units have it: the short name of the department that leads where policy says MARKET_REGULATOR. */
const marketRegulator = departmentKey('市场监管')

/** What is missing of the annual plan of a matter: items that belong to it, a line with one, the market regulator's lead, its filing. */
export const matterGaps = ['ITEMS', 'PLAN', 'LEAD', 'FILING'] as const
export type MatterGap = (typeof matterGaps)[number]

/** A joint plan as far as it covers a matter. */
export interface PlanOfMatter {
  readonly planId: PlanId
  readonly unitId: UnitId
  readonly state: PlanState
  readonly lineIds: readonly LineId[]
  /** Those of the lines that a market regulator initiates. */
  readonly ledLineIds: readonly LineId[]
  readonly filedAt?: Instant
}

/** The annual check plan of an integrated supervision matter that market regulators lead (PLN-27, JNT-06). */
export interface MatterPlan {
  readonly matter: string
  readonly itemCodes: readonly ItemCode[]
  readonly plans: readonly PlanOfMatter[]
  readonly lacks: readonly MatterGap[]
}

/** The matters that policy has market regulators lead, though industry departments lead overall. */
export const ledMatters = (policy: Policy): readonly string[] =>
  (policy.find('joint.lead')?.exceptions ?? []).filter(({ lead }) => lead === 'MARKET_REGULATOR').map(({ matter }) => matter)

/** Whether each matter has its plan made and filed, over the joint plans of one region and year. */
export function matterPlans(
  matters: readonly string[],
  { items, units, plans }: { readonly items: readonly CheckItem[]; readonly units: readonly Unit[]; readonly plans: readonly Plan[] },
): readonly MatterPlan[] {
  const departments = new Map<string, string>(units.map(({ unitId, department }) => [unitId, departmentKey(department)]))
  return matters.map((matter) => {
    const itemCodes = items.filter(({ supervisionMatter }) => supervisionMatter === matter).map(({ code }) => code)
    const covering = plans.flatMap((plan) =>
      planOfMatter(plan, new Set(itemCodes), (unitId) => departments.get(unitId) === marketRegulator),
    )
    return { matter, itemCodes, plans: covering, lacks: gapsOf(itemCodes, covering) }
  })
}

function planOfMatter(plan: Plan, itemCodes: ReadonlySet<string>, leads: (unitId: UnitId) => boolean): readonly PlanOfMatter[] {
  const lines = standingVersion(plan).lines.filter((line) => line.itemCodes.some((code) => itemCodes.has(code)))
  if (lines.length === 0) return []
  const filedAt = standingFiling(plan)?.at
  return [
    {
      planId: plan.planId,
      unitId: plan.unitId,
      state: planState(plan),
      lineIds: lines.map(({ lineId }) => lineId),
      ledLineIds: lines.filter(({ initiatorUnitId }) => leads(initiatorUnitId)).map(({ lineId }) => lineId),
      ...(filedAt === undefined ? {} : { filedAt }),
    },
  ]
}

function gapsOf(itemCodes: readonly ItemCode[], plans: readonly PlanOfMatter[]): readonly MatterGap[] {
  if (plans.length === 0) return itemCodes.length === 0 ? ['ITEMS', 'PLAN'] : ['PLAN']
  const led = plans.filter(({ ledLineIds }) => ledLineIds.length > 0)
  if (led.length === 0) return ['LEAD']
  return led.some(({ filedAt }) => filedAt !== undefined) ? [] : ['FILING']
}
