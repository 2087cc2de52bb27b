import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, planLine } from '../../tests/support/lines.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import type { ItemSet } from '../domain/item-set.ts'
import type { Plan, PlanLine } from '../domain/plan.ts'
import type { Caller, Ports } from './ports.ts'
import { countPlan, figuresOf, settleVersion } from './settle-version.ts'

const yearStart = '2025-12-31T16:00:00.000Z' as Instant

const poolOf = (size: number) => ({ byGrade: new Map([['A', size]]), enterprisesByGrade: new Map([['A', size]]) })

/** 80 enterprises before the year, 100 at its beginning, 140 since; the pilot's policy with another denominator. */
async function enterprisesOf(denominatorAsOf: 'PLAN_FILING' | 'YEAR_START', asOf: Instant): Promise<{ readonly enterprises: number }> {
  const value = { numerator: 'DISTINCT_ENTERPRISES', denominatorAsOf } as const
  const isAsked = (key: string): boolean => key === 'ratio.yearFloor.count'
  const policy = {
    ...fourCoalCities,
    get: ((key) => (isAsked(key) ? { ok: true, value } : fourCoalCities.get(key))) as typeof fourCoalCities.get,
    find: ((key) => (isAsked(key) ? value : fourCoalCities.find(key))) as typeof fourCoalCities.find,
  }
  const ports = {
    policies: { get: () => Promise.resolve(policy) },
    registry: {
      pools: (_region: RegionCode, sets: readonly unknown[], at: Instant) =>
        Promise.resolve({ pools: sets.map(() => poolOf(50)), enterprises: at < yearStart ? 80 : at === yearStart ? 100 : 140 }),
    },
  } as unknown as Ports
  const plan = { regionCode: '230300', year: 2026, policyDigest: 'p', policy: { preset: 'test', version: 1 } } as unknown as Plan
  return figuresOf(await countPlan(ports, plan, [planLine('L01')], asOf, { context: {} } as unknown as Caller))
}

describe('the pools of other cities', () => {
  it('DRW-26 PLN-18 are asked for once a city, each set of items once, and no more than a few cities at a time', async () => {
    const asked: string[] = []
    let running = 0
    let most = 0
    const ports = {
      policies: { get: () => Promise.resolve(fourCoalCities) },
      registry: {
        pools: (_region: RegionCode, sets: readonly unknown[]) => Promise.resolve({ pools: sets.map(() => poolOf(50)), enterprises: 1000 }),
        elsewhere: {
          pools: async (region: RegionCode, sets: readonly ItemSet[]) => {
            asked.push([region, ...sets.map(({ itemCodes }) => itemCodes.join('+'))].join(' '))
            most = Math.max(most, ++running)
            await Promise.resolve()
            running--
            return { pools: sets.map(() => poolOf(10)), enterprises: 100 }
          },
        },
      },
    } as unknown as Ports
    const plan = { regionCode: '230300', year: 2026, policyDigest: 'p', policy: { preset: 'test', version: 1 } } as unknown as Plan
    const cities = Array.from({ length: 12 }, (_, index) => ({
      regionCode: `2304${String(index).padStart(2, '0')}` as RegionCode,
      initiatorUnitId: `u${index}` as UnitId,
      unitIds: [`u${index}` as UnitId],
    }))
    const joined = (id: string): PlanLine => {
      const line = planLine(id)
      const theirs = cities.map(({ initiatorUnitId }) => ({ ...(line.units[0] as PlanLine['units'][number]), unitId: initiatorUnitId }))
      return { ...line, units: [...line.units, ...theirs], joint: { merged: false, cities } }
    }
    const caller = { context: {} } as unknown as Caller
    const { counted } = await countPlan(ports, plan, [joined('L01'), joined('L02')], yearStart, caller)
    expect(counted.map(({ elsewhere }) => elsewhere?.length)).toEqual([12, 12])
    expect(asked).toEqual(cities.map(({ regionCode }) => `${regionCode} G1`))
    expect(most).toBeLessThanOrEqual(4)
  })
})

describe('a version that leaves DRAFT', () => {
  it('CRD-21 has the candidates of all its lines kept in one call, and each line counts and names its own', async () => {
    const asked: (readonly (readonly string[])[])[] = []
    const ports = {
      policies: { get: () => Promise.resolve(fourCoalCities) },
      mergeWindows: {
        change: (_region: string, _year: number, decide: (current: object) => object) => Promise.resolve(decide({ windows: [] })),
      },
      registry: {
        pools: (_region: RegionCode, sets: readonly unknown[]) =>
          Promise.resolve({ pools: sets.map(() => poolOf(500)), enterprises: 1000 }),
        keepCandidates: (_planId: string, _region: RegionCode, sets: readonly ItemSet[]) => {
          asked.push(sets.map(({ itemCodes }) => itemCodes))
          return Promise.resolve(
            sets.map((set, index) => ({
              ...poolOf(100 + index),
              candidates: { id: set.itemCodes.join('+'), digest: 'd' },
            })),
          )
        },
      },
    } as unknown as Ports
    const plan = {
      planId: 'p1',
      regionCode: '230300',
      year: 2026,
      policyDigest: 'p',
      policy: { preset: 'test', version: 1 },
    } as unknown as Plan
    const on = (id: string, ...items: readonly string[]): PlanLine => ({ ...planLine(id), itemCodes: items.map(code) })
    const lines = [on('L01', 'G1'), on('L02', 'G2', 'G1'), on('L03', 'G1'), on('L04', 'G1', 'G2')]
    const { figures } = await settleVersion(ports, plan, lines, yearStart, { context: {} } as unknown as Caller)
    expect(asked).toEqual([[['G1'], ['G1', 'G2']]])
    expect(figures.lines.map(({ mapped, candidates }) => [mapped, candidates?.id])).toEqual([
      [100, 'G1'],
      [101, 'G1+G2'],
      [100, 'G1'],
      [101, 'G1+G2'],
    ])
  })
})

describe('the denominator of the yearly floor', () => {
  it('CRD-08 is of the filing or of the beginning of the year, as policy says', async () => {
    const filing = '2026-01-20T02:00:00.000Z' as Instant
    expect((await enterprisesOf('PLAN_FILING', filing)).enterprises).toBe(140)
    expect((await enterprisesOf('YEAR_START', filing)).enterprises).toBe(100)
  })

  it('CRD-08 is of the filing while the year has not begun', async () => {
    const before = '2025-12-20T02:00:00.000Z' as Instant
    expect((await enterprisesOf('YEAR_START', before)).enterprises).toBe(80)
    expect((await enterprisesOf('PLAN_FILING', before)).enterprises).toBe(80)
  })
})
