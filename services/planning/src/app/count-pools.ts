import type { Instant, ItemCode, RegionCode } from '@dual-random/kernel'
import type { PoolCount } from '../domain/pool.ts'
import type { Caller, Registry } from './ports.ts'

const atOnce = 4

/** Counts pools, each set of items once, a few at a time. */
export function poolCounter(registry: Registry, regionCode: RegionCode, asOf: Instant, caller: Caller) {
  const counted = new Map<string, Promise<PoolCount>>()
  let running = 0
  const waiting: (() => void)[] = []

  const slot = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }

  return (itemCodes: readonly ItemCode[]): Promise<PoolCount> => {
    const codes = [...new Set(itemCodes)].sort()
    const key = codes.join(' ')
    const found = counted.get(key) ?? slot(() => registry.pool(regionCode, codes, asOf, caller.context))
    counted.set(key, found)
    return found
  }
}

export type PoolCounter = ReturnType<typeof poolCounter>
