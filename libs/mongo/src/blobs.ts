import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appError } from '@dual-random/errors'
import { mongo } from 'mongoose'
import type { Store } from './store.ts'
import { storeCall, storeStream } from './store-call.ts'

/** Content-addressed bytes: rosters, transcripts, photos, reports. The address is the SHA-256 of the content, lower-case hex. */
export interface BlobStore {
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string>
  /** For content that comes about beside other content. Each open upload holds a chunk (255 KiB), twice while it is being stored. */
  begin(): BlobUpload
  /** The content from a byte on; what lies before is not read. Throws `not-found` for an unknown digest. */
  get(digest: string, fromByte?: number): AsyncIterable<Uint8Array>
  bytes(digest: string): Promise<Uint8Array>
  has(digest: string): Promise<boolean>
}

/** Content on its way into the store. Until it is finished it lies under no digest. */
export interface BlobUpload {
  /** Resolves when there is room for more. */
  write(chunk: Uint8Array): Promise<void>
  /** The digest. */
  finish(): Promise<string>
  /** Forgets what was written. */
  abort(): Promise<void>
}

/** Blobs in GridFS. The digest is the file's name; the same content may be stored twice by a race, either copy serves. */
export function blobs(store: Store): BlobStore {
  const bucket = (): mongo.GridFSBucket => {
    const { db } = store.connection
    if (db === undefined) throw appError('unavailable', 'store-unavailable', { retryAfterMs: 1000 })
    return new mongo.GridFSBucket(db, { bucketName: 'blobs' })
  }
  const find = async (digest: string): Promise<mongo.GridFSFile | undefined> =>
    (await storeCall(() => bucket().find({ filename: digest }, { limit: 1 }).toArray()))[0]
  const has = async (digest: string): Promise<boolean> => (await find(digest)) !== undefined

  async function* get(digest: string, fromByte = 0): AsyncIterable<Uint8Array> {
    const file = await find(digest)
    if (file === undefined) throw appError('not-found', 'not-found', { meta: { what: 'blob', id: digest } })
    // The driver takes no start without an end, and none that is the end.
    const range = fromByte === 0 ? {} : { start: fromByte, end: file.length }
    if (fromByte === 0 || fromByte < file.length)
      for await (const chunk of storeStream(() => bucket().openDownloadStreamByName(digest, range))) yield chunk as Uint8Array
  }

  const begin = (): BlobUpload => openUpload(bucket())

  return {
    has,
    get,
    begin,
    put: async (content) => {
      if (content instanceof Uint8Array) {
        const digest = createHash('sha256').update(content).digest('hex')
        if (!(await has(digest))) await storeCall(() => upload(bucket(), digest, content))
        return digest
      }
      return uploadStream(begin(), content)
    },
    bytes: async (digest) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of get(digest)) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
  }
}

async function upload(bucket: mongo.GridFSBucket, digest: string, content: Uint8Array): Promise<void> {
  const stream = bucket.openUploadStream(digest)
  const finished = once(stream, 'finish')
  stream.end(content)
  await finished
}

/** The digest is known only at the end, so the file is named then; a broken upload leaves nothing under a digest. */
function openUpload(bucket: mongo.GridFSBucket): BlobUpload {
  const hash = createHash('sha256')
  const stream = bucket.openUploadStream('incoming')
  const finished = once(stream, 'finish')
  // The stream may fail while the next chunk is awaited; it is heard of at the next write or at the end.
  finished.catch(() => undefined)
  return {
    write: (chunk) =>
      storeCall(async () => {
        hash.update(chunk)
        // One that failed never drains; `finished` says why.
        const hasRoom = !stream.destroyed && stream.write(chunk)
        if (!hasRoom) await Promise.race([once(stream, 'drain'), finished])
      }),
    finish: () =>
      storeCall(async () => {
        stream.end()
        await finished
        const digest = hash.digest('hex')
        await bucket.rename(stream.id, digest)
        return digest
      }),
    abort: () => stream.abort().catch(() => undefined),
  }
}

async function uploadStream(to: BlobUpload, content: AsyncIterable<Uint8Array>): Promise<string> {
  try {
    for await (const chunk of content) await to.write(chunk)
    return await to.finish()
  } catch (thrown) {
    await to.abort()
    throw thrown
  }
}
