import { err, ok, type Result } from '@dual-random/kernel'
import { type Commitment, commitmentDigest, roundOf } from './commitment.ts'
import { type DrawResult, drawObjects } from './draw.ts'
import type { DrawHash, HashName } from './hash.ts'
import { algorithm } from './identity.ts'
import { type JointRosterError, jointRoster, partsOf } from './joint.ts'
import { type RosterEntry, rosterDigest, sortRoster } from './roster.ts'
import { type BeaconOutput, deriveSeed, outputRound, type Reveal, tipOf } from './seed.ts'

export type DrawError =
  | JointRosterError
  | { readonly code: 'other-hash'; readonly expected: HashName; readonly found: HashName }
  | { readonly code: 'other-roster'; readonly expected: string; readonly found: string }
  | { readonly code: 'other-round'; readonly source: string }
  | { readonly code: 'reveal-missing'; readonly unitId: string }
  | { readonly code: 'reveal-unknown'; readonly unitId: string }
  | { readonly code: 'unknown-algorithm'; readonly algorithm: string }

/** What a draw needs besides its roster: the commitment and what became known after it. Beacon outputs are verified by the caller. */
export interface DrawInput {
  readonly commitment: Commitment
  readonly roster: readonly RosterEntry[]
  /** The other cities' rosters by region code, where several draw together. */
  readonly others?: ReadonlyMap<string, readonly RosterEntry[]>
  readonly beacons: readonly BeaconOutput[]
  readonly reveals: readonly Reveal[]
}

export interface Drawn extends DrawResult {
  readonly seed: string
}

/** Draws once the round is there: seed by rule 8, tickets by rule 9. Refuses whatever the commitment does not name. */
export function runDraw(hash: DrawHash, input: DrawInput): Result<Drawn, DrawError> {
  const { commitment, roster, others, beacons, reveals } = input
  const refusal = refusalOf(hash, commitment, beacons, reveals)
  if (refusal !== undefined) return err(refusal)
  const seed = deriveSeed(hash, commitmentDigest(hash, commitment), beacons, reveals)
  return replayDraw(hash, { commitment, algorithm: commitment.algorithm, seed }, roster, others)
}

/** Repeats a draw from what is stored: the candidate digests in S, the seed and the algorithm version (DRW-31). */
export function replayDraw(
  hash: DrawHash,
  stored: { readonly commitment: Commitment; readonly algorithm: string; readonly seed: string },
  roster: readonly RosterEntry[],
  others: ReadonlyMap<string, readonly RosterEntry[]> = new Map(),
): Result<Drawn, DrawError> {
  const { commitment, seed } = stored
  if (stored.algorithm !== algorithm) return err({ code: 'unknown-algorithm', algorithm: stored.algorithm })
  if (commitment.hash !== hash.name) return err({ code: 'other-hash', expected: commitment.hash, found: hash.name })
  const rosters = new Map([...others, [commitment.regionCode, roster]])
  const parts = partsOf(commitment)
  for (const { snapshot } of parts) {
    const sorted = sortRoster(rosters.get(snapshot.regionCode) ?? [])
    if (!sorted.ok) return sorted
    const found = rosterDigest(hash, sorted.value)
    if (found !== snapshot.rosterDigest) return err({ code: 'other-roster', expected: snapshot.rosterDigest, found })
  }
  const whole = jointRoster(parts, commitment.joint, rosters)
  if (!whole.ok) return whole
  return ok({ seed, ...drawObjects(hash, seed, whole.value, commitment.strata, commitment.batchSizes) })
}

function refusalOf(
  hash: DrawHash,
  commitment: Commitment,
  beacons: readonly BeaconOutput[],
  reveals: readonly Reveal[],
): DrawError | undefined {
  const rounds = new Map(beacons.map((one) => [one.source, outputRound(one)]))
  const otherRound = commitment.beacons.find((one) => rounds.get(one.source) !== roundOf(one))
  if (otherRound !== undefined) return { code: 'other-round', source: otherRound.source }
  const uncommitted = beacons.find(({ source }) => !commitment.beacons.some((one) => one.source === source))
  if (uncommitted !== undefined || beacons.length !== rounds.size) return { code: 'other-round', source: uncommitted?.source ?? '' }
  const tips = new Map(commitment.tips.map(({ unitId, tip }) => [unitId, tip]))
  for (const reveal of reveals) {
    if (tips.get(reveal.unitId) !== tipOf(hash, commitment.drawId, reveal)) return { code: 'reveal-unknown', unitId: reveal.unitId }
    tips.delete(reveal.unitId)
  }
  const missing = tips.keys().next()
  return missing.done === true ? undefined : { code: 'reveal-missing', unitId: missing.value }
}
