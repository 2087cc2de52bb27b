import { requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import { type NotPlanned, notPlanned } from '../domain/not-planned.ts'
import { jointShares, type SharesOfYear } from '../domain/shares.ts'
import { type ConsideredPlan, planLines } from './consider-plan.ts'
import type { Caller, Ports } from './ports.ts'

/** Items of the lists in force that are not planned this year, per level and unit; how often they should be where policy says so (REG-14). */
export function notPlannedOf({ policy, items, units, levels }: ConsideredPlan): NotPlanned {
  return notPlanned(
    [...items.values()],
    units,
    levels.map(planLines),
    policy.find('item.yearlyCheck')?.times ?? 1,
    policy.find('division.municipalities'),
  )
}

/** Joint shares of the plans of one region, of a year and the year before (PLN-17). */
export async function sharesOf(
  { plans }: Pick<Ports, 'plans'>,
  regionCode: RegionCode,
  year: number,
  caller: Caller,
): Promise<{ readonly current: SharesOfYear; readonly previous: SharesOfYear }> {
  requireRegion(caller.principal, regionCode)
  const ofYear = async (wanted: number): Promise<SharesOfYear> => jointShares(await plans.all({ regionCodes: [regionCode], year: wanted }))
  return { current: await ofYear(year), previous: await ofYear(year - 1) }
}
