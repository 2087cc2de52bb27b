import { addMs, type Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { resultNotice } from '../../tests/result-notices.ts'
import { delivered, failed, newDelivery, type ResultDelivery, refusalsAllowed, revived, type Waiting } from './result-delivery.ts'

const at = '2026-05-01T02:00:00.000Z' as Instant
const notice = resultNotice('r1')
const refused = { kind: 'REFUSED', code: 'credit-system-refused' } as const
const outage = { kind: 'OUTAGE', code: 'credit-system-unavailable' } as const
const waiting = (delivery: ResultDelivery): Waiting => {
  if (delivery.status !== 'WAITING') throw new Error(delivery.status)
  return delivery
}
const after = (failure: typeof refused | typeof outage, times: number): ResultDelivery => {
  let delivery: ResultDelivery = newDelivery(notice, at)
  for (let count = 0; count < times; count++) delivery = failed(waiting(delivery), failure, at)
  return delivery
}

describe('delivery of a check result to the classification system', () => {
  it('CRD-15 is due at once', () => {
    expect(newDelivery(notice, at)).toMatchObject({ status: 'WAITING', dueAt: at })
    expect(delivered(newDelivery(notice, at), at)).toMatchObject({ status: 'DELIVERED', deliveredAt: at, notice })
  })

  it('CRD-15 waits longer after each failure, 5 minutes at most', () => {
    const delays = [1, 2, 3, 9, 10, 50].map((times) => waiting(after(outage, times)).dueAt)
    expect(delays).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000].map((ms) => addMs(at, ms)))
  })

  it('CRD-15 makes a dead letter of the third refusal, none of the second, and none of any outage', () => {
    expect(after(refused, refusalsAllowed - 1)).toMatchObject({ status: 'WAITING', refusals: 2 })
    expect(after(refused, refusalsAllowed)).toMatchObject({ status: 'DEAD', refusals: 3, lastFailure: 'credit-system-refused' })
    expect(after(outage, 500)).toMatchObject({ status: 'WAITING', outages: 500 })
  })

  it('CRD-15 sends a dead letter again with a clean count, and nothing else', () => {
    const later = addMs(at, 1)
    expect(revived(after(refused, refusalsAllowed), later)).toMatchObject({ status: 'WAITING', refusals: 0, dueAt: later })
    expect(revived(newDelivery(notice, at), later)).toBeUndefined()
    expect(revived(delivered(newDelivery(notice, at), at), later)).toBeUndefined()
  })
})
