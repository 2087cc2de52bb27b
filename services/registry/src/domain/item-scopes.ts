import type { Applicability } from './applicability.ts'
import { canonicalScope, type DrawScope } from './draw-scope.ts'
import { bitsOf } from './pool-histogram.ts'

/** What an item applies to, within the scope of whoever asks for it. */
export type NarrowedApplicability = Applicability & { readonly scope?: DrawScope }

interface Applied {
  readonly applicability: Applicability
  readonly scope?: DrawScope
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
    applicabilities.push({ ...item.applicability, ...(item.scope === undefined ? {} : { scope: item.scope }) })
  }
  return { applicabilities, bitsOf: (some) => bitsOf(some.map((item) => places.get(keyOf(item)) as number)) }
}

const keyOf = ({ applicability: { kinds, industryPrefixes, tags }, scope }: Applied): string =>
  JSON.stringify([
    [...kinds].sort(),
    [...industryPrefixes].sort(),
    [...tags].sort(),
    ...(scope === undefined ? [] : [canonicalScope(scope)]),
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
