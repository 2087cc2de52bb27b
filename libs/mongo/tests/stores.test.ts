import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import type { ParkedRecord } from '@dual-random/messaging'
import { cuttableProxy, idempotencyStoreBehaviour, relayLeasesBehaviour, stackAddress } from '@dual-random/testkit'
import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobs, documents, idempotencyStore, openStore, parkedStore, relayLeases } from '../src/index.ts'
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

  it('leaves nothing of an upload that breaks off', async () => {
    const store = blobs(bench.store)
    async function* broken() {
      yield text('half')
      throw new Error('connection lost')
    }
    await expect(store.put(broken())).rejects.toThrow('connection lost')
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

describe('parked records', () => {
  const now = instantOf(Date.parse('2026-01-01T00:00:00Z'))
  const record = (key: string, seq: number, dueAt: Instant): ParkedRecord => ({
    group: 'g',
    topic: 't',
    key,
    seq,
    eventId: `${key}:${seq}`,
    value: new Uint8Array([seq]),
    headers: { ce_id: `${key}:${seq}` },
    origin: 't/0@1',
    attempts: 1,
    dueAt,
    reason: 'internal',
  })
  const lease = addMs(now, 60_000)
  const later = addMs(now, 6000)

  it('INT-15 gives back the first of a key, never a successor before it', async () => {
    const parked = parkedStore(bench.store)
    await parked.park(record('k', 2, now))
    await parked.park(record('k', 1, addMs(now, 5000)))
    await parked.park(record('k', 1, now))
    expect(await parked.claimDue('g', now, lease)).toBeUndefined()
    const head = await parked.claimDue('g', later, addMs(later, 60_000))
    expect(head).toMatchObject({ seq: 1, value: new Uint8Array([1]) })
    expect(await parked.claimDue('g', later, addMs(later, 60_000))).toBeUndefined()
    if (head === undefined) return
    await parked.finish(head, later)
    const next = await parked.claimDue('g', addMs(later, 200), addMs(later, 60_000))
    expect(next).toMatchObject({ seq: 2 })
    if (next !== undefined) await parked.finish(next, later)
    expect(await parked.hasParked('g', 't', 'k')).toBe(false)
  })

  it('INT-15 gives the records of a key in order without looking at each of those behind again and again', async () => {
    const parked = parkedStore(bench.store)
    const count = 200
    for (let seq = count; seq >= 1; seq--) await parked.park({ ...record('long', seq, now), group: 'long' })
    const order: number[] = []
    for (
      let claimed = await parked.claimDue('long', later, lease);
      claimed !== undefined;
      claimed = await parked.claimDue('long', later, lease)
    ) {
      order.push(claimed.seq)
      await parked.finish(claimed, later)
    }
    expect(order).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  })

  it('leaves a record to whoever works on it for as long as the lease is renewed', async () => {
    const parked = parkedStore(bench.store)
    await parked.park({ ...record('held', 1, now), group: 'held' })
    const held = await parked.claimDue('held', later, addMs(later, 1000))
    if (held === undefined) throw new Error('nothing was due')
    await parked.renew(held, addMs(later, 3000))
    expect(await parked.claimDue('held', addMs(later, 2999), lease)).toBeUndefined()
    expect(await parked.claimDue('held', addMs(later, 3000), lease)).toMatchObject({ eventId: held.eventId })
  })

  it('knows the parked keys of a group and when the next is due', async () => {
    const parked = parkedStore(bench.store)
    await parked.park(record('m', 1, lease))
    expect([...(await parked.parkedKeys('g'))]).toEqual(['t|m'])
    expect(await parked.nextDueAt('g')).toBe(lease)
    expect(await parked.parkedKeys('other')).toEqual(new Set())
  })

  it('INT-15 keeps events of two topics apart whose aggregates bear the same id', async () => {
    const parked = parkedStore(bench.store)
    const [own, other] = [record('same', 1, now), { ...record('same', 1, now), topic: 'other' }].map((each) => ({ ...each, group: 'two' }))
    if (own === undefined || other === undefined) throw new Error('two records')
    await parked.park(own)
    await parked.park(other)
    expect(await parked.hasParked('two', 't', 'same')).toBe(true)
    expect(await parked.hasParked('two', 'other', 'same')).toBe(true)
    await parked.finish(own, now)
    expect(await parked.hasParked('two', 'other', 'same')).toBe(true)
  })

  it('INT-15 is due again with the end of a lease that a crash left', async () => {
    const parked = parkedStore(bench.store)
    await parked.park({ ...record('leased', 1, now), group: 'crashed' })
    expect(await parked.nextDueAt('crashed')).toBe(now)
    await parked.claimDue('crashed', now, lease)
    expect(await parked.nextDueAt('crashed')).toBe(lease)
    expect(await parked.claimDue('crashed', addMs(now, 59_999), lease)).toBeUndefined()
    expect(await parked.claimDue('crashed', lease, addMs(lease, 1))).toMatchObject({ key: 'leased' })
  })

  it('INT-15 lets no successor be due before the first of its key, and only the next one with its end', async () => {
    const parked = parkedStore(bench.store)
    const of = (seq: number, dueAt: Instant) => ({ ...record('row', seq, dueAt), group: 'rows' })
    for (const seq of [1, 2, 3]) await parked.park(of(seq, now))
    const head = await parked.claimDue('rows', now, lease)
    if (head === undefined) throw new Error('nothing due')
    const retryAt = addMs(now, 600_000)
    await parked.reschedule({ ...head, dueAt: retryAt, attempts: 2 })
    expect(await parked.nextDueAt('rows')).toBe(retryAt)
    expect(await parked.claimDue('rows', addMs(now, 599_999), lease)).toBeUndefined()
    expect(await parked.claimDue('rows', retryAt, addMs(retryAt, 60_000))).toMatchObject({ seq: 1, attempts: 2 })
    const done = addMs(retryAt, 1000)
    await parked.finish(head, done)
    expect(await parked.nextDueAt('rows')).toBe(retryAt)
    expect(await parked.claimDue('rows', done, addMs(done, 60_000))).toMatchObject({ seq: 2 })
    expect(await parked.claimDue('rows', done, addMs(done, 60_000))).toBeUndefined()
  })
})
