import {
  type Commitment,
  type DrawHash,
  type Drawn,
  deriveSeed,
  drawObjects,
  type RosterEntry,
  type Transcript,
  tipOf,
} from '@dual-random/draw'
import { fromHex } from '@dual-random/kernel'
import type { Report } from './difference.ts'
import { browserHash, digestHex } from './hash.ts'
import { checkAscending, sum } from './order.ts'

const sha256 = browserHash('sha256')

/** Protocol §13.4: the draw repeated from roster, commitment and beacon, and compared with the transcript member by member. */
export function checkDraw(
  report: Report,
  hash: DrawHash,
  t: Transcript,
  s: Commitment,
  roster: readonly RosterEntry[],
  commitmentBytes: Uint8Array,
): void {
  const { same } = report
  const at = (where: string): string => `/transcript${where}`
  for (const name of ['hash', 'regionCode', 'drawId'] as const) same(at(`/${name}`), t[name], s[name])
  same(at('/commitment'), t.commitment, digestHex(hash, commitmentBytes))
  same(
    at('/beacons'),
    t.beacons.map(({ source, round }) => [source, round]),
    s.beacons.map(({ source, round }) => [source, round]),
  )
  for (const [i, { randomness, signature }] of t.beacons.entries())
    same(at(`/beacons/${i}/randomness`), randomness, digestHex(sha256, fromHex(signature) ?? new Uint8Array()))
  checkReveals(report, hash, t, s)
  same(at('/seed'), t.seed, deriveSeed(hash, t.commitment, t.beacons, t.reveals))
  same(
    at('/strata'),
    t.strata.map(({ stratum }) => stratum),
    s.strata.map(({ stratum }) => stratum),
  )
  compareDrawn(report, t, s, drawObjects(hash, t.seed, roster, s.strata, s.batchSizes))
  same(at('/drawnSet'), t.drawnSet.length, s.publicOpening === 'drawn-set' ? sum(s.batchSizes) : 0)
  checkAscending(report, at('/drawnSet'), t.drawnSet)
}

function checkReveals({ same, hold }: Report, hash: DrawHash, t: Transcript, s: Commitment): void {
  same(
    '/transcript/reveals',
    t.reveals.map(({ unitId }) => unitId),
    s.tips.map(({ unitId }) => unitId),
  )
  for (const [i, reveal] of t.reveals.entries())
    hold(`/transcript/reveals/${i}/secret`, tipOf(hash, s.drawId, reveal) === s.tips[i]?.tip, {
      zh: '与承诺的 tip 不符',
      en: 'does not open the tip',
    })
}

function compareDrawn({ same }: Report, t: Transcript, s: Commitment, expected: Omit<Drawn, 'seed'>): void {
  for (const [i, { drawn, cutOff }] of expected.strata.entries()) {
    const at = `/transcript/strata/${i}`
    const found = t.strata[i]
    same(`${at}/drawn`, found?.drawn.length, s.strata[i]?.n)
    for (const [j, { label, ticket }] of drawn.entries()) {
      same(`${at}/drawn/${j}/label`, found?.drawn[j]?.label, label)
      same(`${at}/drawn/${j}/ticket`, found?.drawn[j]?.ticket, ticket)
    }
    same(`${at}/cutOff`, found?.cutOff, cutOff)
  }
  same(
    '/transcript/batches',
    t.batches.map((batch) => batch.length),
    s.batchSizes,
  )
  for (const [i, batch] of expected.batches.entries())
    for (const [j, label] of batch.entries()) same(`/transcript/batches/${i}/${j}`, t.batches[i]?.[j], label)
}
