import { createHash, randomUUID } from 'node:crypto'
import { instantOf } from '@dual-random/kernel'
import {
  cuttableProxy,
  idempotencyStoreBehaviour,
  outboxSourceBehaviour,
  parkedStoreBehaviour,
  relayLeasesBehaviour,
  stackAddress,
} from '@dual-random/testkit'
import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outboxEntries } from '../src/aggregate-document.ts'
import { blobs, documents, idempotencyStore, openStore, parkedStore, relayLeases } from '../src/index.ts'
import { outboxSource } from '../src/outbox-source.ts'
import { declareModel } from '../src/store.ts'
import { type Bench, openBench } from './support.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench([])
})

afterAll(async () => {
  await bench[Symbol.asyncDispose]()
})

describe('openStore', () => {
  it('leaves nothing behind of an attempt that found no store', async () => {
    const proxy = await cuttableProxy('127.0.0.1', 1)
    proxy.cut()
    const before = mongoose.connections.length
    const attempt = openStore({ uri: `mongodb://127.0.0.1:${proxy.port}`, database: 'none', logger: bench.logger })
    await expect(attempt).rejects.toMatchObject({ kind: 'unavailable', code: 'store-unavailable' })
    expect(mongoose.connections).toHaveLength(before)
    await proxy.close()
  })
})

idempotencyStoreBehaviour('the store adapter', async () => {
  const keys = idempotencyStore(bench.store)
  await bench.store.ensureIndexes()
  return keys
})

parkedStoreBehaviour('the store adapter', async () => {
  const parked = parkedStore(bench.store)
  await bench.store.ensureIndexes()
  return parked
})

outboxSourceBehaviour('the store adapter', async () => {
  const model = declareModel(bench.store, `outboxes_${randomUUID().slice(0, 8)}`, {}, [])
  const lastSeqs = new Map<string, number>()
  return {
    source: outboxSource(model, 'registry', 'outboxes'),
    add: async (_id, count, owner) => {
      const lastSeq = lastSeqs.get(_id) ?? 0
      lastSeqs.set(_id, lastSeq + count)
      const events = Array.from({ length: count }, () => ({ type: 't', topic: 'topic', json: '{}' }))
      const outbox = outboxEntries(events, lastSeq, { at: instantOf(0), traceId: '', owner })
      await model.collection.updateOne({ _id } as never, { $push: { outbox: { $each: outbox } } } as never, { upsert: true })
    },
  }
})

relayLeasesBehaviour('the store adapter', async () => {
  const leases = relayLeases(bench.store)
  await bench.store.ensureIndexes()
  return leases
})

describe('a claim of an idempotency key that was lost', () => {
  const answer = (body: string) => ({ status: 201, headers: {}, body })
  /** One process began, stood still past its lease, and another one has begun since. */
  const lost = async (name: string) => {
    const key = { unitId: 'u', route: 'POST /v1/things', key: name }
    const [slow, quick, third] = [idempotencyStore(bench.store), idempotencyStore(bench.store), idempotencyStore(bench.store)]
    expect(await slow.begin(key, 'hash')).toEqual({ kind: 'fresh' })
    const keys = documents<{ readonly id: string }>(bench.store, { collection: 'idempotency_keys', indexes: [] })
    await keys.updateWhere({ answer: { $exists: false } }, { $set: { leaseUntil: 1 } })
    expect(await quick.begin(key, 'hash')).toEqual({ kind: 'fresh' })
    return { key, slow, quick, third }
  }

  it('frees nothing that somebody else holds', async () => {
    const { key, slow, quick, third } = await lost('freed')
    await slow.release(key)
    expect(await third.begin(key, 'hash')).toEqual({ kind: 'in-progress' })
    await quick.release(key)
    expect(await third.begin(key, 'hash')).toEqual({ kind: 'fresh' })
    await third.release(key)
  })

  it('answers nothing in the name of somebody else', async () => {
    const { key, slow, quick, third } = await lost('answered')
    await slow.finish(key, 'hash', answer('slow'))
    expect(await third.begin(key, 'hash')).toEqual({ kind: 'in-progress' })
    await quick.finish(key, 'hash', answer('quick'))
    expect(await third.begin(key, 'hash')).toMatchObject({ kind: 'replay', answer: { body: 'quick' } })
  })
})

