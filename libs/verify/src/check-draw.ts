import { randomnessOfNumbers } from '@dual-random/beacon/verify'
import {
  type BeaconOutput,
  type Commitment,
  compareHex,
  type DrawHash,
  type Drawn,
  type DrawPart,
  deriveSeed,
  drawObjects,
  type NamedBeacon,
  outputRound,
  type RosterEntry,
  rootOfTree,
  rosterTree,
  roundOf,
  stratumSizes,
  type Transcript,
  tipOf,
} from '@dual-random/draw'
import { fromHex, toHex } from '@dual-random/kernel'
import { sizesOf, totalOf } from './check-commitment.ts'
import { ascends, type Check, hold, same } from './difference.ts'

/** §4: labels ascend, each once. `where` names lines. */
export function* checkRosterOrder(roster: readonly RosterEntry[]): Check {
  for (const [index, { label }] of roster.entries())
    if (index > 0 && compareHex((roster[index - 1] as RosterEntry).label, label) >= 0)
      yield { where: `line ${index + 1} /label`, code: 'out-of-order' }
}

/** §5: sizes, root and digest of the roster are what registry signed. Places are those of the commitment, under that of the part. */
export function* checkSnapshot(
  hash: DrawHash,
  { snapshot }: Pick<DrawPart, 'snapshot'>,
  roster: readonly RosterEntry[],
  file: Uint8Array,
  part = '',
): Check {
  yield* same(`${part}/snapshot/strata`, sizesOf(snapshot.strata), sizesOf(stratumSizes(roster)))
  yield* same(`${part}/snapshot/root`, snapshot.root, toHex(rootOfTree(rosterTree(hash, roster))))
  yield* same(`${part}/snapshot/rosterDigest`, snapshot.rosterDigest, toHex(hash.digest(file)))
}

/** §23: no label of this roster stands in one before it. `where` names lines. */
export function* checkApart(before: ReadonlySet<string>, roster: readonly RosterEntry[]): Check {
  for (const [index, { label }] of roster.entries()) yield* hold(`line ${index + 1} /label`, !before.has(label), 'label-of-another-part')
}

/** The hash of randomness is SHA-256 whatever the draw's own is (§9). */
export interface DrawHashes {
  readonly hash: DrawHash
  readonly sha256: DrawHash
}

/** §13, item 4: the whole draw again. Places are those of the transcript file. */
export function* checkDraw(
  { hash, sha256 }: DrawHashes,
  t: Transcript,
  s: Commitment,
  roster: readonly RosterEntry[],
  digest: string,
): Check {
  for (const name of ['hash', 'regionCode', 'drawId'] as const) yield* same(`/transcript/${name}`, t[name], s[name])
  yield* same('/transcript/commitment', t.commitment, digest)
  yield* same(
    '/transcript/beacons',
    t.beacons.map((one) => [one.source, outputRound(one)]),
    s.beacons.map((one) => [one.source, roundOf(one)]),
  )
  for (const [index, output] of t.beacons.entries())
    yield* same(`/transcript/beacons/${index}/randomness`, output.randomness, randomnessOf({ hash, sha256 }, output, s.beacons[index]))
  yield* same(
    '/transcript/reveals',
    t.reveals.map(({ unitId }) => unitId),
    s.tips.map(({ unitId }) => unitId),
  )
  for (const [index, reveal] of t.reveals.entries())
    yield* hold(`/transcript/reveals/${index}/secret`, tipOf(hash, s.drawId, reveal) === s.tips[index]?.tip, 'tip-not-opened')
  yield* same('/transcript/seed', t.seed, deriveSeed(hash, digest, t.beacons, t.reveals))
  yield* same(
    '/transcript/strata',
    t.strata.map(({ stratum }) => stratum),
    s.strata.map(({ stratum }) => stratum),
  )
  yield* checkDrawn(t, s, drawObjects(hash, t.seed, roster, s.strata, s.batchSizes))
  yield* same('/transcript/drawnSet', t.drawnSet.length, s.publicOpening === 'drawn-set' ? totalOf(s.batchSizes) : 0)
  yield* ascends('/transcript/drawnSet', t.drawnSet, compareHex)
}

function* checkDrawn(t: Transcript, s: Commitment, expected: Omit<Drawn, 'seed'>): Check {
  for (const [index, { drawn, cutOff }] of expected.strata.entries()) {
    const where = `/transcript/strata/${index}`
    const found = t.strata[index]
    yield* same(`${where}/drawn`, found?.drawn.length, s.strata[index]?.n)
    for (const [place, { label, ticket }] of drawn.entries()) {
      yield* same(`${where}/drawn/${place}/label`, found?.drawn[place]?.label, label)
      yield* same(`${where}/drawn/${place}/ticket`, found?.drawn[place]?.ticket, ticket)
    }
    yield* same(`${where}/cutOff`, found?.cutOff, cutOff)
  }
  yield* same(
    '/transcript/batches',
    t.batches.map((batch) => batch.length),
    [...s.batchSizes],
  )
  for (const [index, batch] of expected.batches.entries())
    for (const [place, label] of batch.entries()) yield* same(`/transcript/batches/${index}/${place}`, t.batches[index]?.[place], label)
}

/** Of a round always SHA-256 of its signature; of public numbers H of what was published, under the definition that S names. */
function randomnessOf({ hash, sha256 }: DrawHashes, output: BeaconOutput, named: NamedBeacon | undefined): string {
  if (!('series' in output)) return toHex(sha256.digest(fromHex(output.signature) ?? new Uint8Array(0)))
  const definition = named?.kind === 'public-numbers' ? named.definition : ''
  return randomnessOfNumbers((bytes) => hash.digest(bytes), definition, output.series)
}
