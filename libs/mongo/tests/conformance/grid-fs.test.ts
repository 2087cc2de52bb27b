import { once } from 'node:events'
import { mongo } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, openConformance, thrownBy } from './bench.ts'

let bench: ConformanceBench
let bucket: mongo.GridFSBucket

beforeAll(async () => {
  bench = await openConformance()
  bucket = new mongo.GridFSBucket(bench.db, { bucketName: 'blobs' })
})
afterAll(() => bench[Symbol.asyncDispose]())

/** Bytes whose every place can be told from its neighbours. */
const content = (length: number): Buffer => Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255))

async function upload(name: string, bytes: Uint8Array): Promise<mongo.ObjectId> {
  const stream = bucket.openUploadStream(name)
  stream.end(bytes)
  await once(stream, 'finish')
  return stream.id
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

const chunksOf = (id: mongo.ObjectId) => bench.db.collection('blobs.chunks').countDocuments({ files_id: id })

describe('a file in GridFS', () => {
  it.each([0, 1, 261_119, 261_120, 261_121, 3_000_000])('of %i bytes is read back as it was written', async (length) => {
    const bytes = content(length)
    await upload(`f${length}`, bytes)
    expect((await bytesOf(bucket.openDownloadStreamByName(`f${length}`))).equals(bytes)).toBe(true)
    const [file] = await bucket.find({ filename: `f${length}` }, { limit: 1 }).toArray()
    expect(file).toMatchObject({ filename: `f${length}`, length })
  })

  it('is written from a stream, chunk by chunk, and named afterwards', async () => {
    const bytes = content(1_000_000)
    const stream = bucket.openUploadStream('incoming')
    for (let at = 0; at < bytes.length; at += 70_000) if (!stream.write(bytes.subarray(at, at + 70_000))) await once(stream, 'drain')
    stream.end()
    await once(stream, 'finish')
    await bucket.rename(stream.id, 'named')
    expect(await bucket.find({ filename: 'incoming' }).toArray()).toEqual([])
    expect((await bytesOf(bucket.openDownloadStreamByName('named'))).equals(bytes)).toBe(true)
  })

  it('is read in part, within a chunk and across chunks', async () => {
    const bytes = content(1_000_000)
    const id = await upload('ranged', bytes)
    for (const [start, end] of [
      [0, 10],
      [100, 200],
      [261_000, 261_300],
      [261_120, 522_240],
      [999_990, 1_000_000],
    ] as const)
      expect((await bytesOf(bucket.openDownloadStream(id, { start, end }))).equals(bytes.subarray(start, end))).toBe(true)
  })

  it('deleted or given up leaves no chunk', async () => {
    const id = await upload('deleted', content(600_000))
    expect(await chunksOf(id)).toBe(3)
    await bucket.delete(id)
    expect(await chunksOf(id)).toBe(0)
    const stream = bucket.openUploadStream('given-up')
    await new Promise<void>((resolve, reject) => stream.write(content(600_000), (error) => (error ? reject(error) : resolve())))
    await stream.abort()
    expect([await chunksOf(stream.id), await bucket.find({ filename: 'given-up' }).toArray()]).toEqual([0, []])
  })

  it('that is not there says so', async () => {
    expect((await thrownBy(() => bytesOf(bucket.openDownloadStreamByName('unknown')))).message).toContain('FileNotFound')
    await expect(bucket.delete(new mongo.ObjectId())).rejects.toThrow('File not found')
  })

  it('of the same name written by 8 at once is there, whole, whichever is read', async () => {
    const bytes = content(300_000)
    await Promise.all(Array.from({ length: 8 }, () => upload('same', bytes)))
    for (const { _id } of await bucket.find({ filename: 'same' }).toArray())
      expect((await bytesOf(bucket.openDownloadStream(_id))).equals(bytes)).toBe(true)
  })
})
