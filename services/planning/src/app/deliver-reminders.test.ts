import { appError } from '@dual-random/errors'
import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'
import { movableClock } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { memoryReminders } from '../../tests/support/memory-terms.ts'
import type { Reminder } from '../domain/reminder.ts'
import { deliverReminders, deliveryHoldMs } from './deliver-reminders.ts'
import type { RaisedReminder, ReminderTransport } from './term-ports.ts'

const city = '230300' as RegionCode
const raisedAt = '2026-03-20T02:00:00.000Z' as Instant

const reminder = (key: string): Reminder => ({
  key,
  kind: 'PLAN_DUE',
  regionCode: city,
  year: 2026,
  planType: 'JOINT',
  date: '2026-03-31' as LocalDate,
  addressees: [{ regionCode: city, roles: ['JOINT_COORDINATOR'] }],
  text: '尚未报备。',
})

type Answering = (reminder: RaisedReminder, attempt: number) => void

/** Reminders under these keys, and a transport that answers as told. */
async function world(keys: readonly string[], answering: Answering = () => undefined) {
  const clock = movableClock('2026-11-01T00:00:00.000Z')
  const reminders = memoryReminders()
  await reminders.raise(keys.map(reminder), { raisedAt, dueAt: clock.now() })
  const given: { readonly reminder: RaisedReminder; readonly id: string }[] = []
  const transport: ReminderTransport = {
    deliver: async (each, id) => {
      given.push({ reminder: each, id })
      answering(each, given.filter((one) => one.id === id).length)
    },
  }
  const deliver = (stopping = new AbortController().signal) => deliverReminders({ reminders, transport, systemClock: clock.now }, stopping)
  const statusOf = async () =>
    Object.fromEntries((await reminders.page({ regionCode: city }, { limit: 500 })).map(({ key, delivery }) => [key, delivery]))
  return { clock, reminders, given, deliver, statusOf }
}

const away = () => appError('unavailable', 'reminders-unavailable', { retryAfterMs: 5000 })

describe('the delivery of reminders', () => {
  it('PLN-04 gives the transport each reminder once, with its key as the idempotency id', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `reminder-${index}`)
    const { given, deliver, statusOf, clock } = await world(keys)
    expect((await deliver()).size).toBe(0)
    expect((await deliver()).size).toBe(0)
    expect(given.map(({ id }) => id).toSorted()).toEqual(keys.toSorted())
    expect(given[0]).toEqual({ id: 'reminder-0', reminder: { ...reminder('reminder-0'), raisedAt, place: 1 } })
    expect(await statusOf()).toEqual(Object.fromEntries(keys.map((key) => [key, { status: 'DELIVERED', deliveredAt: clock.now() }])))
  })

  it('PLN-04 ends a pass while the transport is away, and gives the same id again later', async () => {
    const { given, deliver, statusOf, clock } = await world(
      Array.from({ length: 100 }, (_, index) => `r${index}`),
      (_, attempt) => {
        if (attempt === 1 && clock.now() < '2026-11-01T00:00:01.000Z') throw away()
      },
    )
    const left = await deliver()
    expect([...left]).toEqual([['reminders-unavailable', given.length]])
    expect(given.length).toBeLessThan(10)
    const tried = given.map(({ id }) => id)
    expect((await statusOf())[tried[0] ?? '']).toEqual({
      status: 'WAITING',
      dueAt: '2026-11-01T00:00:01.000Z',
      failures: 1,
      lastFailure: 'reminders-unavailable',
    })
    clock.advance(1000)
    expect((await deliver()).size).toBe(0)
    expect(given).toHaveLength(100 + tried.length)
    expect(new Set(given.map(({ id }) => id)).size).toBe(100)
  })

  it('PLN-04 one that is refused holds no other up, and is tried again', async () => {
    const { given, deliver, statusOf, clock } = await world(['a', 'b', 'c'], ({ key }, attempt) => {
      if (key === 'b' && attempt === 1) throw appError('failed-precondition', 'reminder-refused', { meta: { status: 400 } })
    })
    expect([...(await deliver())]).toEqual([['reminder-refused', 1]])
    expect(await statusOf()).toMatchObject({
      a: { status: 'DELIVERED' },
      b: { status: 'WAITING', failures: 1 },
      c: { status: 'DELIVERED' },
    })
    clock.advance(999)
    await deliver()
    expect(given).toHaveLength(3)
    clock.advance(1)
    await deliver()
    expect((await statusOf())['b']).toMatchObject({ status: 'DELIVERED' })
  })

  it('PLN-04 what a copy was giving when it was killed is given again under the same id once its hold has run out', async () => {
    const { given, deliver, clock } = await world(['a'], (_, attempt) => {
      if (attempt === 1) throw new Error('killed')
    })
    await expect(deliver()).rejects.toThrow('killed')
    clock.advance(deliveryHoldMs - 1)
    await deliver()
    expect(given).toHaveLength(1)
    clock.advance(1)
    await deliver()
    expect(given.map(({ id }) => id)).toEqual(['a', 'a'])
  })

  it('PLN-04 begins no more once it is told to end', async () => {
    const { given, deliver } = await world(['a'])
    await deliver(AbortSignal.abort())
    expect(given).toEqual([])
  })
})
