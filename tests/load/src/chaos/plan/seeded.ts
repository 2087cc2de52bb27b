import { createHash } from 'node:crypto'

/** A reproducible stream of choices. Streams of different labels are independent, so that a new use never shifts an old one. */
export interface Seeded {
  /** An integer from `from` up to and including `to`. */
  between(from: number, to: number): number
  pick<T>(from: readonly T[]): T
  /** True `count` times out of `of`. */
  chance(count: number, of: number): boolean
  /** The same values in another order. */
  shuffle<T>(values: readonly T[]): readonly T[]
}

/** SHA-256 in counter mode over seed and label. */
export function seeded(seed: number, label: string): Seeded {
  let counter = 0
  let block = Buffer.alloc(0)
  let used = 0
  /** Below 2^48: what the remainder of a division prefers is beneath notice. */
  const next = (): number => {
    if (used + 6 > block.length) {
      block = createHash('sha256').update(`${seed}\n${label}\n${counter++}`).digest()
      used = 0
    }
    used += 6
    return block.readUIntBE(used - 6, 6)
  }
  const between = (from: number, to: number): number => from + (next() % (to - from + 1))
  const pick = <T>(from: readonly T[]): T => {
    const value = from[between(0, from.length - 1)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  return {
    between,
    pick,
    chance: (count, of) => between(1, of) <= count,
    shuffle: (values) => {
      const left = [...values]
      return values.map(() => left.splice(between(0, left.length - 1), 1)[0] as (typeof values)[number])
    },
  }
}
