import { quicknet } from '@dual-random/beacon/verify'
import {
  assuranceOf,
  type Commitment,
  type CommittedBeacon,
  type DrawHash,
  deriveDrawId,
  type StratumCount,
  stratumCount,
} from '@dual-random/draw'
import { canonicalJson } from '@dual-random/kernel'
import type { Report } from './difference.ts'
import { checkAscending, sum } from './order.ts'

const sizesOf = (strata: readonly { readonly stratum: string; readonly mapped: number; readonly eligible: number }[]) =>
  strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible])

/** Protocol §13.2: what a commitment's own members say of each other. */
export function checkCommitment(report: Report, hash: DrawHash, s: Commitment, demo: boolean): void {
  const { same, hold } = report
  const { snapshot } = s
  same('/drawId', s.drawId, deriveDrawId(hash, s))
  if (s.subject.kind === 'clue-task') {
    hold('/subject/clueIds', s.subject.clueIds.length > 0, { zh: '没有线索', en: 'no clue' })
    checkAscending(report, '/subject/clueIds', s.subject.clueIds)
  }
  for (const name of ['hash', 'regionCode', 'drawId'] as const) same(`/snapshot/${name}`, snapshot[name], s[name])
  hold('/snapshot/asOf', snapshot.asOf < s.committedAt, { zh: '不早于承诺', en: 'not before the commitment' })
  const { counts } = snapshot.exclusions
  checkAscending(
    report,
    '/snapshot/exclusions/counts',
    counts.map(({ ground }) => ground),
  )
  const excluded = sum(snapshot.strata.map(({ mapped, eligible }) => mapped - eligible))
  same('/snapshot/exclusions/counts', sum(counts.map(({ count }) => count)), excluded)
  same('/strata', sizesOf(s.strata), sizesOf(snapshot.strata))
  checkCounts(report, s)
  hold('/delaySeconds', s.delaySeconds >= s.revealWindowSeconds + 2 * s.marginSeconds, {
    zh: '短于揭示窗口加两个余量',
    en: 'shorter than reveal window and two margins',
  })
  checkAscending(
    report,
    '/matchInputs',
    s.matchInputs.map(({ unitId }) => unitId),
  )
  checkAscending(
    report,
    '/tips',
    s.tips.map(({ unitId }) => unitId),
  )
  checkAscending(
    report,
    '/beacons',
    s.beacons.map(({ source }) => source),
  )
  hold('/beacons', s.beacons.length > 0, { zh: '没有信标', en: 'no beacon' })
  for (const [index, beacon] of s.beacons.entries()) checkBeacon(report, `/beacons/${index}`, beacon, s, demo)
  same('/assurance', s.assurance, assuranceOf(s))
}

/** Every `raw` and `n` as the rule gives it, and the batches. */
function checkCounts(report: Report, s: Commitment): void {
  const { same } = report
  for (const [index, stratum] of s.strata.entries()) {
    const expected = countOf(report, `/strata/${index}/raw`, stratum)
    same(`/strata/${index}/raw`, canonicalJson(stratum.raw), canonicalJson(expected.raw))
    same(`/strata/${index}/n`, stratum.n, expected.n)
  }
  same('/batchSizes', sum(s.batchSizes), sum(s.strata.map(({ n }) => n)))
}

/** The first round due at or after committedAt + delay; exact, however far off a file says it is. */
function firstRoundOf({ genesisTime, periodSeconds }: CommittedBeacon, { committedAt, delaySeconds }: Commitment): number {
  const sinceGenesisMs = BigInt(Date.parse(committedAt)) + 1000n * (BigInt(delaySeconds) - BigInt(genesisTime))
  const periodMs = 1000n * BigInt(periodSeconds)
  return sinceGenesisMs <= 0n ? 1 : Number((sinceGenesisMs + periodMs - 1n) / periodMs) + 1
}

/** A share outside ±(2^53−1) is no number of the protocol. */
function countOf(report: Report, at: string, stratum: StratumCount): StratumCount {
  try {
    return stratumCount(stratum, stratum.rule)
  } catch {
    return report.fail(at, { zh: '超出 ±(2^53−1)', en: 'beyond ±(2^53−1)' })
  }
}

function checkBeacon({ same, hold }: Report, at: string, beacon: CommittedBeacon, s: Commitment, demo: boolean): void {
  same(`${at}/round`, beacon.round, firstRoundOf(beacon, s))
  hold(`${at}/kind`, beacon.kind !== 'self' || demo, {
    zh: '自办信标只用于演示',
    en: 'a self beacon is for demonstrations only',
  })
  if (beacon.kind !== 'drand') return
  for (const name of ['source', 'publicKey', 'genesisTime', 'periodSeconds'] as const) same(`${at}/${name}`, beacon[name], quicknet[name])
}
