import { committedBeacon, type NamedBeacon, timeOfRound } from '@dual-random/beacon'
import {
  buildCommitment,
  type Commitment,
  commitmentDigest,
  commitmentText,
  type DrawPart,
  type DrawSubject,
  roundOf,
  type Tip,
} from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { addMs, type Instant, type RegionCode } from '@dual-random/kernel'
import { checkBatchSizes } from '../domain/check-batches.ts'
import { regionsOf } from '../domain/cities.ts'
import type { CityFile, CommitmentRecord, DrawIn } from '../domain/draw.ts'
import { delaySeconds, revealWindow } from '../domain/schedule.ts'
import { beaconsFor } from './beacons-for.ts'
import { type SignedSnapshot, storeText } from './draw-files.ts'
import { rulesOf } from './draw-rules.ts'
import type { Insiders } from './insiders.ts'
import type { StoredMatchInput } from './match-inputs.ts'
import type { Deps } from './require.ts'
import { requireCombination } from './require-combination.ts'

interface Ingredients {
  /** What the cities' registries signed, the organiser's first. */
  readonly snapshots: readonly SignedSnapshot[]
  readonly matchInputs: readonly StoredMatchInput[]
  /** The rosters, the organiser's first. */
  readonly rosters: readonly CityFile[]
  readonly committedAt: Instant
  readonly withoutTeam: number
  readonly approvedBy: string | undefined
  /** Of the units that gave one before the freeze (rule 6). */
  readonly tips: readonly Tip[]
  readonly insiders: Insiders
}

/** Builds S (rule 4) and stores its file. */
export async function storeCommitment(
  { beacons, numbers, keys, hash, blobs, logs, witnesses }: Deps<'beacons' | 'numbers' | 'keys' | 'hash' | 'blobs' | 'logs' | 'witnesses'>,
  draw: DrawIn<'FROZEN'>,
  ingredients: Ingredients,
): Promise<CommitmentRecord> {
  const { committedAt, matchInputs, rosters, tips, withoutTeam, approvedBy, insiders } = ingredients
  const delay = delaySeconds(draw.terms, tips.length)
  const notBefore = addMs(committedAt, 1000 * delay)
  const named: readonly NamedBeacon[] = [
    ...beaconsFor({ beacons, keys }, ...insiders.regions).map(({ chain }) => committedBeacon(chain, committedAt, delay)),
    ...numbers.map(({ source, definition }) => ({ source, kind: 'public-numbers', definition, notBefore }) as const),
  ]
  for (const regionCode of regionsOf(draw.line))
    await requireCombination(logs, draw, regionCode, { committedAt, tips, beacons: named, insiders, pinned: witnesses.pinned(regionCode) })
  const commitment = commitmentOf(hash, draw, ingredients, named, witnesses)
  const [roster, ...otherRosters] = rosters
  if (roster === undefined) throw new Error(`draw ${draw.drawId} has no roster`)
  const rounds = commitment.beacons.map((one) => ({
    source: one.source,
    round: roundOf(one),
    at: one.kind === 'public-numbers' ? one.notBefore : timeOfRound(one, one.round),
  }))
  return {
    digest: commitmentDigest(hash, commitment),
    blob: await storeText(blobs, commitmentText(commitment)),
    roster: { digest: roster.digest, blob: roster.blob },
    ...(otherRosters.length === 0 ? {} : { otherRosters }),
    committedAt,
    roundAt: rounds.reduce((latest, { at }) => (at > latest ? at : latest), committedAt),
    beacons: rounds,
    strata: commitment.strata,
    matchInputs,
    withoutTeam,
    ...(approvedBy === undefined ? {} : { shortTeamsApprovedBy: approvedBy }),
  }
}

function commitmentOf(
  hash: Deps<'hash'>['hash'],
  draw: DrawIn<'FROZEN'>,
  { snapshots, matchInputs, committedAt, tips }: Ingredients,
  beacons: readonly NamedBeacon[],
  witnesses: Deps<'witnesses'>['witnesses'],
): Commitment {
  const [own, ...others] = snapshots.map((signed) => partOfDraw(signed, witnesses))
  if (own === undefined) throw new Error(`draw ${draw.drawId} has no snapshot`)
  const { line, terms, policy, batch, attempt } = draw
  const built = buildCommitment(hash, {
    regionCode: draw.regionCode,
    subject: subjectOf(draw),
    batch,
    attempt,
    organiserUnitId: draw.unitId,
    committedAt,
    delaySeconds: delaySeconds(terms, tips.length),
    marginSeconds: terms.marginSeconds,
    revealWindowSeconds: revealWindow(terms, tips.length),
    ...own,
    ...(line.joint === undefined ? {} : { joint: { merged: line.joint.merged, parts: others } }),
    policyDigest: policy.digest,
    subjectDigest: line.lineDigest,
    rules: rulesOf(draw),
    batchSizes: (total) => checkBatchSizes(draw, total),
    matchInputs: matchInputs.map(({ unitId, digest }) => ({ unitId, digest })),
    beacons,
    tips,
    publicOpening: terms.publicOpening,
  })
  if (!built.ok && built.error.code === 'nothing-to-draw') throw appError('failed-precondition', 'redraw-nothing-to-draw')
  // Drawing chose hash, draw and delay itself, and gave every stratum its rule.
  if (!built.ok) throw new Error(`S cannot be built: ${built.error.code}`)
  return built.value
}

/** What S has of a city. */
function partOfDraw({ keyId, signature, snapshot }: SignedSnapshot, witnesses: Deps<'witnesses'>['witnesses']): DrawPart {
  const pinned = witnesses.pinned(snapshot.regionCode as RegionCode)
  return {
    snapshot,
    snapshotSignature: { keyId, signature },
    witnesses: { count: pinned?.witnesses.length ?? 0, quorum: pinned?.quorum ?? 0 },
  }
}

function subjectOf({ line, redraw }: DrawIn<'FROZEN'>): DrawSubject {
  if (redraw === undefined) {
    if (line.clueTask === undefined) return { kind: 'plan-line', planId: line.planId, lineId: line.lineId }
    const { taskId, clueIds } = line.clueTask
    return { kind: 'clue-task', taskId, clueIds }
  }
  const { parentDrawId, purpose, places, after, approval } = redraw
  return { kind: 'redraw', parentDrawId, purpose, labels: places.map(({ label }) => label), after, approval }
}
