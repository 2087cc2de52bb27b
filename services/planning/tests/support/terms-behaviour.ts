import { addMs, type Instant, type LocalDate, type RegionCode } from '@dual-random/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Reminders, TermSchedules } from '../../src/app/term-ports.ts'
import type { Reminder } from '../../src/domain/reminder.ts'
import { delivered, notDelivered } from '../../src/domain/reminder-delivery.ts'
import { city, gaj, scj } from './lines.ts'

const now = '2026-03-17T02:00:00.000Z' as Instant
const heldUntil = addMs(now, 1000)
const county = '230302' as RegionCode

/** What every `TermSchedules` must do. */
export function termSchedulesBehaviour(name: string, factory: () => Promise<TermSchedules>): void {
  describe(`${name} as the schedule of regions`, () => {
    let schedules: TermSchedules
    beforeEach(async () => {
      schedules = await factory()
      await schedules.add({ regionCode: city, dueAt: now })
    })

    it('PLN-04 gives a region from the instant it is due on, not before', async () => {
      expect(await schedules.claim(addMs(now, -1), heldUntil)).toBeUndefined()
      expect(await schedules.claim(now, heldUntil)).toEqual({ regionCode: city, dueAt: heldUntil })
    })

    it('PLN-04 gives it to one of many that ask at once', async () => {
      const claims = await Promise.all(Array.from({ length: 8 }, () => schedules.claim(now, heldUntil)))
      expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1)
    })

    it('PLN-04 gives what a crashed holder had to another once the hold has run out, and takes nothing from the first any more', async () => {
      const first = await schedules.claim(now, heldUntil)
      if (first === undefined) throw new Error('nothing was due')
      expect(await schedules.claim(addMs(heldUntil, -1), addMs(heldUntil, 1000))).toBeUndefined()
      const second = await schedules.claim(heldUntil, addMs(heldUntil, 1000))
      if (second === undefined) throw new Error('the hold did not run out')
      expect(await schedules.settle(first, addMs(now, 9000))).toBe(false)
      expect(await schedules.settle(second, addMs(now, 5000))).toBe(true)
      expect(await schedules.claim(addMs(now, 4999), addMs(now, 8000))).toBeUndefined()
      expect(await schedules.claim(addMs(now, 5000), addMs(now, 8000))).toMatchObject({ regionCode: city })
    })

    it('PLN-04 keeps the entry of a region that is added again, and gives the longest due first', async () => {
      await schedules.add({ regionCode: county, dueAt: addMs(now, -500) })
      await schedules.add({ regionCode: county, dueAt: addMs(now, 60_000) })
      expect(await schedules.claim(now, heldUntil)).toMatchObject({ regionCode: county })
      expect(await schedules.claim(now, heldUntil)).toMatchObject({ regionCode: city })
      expect(await schedules.claim(now, heldUntil)).toBeUndefined()
    })
  })
}

const reminder = (key: string, members: Partial<Reminder> = {}): Reminder => ({
  key,
  kind: 'PLAN_DUE',
  regionCode: city,
  unitId: scj,
  year: 2026,
  planType: 'INTERNAL',
  date: '2026-03-31' as LocalDate,
  addressees: [{ regionCode: city, unitId: scj, roles: ['PLANNER'] }],
  text: '尚未报备。',
  ...members,
})

/** Ids of the events that told of what was raised, once so many came. */
export type ToldIds = (count: number) => Promise<readonly string[]>

/** Raised at this instant of planning's clock, due at once by the real one. */
const raisedAt = (instant: Instant) => ({ raisedAt: instant, dueAt: now })

