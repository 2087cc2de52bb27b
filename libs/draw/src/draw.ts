import type { DrawHash } from './hash.ts'
import type { StratumCount } from './quota.ts'
import { rankLabels, type Ticketed } from './rank.ts'
import type { RosterEntry } from './roster.ts'

/** The drawn of one stratum in ticket order. `cutOff` is the ticket of the last drawn: whoever has a higher one is not drawn. */
export type DrawnStratum = { readonly stratum: string; readonly drawn: readonly Ticketed[]; readonly cutOff: string | null }

export interface DrawResult {
  readonly strata: readonly DrawnStratum[]
  /** All drawn labels in the order of the check (DRW-16), cut into batches. */
  readonly batches: readonly (readonly string[])[]
}

/** Rule 9: the n smallest tickets among the eligible of every stratum, then one order over all drawn. */
export function drawObjects(
  hash: DrawHash,
  seed: string,
  roster: readonly RosterEntry[],
  strata: readonly Pick<StratumCount, 'stratum' | 'n'>[],
  batchSizes: readonly number[],
): DrawResult {
  const eligible = new Map<string, string[]>(strata.map(({ stratum }) => [stratum, []]))
  for (const { excluded, label, stratum } of roster) if (!excluded) eligible.get(stratum)?.push(label)
  const drawnStrata = strata.map(({ stratum, n }) => {
    const drawn = rankLabels(hash, seed, ['object', stratum], eligible.get(stratum) ?? [], n)
    return { stratum, drawn, cutOff: drawn.at(-1)?.ticket ?? null }
  })
  return { strata: drawnStrata, batches: cutIntoBatches(orderOf(hash, seed, drawnStrata), batchSizes) }
}

function orderOf(hash: DrawHash, seed: string, strata: readonly DrawnStratum[]): readonly string[] {
  const labels = strata.flatMap(({ drawn }) => drawn.map(({ label }) => label))
  return rankLabels(hash, seed, ['order'], labels).map(({ label }) => label)
}

function cutIntoBatches(order: readonly string[], sizes: readonly number[]): readonly (readonly string[])[] {
  let from = 0
  return sizes.map((size) => {
    const batch = order.slice(from, from + size)
    from += size
    return batch
  })
}
