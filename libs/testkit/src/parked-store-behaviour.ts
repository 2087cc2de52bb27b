import { randomUUID } from 'node:crypto'
import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import { beforeEach, describe, expect, it } from 'vitest'

/** The shape of `ParkedRecord` in libs/messaging, which tests with this package and therefore cannot be imported here. */
export interface ParkedRecordShape {
  readonly group: string
  readonly topic: string
  readonly key: string
  readonly seq: number
  readonly eventId: string
  readonly value: Uint8Array
  readonly headers: Readonly<Record<string, string>>
  readonly origin: string
  readonly attempts: number
  readonly dueAt: Instant
  readonly reason: string
}

/** The shape of `ParkedStore` in libs/messaging. */
export interface ParkedStoreShape {
  park(record: ParkedRecordShape): Promise<void>
  parkedKeys(group: string): Promise<ReadonlySet<string>>
  hasParked(group: string, topic: string, key: string): Promise<boolean>
  nextDueAt(group: string): Promise<Instant | undefined>
  claimDue(group: string, now: Instant, leaseUntil: Instant): Promise<ParkedRecordShape | undefined>
  renew(record: ParkedRecordShape, leaseUntil: Instant): Promise<void>
  reschedule(record: ParkedRecordShape): Promise<void>
  finish(record: ParkedRecordShape, now: Instant): Promise<void>
  rememberBuried(group: string, topic: string, key: string, seq: number): Promise<void>
  hasBuried(group: string, topic: string, key: string, range: { readonly from: number; readonly to: number }): Promise<boolean>
}

const now = instantOf(Date.parse('2026-01-01T00:00:00Z'))
const later = addMs(now, 6000)
const lease = addMs(now, 60_000)

/** What every `ParkedStore` must do. */
export function parkedStoreBehaviour(name: string, factory: () => Promise<ParkedStoreShape>): void {
  describe(`${name} as the store of parked records`, () => {
    let parked: ParkedStoreShape
    let group: string
    beforeEach(async () => {
      parked = await factory()
      group = randomUUID()
    })

    const record = (key: string, seq: number, dueAt = now): ParkedRecordShape => ({
      group,
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
    const claimed = async (at: Instant, until: Instant): Promise<ParkedRecordShape> => {
      const found = await parked.claimDue(group, at, until)
      if (found === undefined) throw new Error('nothing was due')
      return found
    }

    it('INT-15 gives back the first of a key as it was parked first, never a successor before it', async () => {
      await parked.park(record('k', 2))
      await parked.park(record('k', 1, addMs(now, 5000)))
      await parked.park({ ...record('k', 1), reason: 'parked again' })
      expect(await parked.claimDue(group, now, lease)).toBeUndefined()
      const head = await claimed(later, lease)
      expect(head).toEqual(record('k', 1, addMs(now, 5000)))
      expect(await parked.claimDue(group, later, lease)).toBeUndefined()
      await parked.finish(head, later)
      const next = await claimed(addMs(later, 200), lease)
      expect(next).toMatchObject({ seq: 2 })
      await parked.finish(next, later)
      expect(await parked.hasParked(group, 't', 'k')).toBe(false)
      expect(await parked.nextDueAt(group)).toBeUndefined()
    })

    it('INT-15 gives the records of a key in order, however they were parked', async () => {
      const count = 200
      for (let seq = count; seq >= 1; seq--) await parked.park(record('long', seq))
      const order: number[] = []
      for (let due = await parked.claimDue(group, later, lease); due !== undefined; due = await parked.claimDue(group, later, lease)) {
        order.push(due.seq)
        await parked.finish(due, later)
      }
      expect(order).toEqual(Array.from({ length: count }, (_, index) => index + 1))
    })

    it('gives the heads of other keys while one is worked on', async () => {
      for (const key of ['a', 'b']) for (const seq of [1, 2]) await parked.park(record(key, seq))
      const heads = [await claimed(now, lease), await claimed(now, lease)]
      expect(heads.map(({ eventId }) => eventId).sort()).toEqual(['a:1', 'b:1'])
      expect(await parked.claimDue(group, now, lease)).toBeUndefined()
    })

    it('leaves a record to whoever works on it for as long as the lease is renewed', async () => {
      await parked.park(record('held', 1))
      const held = await claimed(later, addMs(later, 1000))
      await parked.renew(held, addMs(later, 3000))
      expect(await parked.claimDue(group, addMs(later, 2999), lease)).toBeUndefined()
      expect(await parked.claimDue(group, addMs(later, 3000), lease)).toMatchObject({ eventId: held.eventId })
    })

    it('knows the parked keys of a group and when the next is due', async () => {
      await parked.park(record('m', 1, lease))
      expect([...(await parked.parkedKeys(group))]).toEqual(['t|m'])
      expect(await parked.nextDueAt(group)).toBe(lease)
      expect(await parked.parkedKeys(randomUUID())).toEqual(new Set())
      expect(await parked.claimDue(randomUUID(), lease, addMs(lease, 1))).toBeUndefined()
    })

    it('INT-15 keeps events of two topics apart whose aggregates bear the same id', async () => {
      const own = record('same', 1)
      await parked.park(own)
      await parked.park({ ...own, topic: 'other' })
      expect(await parked.hasParked(group, 't', 'same')).toBe(true)
      expect(await parked.hasParked(group, 'other', 'same')).toBe(true)
      await parked.finish(own, now)
      expect(await parked.hasParked(group, 't', 'same')).toBe(false)
      expect(await parked.hasParked(group, 'other', 'same')).toBe(true)
    })

    it('INT-15 is due again with the end of a lease that a crash left', async () => {
      await parked.park(record('leased', 1))
      expect(await parked.nextDueAt(group)).toBe(now)
      await parked.claimDue(group, now, lease)
      expect(await parked.nextDueAt(group)).toBe(lease)
      expect(await parked.claimDue(group, addMs(lease, -1), lease)).toBeUndefined()
      expect(await parked.claimDue(group, lease, addMs(lease, 1))).toMatchObject({ key: 'leased' })
    })

    it('INT-15 lets no successor be due before the first of its key, and only the next one with its end', async () => {
      for (const seq of [1, 2, 3]) await parked.park(record('row', seq))
      const head = await claimed(now, lease)
      const retryAt = addMs(now, 600_000)
      await parked.reschedule({ ...head, dueAt: retryAt, attempts: 2, reason: 'again' })
      expect(await parked.nextDueAt(group)).toBe(retryAt)
      expect(await parked.claimDue(group, addMs(retryAt, -1), lease)).toBeUndefined()
      expect(await claimed(retryAt, addMs(retryAt, 60_000))).toMatchObject({ seq: 1, attempts: 2, reason: 'again' })
      const done = addMs(retryAt, 1000)
      await parked.finish(head, done)
      expect(await parked.claimDue(group, done, addMs(done, 60_000))).toMatchObject({ seq: 2 })
      expect(await parked.claimDue(group, done, addMs(done, 60_000))).toBeUndefined()
    })

    it('remembers which events of a key went to the dead letters', async () => {
      await parked.rememberBuried(group, 't', 'k', 4)
      await parked.rememberBuried(group, 't', 'k', 4)
      const has = (from: number, to: number, key = 'k') => parked.hasBuried(group, 't', key, { from, to })
      expect([await has(4, 5), await has(1, 5), await has(1, 4), await has(5, 9), await has(1, 9, 'other')]).toEqual([
        true,
        true,
        false,
        false,
        false,
      ])
    })
  })
}
