import { tlv, toHex } from '@dual-random/kernel'
import { digestBytes } from './hash.ts'

/** Kinds of the lines of a region log, its genesis among them. */
export type EntryKind = 'genesis' | LogKind

/** What an Ed25519 signature is over: a line of the log, or what its keeper and its witnesses say of it (§15). */
export type SignatureKind = EntryKind | 'checkpoint' | 'cosignature'

/** Kinds of region-log entries (rule 5). */
export type LogKind =
  | 'key'
  | 'definition'
  | 'tip'
  | 'snapshot'
  | 'commitment'
  | 'reveal'
  | 'numbers'
  | 'void'
  | 'approval'
  | 'transcript'
  | 'match'
  | 'audited'
  | 'failed'
  | 'closed'

/** Signs bytes with an Ed25519 key (RFC 8032) that this package never sees; 64 bytes. */
export type Sign = (message: Uint8Array) => Uint8Array

export interface Signer {
  /** Name of the key in the log's genesis or in a later `key` entry. */
  readonly keyId: string
  readonly sign: Sign
}

export type SignatureRecord = { readonly keyId: string; readonly signature: string }

/** Rule 15: the bytes signed, TLV("dual-random/sig/v1", kind, regionCode, drawId, digest). Without a draw drawId is empty. */
export const signatureInput = (kind: SignatureKind, regionCode: string, drawId: string | null, digest: string): Uint8Array =>
  tlv('dual-random/sig/v1', kind, regionCode, drawId === null ? new Uint8Array(0) : digestBytes(drawId), digestBytes(digest))

export const signDigest = (
  signer: Signer,
  kind: SignatureKind,
  regionCode: string,
  drawId: string | null,
  digest: string,
): SignatureRecord => ({ keyId: signer.keyId, signature: toHex(signer.sign(signatureInput(kind, regionCode, drawId, digest))) })
