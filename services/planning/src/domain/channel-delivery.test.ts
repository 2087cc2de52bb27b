import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, planLine } from '../../tests/support/lines.ts'
import { planAt } from '../../tests/support/plans.ts'
import { type ToldDelivery, tellDelivery } from './channel-delivery.ts'
import { evolve } from './evolve.ts'
import type { ChannelDelivery, Plan, PlanVersion } from './plan.ts'
import { planAsOf } from './plan-as-of.ts'

const channels = ['publicitySystem', 'departmentWebsite']
const content = { lines: [planLine('L01')], changes: [] }
const later = '2026-03-01T00:00:00.000Z' as Instant
const superseded: PlanVersion = {
  ...content,
  number: 1,
  state: 'SUPERSEDED',
  publication: { ...act, channels, digest: 'd1' },
  superseded: { version: 2, by: 'planner', at: later },
}
const inForce: PlanVersion = {
  ...content,
  number: 2,
  state: 'PUBLISHED',
  publication: { by: 'planner', at: later, channels, digest: 'd2' },
}
const plan: Plan = planAt(superseded, { versions: [superseded, inForce], updatedAt: later })

const at = (text: string): Instant => `2026-03-02T${text}:00.000Z` as Instant
const proof = (channel: string, time = at('08:00')): ChannelDelivery => ({ channel, deliveredAt: time, reference: `ref-${channel}` })
const problem: ChannelDelivery = { channel: 'publicitySystem', undeliveredSince: at('07:00'), failure: 'no-channel' }
const told = (delivery: ChannelDelivery, members: Partial<ToldDelivery> = {}): ToldDelivery => ({
  version: 2,
  digest: 'd2',
  delivery,
  ...members,
})
const after = (of: Plan, ...all: readonly ToldDelivery[]): Plan =>
  all.reduce((before, each) => tellDelivery(before, each).reduce<Plan>(evolve, before), of)
const deliveriesOf = (of: Plan | undefined, index: number): readonly ChannelDelivery[] | undefined => {
  const version = of?.versions[index]
  return version !== undefined && 'publication' in version ? version.publication.deliveries : undefined
}

describe('the proof that a version is on a channel', () => {
  it('PLN-08 is taken onto its own version, one a channel, and is no act on the plan', () => {
    const proven = after(plan, told(proof('publicitySystem')), told(proof('departmentWebsite')))
    expect(deliveriesOf(proven, 1)).toEqual([proof('publicitySystem'), proof('departmentWebsite')])
    expect(deliveriesOf(proven, 0)).toBeUndefined()
    expect(proven.updatedAt).toBe(later)
    expect(deliveriesOf(after(plan, told(proof('publicitySystem'), { version: 1, digest: 'd1' })), 0)).toEqual([proof('publicitySystem')])
    expect(deliveriesOf(after({ ...plan, closed: act }, told(proof('publicitySystem'))), 1)).toEqual([proof('publicitySystem')])
  })

  it('PLN-08 takes the place of what was told before, and stays', () => {
    expect(deliveriesOf(after(plan, told(problem)), 1)).toEqual([problem])
    const proven = after(plan, told(problem), told(proof('publicitySystem')))
    expect(deliveriesOf(proven, 1)).toEqual([proof('publicitySystem')])
    expect(tellDelivery(proven, told(proof('publicitySystem', at('09:00'))))).toEqual([])
    expect(tellDelivery(proven, told(problem))).toEqual([])
    expect(tellDelivery(after(plan, told(problem)), told(problem))).toEqual([])
  })

  it.each([
    ['version', { version: 3 }],
    ['digest', { digest: 'd1' }],
    ['channel', { delivery: proof('enforcementPlatform') }],
  ])('PLN-08 is refused for a %s that the plan never published', (_what, members) => {
    expect(() => tellDelivery(plan, told(proof('publicitySystem'), members))).toThrow('no published version')
  })

  it('ACC-02 is not known before it was told', () => {
    const proven = after(plan, told(proof('publicitySystem')), told({ ...problem, channel: 'departmentWebsite' }))
    const then = (time: string) => deliveriesOf(planAsOf(proven, time as Instant), 1)
    expect(then(at('06:59'))).toBeUndefined()
    expect(then(at('07:59'))).toEqual([{ ...problem, channel: 'departmentWebsite' }])
    expect(then(at('08:00'))).toHaveLength(2)
  })
})
