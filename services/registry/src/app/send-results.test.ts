import { appError } from '@dual-random/errors'
import { addMs, type Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { resultNotice } from '../../tests/result-notices.ts'
import { newDelivery, type ResultDelivery, type Waiting } from '../domain/result-delivery.ts'
import type { ResultDeliveries } from './delivery-ports.ts'
import { holdMs, sendResults } from './send-results.ts'

const at = '2026-05-01T02:00:00.000Z' as Instant

const waiting = (resultId: string): Waiting => newDelivery(resultNotice(resultId), at)

/** A queue in memory that keeps the port's promises on claims. */
function queue(count: number) {
  const held = new Map<string, ResultDelivery>(Array.from({ length: count }, (_, index) => [`r${index}`, waiting(`r${index}`)]))
  const deliveries: Pick<ResultDeliveries, 'claim' | 'settle'> = {
    claim: async (now, heldUntil) => {
      for (const [id, delivery] of held) {
        if (delivery.status !== 'WAITING' || delivery.dueAt > now) continue
        const claimed = { ...delivery, dueAt: heldUntil }
        held.set(id, claimed)
        return claimed
      }
      return undefined
    },
    settle: async (before, after) => {
      if (held.get(before.notice.resultId) !== before) return false
      held.set(before.notice.resultId, after)
      return true
    },
  }
  const counts = () => Map.groupBy(held.values(), ({ status }) => status)
  return { deliveries, of: (status: ResultDelivery['status']) => counts().get(status) ?? [] }
}

const pass = (held: ReturnType<typeof queue>, take: () => Promise<void>) =>
  sendResults({ deliveries: held.deliveries, creditSystem: { take }, systemClock: () => at }, new AbortController().signal)

describe('a pass of the queue to the classification system', () => {
  it('CRD-15 sends everything that is due', async () => {
    const held = queue(100)
    await pass(held, async () => undefined)
    expect(held.of('DELIVERED')).toHaveLength(100)
  })

  it('CRD-15 leaves the rest due once the system is away, and holds nothing back of it', async () => {
    const held = queue(100)
    let calls = 0
    await pass(held, async () => {
      calls += 1
      throw appError('unavailable', 'credit-system-unavailable')
    })
    expect(calls).toBeLessThanOrEqual(8)
    expect(held.of('WAITING').filter((each) => each.status === 'WAITING' && each.dueAt === at)).toHaveLength(100 - calls)
    expect(held.of('WAITING').filter(({ outages }) => outages === 1)).toHaveLength(calls)
  })

  it('CRD-15 goes on after a refusal', async () => {
    const held = queue(10)
    let calls = 0
    await pass(held, async () => {
      calls += 1
      if (calls === 1) throw appError('failed-precondition', 'credit-system-refused', { meta: { status: 422 } })
    })
    expect(held.of('DELIVERED')).toHaveLength(9)
    expect(held.of('WAITING')).toMatchObject([{ refusals: 1, lastFailure: 'credit-system-refused' }])
  })

  it('CRD-15 a fault of this build is no answer of the system: the delivery stays held and comes again', async () => {
    const held = queue(1)
    await expect(pass(held, () => Promise.reject(new Error('bug')))).rejects.toMatchObject({ kind: 'internal' })
    expect(held.of('WAITING')).toMatchObject([{ dueAt: addMs(at, holdMs), outages: 0, refusals: 0 }])
  })
})
