import { requireRegion } from '@dual-random/auth'
import { type RegionCode, type RegionLevel, regionLevel } from '@dual-random/kernel'
import { integrateJoint, type JointIntegration } from '../domain/joint-integration.ts'
import { ownPartOf } from '../domain/line-cities.ts'
import { type Plan, standingVersion } from '../domain/plan.ts'
import { orThrow, policyUnset } from './failures.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

export interface RegionIntegration extends JointIntegration {
  readonly level: RegionLevel
  /** Joint plans that stand for themselves: of regions and areas that make their own. */
  readonly ownPlans: readonly Plan[]
  /** Joint plans that the coordinator integrates into one. */
  readonly plans: readonly Plan[]
}

/**
 * What the coordinator of a region integrates of its departments' joint plans (PLN-21): repeated items, and a period for each. Regions and
 * areas that policy has make plans of their own are left out; a region of another level integrates nothing.
 */
export async function jointIntegrationOf(
  { plans, registry, clock }: Pick<Ports, 'plans' | 'registry' | 'clock'>,
  regionCode: RegionCode,
  year: number,
  caller: Caller,
): Promise<RegionIntegration> {
  requireRegion(caller.principal, regionCode)
  const [{ policy }, units, found] = await Promise.all([
    registry.policyAt(regionCode, ruleDate(year, clock()), caller.context),
    registry.units(regionCode, caller.context),
    plans.all({ regionCode, year, planType: 'JOINT' }),
  ])
  const { level, ownPlans } = orThrow(policy.get('plan.jointIntegration'), (error) => policyUnset(error, policy.id.preset))
  const names = new Map<string, string>(units.map(({ unitId, name }) => [unitId, name]))
  const issuesOwn = ({ regionCode: of, unitId }: Plan): boolean =>
    ownPlans.levels.includes(regionLevel(of)) || ownPlans.areas.some((area) => names.get(unitId)?.includes(area) === true)
  const own = found.filter(issuesOwn)
  const integrated = found.filter((plan) => plan.regionCode === regionCode && regionLevel(regionCode) === level && !issuesOwn(plan))
  const lines = integrated.flatMap((plan) => standingVersion(plan).lines.map((line) => ({ planId: plan.planId, line: ownPartOf(line) })))
  return { level, ownPlans: own, plans: integrated, ...integrateJoint(lines) }
}
