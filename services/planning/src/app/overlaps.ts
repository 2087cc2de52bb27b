import {
  type Candidate,
  type MergeProposal,
  mergeProposals,
  type Overlap,
  overlapCandidates,
  type PlacedLine,
  sharedObjects,
} from '../domain/overlaps.ts'
import type { PlanLine } from '../domain/plan.ts'
import { poolSize } from '../domain/pool.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import type { PoolCounter } from './count-pools.ts'

export interface OverlapReport {
  readonly overlaps: readonly Overlap[]
  readonly proposals: readonly MergeProposal[]
  /** Pairs left out because there were more than one request can count. */
  readonly notCompared: number
}

/** Pairs of lines whose objects one request counts. */
export const mostPairs = 1000

/** Lines of the plan that meet others of the region and year in days and objects (PLN-18). */
export async function overlapsOf({ own, others, items, count }: ConsideredPlan): Promise<OverlapReport> {
  const candidates = overlapCandidates(placed(own), others.flatMap(placed), items)
  const compared = await Promise.all(candidates.slice(0, mostPairs).map((candidate) => compare(candidate, count)))
  const overlaps = compared.filter(({ objects }) => objects > 0)
  return { overlaps, proposals: mergeProposals(overlaps), notCompared: Math.max(0, candidates.length - mostPairs) }
}

export const placed = ({ plan, lines }: PlanInForce): readonly PlacedLine[] => lines.map((line) => ({ planId: plan.planId, line }))

const compare = async (candidate: Candidate, count: PoolCounter): Promise<Overlap> => ({
  ...candidate,
  objects: await objectsOfBoth(candidate.a.line, candidate.b.line, count),
})

type WithItems = Pick<PlanLine, 'itemCodes'>

export async function objectsOfBoth({ itemCodes: a }: WithItems, { itemCodes: b }: WithItems, count: PoolCounter): Promise<number> {
  const [left, right, either] = (await Promise.all([count(a), count(b), count([...a, ...b])])).map(poolSize) as [number, number, number]
  return sharedObjects(left, right, either)
}
