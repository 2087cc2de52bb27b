import type { Instant, PlanId, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { city, days } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { poolOf } from '../../tests/support/pools.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { ItemSet } from '../domain/item-set.ts'
import type { LineCheck } from '../domain/line-check.ts'
import type { Caller, Ports } from './ports.ts'
import { progressOf, progressOfPlans } from './progress-of.ts'

const caller = { principal: { regionCode: city, roles: ['AUDITOR'] } } as unknown as Caller
const window = days('2026-04-01', '2026-04-30')
const lines = [
  campaign('L01', { window }),
  campaign('L02', { window, objects: { kinds: ['PRODUCT'], industryPrefixes: ['F52'], tags: ['冷链'] } }),
]
const plans = ['p1', 'p2'].map((planId) => planAt({ ...publishedVersionOf([]), undrawn: lines }, { planId: planId as PlanId }))

/** Two plans of the same lines in April, and a registry that has two objects of every scope; remembers what it was asked. */
function world(checks: readonly LineCheck[]) {
  const asked: (readonly [RegionCode, readonly ItemSet[], Instant])[] = []
  const ports = {
    clock: () => '2026-04-15T02:00:00.000Z' as Instant,
    plans: { load: async (id: string) => plans.find(({ planId }) => planId === id) },
    draws: { ofPlans: async () => [] },
    tasks: { countsOf: async () => [], countsOfClueTasks: async () => new Map() },
    lineChecks: { ofPlans: async () => checks },
    registry: {
      pools: async (region: RegionCode, sets: readonly ItemSet[], asOf: Instant) => {
        asked.push([region, sets, asOf])
        return { pools: sets.map(() => poolOf({ A: 1, UNGRADED: 1 })), enterprises: 9 }
      },
    },
  } as unknown as Ports
  return { asked, ports }
}

const check = (planId: string, lineId: string, mark: string, completed = true): LineCheck => ({ planId, lineId, mark, completed })
const scope = { kinds: ['PRODUCT'], regionCodes: [] }

describe('how many objects lines without a draw go to', () => {
  it('PLN-24 PLN-19 is counted of every line of a plan, in one pass', async () => {
    const { asked, ports } = world([check('p1', 'L01', 'a'), check('p1', 'L01', 'b')])
    const { undrawn } = await progressOf(ports, 'p1', caller)
    expect(undrawn).toMatchObject([
      { lineId: 'L01', status: 'UNDER_WAY', objects: { total: 2, checked: 2 } },
      { lineId: 'L02', status: 'UNOPENED', objects: { total: 2, checked: 0 } },
    ])
    expect(asked.map(([region, sets, asOf]) => [region, sets.length, asOf])).toEqual([[city, 2, '2026-04-15T02:00:00.000Z']])
    expect(asked[0]?.[1][1]?.scoped).toEqual(
      expect.arrayContaining([
        { itemCodes: [], scope: { ...scope, industryPrefixes: ['F52'], tags: [] } },
        { itemCodes: [], scope: { ...scope, industryPrefixes: [], tags: ['冷链'] } },
      ]),
    )
  })

  it('PLN-24 PLN-19 is not counted over many plans: no status turns on it', async () => {
    const { asked, ports } = world([
      check('p1', 'L01', 'a'),
      check('p1', 'L01', 'b'),
      check('p2', 'L01', 'a'),
      check('p2', 'L02', 'a'),
      check('p2', 'L02', 'b', false),
    ])
    const found = await progressOfPlans(ports, plans)
    expect([...found].map(([id, { undrawn }]) => [id, undrawn.map(({ status }) => status)])).toEqual([
      ['p1', ['UNDER_WAY', 'UNOPENED']],
      ['p2', ['UNDER_WAY', 'UNDER_WAY']],
    ])
    expect([...found.values()].flatMap(({ undrawn }) => undrawn.map(({ objects }) => objects)).every((each) => each === undefined)).toBe(
      true,
    )
    expect(asked).toEqual([])
  })
})
