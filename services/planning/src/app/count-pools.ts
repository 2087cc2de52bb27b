import { type Instant, type RegionCode, utf8 } from '@dual-random/kernel'
import { drawnParts } from '../domain/batch-scope.ts'
import { type DrawnPart, type ItemSet, itemSetOf, keyOfSet } from '../domain/item-set.ts'
import { scopeKey } from '../domain/object-scope.ts'
import type { Plan, PlanLine } from '../domain/plan.ts'
import { type KeptPool, type LinePool, type PoolCount, sum } from '../domain/pool.ts'
import type { LineFlows, PoolFlow } from '../domain/pool-flows.ts'
import { fewAtOnce } from './few-at-once.ts'
import type { Caller, CountedPools, Registry } from './ports.ts'

type ItemSets = readonly ItemSet[]

/** Of the objects that any of the parts is about. */
export type PoolCounter = (parts: readonly DrawnPart[]) => Promise<PoolCount>

/** Counts pools: what is asked for in one turn is one pass of registry over its objects, each set of items once. */
export const poolCounter = (registry: Registry, regionCode: RegionCode, asOf: Instant, caller: Caller): PoolCounter =>
  inOnePass(async (sets) => poolCounts(await registry.pools(regionCode, sets, asOf, caller.context)))

/** Compares pools at two instants: what is asked for in one turn is one pass, each set of items once. */
export const poolComparer = (
  registry: Registry,
  regionCode: RegionCode,
  between: { readonly from: Instant; readonly to: Instant },
  caller: Caller,
): ((parts: readonly DrawnPart[]) => Promise<readonly PoolFlow[]>) =>
  inOnePass((sets) => registry.flows(regionCode, sets, between, caller.context))

/** The pool of a line, and that of each scope where its batches draw from several; `poolOf` may have who is counted kept. */
export async function poolOfLine(line: PlanLine, count: PoolCounter): Promise<PoolCount>
export async function poolOfLine<P extends LinePool>(
  line: PlanLine,
  count: PoolCounter,
  poolOf: (parts: readonly DrawnPart[]) => Promise<P>,
): Promise<P>
export async function poolOfLine(
  line: PlanLine,
  count: PoolCounter,
  poolOf: (parts: readonly DrawnPart[]) => Promise<LinePool> = count,
): Promise<LinePool> {
  const [pool, byScope] = await Promise.all([poolOf(drawnParts(line)), byScopeOf(line, count)])
  return byScope === undefined ? pool : { ...pool, byScope }
}

/** How objects of a line's pool moved, and of that of each scope where its batches draw from several. */
export async function flowsOfLine(
  line: PlanLine,
  compare: (parts: readonly DrawnPart[]) => Promise<readonly PoolFlow[]>,
): Promise<LineFlows> {
  const [whole, byScope] = await Promise.all([compare(drawnParts(line)), byScopeOf(line, compare)])
  return byScope === undefined ? { whole } : { whole, byScope }
}

/** What is asked for of each scope apart, by `scopeKey`; undefined where all batches draw from one. */
async function byScopeOf<T>(line: PlanLine, ask: (parts: readonly DrawnPart[]) => Promise<T>): Promise<ReadonlyMap<string, T> | undefined> {
  const parts = drawnParts(line)
  if (parts.length === 1) return undefined
  return new Map(await Promise.all(parts.map(async (part) => [scopeKey(part.scope), await ask([part])] as const)))
}

const poolCounts = ({ pools, enterprises }: CountedPools): readonly PoolCount[] => pools.map((pool) => ({ ...pool, enterprises }))

export type RegionPoolCounter = (regionCode: RegionCode, ...parts: readonly DrawnPart[]) => Promise<PoolCount>

/** Counts pools of other cities, in planning's own name. */
export const cityPoolCounter = ({ elsewhere }: Registry, asOf: Instant): RegionPoolCounter =>
  ofEachRegion((regionCode, sets) => elsewhere.pools(regionCode, sets, asOf))

/** Counts pools of the caller's region and of those below it, with the caller's rights and time. */
export const regionPoolCounter = (registry: Pick<Registry, 'pools'>, asOf: Instant, { context }: Caller): RegionPoolCounter =>
  ofEachRegion((regionCode, sets) => registry.pools(regionCode, sets, asOf, context))

/** One pass a region for what is asked for in one turn, a few regions at a time. */
function ofEachRegion(ask: (regionCode: RegionCode, sets: ItemSets) => Promise<CountedPools>): RegionPoolCounter {
  const regions = new Map<string, PoolCounter>()
  const slot = fewAtOnce()
  return (regionCode, ...parts) => {
    const region = regions.get(regionCode) ?? inOnePass((sets) => slot(async () => poolCounts(await ask(regionCode, sets))))
    regions.set(regionCode, region)
    return region(parts)
  }
}

/** Has the candidates of each set of items kept for a plan that is being settled (CRD-21), and counts what was kept; in one pass, as counting. */
export const candidateKeeper = (
  registry: Registry,
  { planId, regionCode }: Plan,
  asOf: Instant,
  caller: Caller,
): ((parts: readonly DrawnPart[]) => Promise<KeptPool>) =>
  inOnePass((sets) => registry.keepCandidates(planId, regionCode, sets, asOf, caller.context))

/** Asks once for each set of items, whatever their order. */
function onceEach<T>(ask: (set: ItemSet) => Promise<T>): (parts: readonly DrawnPart[]) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  return (parts) => {
    const set = itemSetOf(parts)
    const key = keyOfSet(set)
    const found = asked.get(key) ?? ask(set)
    asked.set(key, found)
    return found
  }
}

/** Gathers what is asked for until the event loop turns, and asks for all of it at once. */
function inOnePass<T>(askAll: (sets: ItemSets) => Promise<readonly T[]>): (parts: readonly DrawnPart[]) => Promise<T> {
  let open: { readonly sets: ItemSet[]; readonly answers: Promise<readonly T[]> } | undefined
  const begin = () => {
    const sets: ItemSet[] = []
    const answers = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      open = undefined
      return inParts(sets, askAll)
    })
    return { sets, answers }
  }
  return onceEach(async (set) => {
    open ??= begin()
    const { sets, answers } = open
    const place = sets.push(set) - 1
    const found = await answers
    const answer = found[place]
    if (answer === undefined) throw new Error(`registry answered ${found.length} of ${sets.length} sets of items`)
    return answer
  })
}

/** Registry takes so many sets at a time. */
const mostSets = 5000
/** What item codes and sets of one request come to. A message takes 4 MiB; codes are ASCII, and each, as each set, has a few bytes of its own. */
const mostBytes = 2 * 1024 * 1024
const framing = 4

async function inParts<T>(sets: ItemSets, ask: (sets: ItemSets) => Promise<readonly T[]>): Promise<readonly T[]> {
  const parts = partsOf(sets)
  const answers: T[] = []
  for (const part of parts) answers.push(...(await ask(part)))
  return answers
}

function partsOf(sets: ItemSets): readonly ItemSets[] {
  const parts: ItemSet[][] = [[]]
  let bytes = 0
  for (const set of sets) {
    const own = bytesOf(set)
    const open = parts.at(-1)
    if (open === undefined || open.length === mostSets || (open.length > 0 && bytes + own > mostBytes)) {
      parts.push([set])
      bytes = own
    } else {
      open.push(set)
      bytes += own
    }
  }
  return parts
}

const bytesOf = ({ itemCodes, scoped }: ItemSet): number =>
  sum(itemCodes.map((code) => code.length + framing)) + framing + (scoped.length === 0 ? 0 : utf8(JSON.stringify(scoped)).length)
