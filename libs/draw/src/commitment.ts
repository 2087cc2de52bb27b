import { assertNever, canonicalJson, err, type Instant, ok, type Result, utf8 } from '@dual-random/kernel'
import { type DrawHash, type HashName, hexDigest } from './hash.ts'
import { algorithm, type DrawParts, type DrawSubject, deriveDrawId } from './identity.ts'
import { type Joint, type JointError, jointStrata, partsOf, sortedJoint } from './joint.ts'
import { compareText } from './order.ts'
import { exactCount, type StratumCount, type StratumRule } from './quota.ts'
import { sortedRedraw } from './redraw.ts'
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

/** Numbers that others publish, named before they are (§9a): of each series of the definition the first publications at or after `notBefore`. */
export type CommittedPublicNumbers = {
  readonly source: string
  readonly kind: 'public-numbers'
  /** Digest of the definition, which stands in the log before S. */
  readonly definition: string
  /** committedAt + delaySeconds. */
  readonly notBefore: Instant
}

export type NamedBeacon = CommittedBeacon | CommittedPublicNumbers

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
  /** Where several cities draw together, the parts of the others; absent elsewhere. */
  readonly joint?: Joint
  readonly policyDigest: string
  /** Digest of the published plan line or of the clue task. */
  readonly subjectDigest: string
  readonly strata: readonly StratumCount[]
  /** Sizes of the batches into which all drawn labels are cut; they add up to the number drawn. */
  readonly batchSizes: readonly number[]
  readonly matchInputs: readonly { readonly unitId: string; readonly digest: string }[]
  readonly beacons: readonly NamedBeacon[]
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
  /** What the other cities froze, in any order. */
  readonly joint?: Joint
  /** Rule of every stratum of S: of the snapshot, or of all parts by their names in S. */
  readonly rules: Readonly<Record<string, StratumRule>>
  /** Sizes for the total drawn, for example by `evenBatches`. */
  readonly batchSizes: (total: number) => readonly number[]
}

export type CommitmentError =
  | JointError
  | { readonly code: 'no-rule-for-stratum'; readonly stratum: string }
  /** The exact number of the rule has no place in canonical JSON. */
  | { readonly code: 'number-too-large'; readonly stratum: string }
  | { readonly code: 'other-draw'; readonly expected: string; readonly found: string }
  | { readonly code: 'other-hash'; readonly expected: HashName; readonly found: HashName }
  | { readonly code: 'no-beacon' }
  | { readonly code: 'no-clue' }
  /** The snapshot's labels are those of another draw than the subject says. */
  | { readonly code: 'other-labels'; readonly expected: string | undefined; readonly found: string | undefined }
  /** A redraw whose rules leave nobody to be drawn. */
  | { readonly code: 'nothing-to-draw' }
  | { readonly code: 'delay-too-short'; readonly atLeastSeconds: number }
  | { readonly code: 'batch-sizes'; readonly total: number; readonly sum: number }

/** Builds S. Every list is put in its canonical order, so the order of the input changes nothing. */
export function buildCommitment(hash: DrawHash, input: CommitmentInput): Result<Commitment, CommitmentError> {
  const refusal = refusalOf(hash, input)
  if (refusal !== undefined) return err(refusal)
  const joint = input.joint && sortedJoint(input.joint, input.regionCode, input.subject.kind === 'redraw')
  if (joint?.ok === false) return joint
  const strata: StratumCount[] = []
  for (const size of jointStrata(partsOf(input), joint?.value)) {
    const rule = input.rules[size.stratum]
    if (rule === undefined) return err({ code: 'no-rule-for-stratum', stratum: size.stratum })
    const count = exactCount(size, rule)
    if (count === undefined) return err({ code: 'number-too-large', stratum: size.stratum })
    strata.push(count)
  }
  const total = strata.reduce((sum, { n }) => sum + n, 0)
  if (total === 0 && input.subject.kind === 'redraw') return err({ code: 'nothing-to-draw' })
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
    ...(joint === undefined ? {} : { joint: joint.value }),
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
  const { subject } = input
  const drawId = deriveDrawId(hash, input satisfies DrawParts)
  const labelsOf = subject.kind === 'redraw' ? subject.parentDrawId : undefined
  for (const { snapshot } of partsOf(input)) {
    if (snapshot.hash !== hash.name) return { code: 'other-hash', expected: hash.name, found: snapshot.hash }
    if (snapshot.drawId !== drawId) return { code: 'other-draw', expected: drawId, found: snapshot.drawId }
    if (snapshot.labelsOf !== labelsOf) return { code: 'other-labels', expected: labelsOf, found: snapshot.labelsOf }
  }
  if (input.beacons.length === 0) return { code: 'no-beacon' }
  if (subject.kind === 'clue-task' && subject.clueIds.length === 0) return { code: 'no-clue' }
  // Rule 7: delay ≥ reveal window + 2 margins.
  const atLeastSeconds = input.revealWindowSeconds + 2 * input.marginSeconds
  return input.delaySeconds < atLeastSeconds ? { code: 'delay-too-short', atLeastSeconds } : undefined
}

/** A beacon's members and no others, whatever the caller's value carries. */
function committed(beacon: NamedBeacon): NamedBeacon {
  if (beacon.kind === 'public-numbers') {
    const { source, kind, definition, notBefore } = beacon
    return { source, kind, definition, notBefore }
  }
  const { source, kind, scheme, publicKey, genesisTime, periodSeconds, round } = beacon
  return { source, kind, scheme, publicKey, genesisTime, periodSeconds, round }
}

/** The round that the seed takes; 0 for public numbers, which have none. */
export const roundOf = (named: NamedBeacon): number => (named.kind === 'public-numbers' ? 0 : named.round)

function sortedSubject(subject: DrawSubject): DrawSubject {
  switch (subject.kind) {
    case 'plan-line':
      return subject
    case 'clue-task':
      return { ...subject, clueIds: [...subject.clueIds].sort(compareText) }
    case 'redraw':
      return sortedRedraw(subject)
    default:
      return assertNever(subject)
  }
}

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
