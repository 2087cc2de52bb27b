import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appError } from '@dual-random/errors'
import { mongo } from 'mongoose'
import type { Store } from './store.ts'
import { storeCall, storeStream } from './store-call.ts'

/** Content-addressed bytes: rosters, transcripts, photos, reports. The address is the SHA-256 of the content, lower-case hex. */
export interface BlobStore {
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string>
  /** The content from a byte on; what lies before is not read. Throws `not-found` for an unknown digest. */
  get(digest: string, fromByte?: number): AsyncIterable<Uint8Array>
  bytes(digest: string): Promise<Uint8Array>
  has(digest: string): Promise<boolean>
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

  return {
    has,
    get,
    put: async (content) => {
      if (content instanceof Uint8Array) {
        const digest = createHash('sha256').update(content).digest('hex')
        if (!(await has(digest))) await storeCall(() => upload(bucket(), digest, content))
        return digest
      }
      return storeCall(() => uploadStream(bucket(), content))
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
async function uploadStream(bucket: mongo.GridFSBucket, content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  const stream = bucket.openUploadStream('incoming')
  const finished = once(stream, 'finish')
  // The stream may fail while the next chunk is awaited; it is heard of at the next write or at the end.
  finished.catch(() => undefined)
  try {
    for await (const chunk of content) {
      hash.update(chunk)
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), finished])
    }
    stream.end()
    await finished
  } catch (thrown) {
    await stream.abort().catch(() => undefined)
    throw thrown
  }
  const digest = hash.digest('hex')
  await bucket.rename(stream.id, digest)
  return digest
}
