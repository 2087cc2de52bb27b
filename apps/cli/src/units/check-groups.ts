/**
 * Two check groups over groups of 16 bits, as in a Reed–Solomon code over GF(2^16): c₀ = Σ gᵢ and c₁ = Σ αⁱ·gᵢ. One wrong group is named, and
 * so are two neighbours that are exchanged; whatever else is wrong is noticed, but for one typing in 2^32.
 */

/** x^16 + x^12 + x^3 + x + 1, of which 2 is a primitive root. */
const polynomial = 0x1100b

const double = (value: number): number => (value & 0x8000 ? (value << 1) ^ polynomial : value << 1)

/** αⁱ·value. */
function scaled(value: number, power: number): number {
  let result = value
  for (let step = 0; step < power; step++) result = double(result)
  return result
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total ^ value, 0)

export const checkGroups = (groups: readonly number[]): readonly [number, number] => [
  sum(groups),
  sum(groups.map((group, index) => scaled(group, index))),
]

/** What is wrong with groups and their two check groups; indexes count from 0, the check groups last. */
export type Diagnosis =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly index: number; readonly expected: number }
  | { readonly kind: 'exchanged'; readonly first: number; readonly second: number }
  | { readonly kind: 'several' }

export function diagnose(groups: readonly number[], [first, second]: readonly [number, number]): Diagnosis {
  const [c0, c1] = checkGroups(groups)
  const [s0, s1] = [c0 ^ first, c1 ^ second]
  if (s0 === 0 && s1 === 0) return { kind: 'right' }
  if (s1 === 0) return { kind: 'wrong', index: groups.length, expected: c0 }
  if (s0 === 0) return exchanged(groups, s1) ?? { kind: 'wrong', index: groups.length + 1, expected: c1 }
  const index = groups.findIndex((_, at) => scaled(s0, at) === s1)
  return index < 0 ? { kind: 'several' } : { kind: 'wrong', index, expected: (groups[index] ?? 0) ^ s0 }
}

/** Exchanging two groups leaves their sum as it is. Neighbours are looked at first: who types exchanges these. */
function exchanged(groups: readonly number[], s1: number): Diagnosis | undefined {
  for (let distance = 1; distance < groups.length; distance++) {
    for (const [first, one] of groups.slice(0, -distance).entries()) {
      const second = first + distance
      const difference = one ^ (groups[second] ?? 0)
      if (difference !== 0 && (scaled(difference, first) ^ scaled(difference, second)) === s1) return { kind: 'exchanged', first, second }
    }
  }
  return undefined
}
