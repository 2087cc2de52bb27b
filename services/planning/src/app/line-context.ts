import type { LineId, PlanId } from '@dual-random/kernel'
import { buildLine } from '../domain/build-line.ts'
import type { CheckItem, LineContext, LineInput, Unit } from '../domain/line-input.ts'
import { lineIdOf, type Plan, type PlanLine, standingVersion } from '../domain/plan.ts'
import { lineFailure, type ProblemsOfLine } from './failures.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

/** What the lines of a plan are checked against now: the plan's own policy, the lists in force, the units, the joint plans of the year. */
export async function lineContext(ports: Ports, plan: Plan, caller: Caller): Promise<LineContext> {
  const now = ports.clock()
  const [policy, items, units, jointItems] = await Promise.all([
    ports.policies.get(plan.policyDigest),
    ports.registry.itemsInForce(plan.regionCode, ruleDate(plan.year, now), caller.context),
    ports.registry.units(plan.regionCode, caller.context),
    itemsOfJointPlans(ports, plan),
  ])
  return {
    plan,
    policy,
    items: new Map<string, CheckItem>(items.map((item) => [item.code, item])),
    units: new Map<string, Unit>(units.map((unit) => [unit.unitId, unit])),
    jointItems,
    calendar: ports.calendar,
    act: { by: caller.principal.subject, at: now },
  }
}

async function itemsOfJointPlans({ plans }: Ports, { regionCode, year }: Plan): Promise<ReadonlyMap<string, PlanId>> {
  const joint = (await plans.all({ regionCode, year, planType: 'JOINT' })).filter((plan) => plan.regionCode === regionCode)
  const items = new Map<string, PlanId>()
  for (const plan of joint) {
    for (const { itemCodes } of standingVersion(plan).lines) for (const code of itemCodes) items.set(code, plan.planId)
  }
  return items
}

/** Lines for a plan, numbered on from its last; refused together with everything that is wrong with any of them. */
export function buildLines(
  inputs: readonly LineInput[],
  context: LineContext,
  plan: Plan,
  commandId: string,
  base: string,
): readonly PlanLine[] {
  const lines: PlanLine[] = []
  const refused: ProblemsOfLine[] = []
  for (const [index, input] of inputs.entries()) {
    const lineId: LineId = lineIdOf(plan.nextLine + index)
    const built = buildLine(input, context, { lineId, commandId })
    if (built.ok) lines.push(built.value)
    else refused.push({ base: `${base}/${index}`, problems: built.error })
  }
  if (refused.length > 0) throw lineFailure(refused, plan.policy.preset)
  return lines
}
