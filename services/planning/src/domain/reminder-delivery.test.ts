import { addMs, type Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { newDelivery, notDelivered, type WaitingDelivery } from './reminder-delivery.ts'

const at = '2026-03-17T02:00:00.000Z' as Instant

/** Milliseconds to the next attempt after so many failures. */
function delayAfter(failures: number): number {
  let waiting: WaitingDelivery = newDelivery(at)
  for (let failure = 0; failure < failures; failure++) waiting = notDelivered(waiting, 'reminders-unavailable', at)
  expect(waiting.failures).toBe(failures)
  return Date.parse(waiting.dueAt) - Date.parse(at)
}

describe('a reminder that the transport does not take', () => {
  it('PLN-04 is due at once, then after 1 s, 2 s, 4 s … and every five minutes in the end', () => {
    expect([0, 1, 2, 3, 9, 10, 11, 100].map(delayAfter)).toEqual([0, 1000, 2000, 4000, 256_000, 300_000, 300_000, 300_000])
  })

  it('PLN-04 says what the last failure was', () => {
    expect(newDelivery(at)).toEqual({ status: 'WAITING', dueAt: at, failures: 0 })
    const twice = notDelivered(notDelivered(newDelivery(at), 'reminders-unavailable', at), 'reminder-refused', at)
    expect(twice).toEqual({ status: 'WAITING', dueAt: addMs(at, 2000), failures: 2, lastFailure: 'reminder-refused' })
  })
})
