import { type Instant, type Ratio, type RegionCode, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { planLine, strata } from '../../tests/support/lines.ts'
import { countedPlan, poolOf as pool } from '../../tests/support/pools.ts'
import { changed, fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { planFigures } from './figures.ts'
import { gapClosing } from './gap-closing.ts'
import { scopeKey, wholeScope } from './object-scope.ts'
import type { PlanLine } from './plan.ts'
import type { MixedPool, PoolCount } from './pool.ts'

const asOf = '2026-01-10T02:00:00.000Z' as Instant
const inRegion = (region: string) => ({ ...wholeScope, regionCodes: [region as RegionCode] })
const [east, west] = [inRegion('230302'), inRegion('230303')]
const whole = ratioOf(1, 1)

/** Two batches, the first of the east and the second of the west. */
const scoped = (shares: readonly [Ratio, Ratio], members: Partial<PlanLine> = {}): PlanLine => {
  const line = { ...planLine('L01', { times: 2 }), ...members }
  const scopes = [east, west] as const
  return {
    ...line,
    batches: line.batches.map((batch, at) => ({ ...batch, share: shares[at] ?? whole, scope: scopes[at] ?? east })),
  }
}
const withScopes = (all: PoolCount, inEast: MixedPool, inWest: MixedPool): PoolCount => ({
  ...all,
  byScope: new Map([
    [scopeKey(east), inEast],
    [scopeKey(west), inWest],
  ]),
})
const figures = (line: PlanLine, of: PoolCount, policy = fourCoalCities) =>
  valueOf(planFigures(policy, { plan: countedPlan, counted: [{ line, pool: of }], whole: of }, asOf))

const shops = (count: number) => pool({ A: count }, 1000, { A: 0 })

describe('the floor of lines whose batches draw from scopes of their own', () => {
  it('CRD-08 PLN-13 expects enterprises of what each batch draws of its own scope', () => {
    const of = withScopes(pool({ A: 100 }, 40, { A: 50 }), pool({ A: 50 }), shops(50))
    const cut = scoped([ratioOf(1, 10), ratioOf(9, 10)], { ratios: [], count: 10 })
    expect(figures(cut, of)).toMatchObject({
      planned: 10,
      plannedEnterprises: 1,
      lines: [{ batches: [1, 9] }],
      floor: { objects: 2, lowest: 1, planned: 1, highest: 1, gap: 1, lines: [{ lowest: 1, highest: 1 }] },
    })
    // Of the same without scopes half are expected, and none is sure.
    const { byScope: _, ...alike } = of
    const batches = cut.batches.map(({ scope: __, ...batch }) => batch)
    expect(figures({ ...cut, batches }, alike)).toMatchObject({
      plannedEnterprises: 5,
      lines: [{ batches: [1, 9] }],
      floor: { lowest: 0, planned: 5, highest: 10, gap: 0 },
    })
  })

  it('CRD-08 CRD-18 PLN-13 is sure of an enterprise where a scope has no other objects', () => {
    const of = withScopes(pool({ A: 1000 }, 20, { A: 10 }), pool({ A: 10 }), shops(990))
    expect(figures(scoped([whole, whole]), of)).toMatchObject({
      plannedEnterprises: 1,
      lines: [{ batches: [1, 30] }],
      floor: { objects: 1, lowest: 1, planned: 1, highest: 1, verdict: 'always', gap: 0 },
    })
    expect(
      valueOf(gapClosing(fourCoalCities, { counted: [{ line: scoped([whole, whole]), pool: of }], whole: of, capOf: () => undefined })),
    ).toMatchObject({
      reach: 1,
      verdict: 'MET',
    })
  })

  it('CRD-07 CRD-08 PLN-13 is sure of the batch that draws most where scopes overlap and the same may be drawn again', () => {
    const ten = pool({ D: 10 })
    const key = (ratio: string): Partial<PlanLine> => ({ itemClass: 'KEY', ratios: strata({ D: ratio }) })
    const overlapping = figures(scoped([whole, whole], key('50%')), withScopes(ten, ten, ten))
    expect(overlapping).toMatchObject({ lines: [{ batches: [5, 5] }], floor: { lowest: 5, planned: 10, highest: 10 } })
    expect(figures({ ...planLine('L01', { times: 2 }), ...key('100%') }, ten)).toMatchObject({
      lines: [{ batches: [5, 5] }],
      floor: { lowest: 5, planned: 10, highest: 10 },
    })
    // No object is in two of these.
    expect(figures(scoped([whole, whole], key('50%')), withScopes(pool({ D: 20 }), ten, ten))).toMatchObject({ floor: { lowest: 10 } })
    // Eight and two of the same ten, as the number is cut.
    const number = scoped([ratioOf(8, 10), ratioOf(2, 10)], { itemClass: 'KEY', ratios: [], count: 10 })
    expect(figures(number, withScopes(ten, ten, ten))).toMatchObject({ lines: [{ batches: [8, 2] }], floor: { lowest: 8 } })
    // Two and one of one scope: two are sure, not half of three.
    const odd: PlanLine = { ...planLine('L01', { times: 2 }), itemClass: 'KEY', ratios: [], count: 3 }
    expect(figures(odd, ten)).toMatchObject({ lines: [{ batches: [2, 1] }], floor: { lowest: 2 } })
  })

  it('CRD-08 CRD-09 PLN-13 adds up what overlapping scopes draw where each leaves out whom the other drew, to no more than there are', () => {
    const ten = pool({ A: 10 })
    const key = (ratio: string) => scoped([whole, whole], { itemClass: 'KEY', ratios: strata({ A: ratio }) })
    expect(figures(key('30%'), withScopes(ten, ten, ten))).toMatchObject({ floor: { lowest: 6, planned: 6, highest: 6 } })
    expect(figures(key('80%'), withScopes(pool({ A: 10, B: 50 }), ten, ten))).toMatchObject({
      planned: 16,
      plannedEnterprises: 10,
      floor: { lowest: 10, planned: 10, highest: 10, lines: [{ lowest: 10, highest: 10 }] },
    })
  })

  it('CRD-18 PLN-13 adds the draws of each scope up where the floor counts draws', () => {
    const draws = changed(fourCoalCities, 'ratio.yearFloor.count', { numerator: 'DRAWS', denominatorAsOf: 'PLAN_FILING' })
    const ten = pool({ D: 10 })
    const line = scoped([whole, whole], { itemClass: 'KEY', ratios: strata({ D: '50%' }) })
    expect(figures(line, withScopes(ten, ten, ten), draws)).toMatchObject({ floor: { lowest: 10, planned: 10, highest: 10 } })
  })
})