/** What every `Reminders` must do. */
export function remindersBehaviour(
  name: string,
  factory: () => Promise<{ readonly reminders: Reminders; readonly toldIds: ToldIds }>,
): void {
  describe(`${name} as the reminders`, () => {
    it('PLN-04 records one reminder a key, and tells it once', async () => {
      const { reminders, toldIds } = await factory()
      expect(await reminders.raise([reminder('a'), reminder('b')], raisedAt(now))).toBe(2)
      expect(await reminders.raise([reminder('b', { text: '另一次' }), reminder('c')], raisedAt(addMs(now, 1)))).toBe(1)
      expect(await reminders.raise([], raisedAt(now))).toBe(0)
      const found = await reminders.page({ regionCode: city }, { limit: 10 })
      expect(found).toMatchObject([{ key: 'a' }, { key: 'b', text: '尚未报备。', raisedAt: now }, { key: 'c' }])
      expect([...(await toldIds(3))].sort()).toEqual(['a:1', 'b:1', 'c:1'])
    })

    it('PLN-04 records one a key when several copies raise it at once', async () => {
      const { reminders, toldIds } = await factory()
      const raised = await Promise.all(Array.from({ length: 4 }, () => reminders.raise([reminder('x'), reminder('y')], raisedAt(now))))
      expect(raised.reduce((sum, count) => sum + count, 0)).toBe(2)
      expect([...(await toldIds(2))].sort()).toEqual(['x:1', 'y:1'])
    })

    it('PLN-04 finds them by region, year, unit and kind, page by page', async () => {
      const { reminders } = await factory()
      const others = [
        reminder('b', { unitId: gaj }),
        reminder('c', { year: 2027 }),
        reminder('d', { kind: 'PLAN_OVERDUE', regionCode: county }),
        reminder('e', { regionCode: '230400' as RegionCode }),
      ]
      await reminders.raise([reminder('a'), ...others], raisedAt(now))
      const keys = async (query: object, page = { limit: 10 }) =>
        (await reminders.page({ regionCode: city, ...query }, page)).map(({ key }) => key)
      expect(await keys({})).toEqual(['a', 'b', 'c', 'd'])
      expect(await keys({ unitId: gaj })).toEqual(['b'])
      expect(await keys({ year: 2027 })).toEqual(['c'])
      expect(await keys({ kind: 'PLAN_OVERDUE' })).toEqual(['d'])
      expect(await keys({}, { limit: 1 })).toEqual(['a', 'b'])
      expect(await reminders.page({ regionCode: city }, { limit: 10, after: 2 })).toMatchObject([{ key: 'c' }, { key: 'd' }])
    })

    it('PLN-04 what is raised later comes behind what was read, though its key is lower', async () => {
      const { reminders } = await factory()
      await reminders.raise([reminder('m'), reminder('n')], raisedAt(now))
      expect(await reminders.page({ regionCode: city }, { limit: 1 })).toMatchObject([
        { key: 'm', place: 1 },
        { key: 'n', place: 2 },
      ])
      await reminders.raise([reminder('a'), reminder('m')], raisedAt(addMs(now, -1)))
      expect(await reminders.page({ regionCode: city }, { limit: 10, after: 1 })).toMatchObject([
        { key: 'n', place: 2 },
        { key: 'a', place: 3 },
      ])
      expect(await reminders.page({ regionCode: city }, { limit: 10, after: 3 })).toEqual([])
    })

    it('PLN-04 whoever reads on while several copies raise misses none and reads none twice', async () => {
      const { reminders } = await factory()
      const keys = Array.from({ length: 4 }, (_, copy) => Array.from({ length: 60 }, (_each, index) => `${9 - copy}-${99 - index}`))
      let isRaising = true
      const raising = Promise.all(
        keys.map((own) =>
          reminders.raise(
            [...own, 'x-all'].map((key) => reminder(key)),
            raisedAt(now),
          ),
        ),
      ).finally(() => {
        isRaising = false
      })
      const read: string[] = []
      for (let [after, isOver] = [0, false]; !isOver; ) {
        isOver = !isRaising
        const found = await reminders.page({ regionCode: city }, { limit: 500, after })
        read.push(...found.map(({ key }) => key))
        expect(found.map(({ place }) => place)).toEqual(found.map((_each, index) => after + 1 + index))
        after += found.length
      }
      expect((await raising).reduce((sum, count) => sum + count, 0)).toBe(241)
      expect(read.toSorted()).toEqual([...keys.flat(), 'x-all'].toSorted())
    })

    it('PLN-04 gives what waits for delivery from the instant it is due on, the longest first, each to one of many that ask at once', async () => {
      const { reminders } = await factory()
      await reminders.raise([reminder('later')], { raisedAt: now, dueAt: addMs(now, 1) })
      await reminders.raise([reminder('first')], { raisedAt: now, dueAt: now })
      expect(await reminders.claim(addMs(now, -1), heldUntil)).toBeUndefined()
      expect(await reminders.claim(addMs(now, 1), heldUntil)).toMatchObject({ key: 'first', text: '尚未报备。', raisedAt: now })
      const claims = await Promise.all(Array.from({ length: 8 }, () => reminders.claim(addMs(now, 1), heldUntil)))
      expect(claims.flatMap((claim) => claim?.key ?? [])).toEqual(['later'])
    })

    it('PLN-04 gives what a crashed holder had to another once the hold has run out, and takes nothing from the first any more', async () => {
      const { reminders } = await factory()
      await reminders.raise([reminder('a')], raisedAt(now))
      const first = await reminders.claim(now, heldUntil)
      if (first === undefined) throw new Error('nothing was due')
      expect(await reminders.claim(addMs(heldUntil, -1), addMs(heldUntil, 1000))).toBeUndefined()
      const second = await reminders.claim(heldUntil, addMs(heldUntil, 1000))
      if (second === undefined) throw new Error('the hold did not run out')
      expect(await reminders.settle(first, delivered(now))).toBe(false)
      expect(await reminders.settle(second, notDelivered(second.delivery, 'reminders-unavailable', now))).toBe(true)
      const again = await reminders.claim(addMs(now, 1000), heldUntil)
      expect(again?.delivery).toEqual({ status: 'WAITING', dueAt: heldUntil, failures: 1, lastFailure: 'reminders-unavailable' })
      if (again === undefined) throw new Error('it did not come due again')
      expect(await reminders.settle(again, delivered(addMs(now, 2000)))).toBe(true)
      expect(await reminders.claim(addMs(now, 999_999), addMs(now, 1_999_999))).toBeUndefined()
      expect(await reminders.settle(again, delivered(now))).toBe(false)
      expect(await reminders.page({ regionCode: city }, { limit: 1 })).toMatchObject([
        { key: 'a', delivery: { status: 'DELIVERED', deliveredAt: addMs(now, 2000) } },
      ])
    })
  })
}
