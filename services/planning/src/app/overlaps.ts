import { ownPartOf } from '../domain/line-cities.ts'
import type { CheckItem } from '../domain/line-input.ts'
import { type Candidate, type MergeProposal, mergeProposals, type Overlap, overlapCandidates, sharedObjects } from '../domain/overlaps.ts'
import { type Plan, standingVersion, workingVersion } from '../domain/plan.ts'
import { poolSize } from '../domain/pool.ts'
import { readablePlan } from './access.ts'
import { type PoolCounter, poolCounter } from './count-pools.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

export interface OverlapReport {
  readonly overlaps: readonly Overlap[]
  readonly proposals: readonly MergeProposal[]
  /** Pairs left out because there were more than one request can count. */
  readonly notCompared: number
}

const mostPairs = 300

/** Lines of the plan that meet others of the region and year in days and objects (PLN-18). */
export async function overlapsOf(ports: Ports, planId: string, caller: Caller): Promise<OverlapReport> {
  const plan = await readablePlan(ports, planId, caller)
  const now = ports.clock()
  const items = await ports.registry.itemsInForce(plan.regionCode, ruleDate(plan.year, now), caller.context)
  const byCode = new Map<string, CheckItem>(items.map((item) => [item.code, item]))
  const others = (await ports.plans.all({ regionCode: plan.regionCode, year: plan.year })).filter(
    (other) => other.planId !== planId && other.regionCode === plan.regionCode,
  )
  const candidates = overlapCandidates(
    placed(plan, workingVersion(plan).lines),
    others.flatMap((other) => placed(other, standingVersion(other).lines)),
    byCode,
  )
  const count = poolCounter(ports.registry, plan.regionCode, now, caller)
  const compared = await Promise.all(candidates.slice(0, mostPairs).map((candidate) => compare(candidate, count)))
  const overlaps = compared.filter(({ objects }) => objects > 0)
  return { overlaps, proposals: mergeProposals(overlaps), notCompared: Math.max(0, candidates.length - mostPairs) }
}

const placed = ({ planId }: Plan, lines: Plan['versions'][number]['lines']) => lines.map((line) => ({ planId, line: ownPartOf(line) }))

async function compare(candidate: Candidate, count: PoolCounter): Promise<Overlap> {
  const [a, b] = [candidate.a.line.itemCodes, candidate.b.line.itemCodes]
  const [left, right] = (await Promise.all([count(a), count(b)])).map(poolSize) as [number, number]
  if (left === 0 || right === 0) return { ...candidate, objects: 0 }
  return { ...candidate, objects: sharedObjects(left, right, poolSize(await count([...a, ...b]))) }
}
