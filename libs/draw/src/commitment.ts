import { canonicalJson, err, type Instant, ok, type Result, utf8 } from '@dual-random/kernel'
import { type DrawHash, type HashName, hexDigest } from './hash.ts'
import { algorithm, type DrawParts, type DrawSubject, deriveDrawId } from './identity.ts'
import { compareText } from './order.ts'
import { exactCount, type StratumCount, type StratumRule } from './quota.ts'
import type { SignatureRecord } from './signature.ts'
import type { Snapshot } from './snapshot.ts'

/** Who can bias the draw, recomputed from the sources and tips (rules 6 and 7). `self` is for demonstrations and tests only. */
export type Assurance = 'public' | 'federated' | 'self'

/** A beacon named before its round exists. `genesisTime` is Unix seconds; time(round) = genesisTime + (round − 1) · periodSeconds. */
export type CommittedBeacon = {
  readonly source: string
  readonly kind: 'drand' | 'region' | 'self'
  readonly scheme: 'bls-unchained-g1-rfc9380'
  readonly publicKey: string
  readonly genesisTime: number
  readonly periodSeconds: number
  /** First round at or after committedAt + delaySeconds. */
  readonly round: number
}

export type Tip = { readonly unitId: string; readonly tip: string }

/** What the public learns of a drawn object once visited (rule 11). */
export type PublicOpening = 'drawn-set' | 'full'

/** Commitment S (rule 4). Its file is the RFC 8785 text of this record, and H(S) goes over exactly those bytes. */
export type Commitment = {
  readonly type: 'dual-random/commitment/v1'
  readonly algorithm: typeof algorithm
  readonly hash: HashName
  readonly assurance: Assurance
  readonly regionCode: string
  readonly subject: DrawSubject
  readonly batch: number
  readonly attempt: number
  readonly drawId: string
  /** The unit that organises and answers for the draw (DRW-28). */
  readonly organiserUnitId: string
  readonly committedAt: Instant
  readonly delaySeconds: number
  readonly marginSeconds: number
  readonly revealWindowSeconds: number
  readonly snapshot: Snapshot
  readonly snapshotSignature: SignatureRecord
  readonly policyDigest: string
  /** Digest of the published plan line or of the clue task. */
  readonly subjectDigest: string
  readonly strata: readonly StratumCount[]
  /** Sizes of the batches into which all drawn labels are cut; they add up to the number drawn. */
  readonly batchSizes: readonly number[]
  readonly matchInputs: readonly { readonly unitId: string; readonly digest: string }[]
  readonly beacons: readonly CommittedBeacon[]
  readonly tips: readonly Tip[]
  readonly witnesses: { readonly count: number; readonly quorum: number }
  readonly publicOpening: PublicOpening
}

export type CommitmentInput = Pick<
  Commitment,
  | 'regionCode'
  | 'subject'
  | 'batch'
  | 'attempt'
  | 'organiserUnitId'
  | 'committedAt'
  | 'delaySeconds'
  | 'marginSeconds'
  | 'revealWindowSeconds'
  | 'snapshot'
  | 'snapshotSignature'
  | 'policyDigest'
  | 'subjectDigest'
  | 'matchInputs'
  | 'beacons'
  | 'tips'
  | 'witnesses'
  | 'publicOpening'
> & {
  /** Rule of every stratum of the snapshot. */
  readonly rules: Readonly<Record<string, StratumRule>>
  /** Sizes for the total drawn, for example by `evenBatches`. */
  readonly batchSizes: (total: number) => readonly number[]
}

export type CommitmentError =
  | { readonly code: 'no-rule-for-stratum'; readonly stratum: string }
  /** The exact number of the rule has no place in canonical JSON. */
  | { readonly code: 'number-too-large'; readonly stratum: string }
  | { readonly code: 'other-draw'; readonly expected: string; readonly found: string }
  | { readonly code: 'other-hash'; readonly expected: HashName; readonly found: HashName }
  | { readonly code: 'no-beacon' }
  | { readonly code: 'no-clue' }
  | { readonly code: 'delay-too-short'; readonly atLeastSeconds: number }
  | { readonly code: 'batch-sizes'; readonly total: number; readonly sum: number }

