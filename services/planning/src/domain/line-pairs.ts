import type { ItemCode } from '@dual-random/kernel'
import { drawnParts } from './batch-scope.ts'
import { itemSetOf, keyOfSet } from './item-set.ts'
import type { PlanLine } from './plan.ts'

/** The two lines that a pair of whatever kind compares. */
export type LinesOf<P> = (pair: P) => readonly [PlanLine, PlanLine]

/** Two sets of items within their scopes, and the pairs whose lines have them: one count of the pool serves all of these. */
export interface ItemSetPair<P> {
  /** Two lines that have them. */
  readonly lines: readonly [PlanLine, PlanLine]
  readonly pairs: readonly P[]
}

/** Each distinct pair of item sets once, whatever the order of items and of lines. */
export function bySetsOfItems<P>(pairs: readonly P[], linesOf: LinesOf<P>): readonly ItemSetPair<P>[] {
  const sets = new Map<string, number>()
  const numberOf = (line: PlanLine): number => {
    const set = keyOfSet(itemSetOf(drawnParts(line)))
    const number = sets.get(set) ?? sets.size
    sets.set(set, number)
    return number
  }
  const lines = new Set(pairs.flatMap(linesOf))
  const setOf = new Map([...lines].map((line) => [line, numberOf(line)]))
  const grouped = new Map<string, ItemSetPair<P> & { readonly pairs: P[] }>()
  for (const pair of pairs) {
    const [a, b] = linesOf(pair)
    const key = [setOf.get(a), setOf.get(b)].sort().join(' ')
    const group = grouped.get(key)
    if (group === undefined) grouped.set(key, { lines: [a, b], pairs: [pair] })
    else group.pairs.push(pair)
  }
  return [...grouped.values()]
}

/** Not more than `most` of the pairs, in their order: where there are more, those that weigh most, the earlier of equal ones. */
export function heaviest<P>(pairs: readonly P[], most: number, weightOf: (pair: P) => number): readonly P[] {
  if (pairs.length <= most) return pairs
  const places = pairs.map((pair, place) => ({ pair, place, weight: weightOf(pair) }))
  const kept = places.toSorted((a, b) => b.weight - a.weight).slice(0, most)
  return kept.toSorted((a, b) => a.place - b.place).map(({ pair }) => pair)
}

/** Items that both lines check: their objects are the same without counting, unless a scope narrows them. */
export const sharedItems = (a: PlanLine, b: PlanLine): readonly ItemCode[] => a.itemCodes.filter((code) => b.itemCodes.includes(code))
