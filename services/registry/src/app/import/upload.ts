import { createHash } from 'node:crypto'
import { assertNever } from '@dual-random/kernel'
import {
  type ImportProblem,
  type RecordOf,
  type RecordsRead,
  type RegisterColumn,
  readRecordStream,
  readWorkbookStream,
} from '@dual-random/tables'
import type { Blobs, UploadType } from '../ports.ts'
import { readJsonArray, readNdjsonStream } from './ndjson.ts'

/** A workbook of ECMA-376, as Excel and WPS write it. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' satisfies UploadType

/** A file as received: its SHA-256 is known before its rows are read, because each record keeps the digest of the load that brought it. */
export interface Upload {
  readonly type: UploadType
  readonly digest: string
  chunks(): AsyncIterable<Uint8Array>
  /** Told of what was read before the rows are given on. */
  readonly onRead?: (read: RecordsRead<unknown>) => void
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
export async function* readUpload<const Columns extends readonly RegisterColumn[]>(
  upload: Upload,
  columns: Columns,
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> {
  for await (const read of readByType(upload, columns)) {
    upload.onRead?.(read)
    yield read
  }
}

function readByType<const Columns extends readonly RegisterColumn[]>(
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
    case workbookType:
      return readWorkbook(upload, columns)
    default:
      return assertNever(upload.type)
  }
}

/** A workbook is read at its end first, so it is held in memory as it was packed. */
const maxWorkbookBytes = 67_108_864

async function* readWorkbook<const Columns extends readonly RegisterColumn[]>(
  upload: Upload,
  columns: Columns,
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of upload.chunks()) {
    bytes += piece.length
    if (bytes > maxWorkbookBytes) {
      yield { records: [], problems: [workbookTooLarge] }
      return
    }
    pieces.push(piece)
  }
  yield* readWorkbookStream(Buffer.concat(pieces), columns)
}

const workbookTooLarge: ImportProblem = {
  line: 1,
  code: 'workbook-too-large',
  reason: `工作簿超过 ${maxWorkbookBytes} 字节`,
  action: '拆成几个文件，或另存为 CSV UTF-8 后导入',
}
