import { compareText, type DrawHash, ndjson, type SignatureRecord, type Signer, signatureInput, signDigest } from '@dual-random/draw'
import { err, fromHex, type Instant, type Json, ok, parseCanonicalJson, type Result, toHex } from '@dual-random/kernel'
import * as z from 'zod'
import type { PinnedWitness } from './keys-file.ts'
import { recordDigest } from './records.ts'
import { countShape, digestShape, idShape, instantShape, regionShape, type ShapeError, shapeErrorOf, signatureShape } from './shapes.ts'

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

const cosignatureDigest = (hash: DrawHash, checkpoint: Checkpoint, { witnessId, receivedAt }: Omit<Cosignature, 'signature'>): string =>
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

const cosignatureShape = z.strictObject({ witnessId: idShape, receivedAt: instantShape, signature: signatureShape })
const signedShape = {
  checkpoint: z.strictObject({
    type: z.literal('dual-random/checkpoint/v1'),
    regionCode: regionShape,
    seq: countShape,
    head: digestShape,
  }),
  keyId: idShape,
  signature: signatureShape,
} as const

const parse = <T>(shape: z.ZodType<T>, text: string): Result<T, ShapeError> => {
  const parsed = parseCanonicalJson(text)
  if (!parsed.ok) return err({ pointer: '', reason: parsed.error.reason })
  const read = shape.safeParse(parsed.value)
  return read.success ? ok(read.data) : err(shapeErrorOf(read.error))
}

/** Reads `{checkpoint, keyId, signature}`, as it goes to a witness. */
export const parseSignedCheckpoint = (text: string): Result<SignedCheckpoint, ShapeError> => parse(z.strictObject(signedShape), text)

/** Reads what a witness answers. */
export const parseCosignature = (text: string): Result<Cosignature, ShapeError> => parse(cosignatureShape, text)

/** Reads one line of a checkpoints file, without its LF. */
export const parseCosignedCheckpoint = (text: string): Result<CosignedCheckpoint, ShapeError> =>
  parse(z.strictObject({ ...signedShape, cosignatures: z.array(cosignatureShape) }), text)

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
