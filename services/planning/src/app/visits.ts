import { settledLines } from '../domain/decide.ts'
import { assignMergeWindows, mergeWindowIdsOf } from '../domain/merge-windows.ts'
import { type ExpectedVisits, expectedVisits } from '../domain/visits.ts'
import type { ConsideredPlan } from './consider-plan.ts'
import type { Ports } from './ports.ts'

/** Expected visits and items per visit (PLN-29); batches that were not filed yet stand in the merge windows that filing would give them now. */
export async function visitsOf({ mergeWindows }: Ports, { plan, own }: ConsideredPlan): Promise<ExpectedVisits> {
  const current = await mergeWindows.get(plan.regionCode, plan.year)
  const assigned = assignMergeWindows(current, plan.planId, own.lines)
  return expectedVisits(settledLines(own.lines, { mergeWindowIds: mergeWindowIdsOf(assigned, plan.planId) }))
}
