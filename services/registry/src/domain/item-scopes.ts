import type { Applicability } from './applicability.ts'
import type { CheckItem } from './check-item.ts'
import { bitsOf } from './pool-histogram.ts'

/** The distinct scopes of items: items of equal scope share whatever is found out of it. */
export interface ItemScopes {
  readonly applicabilities: readonly Applicability[]
  /** Those of some of the items, as bits. */
  readonly bitsOf: (items: readonly CheckItem[]) => bigint
}

export function itemScopes(items: readonly CheckItem[]): ItemScopes {
  const places = new Map<string, number>()
  const applicabilities: Applicability[] = []
  for (const { applicability } of items) {
    const key = keyOf(applicability)
    if (places.has(key)) continue
    places.set(key, applicabilities.length)
    applicabilities.push(applicability)
  }
  return { applicabilities, bitsOf: (some) => bitsOf(some.map(({ applicability }) => places.get(keyOf(applicability)) as number)) }
}

const keyOf = ({ kinds, industryPrefixes, tags }: Applicability): string =>
  JSON.stringify([[...kinds].sort(), [...industryPrefixes].sort(), [...tags].sort()])

/** The places of those sets of scopes, as bits, that have any of the scopes that fit an object. Objects that fit alike are looked up once. */
export function placesWithin(sets: readonly bigint[]): (fits: bigint) => readonly number[] {
  const known = new Map<bigint, readonly number[]>()
  return (fits) => {
    const found = known.get(fits) ?? sets.flatMap((set, place) => ((set & fits) === 0n ? [] : [place]))
    known.set(fits, found)
    return found
  }
}
