import { type Instant, instantOf } from '@dual-random/kernel'

/** When one of the beacons of S is due: Unix seconds of round 1, seconds between rounds; of public numbers the earliest instant of a publication. */
export type Due =
  | { readonly genesisTime: number; readonly periodSeconds: number; readonly round: number }
  | { readonly kind: 'public-numbers'; readonly notBefore: Instant }

/** What of S says when its beacons are due. */
export interface Rounds {
  readonly marginSeconds: number
  readonly beacons: readonly Due[]
}

/** By its kind: a round may have members of any name beside its own. */
const isNumbers = (due: Due): due is Extract<Due, { readonly kind: 'public-numbers' }> => 'kind' in due && due.kind === 'public-numbers'

/** When a beacon of S is due, in milliseconds since 1970, exact however far off S says it is. */
export const dueMsOf = (due: Due): bigint =>
  isNumbers(due) ? BigInt(Date.parse(due.notBefore)) : 1000n * (BigInt(due.genesisTime) + BigInt(due.round - 1) * BigInt(due.periodSeconds))

/** For so long after its last round nobody may say that a draw failed: 7 days (rule 7, §24). */
export const failableAfterSeconds = 604_800

/** The last instant that four digits of a year can say. */
export const lastInstantMs = BigInt(Date.parse('9999-12-31T23:59:59.999Z'))

/** The deadline in milliseconds since 1970, exact however far off S says its rounds are; S names a beacon. */
export function deadlineMsOf({ marginSeconds, beacons }: Rounds): bigint {
  return beacons.map(dueMsOf).reduce((earliest, one) => (one < earliest ? one : earliest)) - 1000n * BigInt(marginSeconds)
}

/** From when a draw may be said to have failed, in milliseconds since 1970: 7 days after the latest of its beacons is due (§24). */
export const failableMsOf = ({ beacons }: Pick<Rounds, 'beacons'>): bigint =>
  beacons.map(dueMsOf).reduce((latest, one) => (one > latest ? one : latest)) + 1000n * BigInt(failableAfterSeconds)

/**
 * Until when S, a void of it and its reveals must have been witnessed: time(round) − margin, the earliest over the beacons (rules 5, 6, 14). S has
 * been built by the rules or read by `parseWitnessedCommitment`; throws a `RangeError` for one whose rounds are never due.
 */
export const deadlineOf = (s: Rounds): Instant => instantOf(Number(deadlineMsOf(s)))
