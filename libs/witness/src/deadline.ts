import { type Instant, instantOf } from '@dual-random/kernel'

/** What of S says when its rounds are due: Unix seconds of round 1, seconds between rounds. */
export interface Rounds {
  readonly marginSeconds: number
  readonly beacons: readonly { readonly genesisTime: number; readonly periodSeconds: number; readonly round: number }[]
}

/** Until when S, a void of it and its reveals must have been witnessed: time(round) − margin, the earliest over the beacons (rules 5, 6, 14). */
export const deadlineOf = ({ marginSeconds, beacons }: Rounds): Instant =>
  instantOf(
    1000 * (Math.min(...beacons.map(({ genesisTime, periodSeconds, round }) => genesisTime + (round - 1) * periodSeconds)) - marginSeconds),
  )
