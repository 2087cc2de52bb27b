import { createHash } from 'node:crypto'
import { assertNever } from '@dual-random/kernel'
import { type RecordOf, type RecordsRead, type RegisterColumn, readRecordStream } from '@dual-random/tables'
import type { Blobs, UploadType } from '../ports.ts'
import { readJsonArray, readNdjsonStream } from './ndjson.ts'

/** A file as received: its SHA-256 is known before its rows are read, because each record keeps the digest of the load that brought it. */
export interface Upload {
  readonly type: UploadType
  readonly digest: string
  chunks(): AsyncIterable<Uint8Array>
}

/** Keeps the file in the store, as evidence of the load; it may be larger than memory. */
export async function keepUpload(blobs: Blobs, type: UploadType, body: AsyncIterable<Uint8Array>): Promise<Upload> {
  const digest = await blobs.put(body)
  return { type, digest, chunks: () => blobs.get(digest) }
}

/** Holds a small file in memory and keeps nothing of it: what it says may be sensitive (SEC-04). */
export async function holdUpload(type: UploadType, body: AsyncIterable<Uint8Array>): Promise<Upload> {
  const pieces: Uint8Array[] = []
  const hash = createHash('sha256')
  for await (const piece of body) {
    pieces.push(piece)
    hash.update(piece)
  }
  return { type, digest: hash.digest('hex'), chunks: () => fromPieces(pieces) }
}

async function* fromPieces(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

/** The rows of a file by the columns of its register. */
export function readUpload<const Columns extends readonly RegisterColumn[]>(
  upload: Upload,
  columns: Columns,
): AsyncIterable<RecordsRead<RecordOf<Columns>>> {
  switch (upload.type) {
    case 'text/csv':
      return readRecordStream(upload.chunks(), columns)
    case 'application/x-ndjson':
      return readNdjsonStream(upload.chunks(), columns)
    case 'application/json':
      return readJsonArray(upload.chunks(), columns)
    default:
      return assertNever(upload.type)
  }
}
