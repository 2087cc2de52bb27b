import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import type { ParkedRecord } from '@dual-random/messaging'
import { idempotencyStoreBehaviour } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobs, documents, idempotencyStore, parkedStore } from '../src/index.ts'
import { type Bench, openBench } from './support.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench([])
})

afterAll(async () => {
  await bench[Symbol.asyncDispose]()
})

idempotencyStoreBehaviour('the store adapter', async () => {
  const keys = idempotencyStore(bench.store)
  await bench.store.ensureIndexes()
  return keys
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

  it('INT-15 gives back the first of a key, never a successor before it', async () => {
    const parked = parkedStore(bench.store)
    await parked.park(record('k', 2, now))
    await parked.park(record('k', 1, addMs(now, 5000)))
    await parked.park(record('k', 1, now))
    expect(await parked.claimDue('g', now, lease)).toBeUndefined()
    const later = addMs(now, 6000)
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

  it('knows the parked keys of a group and when the next is due', async () => {
    const parked = parkedStore(bench.store)
    await parked.park(record('m', 1, lease))
    expect([...(await parked.parkedKeys('g'))]).toEqual(['t|m'])
    expect(await parked.nextDueAt('g')).toBe(lease)
    expect(await parked.parkedKeys('other')).toEqual(new Set())
  })
})
