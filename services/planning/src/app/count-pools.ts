import type { Instant, ItemCode, RegionCode } from '@dual-random/kernel'
import type { Plan } from '../domain/plan.ts'
import type { KeptPool, PoolCount } from '../domain/pool.ts'
import type { Caller, Registry } from './ports.ts'

const atOnce = 4

/** Counts pools, each set of items once, a few at a time. */
export const poolCounter = (registry: Registry, regionCode: RegionCode, asOf: Instant, caller: Caller): PoolCounter =>
  onceEach((codes) => registry.pool(regionCode, codes, asOf, caller.context))

/** Has the candidates of each set of items kept for a plan that is being settled (CRD-21), and counts what was kept. */
export const candidateKeeper = (
  registry: Registry,
  { planId, regionCode }: Plan,
  asOf: Instant,
  caller: Caller,
): ((itemCodes: readonly ItemCode[]) => Promise<KeptPool>) =>
  onceEach((codes) => registry.keepCandidates(planId, regionCode, codes, asOf, caller.context))

function onceEach<T>(ask: (codes: readonly ItemCode[]) => Promise<T>): (itemCodes: readonly ItemCode[]) => Promise<T> {
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

  return (itemCodes) => {
    const codes = [...new Set(itemCodes)].sort()
    const key = codes.join(' ')
    const found = asked.get(key) ?? slot(() => ask(codes))
    asked.set(key, found)
    return found
  }
}

export type PoolCounter = (itemCodes: readonly ItemCode[]) => Promise<PoolCount>
