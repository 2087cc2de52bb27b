import type { Commitment, SignatureRecord, SignedTranscript, Snapshot } from '@dual-random/draw'
import { parseCanonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { textOf } from '../domain/file-text.ts'
import type { Blobs } from './ports.ts'
import type { Deps } from './require.ts'

/** Stores the file of a log record before its digest enters the log, so that whoever finds the entry finds the file. */
export async function storeRecord({ blobs, records, hash }: Deps<'blobs' | 'records' | 'hash'>, text: string): Promise<string> {
  const digest = toHex(hash.digest(utf8(text)))
  await records.put(digest, await storeText(blobs, text))
  return digest
}

export async function readRecord<T>({ blobs, records }: Deps<'blobs' | 'records'>, digest: string): Promise<T> {
  const blob = await records.blobOf(digest)
  if (blob === undefined) throw new Error(`no file behind log digest ${digest}`)
  return readCanonical<T>(blobs, blob)
}

export const storeText = (blobs: Blobs, text: string): Promise<string> => blobs.put(utf8(text))

export async function readText(blobs: Blobs, digest: string): Promise<string> {
  return textOf(await blobs.bytes(digest))
}

/** A file this service stored; that it does not read back is a bug or a changed store. */
async function readCanonical<T>(blobs: Blobs, digest: string): Promise<T> {
  const parsed = parseCanonicalJson(await readText(blobs, digest))
  if (!parsed.ok) throw new Error(`file ${digest} is not canonical: ${parsed.error.reason}`)
  return parsed.value as T
}

export type SignedSnapshot = SignatureRecord & { readonly snapshot: Snapshot }

export const readSnapshot = (blobs: Blobs, digest: string): Promise<SignedSnapshot> => readCanonical(blobs, digest)
export const readCommitment = (blobs: Blobs, digest: string): Promise<Commitment> => readCanonical(blobs, digest)
export const readTranscript = (blobs: Blobs, digest: string): Promise<SignedTranscript> => readCanonical(blobs, digest)
