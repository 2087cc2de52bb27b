import { compareText, type DrawHash, ndjson, type SignatureRecord, type Signer, signatureInput, signDigest } from '@dual-random/draw'
import { hex32, hex64, idText, instant, integer, list, oneOf, record, regionText } from '@dual-random/draw/forms'
import { fromHex, type Instant, type Json, type Result, toHex } from '@dual-random/kernel'
import type { PinnedWitness } from './keys-file.ts'
import { recordDigest } from './records.ts'
import { parseForm, type ShapeError } from './shapes.ts'

/** What the keeper of a region's log says its log is (docs/draw-protocol.md §15). */
export type Checkpoint = {
  readonly type: 'dual-random/checkpoint/v1'
  readonly regionCode: string
  readonly seq: number
  readonly head: string
}

export type SignedCheckpoint = SignatureRecord & { readonly checkpoint: Checkpoint }

/** What one witness says of a checkpoint: when, by its own clock, it first held this head. */
export type Cosignature = { readonly witnessId: string; readonly receivedAt: Instant; readonly signature: string }

/** A line of the checkpoints file. */
export type CosignedCheckpoint = SignedCheckpoint & {
  /** Ascending by `witnessId`. */
  readonly cosignatures: readonly Cosignature[]
}

/** Checks an Ed25519 signature (RFC 8032) under a key in hex; false for whatever is malformed. */
export type VerifySignature = (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean

export const checkpointOf = (regionCode: string, { seq, head }: { readonly seq: number; readonly head: string }): Checkpoint => ({
  type: 'dual-random/checkpoint/v1',
  regionCode,
  seq,
  head,
})

export const checkpointDigest = (hash: DrawHash, checkpoint: Checkpoint): string => recordDigest(hash, checkpoint)

export const signCheckpoint = (hash: DrawHash, checkpoint: Checkpoint, signer: Signer): SignedCheckpoint => ({
  checkpoint,
  ...signDigest(signer, 'checkpoint', checkpoint.regionCode, null, checkpointDigest(hash, checkpoint)),
})

/** What a witness signs: that it held this checkpoint's head at `receivedAt`. */
export const cosignatureDigest = (
  hash: DrawHash,
  checkpoint: Checkpoint,
  { witnessId, receivedAt }: Omit<Cosignature, 'signature'>,
): string =>
  recordDigest(hash, { type: 'dual-random/cosignature/v1', checkpoint: checkpointDigest(hash, checkpoint), receivedAt, witnessId })

/** A witness's word that it held this head at `receivedAt`; `sign` is its key's. */
export function cosign(
  hash: DrawHash,
  checkpoint: Checkpoint,
  { witnessId, receivedAt }: Omit<Cosignature, 'signature'>,
  sign: (message: Uint8Array) => Uint8Array,
): Cosignature {
  const digest = cosignatureDigest(hash, checkpoint, { witnessId, receivedAt })
  return { witnessId, receivedAt, signature: toHex(sign(signatureInput('cosignature', checkpoint.regionCode, null, digest))) }
}

export const isCheckpointSigned = (
  hash: DrawHash,
  { checkpoint, signature }: SignedCheckpoint,
  publicKey: string,
  verify: VerifySignature,
): boolean =>
  verify(
    publicKey,
    signatureInput('checkpoint', checkpoint.regionCode, null, checkpointDigest(hash, checkpoint)),
    fromHex(signature) ?? new Uint8Array(0),
  )

export const isCosigned = (
  hash: DrawHash,
  checkpoint: Checkpoint,
  cosignature: Cosignature,
  { publicKey }: Pick<PinnedWitness, 'publicKey'>,
  verify: VerifySignature,
): boolean =>
  verify(
    publicKey,
    signatureInput('cosignature', checkpoint.regionCode, null, cosignatureDigest(hash, checkpoint, cosignature)),
    fromHex(cosignature.signature) ?? new Uint8Array(0),
  )

const cosignature = record({ witnessId: idText, receivedAt: instant, signature: hex64 })
const signed = {
  checkpoint: record({ type: oneOf('dual-random/checkpoint/v1'), regionCode: regionText, seq: integer(0), head: hex32 }),
  keyId: idText,
  signature: hex64,
} as const
const signedCheckpoint = record(signed)

/** A line of the checkpoints file. */
export const checkpointLineShape = record({ ...signed, cosignatures: list(cosignature) })

/** Reads `{checkpoint, keyId, signature}`, as it goes to a witness. */
export const parseSignedCheckpoint = (text: string): Result<SignedCheckpoint, ShapeError> => parseForm(signedCheckpoint, text)

/** Reads what a witness answers. */
export const parseCosignature = (text: string): Result<Cosignature, ShapeError> => parseForm(cosignature, text)

/** Reads one line of a checkpoints file, without its LF. */
export const parseCosignedCheckpoint = (text: string): Result<CosignedCheckpoint, ShapeError> => parseForm(checkpointLineShape, text)

/** The checkpoints file, or a part of it: one checkpoint a line. */
export const checkpointsText = (checkpoints: readonly CosignedCheckpoint[]): string =>
  ndjson(
    checkpoints.map(
      ({ checkpoint, keyId, signature, cosignatures }): Json => ({
        checkpoint,
        keyId,
        signature,
        cosignatures: [...cosignatures].sort((a, b) => compareText(a.witnessId, b.witnessId)),
      }),
    ),
  )
