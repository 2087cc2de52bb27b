import {
  assuranceOf,
  type Commitment,
  compareText,
  type DrawHash,
  type DrawPart,
  deriveDrawId,
  exactCount,
  jointStrata,
  partsOf,
  type StratumSize,
} from '@dual-random/draw'
import type { Json } from '@dual-random/kernel'
import { checkBeacons } from './check-beacons.ts'
import { checkRedrawSubject } from './check-redraw.ts'
import { ascends, type Check, hold, same } from './difference.ts'

/** §13, item 2: what a commitment's own members say of each other. */
export function* checkCommitment(hash: DrawHash, s: Commitment, isDemo: boolean): Check {
  const { subject } = s
  yield* same('/drawId', s.drawId, deriveDrawId(hash, s))
  if (subject.kind === 'clue-task') {
    yield* hold('/subject/clueIds', subject.clueIds.length > 0, 'no-clue')
    yield* ascends('/subject/clueIds', subject.clueIds, compareText)
  }
  if (subject.kind === 'redraw') yield* checkRedrawSubject(subject, s)
  yield* same('/snapshot/hash', s.snapshot.hash, s.hash)
  yield* same('/snapshot/regionCode', s.snapshot.regionCode, s.regionCode)
  yield* checkPart('', s, s)
  yield* checkJoint(s)
  yield* checkNumbers(s)
  yield* hold('/delaySeconds', s.delaySeconds >= s.revealWindowSeconds + 2 * s.marginSeconds, 'delay-too-short')
  for (const name of ['matchInputs', 'tips'] as const)
    yield* ascends(
      `/${name}`,
      s[name].map(({ unitId }) => unitId),
      compareText,
    )
  yield* checkBeacons(s, isDemo)
  yield* same('/assurance', s.assurance, assuranceOf(s))
}

/** As lists: they are compared by their text, and a list's members have one order. */
export const sizesOf = (strata: readonly StratumSize[]): Json => strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible])

export const totalOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** The same of numbers that nobody vouches for, exact above 2^53 too, as text. */
const exactTotalOf = (numbers: readonly number[]): string => String(numbers.reduce((sum, number) => sum + BigInt(number), 0n))

/** §5: what registry froze is of this draw, before S, and its exclusions are all counted. */
function* checkPart(at: string, { snapshot }: Pick<DrawPart, 'snapshot'>, s: Commitment): Check {
  yield* same(`${at}/snapshot/drawId`, snapshot.drawId, s.drawId)
  const labelsOf = s.subject.kind === 'redraw' ? s.subject.parentDrawId : null
  yield* same(`${at}/snapshot/labelsOf`, snapshot.labelsOf ?? null, labelsOf)
  yield* hold(`${at}/snapshot/asOf`, snapshot.asOf < s.committedAt, 'snapshot-not-before-commitment')
  const { counts } = snapshot.exclusions
  const where = `${at}/snapshot/exclusions/counts`
  yield* ascends(
    where,
    counts.map(({ ground }) => ground),
    compareText,
  )
  const excluded = exactTotalOf(snapshot.strata.map(({ mapped, eligible }) => mapped - eligible))
  yield* same(where, exactTotalOf(counts.map(({ count }) => count)), excluded)
}

/** §23: the other cities' parts, each of another city and in their order. */
function* checkJoint(s: Commitment): Check {
  if (s.joint === undefined) return
  const { parts } = s.joint
  yield* hold('/joint', s.subject.kind !== 'redraw', 'joint-redraw')
  yield* hold('/joint/parts', parts.length > 0, 'no-other-part')
  yield* ascends(
    '/joint/parts',
    parts.map(({ snapshot }) => snapshot.regionCode),
    compareText,
  )
  for (const [index, part] of parts.entries()) {
    const at = `/joint/parts/${index}`
    yield* same(`${at}/snapshot/hash`, part.snapshot.hash, s.hash)
    yield* hold(`${at}/snapshot/regionCode`, part.snapshot.regionCode !== s.regionCode, 'part-of-organiser')
    yield* checkPart(at, part, s)
  }
}

function* checkNumbers(s: Commitment): Check {
  const { subject, strata, batchSizes } = s
  const isRedraw = subject.kind === 'redraw'
  yield* same('/strata', sizesOf(strata), sizesOf(jointStrata(partsOf(s), s.joint)))
  for (const [index, { stratum, mapped, eligible, rule, raw, n }] of strata.entries()) {
    if (isRedraw) yield* same(`/strata/${index}/rule/kind`, rule.kind, 'count')
    const expected = exactCount({ stratum, mapped, eligible }, rule)
    yield* hold(`/strata/${index}/raw`, expected !== undefined, 'number-too-large')
    yield* same(`/strata/${index}/raw`, fraction(raw), fraction(expected?.raw ?? raw))
    yield* same(`/strata/${index}/n`, n, expected?.n)
  }
  if (isRedraw) {
    yield* hold('/strata', totalOf(strata.map(({ n }) => n)) > 0, 'nothing-to-draw')
    yield* same('/batchSizes', batchSizes.length, 1)
  }
  yield* same('/batchSizes', exactTotalOf(batchSizes), exactTotalOf(strata.map(({ n }) => n)))
}

const fraction = ({ numerator, denominator }: Commitment['strata'][number]['raw']): string => `${numerator}/${denominator}`
