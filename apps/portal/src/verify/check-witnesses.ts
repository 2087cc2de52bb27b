import { type Commitment, type DrawHash, type LogEntry, type SignedTranscript, signatureInput } from '@dual-random/draw'
import { badSignature } from './check-log.ts'
import type { Report } from './difference.ts'
import { recordDigest, recordOf } from './log-records.ts'
import { checkAscending, compareText } from './order.ts'
import type { PinnedKeys } from './pinned-keys.ts'
import { isEd25519Signature } from './signatures.ts'

/** A line of the checkpoints file (docs/draw-protocol.md §15). */
export interface CheckpointLine {
  readonly checkpoint: { readonly type: string; readonly regionCode: string; readonly seq: number; readonly head: string }
  readonly keyId: string
  readonly signature: string
  readonly cosignatures: readonly { readonly witnessId: string; readonly receivedAt: string; readonly signature: string }[]
}

/** Every checkpoint is the log's, and every cosignature that is counted is its witness's. */
export function checkCheckpoints(
  report: Report,
  hash: DrawHash,
  lines: readonly CheckpointLine[],
  log: readonly LogEntry[],
  { transcript }: SignedTranscript,
  pinned: PinnedKeys,
): void {
  const { regionCode, keys } = transcript.log.genesis
  for (const [i, { checkpoint, keyId, signature, cosignatures }] of lines.entries()) {
    const at = `line ${i + 1}`
    const { seq } = checkpoint
    report.hold(`${at} /checkpoint/seq`, (lines[i - 1]?.checkpoint.seq ?? -1) < seq, { zh: '序号未增', en: 'does not ascend' })
    report.same(`${at} /checkpoint/regionCode`, checkpoint.regionCode, regionCode)
    report.same(`${at} /checkpoint/head`, checkpoint.head, log[seq]?.head)
    const digest = recordDigest(hash, { ...checkpoint })
    const drawing = keys.find((key) => key.keyId === keyId && key.role === 'drawing')
    report.hold(
      `${at} /signature`,
      isEd25519Signature(drawing?.publicKey ?? '', signatureInput('checkpoint', regionCode, null, digest), signature),
      badSignature,
    )
    checkAscending(
      report,
      `${at} /cosignatures`,
      cosignatures.map(({ witnessId }) => witnessId),
    )
    for (const [j, cosignature] of cosignatures.entries()) {
      const { witnessId, receivedAt } = cosignature
      const witness = pinned.witnesses.find((one) => one.witnessId === witnessId)
      // A name that is not pinned counts for nothing, whatever it signs.
      if (witness === undefined) continue
      const seen = recordDigest(hash, { type: 'dual-random/cosignature/v1', checkpoint: digest, receivedAt, witnessId })
      report.hold(
        `${at} /cosignatures/${j}/signature`,
        isEd25519Signature(witness.publicKey, signatureInput('cosignature', regionCode, null, seen), cosignature.signature),
        badSignature,
      )
    }
  }
}

/** When a quorum of the pinned witnesses had seen the log up to an entry; undefined while fewer have. */
export function witnessedAt(lines: readonly CheckpointLine[], seq: number, pinned: PinnedKeys): string | undefined {
  const first = new Map<string, string>()
  for (const { checkpoint, cosignatures } of lines) {
    if (checkpoint.seq < seq) continue
    for (const { witnessId, receivedAt } of cosignatures) {
      const known = first.get(witnessId)
      const isPinned = pinned.witnesses.some((one) => one.witnessId === witnessId)
      if (isPinned && (known === undefined || receivedAt < known)) first.set(witnessId, receivedAt)
    }
  }
  return [...first.values()].sort()[pinned.quorum - 1]
}

/** time(round) − margin, the earliest over the beacons of S. */
const deadlineOf = ({ beacons, marginSeconds }: Commitment): string =>
  new Date(
    1000 * (Math.min(...beacons.map(({ genesisTime, periodSeconds, round }) => genesisTime + (round - 1) * periodSeconds)) - marginSeconds),
  ).toISOString()

const late = { zh: '在期限之前没有足够的见证方看到', en: 'not seen by a quorum of witnesses before the deadline' }

/** Protocol §13.8: S, its reveals and no void of it were witnessed in time. Places are lines of the log. */
export function checkWitnessed(
  report: Report,
  lines: readonly CheckpointLine[],
  log: readonly LogEntry[],
  { transcript: t }: SignedTranscript,
  s: Commitment,
  pinned: PinnedKeys,
): void {
  const deadline = deadlineOf(s)
  const inTime = ({ seq }: LogEntry): boolean => (witnessedAt(lines, seq, pinned) ?? '9') <= deadline
  const at = ({ seq }: LogEntry): string => `line ${seq + 1}`
  const ofDraw = log.filter(({ drawId }) => drawId === s.drawId)
  const committed = ofDraw.find(({ kind, digest }) => kind === 'commitment' && digest === t.commitment)
  if (committed === undefined) return report.fail('', { zh: '没有本次承诺的条目', en: 'no entry of this commitment' })
  report.hold(at(committed), inTime(committed), late)
  for (const line of ofDraw) report.hold(at(line), line.kind !== 'void' || !inTime(line), { zh: '本次抽取已作废', en: 'this draw is void' })
  const tips = ofDraw.filter(({ seq }) => seq < committed.seq).flatMap((line) => recordOf(line, 'tip') ?? [])
  report.same(
    at(committed),
    tips.map(({ unitId, tip }) => [unitId, tip]).sort(([a = ''], [b = '']) => compareText(a, b)),
    s.tips.map(({ unitId, tip }) => [unitId, tip]),
  )
  for (const { unitId, secret } of t.reveals) {
    const line = ofDraw.find((one) => {
      const reveal = recordOf(one, 'reveal')
      return reveal?.unitId === unitId && reveal.secret === secret && reveal.commitment === t.commitment
    })
    if (line === undefined) report.fail('', { zh: `日志中没有 ${unitId} 的揭示`, en: `no reveal of ${unitId} in the log` })
    else report.hold(at(line), inTime(line), late)
  }
}
