import { canonicalJson, concatBytes, utf8 } from '@dual-random/kernel'
import { commitmentDigest } from './commitment.ts'
import type { DrawnStratum } from './draw.ts'
import { type DrawHash, type HashName, hexDigest } from './hash.ts'
import { algorithm } from './identity.ts'
import type { LogGenesis, LogProof } from './log.ts'
import { compareHex, compareText } from './order.ts'
import type { DrawInput, Drawn } from './run-draw.ts'
import type { BeaconOutput, Reveal } from './seed.ts'
import { type SignatureRecord, type Signer, signDigest } from './signature.ts'

/** The public record of a draw. It names objects by blinded label only; inspectors never stand in it. */
export type Transcript = {
  readonly type: 'dual-random/transcript/v1'
  readonly algorithm: typeof algorithm
  readonly hash: HashName
  readonly regionCode: string
  readonly drawId: string
  /** H(S). */
  readonly commitment: string
  readonly beacons: readonly BeaconOutput[]
  readonly reveals: readonly Reveal[]
  /** Z. */
  readonly seed: string
  readonly strata: readonly DrawnStratum[]
  readonly batches: readonly (readonly string[])[]
  /** Sorted H(TLV("drawn", drawId, s′, id)) of the drawn (rule 11); empty where `publicOpening` is `full`. */
  readonly drawnSet: readonly string[]
  /** The log's genesis and this draw's entries `snapshot` and `commitment`. */
  readonly log: TranscriptLog
  /** The same of the other cities' logs, in the order of their parts in S; absent where no other city takes part. */
  readonly joint?: readonly TranscriptLog[]
}

/** A log's genesis and this draw's entries `snapshot` and `commitment` in it. */
export type TranscriptLog = { readonly genesis: LogGenesis; readonly entries: readonly LogProof[] }

export interface TranscriptInput extends Omit<DrawInput, 'roster' | 'others'> {
  readonly drawn: Drawn
  readonly drawnSet: readonly string[]
  readonly genesis: LogGenesis
  readonly entries: readonly LogProof[]
  /** Of the other cities' logs, in any order. */
  readonly joint?: readonly TranscriptLog[]
}

export function buildTranscript(hash: DrawHash, input: TranscriptInput): Transcript {
  const { commitment, drawn } = input
  return {
    type: 'dual-random/transcript/v1',
    algorithm,
    hash: hash.name,
    regionCode: commitment.regionCode,
    drawId: commitment.drawId,
    commitment: commitmentDigest(hash, commitment),
    beacons: input.beacons.map(transcribed).sort((a, b) => compareText(a.source, b.source)),
    reveals: input.reveals.map(({ unitId, secret }) => ({ unitId, secret })).sort((a, b) => compareText(a.unitId, b.unitId)),
    seed: drawn.seed,
    strata: drawn.strata,
    batches: drawn.batches,
    drawnSet: [...input.drawnSet].sort(compareHex),
    log: { genesis: input.genesis, entries: input.entries },
    ...(input.joint === undefined
      ? {}
      : { joint: [...input.joint].sort((a, b) => compareText(a.genesis.regionCode, b.genesis.regionCode)) }),
  }
}

/** An output's members and no others, whatever the caller's value carries. */
function transcribed(output: BeaconOutput): BeaconOutput {
  const { source, randomness } = output
  return 'series' in output
    ? { source, randomness, series: output.series }
    : { source, round: output.round, randomness, signature: output.signature }
}

/** The transcript file: the transcript and the drawing key's signature over it. */
export type SignedTranscript = SignatureRecord & { readonly transcript: Transcript }

export const transcriptDigest = (hash: DrawHash, transcript: Transcript): string => hexDigest(hash, utf8(canonicalJson(transcript)))

export const signTranscript = (hash: DrawHash, transcript: Transcript, signer: Signer): SignedTranscript => ({
  ...signDigest(signer, 'transcript', transcript.regionCode, transcript.drawId, transcriptDigest(hash, transcript)),
  transcript,
})

/** The bytes of the transcript file. */
export const transcriptText = (signed: SignedTranscript): string => canonicalJson(signed)

/** The same bytes from the canonical text of the transcript, so that a large one is written once and signed elsewhere. */
export const transcriptFile = (record: SignatureRecord, transcript: Uint8Array): Uint8Array =>
  concatBytes([utf8(`${canonicalJson(record).slice(0, -1)},"transcript":`), transcript, utf8('}')])
