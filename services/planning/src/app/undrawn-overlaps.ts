import type { RegionCode } from '@dual-random/kernel'
import type { CheckItem } from '../domain/line-input.ts'
import { standingVersion } from '../domain/plan.ts'
import { type UndrawnWithOverlaps, undrawnOverlaps } from '../domain/undrawn-overlaps.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

/** Checks without a draw of all plans of a region and year, with what they meet (PLN-20). */
export async function undrawnOverlapsOf(
  { plans, registry, clock }: Ports,
  regionCode: RegionCode,
  year: number,
  { context }: Caller,
): Promise<readonly UndrawnWithOverlaps[]> {
  const [found, items] = await Promise.all([
    plans.all({ regionCode, year }),
    registry.itemsInForce(regionCode, ruleDate(year, clock()), context),
  ])
  const own = found.filter((plan) => plan.regionCode === regionCode)
  const placed = own.map((plan) => ({ planId: plan.planId, version: standingVersion(plan) }))
  return undrawnOverlaps(placed, new Map<string, CheckItem>(items.map((item) => [item.code, item])))
}
