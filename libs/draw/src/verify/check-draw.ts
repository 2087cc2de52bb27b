import { fromHex, type Json, toHex } from '@dual-random/kernel'
import type { Commitment } from '../commitment.ts'
import { drawObjects } from '../draw.ts'
import type { DrawHash } from '../hash.ts'
import { rootOfTree } from '../merkle.ts'
import { compareHex } from '../order.ts'
import { type RosterEntry, rosterTree, stratumSizes } from '../roster.ts'
import { deriveSeed, tipOf } from '../seed.ts'
import type { Transcript } from '../transcript.ts'
import { sizesOf } from './check-commitment.ts'
import { ascends, broken, type Check, same, sameTree } from './difference.ts'

/** §4: labels ascend, each once. `where` names lines. */
export function* checkRosterOrder(roster: readonly RosterEntry[]): Check {
  for (const [index, { label }] of roster.entries())
    if (index > 0 && compareHex((roster[index - 1] as RosterEntry).label, label) >= 0)
      yield { where: `line ${index + 1} /label`, code: 'out-of-order' }
}

/** §5: sizes, root and digest of the roster are what registry signed. Places are those of the commitment. */
export function* checkSnapshot(hash: DrawHash, { snapshot }: Commitment, roster: readonly RosterEntry[], file: Uint8Array): Check {
  yield* same('/snapshot/strata', sizesOf(snapshot.strata), sizesOf(stratumSizes(roster)))
  yield* same('/snapshot/root', snapshot.root, toHex(rootOfTree(rosterTree(hash, roster))))
  yield* same('/snapshot/rosterDigest', snapshot.rosterDigest, toHex(hash.digest(file)))
}

/** The hash of randomness is SHA-256 whatever the draw's own is (§9). */
export interface DrawHashes {
  readonly hash: DrawHash
  readonly sha256: DrawHash
}

/** §9, §10: the whole draw again. Places are those of the transcript file. */
export function* checkDraw(
  { hash, sha256 }: DrawHashes,
  t: Transcript,
  s: Commitment,
  roster: readonly RosterEntry[],
  digest: string,
): Check {
  for (const name of ['hash', 'regionCode', 'drawId'] as const) yield* same(`/transcript/${name}`, t[name], s[name])
  yield* same('/transcript/beacons', sourcesOf(t.beacons), sourcesOf(s.beacons))
  for (const [index, { randomness, signature }] of t.beacons.entries())
    yield* same(`/transcript/beacons/${index}/randomness`, randomness, toHex(sha256.digest(fromHex(signature) ?? new Uint8Array(0))))
  yield* same(
    '/transcript/reveals',
    t.reveals.map(({ unitId }) => unitId),
    s.tips.map(({ unitId }) => unitId),
  )
  for (const [index, reveal] of t.reveals.entries())
    if (tipOf(hash, s.drawId, reveal) !== s.tips[index]?.tip) yield broken(`/transcript/reveals/${index}/secret`, 'tip-not-opened')
  yield* same('/transcript/commitment', t.commitment, digest)
  yield* same('/transcript/seed', t.seed, deriveSeed(hash, digest, t.beacons, t.reveals))
  const expected = drawObjects(hash, t.seed, roster, s.strata, s.batchSizes)
  yield* same(
    '/transcript/strata',
    t.strata.map(({ stratum }) => stratum),
    expected.strata.map(({ stratum }) => stratum),
  )
  for (const [index, { drawn, cutOff }] of expected.strata.entries()) {
    const found = t.strata[index]
    yield* sameTree(`/transcript/strata/${index}/drawn`, found?.drawn, [...drawn])
    yield* same(`/transcript/strata/${index}/cutOff`, found?.cutOff, cutOff)
  }
  yield* sameTree('/transcript/batches', [...t.batches], [...expected.batches])
  const drawn = s.batchSizes.reduce((sum, size) => sum + size, 0)
  yield* same('/transcript/drawnSet', t.drawnSet.length, s.publicOpening === 'drawn-set' ? drawn : 0)
  yield* ascends('/transcript/drawnSet', t.drawnSet, compareHex)
}

const sourcesOf = (beacons: readonly { readonly source: string; readonly round: number }[]): Json =>
  beacons.map(({ source, round }) => [source, round])
