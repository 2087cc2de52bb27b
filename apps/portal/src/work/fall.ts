import type { Commitment, DrawHash, RosterEntry } from '@dual-random/draw'
import { rankLabels } from '@dual-random/draw'

/** One ticket on its way: `at` is its place in the roster and `x` its place on the scale, both from 0 to 1. */
export interface Dot {
  readonly at: number
  readonly x: number
  readonly isDrawn: boolean
}

/** How the tickets of one stratum fall, label by label in the order of the roster. */
export interface StratumFall {
  readonly stratum: string
  readonly eligible: number
  readonly n: number
  /** The right end of the scale as a share of all possible tickets. */
  readonly scale: number
  readonly dots: readonly Dot[]
  /** Of how many tickets on the scale one is shown. */
  readonly oneOf: number
  /** After each step, the n-th smallest ticket so far, as `x`; null while it lies beyond the scale. */
  readonly cutOffs: readonly (number | null)[]
}

/** Steps of the cut-off's way. */
export const fallSteps = 100
const mostDots = 160
/** The scale shows so many times what is drawn, so that what just missed is seen too. */
const shownBeyond = 2.5

/** A ticket as a share of all possible tickets; 48 bits are more than a picture shows. */
const shareOf = (ticket: string): number => Number.parseInt(ticket.slice(0, 12), 16) / 2 ** 48

/** The fall of every stratum of a draw, recomputed from roster and seed. */
export function fallOfTickets(
  hash: DrawHash,
  seed: string,
  roster: readonly RosterEntry[],
  strata: readonly Pick<Commitment['strata'][number], 'stratum' | 'n'>[],
): readonly StratumFall[] {
  return strata.map(({ stratum, n }) => {
    const labels = roster.filter((one) => one.stratum === stratum && !one.excluded).map(({ label }) => label)
    const ticketOf = new Map(rankLabels(hash, seed, ['object', stratum], labels).map(({ label, ticket }) => [label, shareOf(ticket)]))
    return fallOfShares(
      stratum,
      n,
      labels.map((label) => ticketOf.get(label) ?? 1),
    )
  })
}

export function fallOfShares(stratum: string, n: number, shares: readonly number[]): StratumFall {
  const eligible = shares.length
  const last = n === 0 ? 0 : ([...shares].sort((a, b) => a - b)[n - 1] ?? 0)
  const scale = n === eligible || last === 0 ? 1 : Math.min(1, shownBeyond * last)
  const onScale = shares.flatMap((share, index) =>
    share <= scale ? [{ at: eligible === 1 ? 1 : index / (eligible - 1), x: share / scale, isDrawn: n > 0 && share <= last }] : [],
  )
  const oneOf = Math.max(1, Math.ceil(onScale.length / mostDots))
  return {
    stratum,
    eligible,
    n,
    scale,
    dots: onScale.filter((_, index) => index % oneOf === 0),
    oneOf,
    cutOffs: cutOffsOf(n, shares, scale),
  }
}

function cutOffsOf(n: number, shares: readonly number[], scale: number): readonly (number | null)[] {
  const smallest: number[] = []
  const cutOffs: (number | null)[] = []
  let next = 0
  for (let step = 0; step <= fallSteps; step++) {
    const until = Math.round((shares.length * step) / fallSteps)
    for (; next < until; next++) keepSmallest(smallest, shares[next] ?? 1, n)
    const cutOff = n > 0 ? smallest[n - 1] : undefined
    cutOffs.push(cutOff === undefined || cutOff > scale ? null : cutOff / scale)
  }
  return cutOffs
}

/** Keeps the array ascending and at most `n` long. */
function keepSmallest(smallest: number[], share: number, n: number): void {
  if (smallest.length >= n && share >= (smallest.at(-1) ?? 0)) return
  let [low, high] = [0, smallest.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((smallest[middle] ?? 0) < share) low = middle + 1
    else high = middle
  }
  smallest.splice(low, 0, share)
  if (smallest.length > n) smallest.pop()
}
