import { createHash } from 'node:crypto'

/** A reproducible stream of choices. Streams of different labels are independent, so a new use never shifts an old one. */
export interface Seeded {
  /** An integer from 0 up to, not including, `bound`. */
  below(bound: number): number
  pick<T>(from: readonly T[]): T
  /** One of the values, each with its share of the weights. */
  weighted<T>(from: readonly (readonly [value: T, weight: number])[]): T
  /** True `count` times out of `of`. */
  chance(count: number, of: number): boolean
  bytes(length: number): Uint8Array
}

/** SHA-256 in counter mode over seed and label. */
export function seeded(seed: string, label: string): Seeded {
  let counter = 0
  let block = Buffer.alloc(0)
  let used = 0
  const u32 = (): number => {
    if (used + 4 > block.length) {
      block = createHash('sha256').update(`${seed}\n${label}\n${counter++}`).digest()
      used = 0
    }
    used += 4
    return block.readUInt32BE(used - 4)
  }
  const below = (bound: number): number => {
    const limit = 2 ** 32 - (2 ** 32 % bound)
    for (;;) {
      const value = u32()
      if (value < limit) return value % bound
    }
  }
  const pick = <T>(from: readonly T[]): T => {
    const value = from[below(from.length)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  return {
    below,
    pick,
    weighted: (from) => {
      let left = below(from.reduce((sum, [, weight]) => sum + weight, 0))
      for (const [value, weight] of from) {
        if (left < weight) return value
        left -= weight
      }
      throw new Error('nothing to pick from')
    },
    chance: (count, of) => below(of) < count,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}

/** 32 bytes for a key of that name. */
export const seededKey = (seed: string, name: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`${seed}\nkey\n${name}`).digest())
