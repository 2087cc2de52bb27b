import { operatorOf, regionOfBeaconKey } from '@dual-random/beacon/verify'
import { type Commitment, compareText, type LogEntry, type TranscriptLog } from '@dual-random/draw'
import {
  type CosignedCheckpoint,
  checkpointDigest,
  cosignatureDigest,
  deadlineMsOf,
  type KeysFile,
  witnessedAt,
} from '@dual-random/witness'
import type { LogCrypto } from './check-log.ts'
import { recordOf } from './check-region-log.ts'
import { checkSigned, isSigned } from './check-signed.ts'
import { broken, type Check, hold, same } from './difference.ts'

/** §15: every checkpoint is the log's, and every cosignature that is counted is its witness's. Places are lines of the checkpoints file. */
export function* checkCheckpoints(
  { hash: hashOf, verifyEd25519 }: LogCrypto,
  checkpoints: readonly CosignedCheckpoint[],
  log: readonly LogEntry[],
  { genesis }: TranscriptLog,
  keys: KeysFile,
): Check {
  const hash = hashOf(genesis.hash)
  const { regionCode } = genesis
  for (const [index, { checkpoint, cosignatures, ...said }] of checkpoints.entries()) {
    const at = (member: string): string => `line ${index + 1} ${member}`
    yield* same(at('/checkpoint/regionCode'), checkpoint.regionCode, regionCode)
    yield* hold(at('/checkpoint/seq'), checkpoint.seq > (checkpoints[index - 1]?.checkpoint.seq ?? -1), 'seq-not-ascending')
    yield* hold(at('/checkpoint/seq'), checkpoint.seq < log.length, 'log-ends-before')
    yield* same(at('/checkpoint/head'), checkpoint.head, log[checkpoint.seq]?.head)
    const digest = checkpointDigest(hash, checkpoint)
    yield* checkSigned(verifyEd25519, at, genesis.keys, ['drawing'], said, { kind: 'checkpoint', regionCode, drawId: null, digest })
    for (const [number, cosignature] of cosignatures.entries()) {
      const { witnessId, signature } = cosignature
      const before = cosignatures[number - 1]?.witnessId
      if (before !== undefined && compareText(before, witnessId) >= 0) yield { where: at(`/cosignatures/${number}`), code: 'out-of-order' }
      // A name that is not pinned counts for nothing, whatever it signs.
      const witness = keys.witnesses.find((one) => one.witnessId === witnessId)
      if (witness === undefined) continue
      const held = { kind: 'cosignature', regionCode, drawId: null, digest: cosignatureDigest(hash, checkpoint, cosignature) } as const
      if (!isSigned(verifyEd25519, witness.publicKey, signature, held))
        yield { where: at(`/cosignatures/${number}/signature`), code: 'bad-signature' }
    }
  }
}

/** Whether a quorum of the pinned witnesses held the log up to an entry, by an instant in milliseconds or at all. */
export type IsWitnessed = (entry: Pick<LogEntry, 'seq'>, byMs?: bigint) => boolean

/** The checkpoints must have been checked. */
export function witnessedBy(checkpoints: readonly CosignedCheckpoint[], { witnesses, quorum }: KeysFile): IsWitnessed {
  const pinned = new Set(witnesses.map(({ witnessId }) => witnessId))
  const counted = checkpoints.map((one) => ({ ...one, cosignatures: one.cosignatures.filter(({ witnessId }) => pinned.has(witnessId)) }))
  return ({ seq }, byMs) => {
    const at = witnessedAt(counted, seq, quorum)
    return at !== undefined && (byMs === undefined || BigInt(Date.parse(at)) <= byMs)
  }
}

/** Whether a quorum of the pinned witnesses says that it first held exactly this entry after an instant in milliseconds. */
export type HeldLate = (entry: Pick<LogEntry, 'seq'>, afterMs: bigint) => boolean

/** The checkpoints must have been checked. */
export function heldLate(checkpoints: readonly CosignedCheckpoint[], { witnesses, quorum }: KeysFile): HeldLate {
  return ({ seq }, afterMs) => {
    const over = checkpoints.filter(({ checkpoint }) => checkpoint.seq === seq).flatMap(({ cosignatures }) => cosignatures)
    const late = over.filter(({ receivedAt }) => BigInt(Date.parse(receivedAt)) > afterMs).map(({ witnessId }) => witnessId)
    return witnesses.filter(({ witnessId }) => late.includes(witnessId)).length >= quorum
  }
}

/**
 * §15: a draw with a void between S and transcript is one only where a quorum first held that void too late. Whether the void took effect has been
 * looked at before: this is for whoever shows too few cosignatures to say so.
 */
export const isVoidTooLate = (heldLateBy: HeldLate, s: Commitment, log: readonly LogEntry[]): boolean => {
  const drawn = log.find((one) => one.kind === 'transcript' && one.drawId === s.drawId)?.seq ?? 0
  return log.every(({ kind, drawId, seq }) => kind !== 'void' || drawId !== s.drawId || seq > drawn || heldLateBy({ seq }, deadlineMsOf(s)))
}