/** Builds S. Every list is put in its canonical order, so the order of the input changes nothing. */
export function buildCommitment(hash: DrawHash, input: CommitmentInput): Result<Commitment, CommitmentError> {
  const refusal = refusalOf(hash, input)
  if (refusal !== undefined) return err(refusal)
  const strata: StratumCount[] = []
  for (const size of input.snapshot.strata) {
    const rule = input.rules[size.stratum]
    if (rule === undefined) return err({ code: 'no-rule-for-stratum', stratum: size.stratum })
    const count = exactCount(size, rule)
    if (count === undefined) return err({ code: 'number-too-large', stratum: size.stratum })
    strata.push(count)
  }
  const total = strata.reduce((sum, { n }) => sum + n, 0)
  const sizes = input.batchSizes(total)
  const sum = sizes.reduce((all, size) => all + size, 0)
  if (sum !== total) return err({ code: 'batch-sizes', total, sum })
  return ok({
    type: 'dual-random/commitment/v1',
    algorithm,
    hash: hash.name,
    assurance: assuranceOf(input),
    regionCode: input.regionCode,
    subject: sortedSubject(input.subject),
    batch: input.batch,
    attempt: input.attempt,
    drawId: input.snapshot.drawId,
    organiserUnitId: input.organiserUnitId,
    committedAt: input.committedAt,
    delaySeconds: input.delaySeconds,
    marginSeconds: input.marginSeconds,
    revealWindowSeconds: input.revealWindowSeconds,
    snapshot: input.snapshot,
    snapshotSignature: input.snapshotSignature,
    policyDigest: input.policyDigest,
    subjectDigest: input.subjectDigest,
    strata,
    batchSizes: sizes,
    matchInputs: input.matchInputs.map(({ unitId, digest }) => ({ unitId, digest })).sort((a, b) => compareText(a.unitId, b.unitId)),
    beacons: input.beacons.map(committed).sort((a, b) => compareText(a.source, b.source)),
    tips: input.tips.map(({ unitId, tip }) => ({ unitId, tip })).sort((a, b) => compareText(a.unitId, b.unitId)),
    witnesses: input.witnesses,
    publicOpening: input.publicOpening,
  })
}

function refusalOf(hash: DrawHash, input: CommitmentInput): CommitmentError | undefined {
  const { snapshot, subject } = input
  if (snapshot.hash !== hash.name) return { code: 'other-hash', expected: hash.name, found: snapshot.hash }
  const drawId = deriveDrawId(hash, input satisfies DrawParts)
  if (snapshot.drawId !== drawId) return { code: 'other-draw', expected: drawId, found: snapshot.drawId }
  if (input.beacons.length === 0) return { code: 'no-beacon' }
  if (subject.kind === 'clue-task' && subject.clueIds.length === 0) return { code: 'no-clue' }
  // Rule 7: delay ≥ reveal window + 2 margins.
  const atLeastSeconds = input.revealWindowSeconds + 2 * input.marginSeconds
  return input.delaySeconds < atLeastSeconds ? { code: 'delay-too-short', atLeastSeconds } : undefined
}

/** A beacon's members and no others, whatever the caller's value carries. */
const committed = ({ source, kind, scheme, publicKey, genesisTime, periodSeconds, round }: CommittedBeacon): CommittedBeacon => ({
  source,
  kind,
  scheme,
  publicKey,
  genesisTime,
  periodSeconds,
  round,
})

const sortedSubject = (subject: DrawSubject): DrawSubject =>
  subject.kind === 'plan-line' ? subject : { ...subject, clueIds: [...subject.clueIds].sort(compareText) }

/** Beacons of so many regions, none the organiser's, stand for a unit that reveals (rule 6). */
const regionsInsteadOfTips = 3

/** One `self` source makes the whole draw a demonstration; else a tip from outside the organiser, or beacons of three other regions, make it federated. */
export function assuranceOf({ beacons, tips, organiserUnitId }: Pick<CommitmentInput, 'beacons' | 'tips' | 'organiserUnitId'>): Assurance {
  if (beacons.some(({ kind }) => kind === 'self')) return 'self'
  const regions = beacons.filter(({ kind }) => kind === 'region').length
  const isOutside = tips.some(({ unitId }) => unitId !== organiserUnitId)
  return isOutside || regions >= regionsInsteadOfTips ? 'federated' : 'public'
}

/** The bytes of the commitment file. */
export const commitmentText = (commitment: Commitment): string => canonicalJson(commitment)

export const commitmentDigest = (hash: DrawHash, commitment: Commitment): string => hexDigest(hash, utf8(commitmentText(commitment)))
