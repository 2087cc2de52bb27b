import { requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import { type LevelCoverage, listCoverage, type PlanLines } from '../domain/coverage.ts'
import { type NotPlanned, notPlanned } from '../domain/not-planned.ts'
import { standingVersion } from '../domain/plan.ts'
import { type JointShares, jointShares } from '../domain/shares.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import { orThrow, policyUnset } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

/** Items of the lists in force that no plan of the region covers, per level (PLN-12). */
export function coverageOf({ plan, policy, items, levels }: ConsideredPlan): readonly LevelCoverage[] {
  const rules = {
    scope: orThrow(policy.get('coverageScope'), (error) => policyUnset(error, plan.policy.preset)),
    jointCountsForInternal: policy.find('jointCountsForInternalCoverage') ?? false,
    byMatter: new Set(
      (policy.find('plan.coverage')?.lists ?? []).flatMap(({ planType, counts }) => (counts === 'SUPERVISION_MATTERS' ? [planType] : [])),
    ),
  }
  return listCoverage([...items.values()], levels.map(planLines), rules)
}

/** Items of the lists in force that are not planned this year, per level and unit; how often they should be where policy says so (REG-14). */
export function notPlannedOf({ policy, items, units, levels }: ConsideredPlan): NotPlanned {
  return notPlanned([...items.values()], units, levels.map(planLines), policy.find('item.yearlyCheck')?.times ?? 1)
}

const planLines = ({ plan: { regionCode, planType }, lines }: PlanInForce): PlanLines => ({ regionCode, planType, lines })

/** Joint shares of a year and the year before (PLN-17). */
export async function sharesOf(
  { plans }: Ports,
  regionCode: RegionCode,
  year: number,
  caller: Caller,
): Promise<{ readonly current: JointShares; readonly previous: JointShares }> {
  requireRegion(caller.principal, regionCode)
  const ofYear = async (wanted: number): Promise<JointShares> =>
    jointShares((await plans.all({ regionCode, year: wanted })).map((plan) => ({ planType: plan.planType, ...standingVersion(plan) })))
  return { current: await ofYear(year), previous: await ofYear(year - 1) }
}
