import { type CommittedBeacon, committedBeacon, timeOfRound } from '@dual-random/beacon'
import {
  buildCommitment,
  type Commitment,
  commitmentDigest,
  commitmentText,
  type SignatureRecord,
  type Snapshot,
  type Tip,
} from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'
import type { KeysFile } from '@dual-random/witness'
import type { CommitmentRecord, DrawIn, FileRecord } from '../domain/draw.ts'
import { delaySeconds, revealWindow } from '../domain/schedule.ts'
import { strataRules } from '../domain/strata.ts'
import { storeText } from './draw-files.ts'
import type { StoredMatchInput } from './match-inputs.ts'
import type { Deps } from './require.ts'
import { requireCombination } from './require-combination.ts'

interface Ingredients {
  readonly snapshot: Snapshot
  readonly signature: SignatureRecord
  readonly matchInputs: readonly StoredMatchInput[]
  readonly roster: FileRecord
  readonly committedAt: Instant
  readonly withoutTeam: number
  readonly approvedBy: string | undefined
  /** Of the units that gave one before the freeze (rule 6). */
  readonly tips: readonly Tip[]
}

/** Builds S (rule 4) and stores its file. */
export async function storeCommitment(
  { beacons, hash, blobs, logs, witnesses }: Deps<'beacons' | 'hash' | 'blobs' | 'logs' | 'witnesses'>,
  draw: DrawIn<'FROZEN'>,
  ingredients: Ingredients,
): Promise<CommitmentRecord> {
  const { committedAt, matchInputs, roster, withoutTeam, approvedBy } = ingredients
  const tips = ingredients.tips.length
  const named = beacons.map(({ chain }) => committedBeacon(chain, committedAt, delaySeconds(draw.terms, tips)))
  await requireCombination(logs, draw, { committedAt, tips, beacons: named })
  const commitment = commitmentOf(hash, draw, ingredients, named, witnesses.pinned(draw.regionCode))
  const rounds = commitment.beacons.map((one) => ({ source: one.source, round: one.round, at: timeOfRound(one, one.round) }))
  return {
    digest: commitmentDigest(hash, commitment),
    blob: await storeText(blobs, commitmentText(commitment)),
    roster,
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
  { snapshot, signature, matchInputs, committedAt, tips }: Ingredients,
  beacons: readonly CommittedBeacon[],
  pinned: KeysFile | undefined,
): Commitment {
  const { line, terms, policy, batch, attempt } = draw
  const rules = strataRules(line, terms, snapshot.strata)
  if (!rules.ok) {
    throw appError('failed-precondition', 'stratum-without-ratio', { meta: { lineId: line.lineId, stratum: rules.error.stratum } })
  }
  const built = buildCommitment(hash, {
    regionCode: draw.regionCode,
    subject: { kind: 'plan-line', planId: line.planId, lineId: line.lineId },
    batch,
    attempt,
    organiserUnitId: draw.unitId,
    committedAt,
    delaySeconds: delaySeconds(terms, tips.length),
    marginSeconds: terms.marginSeconds,
    revealWindowSeconds: revealWindow(terms, tips.length),
    snapshot,
    snapshotSignature: signature,
    policyDigest: policy.digest,
    subjectDigest: line.lineDigest,
    rules: rules.value,
    batchSizes: (total) => [total],
    matchInputs: matchInputs.map(({ unitId, digest }) => ({ unitId, digest })),
    beacons,
    tips,
    witnesses: { count: pinned?.witnesses.length ?? 0, quorum: pinned?.quorum ?? 0 },
    publicOpening: terms.publicOpening,
  })
  // Drawing chose hash, draw and delay itself, and gave every stratum its rule.
  if (!built.ok) throw new Error(`S cannot be built: ${built.error.code}`)
  return built.value
}
