import type { Applicability } from './applicability.ts'
import { canonicalScope, type DrawScope } from './draw-scope.ts'
import { bitsOf } from './pool-histogram.ts'

/** What an item applies to, within the scope of whoever asks for it. */
export type NarrowedApplicability = Applicability & { readonly scope?: DrawScope; readonly onlyActive?: true }

interface Applied {
  readonly applicability: Applicability
  readonly scope?: DrawScope
  /** Objects that left the pool this year do not fit. */
  readonly onlyActive?: true
}

/** The distinct scopes of items: items of equal scope share whatever is found out of it. */
export interface ItemScopes {
  readonly applicabilities: readonly NarrowedApplicability[]
  /** Those of some of the items, as bits. */
  readonly bitsOf: (items: readonly Applied[]) => bigint
}

export function itemScopes(items: readonly Applied[]): ItemScopes {
  const places = new Map<string, number>()
  const applicabilities: NarrowedApplicability[] = []
  for (const item of items) {
    const key = keyOf(item)
    if (places.has(key)) continue
    places.set(key, applicabilities.length)
    const { applicability, scope, onlyActive } = item
    applicabilities.push({
      ...applicability,
      ...(scope === undefined ? {} : { scope }),
      ...(onlyActive === undefined ? {} : { onlyActive }),
    })
  }
  return { applicabilities, bitsOf: (some) => bitsOf(some.map((item) => places.get(keyOf(item)) as number)) }
}

const keyOf = ({ applicability: { kinds, industryPrefixes, tags }, scope, onlyActive }: Applied): string =>
  JSON.stringify([
    [...kinds].sort(),
    [...industryPrefixes].sort(),
    [...tags].sort(),
    ...(scope === undefined ? [] : [canonicalScope(scope)]),
    ...(onlyActive === undefined ? [] : ['ACTIVE']),
  ])

/** The places of those sets of scopes, as bits, that have any of the scopes that fit an object. Objects that fit alike are looked up once. */
export function placesWithin(sets: readonly bigint[]): (fits: bigint) => readonly number[] {
  const known = new Map<bigint, readonly number[]>()
  return (fits) => {
    const found = known.get(fits) ?? sets.flatMap((set, place) => ((set & fits) === 0n ? [] : [place]))
    known.set(fits, found)
    return found
  }
}
