import type { Instant, ItemCode, RegionCode } from '@dual-random/kernel'
import type { Plan } from '../domain/plan.ts'
import type { KeptPool, PoolCount } from '../domain/pool.ts'
import type { Caller, Registry } from './ports.ts'

const atOnce = 4

export type PoolCounter = (itemCodes: readonly ItemCode[]) => Promise<PoolCount>

/** Counts pools, each set of items once, a few at a time. */
export const poolCounter = (registry: Registry, regionCode: RegionCode, asOf: Instant, caller: Caller): PoolCounter => {
  const count = onceEach((codes) => registry.pool(regionCode, codes, asOf, caller.context))
  return (itemCodes) => count('', itemCodes)
}

export type CityPoolCounter = (regionCode: RegionCode, itemCodes: readonly ItemCode[]) => Promise<PoolCount>

/** Counts pools of other cities, each city's set of items once, a few at a time. */
export const cityPoolCounter = ({ elsewhere }: Registry, asOf: Instant): CityPoolCounter =>
  onceEach((codes, regionCode) => elsewhere.pool(regionCode, codes, asOf))

/** Has the candidates of each set of items kept for a plan that is being settled (CRD-21), and counts what was kept. */
export const candidateKeeper = (
  registry: Registry,
  { planId, regionCode }: Plan,
  asOf: Instant,
  caller: Caller,
): ((itemCodes: readonly ItemCode[]) => Promise<KeptPool>) => {
  const keep = onceEach((codes) => registry.keepCandidates(planId, regionCode, codes, asOf, caller.context))
  return (itemCodes) => keep('', itemCodes)
}

/** Asks once for each place and set of items, whatever the order of the items. */
function onceEach<Place extends string, T>(
  ask: (codes: readonly ItemCode[], place: Place) => Promise<T>,
): (place: Place, itemCodes: readonly ItemCode[]) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  let running = 0
  const waiting: (() => void)[] = []

  const slot = async (work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }

  return (place, itemCodes) => {
    const codes = [...new Set(itemCodes)].sort()
    const key = [place, ...codes].join(' ')
    const found = asked.get(key) ?? slot(() => ask(codes, place))
    asked.set(key, found)
    return found
  }
}
