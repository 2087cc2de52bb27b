import type { Instant, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  attemptsBeforeTold,
  claimPlan,
  hearVersion,
  noChannel,
  type PendingPlan,
  type PlanAttempt,
  type PlanChange,
  type PublishedPlan,
  settlePlan,
} from './published-plan.ts'

const at = (second: number): Instant => `2026-01-20T01:00:${String(second).padStart(2, '0')}.000Z` as Instant
const heard = (version: number) => ({
  planId: 'plan-1' as PlanId,
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  version,
  digest: `d${version}`,
})
const planOf = (change: PlanChange | undefined): PublishedPlan => {
  if (change === undefined) throw new Error('nothing changed')
  return change.plan
}
const pendingOf = (plan: PublishedPlan): PendingPlan => {
  if (plan.status !== 'pending') throw new Error(plan.status)
  return plan
}
const first = planOf(hearVersion(undefined, heard(1), at(0)))
const claimOf = (plan: PublishedPlan, now = at(0), until = at(30)): PendingPlan => pendingOf(planOf(claimPlan(plan, now, until)))
const to = (outcomes: Readonly<Record<string, string>>): PlanAttempt => ({
  channels: Object.entries(outcomes).map(([channel, outcome]) => ({
    channel,
    outcome: outcome.startsWith('ref-') ? { reference: outcome } : { failure: outcome },
  })),
})
const settled = (plan: PublishedPlan, claimed: PendingPlan, attempt: PlanAttempt): PlanChange | undefined =>
  settlePlan(plan, { claimed, attempt, now: at(2), systemNow: at(3), retryAt: at(5) })
const attempted = (plan: PublishedPlan, attempt: PlanAttempt): PlanChange | undefined => {
  const claimed = claimOf(plan, at(59), at(59))
  return settled(claimed, claimed, attempt)
}

describe('a published plan on its way', () => {
  it('PLN-08 is delivered once every channel gave it back, each with its time and reference', () => {
    const one = attempted(first, to({ publicitySystem: 'ref-1', departmentWebsite: 'channel-unavailable' }))
    const delivered = { channel: 'publicitySystem', delivered: { at: at(2), reference: 'ref-1' } }
    expect(one?.events).toEqual([delivered])
    expect(one?.plan).toMatchObject({ status: 'pending', push: { attempts: 1, retryAt: at(5) } })
    expect(one?.plan.deliveries).toEqual([delivered, { channel: 'departmentWebsite', failure: 'channel-unavailable', told: false }])
    const both = attempted(planOf(one), to({ publicitySystem: 'ref-other', departmentWebsite: 'ref-2' }))
    const second = { channel: 'departmentWebsite', delivered: { at: at(2), reference: 'ref-2' } }
    expect(both?.events).toEqual([second])
    expect(both?.plan).toMatchObject({ status: 'delivered', deliveries: [delivered, second] })
    expect(both?.plan).not.toHaveProperty('push')
  })

  it('PLN-10 starts anew with a later version, and never goes back to an earlier or the same', () => {
    const done = planOf(attempted(first, to({ publicitySystem: 'ref-1' })))
    expect(hearVersion(done, heard(1), at(9))).toBeUndefined()
    const next = planOf(hearVersion(done, heard(2), at(9)))
    expect(next).toEqual({ ...heard(2), heardAt: at(9), status: 'pending', push: { attempts: 0, retryAt: at(9) }, deliveries: [] })
    expect(hearVersion(next, heard(1), at(10))).toBeUndefined()
  })

  it('PLN-10 sends a later version after the push in hand of the one before has ended', () => {
    const claimed = claimOf(first)
    const next = planOf(hearVersion(claimed, heard(2), at(1)))
    expect(next).toMatchObject({ version: 2, push: { retryAt: at(30) } })
    expect(claimPlan(next, at(29), at(59))).toBeUndefined()
    const free = settled(next, claimed, to({ publicitySystem: 'ref-1' }))
    expect(free?.events).toEqual([])
    expect(free?.plan).toMatchObject({ version: 2, status: 'pending', push: { attempts: 0, retryAt: at(3) }, deliveries: [] })
    expect(planOf(hearVersion(claimed, heard(2), at(30)))).toMatchObject({ push: { retryAt: at(30) } })
    expect(planOf(hearVersion(claimed, heard(2), at(31)))).toMatchObject({ push: { retryAt: at(31) } })
  })

  it('PUB-25 is taken by one sweep at a time, when its pause is over', () => {
    const claimed = claimOf(first)
    expect(claimPlan(claimed, at(29), at(59))).toBeUndefined()
    const again = claimOf(claimed, at(30), at(59))
    expect(settled(again, claimed, to({ publicitySystem: 'ref-1' }))).toBeUndefined()
    const done = planOf(settled(again, again, to({ publicitySystem: 'ref-1' })))
    expect(claimPlan(done, at(59), at(59))).toBeUndefined()
    expect(settled(done, again, to({ publicitySystem: 'ref-1' }))).toBeUndefined()
  })

  it('PLN-08 tells at once, and once, that there is no address of a channel', () => {
    const one = attempted(first, to({ enforcementPlatform: noChannel }))
    expect(one?.events).toEqual([{ channel: 'enforcementPlatform', failure: noChannel, told: true }])
    const two = attempted(planOf(one), to({ enforcementPlatform: noChannel }))
    expect(two?.events).toEqual([])
    expect(two?.plan.deliveries).toEqual([{ channel: 'enforcementPlatform', failure: noChannel, told: true }])
  })

  it('PUB-25 tells once that a channel stays away, after so many attempts', () => {
    let plan = first
    const told: number[] = []
    for (let attempt = 1; attempt <= attemptsBeforeTold + 2; attempt++) {
      const change = attempted(plan, to({ publicitySystem: 'channel-differs' }))
      if ((change?.events.length ?? 0) > 0) told.push(attempt)
      plan = planOf(change)
    }
    expect(told).toEqual([attemptsBeforeTold])
    expect(attempted(plan, to({ publicitySystem: 'ref-1' }))?.events).toHaveLength(1)
  })

  it('PUB-25 waits for planning as it does for a channel, and says why', () => {
    const change = attempted(first, { failure: 'service-unavailable' })
    expect(change?.events).toEqual([])
    expect(change?.plan).toMatchObject({ push: { attempts: 1, retryAt: at(5), failure: 'service-unavailable' }, deliveries: [] })
    const after = attempted(planOf(change), to({ publicitySystem: 'channel-unavailable' }))
    expect(pendingOf(planOf(after)).push).toEqual({ attempts: 2, retryAt: at(5) })
  })
})