describe('blobs', () => {
  const text = (content: string) => new TextEncoder().encode(content)

  it('keeps bytes under their SHA-256, whole or streamed', async () => {
    const store = blobs(bench.store)
    const digest = await store.put(text('双随机、一公开'))
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(Buffer.from(await store.bytes(digest)).toString('utf8')).toBe('双随机、一公开')
    async function* chunks() {
      yield text('双随机、')
      yield text('一公开')
    }
    expect(await store.put(chunks())).toBe(digest)
  })

  it('gives the content from any byte on, over the borders of its chunks', async () => {
    const store = blobs(bench.store)
    const content = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251)
    const digest = await store.put(content)
    for (const fromByte of [0, 1, 261_119, 261_120, 261_121, 599_999, 600_000]) {
      const chunks: Uint8Array[] = []
      for await (const chunk of store.get(digest, fromByte)) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(content.subarray(fromByte))).toBe(true)
    }
  })

  it('leaves nothing of an upload that breaks off', async () => {
    const store = blobs(bench.store)
    async function* broken() {
      yield text('half')
      throw new Error('connection lost')
    }
    await expect(store.put(broken())).rejects.toThrow('connection lost')
  })

  it('takes several uploads beside each other, and forgets one that is aborted', async () => {
    const store = blobs(bench.store)
    const contents = ['甲', '乙', '丙'].map((each) => each.repeat(200_000))
    const uploads = contents.map(() => store.begin())
    for (let start = 0; start < 200_000; start += 50_000)
      for (const [place, upload] of uploads.entries()) await upload.write(text(contents[place]?.slice(start, start + 50_000) ?? ''))
    const [first, second, third] = uploads
    const digests = [await first?.finish(), await second?.finish()]
    await third?.abort()
    for (const [place, digest] of digests.entries())
      expect(Buffer.from(await store.bytes(digest ?? '')).toString('utf8')).toBe(contents[place])
    expect(
      await store.has(
        createHash('sha256')
          .update(contents[2] ?? '')
          .digest('hex'),
      ),
    ).toBe(false)
    const chunks = bench.store.connection.collection('blobs.chunks')
    const files = bench.store.connection.collection('blobs.files')
    const kept = await files.distinct('_id')
    expect(await chunks.countDocuments({ files_id: { $nin: kept } })).toBe(0)
  })

  it('says unavailable when the store goes away during an upload, and nothing else breaks', async () => {
    const { mongodbUri } = stackAddress()
    const uri = new URL(mongodbUri)
    const proxy = await cuttableProxy(uri.hostname, Number(uri.port))
    uri.host = `127.0.0.1:${proxy.port}`
    const { logger, scope } = bench
    const cut = await openStore({ uri: uri.href, database: scope.database, logger })
    const unhandled: unknown[] = []
    const note = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', note)
    let sent = 0
    async function* chunks() {
      // More than one GridFS chunk, so that something is written while more is awaited.
      for (; sent < 8; sent++) {
        yield new Uint8Array(300_000)
        if (sent === 3) proxy.cut()
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
    await expect(blobs(cut).put(chunks())).rejects.toMatchObject({ kind: 'unavailable', code: 'store-unavailable' })
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
    await cut[Symbol.asyncDispose]()
    await proxy.close()
  })

  it('says that an unknown digest is not there', async () => {
    const store = blobs(bench.store)
    expect(await store.has('00')).toBe(false)
    await expect(store.bytes('00')).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('documents', () => {
  it('inserts what is missing and names what was there', async () => {
    const pairs = documents<{ readonly id: string; readonly n: number }>(bench.store, { collection: 'pairs', indexes: [] })
    expect(await pairs.insertMissing([{ id: 'a', n: 1 }])).toEqual({ inserted: 1, existing: [] })
    expect(
      await pairs.insertMissing([
        { id: 'a', n: 9 },
        { id: 'b', n: 2 },
      ]),
    ).toEqual({ inserted: 1, existing: ['a'] })
    expect(await pairs.get('a')).toEqual({ id: 'a', n: 1 })
    expect(await pairs.claim({ n: { $lt: 2 } }, { $inc: { n: 10 } })).toEqual({ id: 'a', n: 11 })
    expect(await pairs.claim({ n: { $lt: 2 } }, { $inc: { n: 10 } })).toBeUndefined()
  })
})