/** A demonstration whose S names no witnesses: whatever its log holds counts (§13). */
export const withoutWitnesses: IsWitnessed = () => true

const entryOfCommitment = ({ entries }: TranscriptLog, log: readonly LogEntry[]): LogEntry | undefined =>
  log[entries.find(({ kind }) => kind === 'commitment')?.seq ?? -1]

/** §15: S was witnessed by its deadline, and no void of it took effect. Places are lines of the log. */
export function* checkWitnessedCommitment(isWitnessed: IsWitnessed, proof: TranscriptLog, s: Commitment, log: readonly LogEntry[]): Check {
  const deadlineMs = deadlineMsOf(s)
  const commitment = entryOfCommitment(proof, log)
  const place = (seq: number): string => `line ${seq + 1}`
  if (commitment === undefined) {
    yield broken('', 'not-witnessed-in-time')
    return
  }
  yield* hold(place(commitment.seq), isWitnessed(commitment, deadlineMs), 'not-witnessed-in-time')
  for (const { kind, drawId, seq } of log)
    if (kind === 'void' && drawId === s.drawId)
      yield* hold(place(seq), seq > commitment.seq && !isWitnessed({ seq }, deadlineMs), 'draw-void')
}

/** §17: the tips of S are those of the organiser's log, each opened in time. Places are those of S. */
export function* checkTips(isWitnessed: IsWitnessed, s: Commitment, log: readonly LogEntry[]): Check {
  const deadlineMs = deadlineMsOf(s)
  const own = log.filter(({ drawId }) => drawId === s.drawId)
  const tips = own.flatMap((line) => recordOf(line, 'tip') ?? []).sort((a, b) => compareText(a.unitId, b.unitId))
  yield* same(
    '/tips',
    s.tips.map(({ unitId, tip }) => [unitId, tip]),
    tips.map(({ unitId, tip }) => [unitId, tip]),
  )
  for (const [index, { unitId }] of s.tips.entries()) {
    const reveal = own.find((line) => recordOf(line, 'reveal')?.unitId === unitId)
    yield* hold(`/tips/${index}`, reveal !== undefined && isWitnessed(reveal, deadlineMs), 'reveal-missing')
  }
}

/**
 * §9: the key of a region's beacon stands in the log for the pinned time when S is made, admitted for a unit of its own that neither organises
 * the draw nor gives a tip. Places are those of S.
 */
export function* checkRegionBeacons(
  isWitnessed: IsWitnessed,
  keyAgeSeconds: number,
  proof: TranscriptLog,
  s: Commitment,
  log: readonly LogEntry[],
): Check {
  const sinceMs = Date.parse(s.committedAt) - 1000 * keyAgeSeconds
  const { genesis } = proof
  const before = log.slice(0, entryOfCommitment(proof, log)?.seq)
  const units = new Set([s.organiserUnitId])
  for (const [index, beacon] of s.beacons.entries()) {
    if (beacon.kind !== 'region') continue
    const { publicKey } = beacon
    const where = `/beacons/${index}/publicKey`
    const isOf = (keyId: string | undefined): Check =>
      hold(
        `/beacons/${index}/source`,
        keyId !== undefined && regionOfBeaconKey(keyId) === operatorOf(beacon.source),
        'beacon-key-of-another-region',
      )
    const first = genesis.keys.find((key) => key.role === 'beacon' && key.publicKey === publicKey)
    if (first !== undefined) {
      yield* isOf(first.keyId)
      yield* hold(where, Date.parse(genesis.startedAt) <= sinceMs, 'beacon-key-too-young')
      continue
    }
    const isIts = (line: LogEntry): boolean => {
      const key = recordOf(line, 'key')
      return key?.role === 'beacon' && key.publicKey === publicKey
    }
    const entry = before.find(isIts)
    if (entry === undefined) {
      yield broken(where, 'beacon-key-not-in-log')
      continue
    }
    yield* isOf(recordOf(entry, 'key')?.keyId)
    yield* hold(where, isWitnessed(entry, BigInt(sinceMs)), 'beacon-key-too-young')
    const unitId = recordOf(entry, 'key')?.unitId ?? ''
    yield* hold(where, !units.has(unitId), 'beacon-not-run-apart')
    units.add(unitId)
    const tip = s.tips.findIndex((one) => one.unitId === unitId)
    yield* hold(`/tips/${tip}`, tip < 0, 'tip-by-beacon-operator')
  }
}

/** Whether a quorum has seen the transcript's own entry. */
export const isTranscriptWitnessed = (isWitnessed: IsWitnessed, log: readonly LogEntry[], drawId: string): boolean =>
  log.some((one) => one.kind === 'transcript' && one.drawId === drawId && isWitnessed(one))
