import type { Json } from '@dual-random/kernel'
import { assuranceOf, type Commitment, type CommittedBeacon } from '../commitment.ts'
import type { DrawHash } from '../hash.ts'
import { deriveDrawId } from '../identity.ts'
import { compareText } from '../order.ts'
import { exactCount } from '../quota.ts'
import type { StratumSize } from '../roster.ts'
import { ascends, broken, type Check, same, sameTree } from './difference.ts'

/** A drand chain that the caller vouches for; a beacon of kind `drand` must be one of them. */
export interface PinnedChain {
  readonly source: string
  readonly publicKey: string
  readonly genesisTime: number
  readonly periodSeconds: number
}

/** §6: what a commitment's own members say of each other. */
export function* checkCommitment(hash: DrawHash, s: Commitment, isDemo: boolean, chains: readonly PinnedChain[]): Check {
  const { subject, snapshot } = s
  yield* same('/drawId', s.drawId, deriveDrawId(hash, s))
  if (subject.kind === 'clue-task') {
    if (subject.clueIds.length === 0) yield broken('/subject/clueIds', 'no-clue')
    yield* ascends('/subject/clueIds', subject.clueIds, compareText)
  }
  for (const name of ['hash', 'regionCode', 'drawId'] as const) yield* same(`/snapshot/${name}`, snapshot[name], s[name])
  if (snapshot.asOf >= s.committedAt) yield broken('/snapshot/asOf', 'snapshot-not-before-commitment')
  yield* checkNumbers(s)
  if (s.delaySeconds < s.revealWindowSeconds + 2 * s.marginSeconds) yield broken('/delaySeconds', 'delay-too-short')
  for (const name of ['matchInputs', 'tips'] as const)
    yield* ascends(
      `/${name}`,
      s[name].map(({ unitId }) => unitId),
      compareText,
    )
  yield* ascends(
    '/beacons',
    s.beacons.map(({ source }) => source),
    compareText,
  )
  if (s.beacons.length === 0) yield broken('/beacons', 'no-beacon')
  for (const [index, beacon] of s.beacons.entries()) yield* checkBeacon(`/beacons/${index}`, s, beacon, isDemo, chains)
  yield* same('/assurance', s.assurance, assuranceOf(s))
}

/** As lists: they are compared by their text, and a list's members have one order. */
export const sizesOf = (strata: readonly StratumSize[]): Json => strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible])

function* checkNumbers({ snapshot, strata, batchSizes }: Commitment): Check {
  const { counts } = snapshot.exclusions
  yield* ascends(
    '/snapshot/exclusions/counts',
    counts.map(({ ground }) => ground),
    compareText,
  )
  const excluded = snapshot.strata.reduce((sum, { mapped, eligible }) => sum + mapped - eligible, 0)
  yield* same(
    '/snapshot/exclusions/counts',
    counts.reduce((sum, { count }) => sum + count, 0),
    excluded,
  )
  yield* same('/strata', sizesOf(strata), sizesOf(snapshot.strata))
  for (const [index, { stratum, mapped, eligible, rule, raw, n }] of strata.entries()) {
    const expected = exactCount({ stratum, mapped, eligible }, rule)
    if (expected === undefined) yield broken(`/strata/${index}/raw`, 'number-too-large')
    yield* sameTree(`/strata/${index}`, { n, raw }, expected === undefined ? null : { n: expected.n, raw: expected.raw })
  }
  yield* same('/batchSizes', total(batchSizes), total(strata.map(({ n }) => n)))
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

function* checkBeacon(where: string, s: Commitment, beacon: CommittedBeacon, isDemo: boolean, chains: readonly PinnedChain[]): Check {
  yield* same(`${where}/round`, beacon.round, committedRound(s, beacon))
  if (beacon.kind === 'self' && !isDemo) yield broken(`${where}/kind`, 'self-beacon-outside-demonstration')
  if (beacon.kind !== 'drand') return
  const pinned = chains.find(({ source }) => source === beacon.source)
  if (pinned === undefined) yield broken(`${where}/source`, 'unknown-drand-chain')
  else
    for (const name of ['publicKey', 'genesisTime', 'periodSeconds'] as const) yield* same(`${where}/${name}`, beacon[name], pinned[name])
}

/** §6, Rounds: the first round due at or after committedAt + delay, at least 1. */
function committedRound({ committedAt, delaySeconds }: Commitment, { genesisTime, periodSeconds }: CommittedBeacon): number {
  const sinceGenesisMs = Date.parse(committedAt) + 1000 * (delaySeconds - genesisTime)
  return sinceGenesisMs <= 0 ? 1 : Math.ceil(sinceGenesisMs / (1000 * periodSeconds)) + 1
}
