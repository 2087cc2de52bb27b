import { compareText } from './order.ts'

export type ExclusionCount = { readonly ground: string; readonly count: number }

/** Which grounds are shown as one, and the smallest count that may be shown. Both come from policy. */
export interface ExclusionDisclosure {
  /** Ground → public name; grounds that share a name are counted together (rule 3: pending and repeat bar). */
  readonly publicGround: Readonly<Record<string, string>>
  readonly smallestCell: number
}

/** The public name of everything merged because its own count was too small to show. */
export const mergedGround = 'MERGED'

/**
 * Public counts by ground (rule 3): small cells are merged, and while the merged cell itself is small the next smallest joins it,
 * so no shown count is below the limit unless it is the only one.
 */
export function publicExclusionCounts(grounds: readonly string[], disclosure: ExclusionDisclosure): readonly ExclusionCount[] {
  const counts = new Map<string, number>()
  for (const ground of grounds) {
    const shown = disclosure.publicGround[ground] ?? ground
    counts.set(shown, (counts.get(shown) ?? 0) + 1)
  }
  const ascending = [...counts].sort(([a, x], [b, y]) => x - y || compareText(a, b))
  let merged = 0
  let taken = 0
  for (const [, count] of ascending) {
    const small = count < disclosure.smallestCell || (merged > 0 && merged < disclosure.smallestCell)
    if (!small) break
    merged += count
    taken += 1
  }
  const shown = ascending.slice(taken).map(([ground, count]) => ({ ground, count }))
  return [...shown, ...(merged > 0 ? [{ ground: mergedGround, count: merged }] : [])].sort((a, b) => compareText(a.ground, b.ground))
}
