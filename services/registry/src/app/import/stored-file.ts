import { appError } from '@dual-random/errors'
import type { Clock, UnitId } from '@dual-random/kernel'
import type { StoredFile, StoredFiles } from '../import-ports.ts'
import type { Blobs, Caller, UploadType } from '../ports.ts'
import type { Upload } from './upload.ts'

export interface StoredFileDeps {
  readonly blobs: Blobs
  readonly storedFiles: StoredFiles
  readonly clock: Clock
}

/** Puts a file into the store for the caller's unit, to be imported by its key as often as it likes. It may be larger than memory. */
export async function storeFile(
  { blobs, storedFiles, clock }: StoredFileDeps,
  { unitId, subject }: Caller,
  type: UploadType,
  body: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  let bytes = 0
  async function* counted() {
    for await (const chunk of body) {
      bytes += chunk.length
      yield chunk
    }
  }
  const digest = await blobs.put(counted())
  const file: StoredFile = { id: storedFileId(unitId, digest), unitId, digest, type, bytes, by: subject, at: clock() }
  await storedFiles.put(file)
  return file
}

/**
 * A file that the caller's unit stored before, in the place of one that comes with the request and under the same limit. What other units or other
 * parts of the service keep in the store is as if it were not there.
 */
export async function storedUpload(
  { blobs, storedFiles }: Omit<StoredFileDeps, 'clock'>,
  unitId: UnitId,
  digest: string,
  limitBytes: number,
): Promise<Upload> {
  const found = await storedFiles.get(storedFileId(unitId, digest))
  if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '导入文件', id: digest } })
  if (found.bytes > limitBytes) throw appError('invalid', 'body-too-large', { meta: { limit: limitBytes } })
  return { type: found.type, digest, chunks: () => blobs.get(digest) }
}

const storedFileId = (unitId: UnitId, digest: string): string => `${unitId} ${digest}`
