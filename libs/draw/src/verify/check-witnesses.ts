import type { Instant } from '@dual-random/kernel'
import type { Commitment } from '../commitment.ts'
import type { LogEntry } from '../log.ts'
import { compareText } from '../order.ts'
import type { SignedTranscript } from '../transcript.ts'
import type { LogCrypto } from './check-log.ts'
import { ascends, at, broken, type Check, same } from './difference.ts'
import { recordDigest, recordOf } from './log-records.ts'
import type { PinnedKeys } from './pinned-keys.ts'
import { hex32, hex64, idText, instant, integer, list, oneOf, record, regionText } from './shape.ts'
import { signedBy } from './signed-by.ts'

/** A line of the checkpoints file (§15). */
export interface CheckpointLine {
  readonly checkpoint: { readonly type: string; readonly regionCode: string; readonly seq: number; readonly head: string }
  readonly keyId: string
  readonly signature: string
  readonly cosignatures: readonly { readonly witnessId: string; readonly receivedAt: Instant; readonly signature: string }[]
}

export const checkpointLineShape = record({
  checkpoint: record({ type: oneOf('dual-random/checkpoint/v1'), regionCode: regionText, seq: integer(0), head: hex32 }),
  keyId: idText,
  signature: hex64,
  cosignatures: list(record({ witnessId: idText, receivedAt: instant, signature: hex64 })),
})

/** §15: every checkpoint is the log's, and every cosignature that is counted is its witness's. Places are lines of the checkpoints file. */
export function* checkCheckpoints(
  { hash: hashOf, verifyEd25519 }: LogCrypto,
  checkpoints: readonly CheckpointLine[],
  log: readonly LogEntry[],
  { transcript }: SignedTranscript,
  keys: PinnedKeys,
): Check {
  const { genesis } = transcript.log
  const hash = hashOf(genesis.hash)
  const { regionCode } = genesis
  for (const [index, { checkpoint, keyId, signature, cosignatures }] of checkpoints.entries()) {
    const place = `line ${index + 1}`
    const before = checkpoints[index - 1]?.checkpoint
    if (before !== undefined && before.seq >= checkpoint.seq) yield at(`${place} /checkpoint/seq`, { code: 'out-of-order' })
    yield* same(`${place} /checkpoint/regionCode`, checkpoint.regionCode, regionCode)
    yield* same(`${place} /checkpoint/head`, checkpoint.head, log[checkpoint.seq]?.head)
    const digest = recordDigest(hash, { ...checkpoint })
    const said = { kind: 'checkpoint', regionCode, drawId: null, digest } as const
    if (!signedBy(verifyEd25519, genesis.keys, ['drawing'], { keyId, signature }, said))
      yield at(`${place} /signature`, { code: 'bad-signature' })
    yield* ascends(
      `${place} /cosignatures`,
      cosignatures.map(({ witnessId }) => witnessId),
      compareText,
    )
    for (const [number, cosignature] of cosignatures.entries()) {
      const { witnessId, receivedAt } = cosignature
      const witness = keys.witnesses.find((one) => one.witnessId === witnessId)
      // A name that is not pinned counts for nothing, whatever it signs.
      if (witness === undefined) continue
      const seen = recordDigest(hash, { type: 'dual-random/cosignature/v1', checkpoint: digest, receivedAt, witnessId })
      const own = [{ keyId: witnessId, role: 'witness', publicKey: witness.publicKey }] as const
      const held = { kind: 'cosignature', regionCode, drawId: null, digest: seen } as const
      if (!signedBy(verifyEd25519, own, ['witness'], { keyId: witnessId, signature: cosignature.signature }, held))
        yield at(`${place} /cosignatures/${number}/signature`, { code: 'bad-signature' })
    }
  }
}

/** When so many pinned witnesses had seen the log up to an entry; undefined while fewer have. */
export function witnessedAt(checkpoints: readonly CheckpointLine[], seq: number, keys: PinnedKeys): Instant | undefined {
  const first = new Map<string, Instant>()
  for (const { checkpoint, cosignatures } of checkpoints) {
    if (checkpoint.seq < seq) continue
    for (const { witnessId, receivedAt } of cosignatures) {
      const known = first.get(witnessId)
      const isPinned = keys.witnesses.some((one) => one.witnessId === witnessId)
      if (isPinned && (known === undefined || receivedAt < known)) first.set(witnessId, receivedAt)
    }
  }
  return [...first.values()].sort()[keys.quorum - 1]
}

/** What a log and its checkpoints say of one draw. */
export interface Witnessed {
  readonly checkpoints: readonly CheckpointLine[]
  readonly log: readonly LogEntry[]
  readonly keys: PinnedKeys
}

/** §15, §17: S, its reveals and no void of it were witnessed in time. Places are lines of the log. */
export function* checkWitnessed({ checkpoints, log, keys }: Witnessed, { transcript: t }: SignedTranscript, s: Commitment): Check {
  const ofDraw = log.filter(({ drawId }) => drawId === s.drawId)
  const deadlineMs = deadlineOf(s)
  const inTime = ({ seq }: LogEntry): boolean => {
    const seenAt = witnessedAt(checkpoints, seq, keys)
    return seenAt !== undefined && Date.parse(seenAt) <= deadlineMs
  }
  const place = ({ seq }: LogEntry): string => `line ${seq + 1}`
  const commitment = log[t.log.entries.find(({ kind }) => kind === 'commitment')?.seq ?? -1]
  if (commitment === undefined || !inTime(commitment))
    yield broken(commitment === undefined ? '' : place(commitment), 'not-witnessed-in-time')
  for (const line of ofDraw) if (line.kind === 'void' && inTime(line)) yield broken(place(line), 'draw-void')
  const before = ofDraw.filter(({ seq }) => seq < (commitment?.seq ?? 0))
  const tips = before.flatMap((line) => recordOf(line, 'tip') ?? []).sort((a, b) => compareText(a.unitId, b.unitId))
  yield* same(
    '',
    tips.map(({ unitId, tip }) => [unitId, tip]),
    s.tips.map(({ unitId, tip }) => [unitId, tip]),
  )
  for (const { unitId, secret } of t.reveals) {
    const line = ofDraw.find((one) => {
      const reveal = recordOf(one, 'reveal')
      return reveal?.unitId === unitId && reveal.secret === secret && reveal.commitment === t.commitment
    })
    if (line === undefined) yield broken('', 'reveal-missing')
    else if (!inTime(line)) yield broken(place(line), 'not-witnessed-in-time')
  }
}

/** Whether a quorum has seen the transcript's own entry. */
export const isTranscriptWitnessed = ({ checkpoints, log, keys }: Witnessed, drawId: string): boolean => {
  const line = log.find((one) => one.kind === 'transcript' && one.drawId === drawId)
  return line !== undefined && witnessedAt(checkpoints, line.seq, keys) !== undefined
}

/** time(round) − margin, the earliest over the beacons of S, in Unix milliseconds. */
const deadlineOf = ({ beacons, marginSeconds }: Commitment): number =>
  1000 * (Math.min(...beacons.map(({ genesisTime, periodSeconds, round }) => genesisTime + (round - 1) * periodSeconds)) - marginSeconds)
