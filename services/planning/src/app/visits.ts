import { drawnParts } from '../domain/batch-scope.ts'
import { settledLines } from '../domain/decide.ts'
import { type DrawnPart, itemSetOf, keyOfSet, partsOf } from '../domain/item-set.ts'
import { assignMergeWindows, mergeWindowIdsOf } from '../domain/merge-windows.ts'
import { mayMeet, type Reach, reachOf } from '../domain/overlaps.ts'
import type { PlanLine } from '../domain/plan.ts'
import { madeByOf, type UndrawnLine } from '../domain/undrawn-line.ts'
import { undrawnReach } from '../domain/undrawn-overlaps.ts'
import { type ExpectedVisits, expectedVisits, type VisitingLines } from '../domain/visits.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import { mostPairs, objectsOfBoth, placed } from './overlaps.ts'
import type { Ports } from './ports.ts'

type Considered = Pick<ConsideredPlan, 'plan' | 'own' | 'others' | 'items' | 'count'>

/**
 * Expected visits and items per visit of the objects that a plan's lines reach, over all plans of the region and year (PLN-29); batches that were
 * not filed yet stand in the merge windows that filing would give them now, this plan's before those of other drafts.
 */
export async function visitsOf({ mergeWindows }: Pick<Ports, 'mergeWindows'>, considered: Considered): Promise<ExpectedVisits> {
  const { plan, own, others, items } = considered
  const all = [own, ...others]
  const goes = [
    ...all.flatMap(({ lines }) => lines.map((line) => ({ parts: drawnParts(line), reach: reachOf(line, items) }))),
    ...all.flatMap((of) => sureLines(of).map((line) => ({ parts: partsOf(line.objects), reach: undrawnReach(of.plan.planId, line) }))),
  ]
  const pools = poolsOf(goes)
  const [current, strangers] = await Promise.all([mergeWindows.get(plan.regionCode, plan.year), strangersOf(pools, considered)])
  const windows = all.reduce((assigned, of) => assignMergeWindows(assigned, of.plan.planId, of.lines), current)
  const poolOf = (parts: readonly DrawnPart[]): number => pools.get(poolKey(parts))?.number ?? -1
  const visiting = (of: PlanInForce): VisitingLines => {
    const { planId } = of.plan
    const lines: readonly PlanLine[] = settledLines(of.lines, { mergeWindowIds: mergeWindowIdsOf(windows, planId) })
    return {
      drawn: placed({ ...of, lines }).map((each) => ({ ...each, pool: poolOf(drawnParts(each.line)) })),
      undrawn: sureLines(of).map((line) => ({ planId, line, pool: poolOf(partsOf(line.objects)) })),
    }
  }
  const theirs = others.map(visiting)
  const besides = { drawn: theirs.flatMap(({ drawn }) => drawn), undrawn: theirs.flatMap(({ undrawn }) => undrawn) }
  return expectedVisits(visiting(own), besides, (a, b) => !strangers.has(pairOf(a, b)))
}

/** Those that go to all of their objects: what a draw makes goes to whom it draws. */
const sureLines = ({ undrawn = [] }: PlanInForce): readonly UndrawnLine[] => undrawn.filter((line) => madeByOf(line) === undefined)

/** What a line, with a draw or without one, goes to. */
interface Goal {
  readonly parts: readonly DrawnPart[]
  readonly reach: Reach
}

/** Lines of the same objects, by the first of them. */
interface Pool extends Goal {
  readonly number: number
  readonly isOfSeveral: boolean
}

const poolKey = (parts: readonly DrawnPart[]): string => keyOfSet(itemSetOf(parts))

const poolsOf = (goals: readonly Goal[]): ReadonlyMap<string, Pool> =>
  new Map(
    [...Map.groupBy(goals, ({ parts }) => poolKey(parts))].flatMap(([key, [first, ...more]], number) =>
      first === undefined ? [] : [[key, { ...first, number, isOfSeveral: more.length > 0 }]],
    ),
  )

const pairOf = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`

/** Pairs of pools without a common object: by what their items apply to, or as counted. Pairs beyond those one request counts may have one; lines with a draw come first. */
async function strangersOf(pools: ReadonlyMap<string, Pool>, { count }: Pick<Considered, 'count'>): Promise<ReadonlySet<string>> {
  const all = [...pools.values()]
  const pairs = all.flatMap((b) =>
    all
      .filter((a) => a.number < b.number || (a.number === b.number && b.isOfSeveral))
      .map((a) => ({ a, b, key: pairOf(a.number, b.number) })),
  )
  const byMarks = Map.groupBy(pairs, ({ a, b }) => mayMeet(a.reach, b.reach))
  const [near, far] = [byMarks.get(true) ?? [], byMarks.get(false) ?? []]
  const counted = await Promise.all(
    near.slice(0, mostPairs).map(async ({ a, b, key }) => ({ key, objects: await objectsOfBoth(a.parts, b.parts, count) })),
  )
  return new Set([...far, ...counted.filter(({ objects }) => objects === 0)].map(({ key }) => key))
}
