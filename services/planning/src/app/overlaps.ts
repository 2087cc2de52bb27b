import { drawnParts } from '../domain/batch-scope.ts'
import type { DrawnPart } from '../domain/item-set.ts'
import { bySetsOfItems } from '../domain/line-pairs.ts'
import {
  type MergeProposal,
  mergeProposals,
  mostSharedDays,
  type Overlap,
  overlapCandidates,
  type PlacedLine,
  sharedObjects,
} from '../domain/overlaps.ts'
import { poolSize } from '../domain/pool.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import type { PoolCounter } from './count-pools.ts'

export interface OverlapReport {
  readonly overlaps: readonly Overlap[]
  readonly proposals: readonly MergeProposal[]
  /** Pairs left out because there were more than one request can tell of. */
  readonly notCompared: number
}

/** Pairs of lines whose objects one request counts: ten times what a plan of five hundred lines makes. */
export const mostPairs = 20_000

/** Lines of the plan that meet others of the region and year in days and objects (PLN-18). */
export async function overlapsOf({
  own,
  others,
  items,
  count,
}: Pick<ConsideredPlan, 'own' | 'others' | 'items' | 'count'>): Promise<OverlapReport> {
  const candidates = overlapCandidates(placed(own), others.flatMap(placed), items)
  const compared = mostSharedDays(candidates, mostPairs)
  const shared = await Promise.all(
    bySetsOfItems(compared, ({ a, b }) => [a.line, b.line]).map(async ({ lines: [a, b], pairs }) => {
      const objects = await objectsOfBoth(drawnParts(a), drawnParts(b), count)
      return pairs.map((candidate) => [candidate, objects] as const)
    }),
  )
  const objects = new Map(shared.flat())
  const overlaps = compared.map((candidate) => ({ ...candidate, objects: objects.get(candidate) ?? 0 })).filter((each) => each.objects > 0)
  return { overlaps, proposals: mergeProposals(overlaps), notCompared: candidates.length - compared.length }
}

export const placed = ({ plan, lines }: PlanInForce): readonly PlacedLine[] => lines.map((line) => ({ planId: plan.planId, line }))

export async function objectsOfBoth(a: readonly DrawnPart[], b: readonly DrawnPart[], count: PoolCounter): Promise<number> {
  const [left, right, either] = (await Promise.all([count(a), count(b), count([...a, ...b])])).map(poolSize) as [number, number, number]
  return sharedObjects(left, right, either)
}
