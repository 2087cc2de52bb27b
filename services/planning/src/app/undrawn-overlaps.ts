import type { RegionCode } from '@dual-random/kernel'
import type { CheckItem } from '../domain/line-input.ts'
import { standingVersion } from '../domain/plan.ts'
import { type PlacedUndrawn, type UndrawnOverlap, undrawnLines, undrawnOverlaps } from '../domain/undrawn-overlaps.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

export interface UndrawnOfYear {
  readonly lines: readonly PlacedUndrawn[]
  /** What one of them meets: looked for when it is asked, since a page shows few of them. */
  readonly overlapsOf: (placed: PlacedUndrawn) => readonly UndrawnOverlap[]
}

/** Checks without a draw of all plans of a region and year, with what they meet (PLN-20). */
export async function undrawnOfYear(
  { plans, registry, clock }: Pick<Ports, 'plans' | 'registry' | 'clock'>,
  regionCode: RegionCode,
  year: number,
  { context }: Caller,
): Promise<UndrawnOfYear> {
  const [found, items] = await Promise.all([
    plans.all({ regionCode, year }),
    registry.itemsInForce(regionCode, ruleDate(year, clock()), context),
  ])
  const own = found.filter((plan) => plan.regionCode === regionCode)
  const placed = own.map((plan) => ({ planId: plan.planId, version: standingVersion(plan) }))
  return {
    lines: undrawnLines(placed),
    overlapsOf: undrawnOverlaps(placed, new Map<string, CheckItem>(items.map((item) => [item.code, item]))),
  }
}
