import { drawnParts } from '../domain/batch-scope.ts'
import { settledLines } from '../domain/decide.ts'
import { itemSetOf, keyOfSet } from '../domain/item-set.ts'
import { assignMergeWindows, mergeWindowIdsOf } from '../domain/merge-windows.ts'
import { mayShareObjects } from '../domain/overlaps.ts'
import type { PlanLine } from '../domain/plan.ts'
import { type ExpectedVisits, expectedVisits, type VisitingLine } from '../domain/visits.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import { mostPairs, objectsOfBoth, placed } from './overlaps.ts'
import type { Ports } from './ports.ts'

type Considered = Pick<ConsideredPlan, 'plan' | 'own' | 'others' | 'items' | 'count'>

/**
 * Expected visits and items per visit of the objects that a plan's lines reach, over all plans of the region and year (PLN-29); batches that were
 * not filed yet stand in the merge windows that filing would give them now, this plan's before those of other drafts.
 */
export async function visitsOf({ mergeWindows }: Pick<Ports, 'mergeWindows'>, considered: Considered): Promise<ExpectedVisits> {
  const { plan, own, others } = considered
  const pools = poolsOf([own, ...others].flatMap(({ lines }) => lines))
  const [current, strangers] = await Promise.all([mergeWindows.get(plan.regionCode, plan.year), strangersOf(pools, considered)])
  const windows = [own, ...others].reduce((assigned, of) => assignMergeWindows(assigned, of.plan.planId, of.lines), current)
  const visiting = (of: PlanInForce): readonly VisitingLine[] => {
    const lines = settledLines(of.lines, { mergeWindowIds: mergeWindowIdsOf(windows, of.plan.planId) })
    return placed({ ...of, lines }).map((each) => ({ ...each, pool: pools.get(poolKey(each.line))?.number ?? -1 }))
  }
  return expectedVisits(visiting(own), others.flatMap(visiting), (a, b) => !strangers.has(pairOf(a, b)))
}

/** Lines of the same items and scope, by the first of them. */
interface Pool {
  readonly number: number
  readonly line: PlanLine
  readonly isOfSeveral: boolean
}

const poolKey = (line: PlanLine): string => keyOfSet(itemSetOf(drawnParts(line)))

const poolsOf = (lines: readonly PlanLine[]): ReadonlyMap<string, Pool> =>
  new Map(
    [...Map.groupBy(lines, poolKey)].flatMap(([key, [line, ...more]], number) =>
      line === undefined ? [] : [[key, { number, line, isOfSeveral: more.length > 0 }]],
    ),
  )

const pairOf = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`

/** Pairs of pools without a common object: by what their items apply to, or as counted. Pairs beyond those one request counts may have one. */
async function strangersOf(pools: ReadonlyMap<string, Pool>, { items, count }: Considered): Promise<ReadonlySet<string>> {
  const all = [...pools.values()]
  const pairs = all.flatMap((a) =>
    all
      .filter((b) => b.number > a.number || (b.number === a.number && a.isOfSeveral))
      .map((b) => ({ a, b, key: pairOf(a.number, b.number) })),
  )
  const byMarks = Map.groupBy(pairs, ({ a, b }) => mayShareObjects(a.line, b.line, items))
  const [near, far] = [byMarks.get(true) ?? [], byMarks.get(false) ?? []]
  const counted = await Promise.all(
    near.slice(0, mostPairs).map(async ({ a, b, key }) => ({ key, objects: await objectsOfBoth(a.line, b.line, count) })),
  )
  return new Set([...far, ...counted.filter(({ objects }) => objects === 0)].map(({ key }) => key))
}
