import { settledLines } from '../domain/decide.ts'
import { assignMergeWindows, mergeWindowIdsOf } from '../domain/merge-windows.ts'
import { mayShareObjects } from '../domain/overlaps.ts'
import type { PlanLine } from '../domain/plan.ts'
import { type ExpectedVisits, expectedVisits } from '../domain/visits.ts'
import type { ConsideredPlan } from './consider-plan.ts'
import { mostPairs, objectsOfBoth } from './overlaps.ts'
import type { Ports } from './ports.ts'

/** Expected visits and items per visit (PLN-29); batches that were not filed yet stand in the merge windows that filing would give them now. */
export async function visitsOf({ mergeWindows }: Pick<Ports, 'mergeWindows'>, considered: Considered): Promise<ExpectedVisits> {
  const { plan, own } = considered
  const [current, strangers] = await Promise.all([mergeWindows.get(plan.regionCode, plan.year), strangersOf(considered)])
  const assigned = assignMergeWindows(current, plan.planId, own.lines)
  const lines = settledLines(own.lines, { mergeWindowIds: mergeWindowIdsOf(assigned, plan.planId) })
  return expectedVisits(lines, (a, b) => !strangers.has(pairOf(a, b)))
}

type Considered = Pick<ConsideredPlan, 'plan' | 'own' | 'items' | 'count'>

const pairOf = (a: PlanLine, b: PlanLine): string => [a.lineId, b.lineId].sort().join(' ')

/** Pairs of lines without a common object: by what their items apply to, or as counted. Pairs beyond those one request counts may have one. */
async function strangersOf({ own: { lines }, items, count }: Considered): Promise<ReadonlySet<string>> {
  const pairs = lines.flatMap((a, index) => lines.slice(index + 1).map((b) => [a, b] as const))
  const byMarks = Map.groupBy(pairs, ([a, b]) => mayShareObjects(a, b, items))
  const [near, far] = [byMarks.get(true) ?? [], byMarks.get(false) ?? []]
  const counted = await Promise.all(near.slice(0, mostPairs).map(async ([a, b]) => ({ a, b, objects: await objectsOfBoth(a, b, count) })))
  return new Set([...far.map(([a, b]) => pairOf(a, b)), ...counted.flatMap(({ a, b, objects }) => (objects === 0 ? [pairOf(a, b)] : []))])
}
