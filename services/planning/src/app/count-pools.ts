import type { Instant, ItemCode, RegionCode } from '@dual-random/kernel'
import type { Plan } from '../domain/plan.ts'
import type { KeptPool, PoolCount } from '../domain/pool.ts'
import type { Caller, CountedPools, Registry } from './ports.ts'

const atOnce = 4

export type PoolCounter = (itemCodes: readonly ItemCode[]) => Promise<PoolCount>

/** Counts pools: what is asked for in one turn is one pass of registry over its objects, each set of items once. */
export const poolCounter = (registry: Registry, regionCode: RegionCode, asOf: Instant, caller: Caller): PoolCounter =>
  inOnePass((sets) => registry.pools(regionCode, sets, asOf, caller.context))

export type CityPoolCounter = (regionCode: RegionCode, itemCodes: readonly ItemCode[]) => Promise<PoolCount>

/** Counts pools of other cities: one pass a city for what is asked for in one turn, a few cities at a time. */
export function cityPoolCounter({ elsewhere }: Registry, asOf: Instant): CityPoolCounter {
  const cities = new Map<string, PoolCounter>()
  const slot = fewAtOnce()
  return (regionCode, itemCodes) => {
    const city = cities.get(regionCode) ?? inOnePass((sets) => slot(() => elsewhere.pools(regionCode, sets, asOf)))
    cities.set(regionCode, city)
    return city(itemCodes)
  }
}

/** Has the candidates of each set of items kept for a plan that is being settled (CRD-21), and counts what was kept. */
export function candidateKeeper(
  registry: Registry,
  { planId, regionCode }: Plan,
  asOf: Instant,
  caller: Caller,
): (itemCodes: readonly ItemCode[]) => Promise<KeptPool> {
  const slot = fewAtOnce()
  return onceEach((codes) => slot(() => registry.keepCandidates(planId, regionCode, codes, asOf, caller.context)))
}

/** Asks once for each set of items, whatever their order. */
function onceEach<T>(ask: (codes: readonly ItemCode[]) => Promise<T>): (itemCodes: readonly ItemCode[]) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  return (itemCodes) => {
    const codes = [...new Set(itemCodes)].sort()
    const key = codes.join(' ')
    const found = asked.get(key) ?? ask(codes)
    asked.set(key, found)
    return found
  }
}

/** Gathers what is asked for until the event loop turns, and asks for all of it at once. */
function inOnePass(askAll: (sets: readonly (readonly ItemCode[])[]) => Promise<CountedPools>): PoolCounter {
  let open: { readonly sets: (readonly ItemCode[])[]; readonly answer: Promise<CountedPools> } | undefined
  const begin = () => {
    const sets: (readonly ItemCode[])[] = []
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      open = undefined
      return askAll(sets)
    })
    return { sets, answer }
  }
  return onceEach(async (codes) => {
    open ??= begin()
    const { sets, answer } = open
    const place = sets.push(codes) - 1
    const { pools, enterprises } = await answer
    const byGrade = pools[place]
    if (byGrade === undefined) throw new Error(`registry counted ${pools.length} of ${sets.length} pools`)
    return { byGrade, enterprises }
  })
}

function fewAtOnce(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
