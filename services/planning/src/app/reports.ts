import { requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import { type NotPlanned, notPlanned } from '../domain/not-planned.ts'
import { standingVersion } from '../domain/plan.ts'
import { type JointShares, jointShares } from '../domain/shares.ts'
import { type ConsideredPlan, planLines } from './consider-plan.ts'
import type { Caller, Ports } from './ports.ts'

/** Items of the lists in force that are not planned this year, per level and unit; how often they should be where policy says so (REG-14). */
export function notPlannedOf({ policy, items, units, levels }: ConsideredPlan): NotPlanned {
  return notPlanned([...items.values()], units, levels.map(planLines), policy.find('item.yearlyCheck')?.times ?? 1)
}

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
