import { type Instant, type Ratio, type RegionCode, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, inBands, planLine, strata } from '../../tests/support/lines.ts'
import { countedPlan, poolOf as pool } from '../../tests/support/pools.ts'
import { changed, fourCoalCities, samr2024 } from '../../tests/support/shipped.ts'
import { planFigures } from './figures.ts'
import { scopeKey, wholeScope } from './object-scope.ts'
import type { PlanLine } from './plan.ts'
import type { PoolCount } from './pool.ts'

const asOf = '2026-01-10T02:00:00.000Z' as Instant

const graded = pool({ A: 100, B: 100, C: 10, D: 4, UNGRADED: 20 })

const figures = (lines: readonly PlanLine[], whole = graded, of = graded, policy = fourCoalCities) =>
  planFigures(policy, { plan: countedPlan, counted: lines.map((line) => ({ line, pool: of })), whole }, asOf)

describe('planned quantities', () => {
  it('PLN-13 CRD-17 rounds every stratum of every batch up, as the draws do', () => {
    expect(figures([planLine('L01')])).toMatchObject({
      ok: true,
      value: { planned: 3 + 4 + 2 + 4 + 1, pool: 234, lines: [{ mapped: 234 }] },
    })
    expect(figures([planLine('L01', { times: 2 })])).toMatchObject({ ok: true, value: { planned: 2 * (2 + 2 + 1 + 2 + 1) } })
  })

  it('never plans more of a stratum than it has', () => {
    const small = pool({ A: 1, D: 1 })
    expect(figures([planLine('L01', { times: 2 })], small, small)).toMatchObject({ ok: true, value: { planned: 2 } })
    expect(figures([{ ...planLine('L01'), count: 500, ratios: [] }])).toMatchObject({
      ok: true,
      value: { planned: 234 },
    })
  })

  it('PLN-13 DRW-17 plans each batch by what its own scope has, and a number by the batch’s part of it', () => {
    const inRegion = (region: string) => ({ ...wholeScope, regionCodes: [region as RegionCode] })
    const [east, west] = [inRegion('230302'), inRegion('230303')]
    const ofYear = planLine('L01', { times: 2 })
    const scoped = (share: Ratio, members: Partial<PlanLine> = {}): PlanLine => ({
      ...ofYear,
      ...members,
      batches: ofYear.batches.map((batch, index) => ({ ...batch, share, scope: index === 0 ? east : west })),
    })
    const byScope = new Map([
      [scopeKey(east), pool({ A: 100 })],
      [scopeKey(west), pool({ A: 300 })],
    ])
    const both = { ...pool({ A: 400 }), byScope }
    // A 3 % of 100, and of 300: all of it in the one batch that each scope has.
    expect(figures([scoped(ratioOf(1, 1))], both, both)).toMatchObject({
      ok: true,
      value: { planned: 12, lines: [{ mapped: 400, planned: 12, batches: [3, 9] }] },
    })
    const number = { ratios: [], count: 301 }
    // Rounded up as the draws do: 151 of the 100 there are, and 150.
    expect(figures([scoped(ratioOf(1, 2), number)], both, both)).toMatchObject({
      ok: true,
      value: { planned: 250, lines: [{ batches: [100, 150] }] },
    })
  })

  it('PLN-13 PLN-24 keeps what each batch draws: each stratum rounded in each batch, as the draws do', () => {
    const line = planLine('L01', { times: 2 })
    const [few, most] = [ratioOf(1, 10), ratioOf(9, 10)]
    const cut = { ...line, batches: line.batches.map((batch, index) => ({ ...batch, share: index === 0 ? few : most })) }
    const strataOfAll = pool({ A: 3, B: 10, C: 10, D: 1 })
    // One of each stratum in the first batch, whose tenth of 3 %, 4 %, 20 % and 100 % is less than one; D is one object in all.
    expect(figures([cut], strataOfAll, strataOfAll)).toMatchObject({
      ok: true,
      value: { lines: [{ planned: 8, batches: [4, 4] }] },
    })
    const number = { ...cut, ratios: [], count: 7 }
    expect(figures([number], strataOfAll, strataOfAll)).toMatchObject({ value: { lines: [{ planned: 7, batches: [1, 6] }] } })
  })

  it('takes one ratio for ALL of the whole pool', () => {
    const line = planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    expect(figures([line])).toMatchObject({ ok: true, value: { planned: 24 } })
  })

  it('CRD-08 tells the enterprises expected among what is drawn, to the nearest whole over all strata together', () => {
    // A 3 % of 100 and C 20 % of 10: three and two objects, of which 1.5 and 1 are enterprises.
    const half = pool({ A: 100, C: 10 }, 1000, { A: 50, C: 5 })
    expect(figures([planLine('L01')], half, half)).toMatchObject({ ok: true, value: { planned: 5, plannedEnterprises: 3 } })
    const fewer = pool({ A: 100, C: 10 }, 1000, { A: 49, C: 5 })
    expect(figures([planLine('L01')], fewer, fewer)).toMatchObject({ ok: true, value: { planned: 5, plannedEnterprises: 2 } })
    const shops = pool({ A: 100, C: 10 }, 1000, {})
    expect(figures([planLine('L01')], shops, shops)).toMatchObject({ ok: true, value: { planned: 5, plannedEnterprises: 0 } })
  })

  it('TGT-20 plans of the white list by the ratio of policy, to the nearest object, and of the others as the line says', () => {
    const listed = pool({ A: 100, WHITE_LIST_A: 149, WHITE_LIST_UNGRADED: 49 })
    // A 3 % of 100, and 1 % of 149 and of 49.
    expect(figures([planLine('L01')], listed, listed)).toMatchObject({ ok: true, value: { planned: 3 + 1 + 0, pool: 298 } })
    const whole = planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    // 10 % of 100, and 1 % of 198.
    expect(figures([whole], listed, listed)).toMatchObject({ ok: true, value: { planned: 10 + 2, pool: 298 } })
  })

  it('TGT-20 names the white list where the policy has no ratio for it', () => {
    const listed = pool({ A: 100, WHITE_LIST_A: 5 })
    const without = changed(fourCoalCities, 'whiteList.ratio', undefined)
    expect(figures([planLine('L01')], listed, listed, without)).toMatchObject({
      ok: false,
      error: { code: 'stratum-without-ratio', lineId: 'L01', stratum: 'WHITE_LIST_A' },
    })
  })

  it('names the line and the stratum when a grade has no ratio', () => {
    const strange = pool({ E: 3 })
    expect(figures([planLine('L01')], strange, strange)).toMatchObject({
      ok: false,
      error: { code: 'stratum-without-ratio', lineId: 'L01', stratum: 'E' },
    })
  })
})

describe('the yearly floor', () => {
  const floorOf = (lines: readonly PlanLine[], whole: PoolCount, of = whole) => {
    const result = figures(lines, whole, of)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value.floor
  }

  it('CRD-18 computes the lowest and highest the bands allow, in objects', () => {
    const of = pool({ A: 100, B: 100, C: 10, D: 4 })
    expect(floorOf([planLine('L01')], of)?.lines).toEqual([{ lineId: 'L01', lowest: 1 + 3 + 2 + 2, highest: 3 + 5 + 5 + 4 }])
  })

  it.each([
    [20, 'always'],
    [160, 'always'],
    [161, 'reachable'],
    [340, 'reachable'],
    [341, 'unreachable'],
  ])('CRD-18 with %s enterprises the 5%% floor is %s', (enterprises, verdict) => {
    const of = pool({ A: 100, B: 100, C: 10, D: 4 }, enterprises)
    expect(floorOf([planLine('L01')], of)).toMatchObject({ verdict })
  })

  it('CRD-08 says how many objects the plan as it stands leaves missing', () => {
    expect(floorOf([planLine('L01')], pool({ A: 100 }, 60))).toMatchObject({ objects: 3, planned: 3, gap: 0 })
    expect(floorOf([planLine('L01')], pool({ A: 100 }, 61))).toMatchObject({ objects: 4, planned: 3, gap: 1 })
  })

  it('CRD-08 counts distinct enterprises: two lines on one pool are sure of the larger and never exceed the pool', () => {
    const of = pool({ D: 4 })
    expect(floorOf([planLine('L01'), planLine('L02')], of)).toMatchObject({ lowest: 2, planned: 4, highest: 4 })
    expect(figures([planLine('L01'), planLine('L02')], of, of)).toMatchObject({ ok: true, value: { planned: 8 } })
  })

  it('CRD-06 key items and objects without a grade stay as planned: no band moves them', () => {
    const key = planLine('L01', { itemCodes: [code('K1')], ratios: inBands })
    expect(floorOf([key], pool({ A: 100 }))?.lines).toEqual([{ lineId: 'L01', lowest: 3, highest: 3 }])
    expect(floorOf([planLine('L01')], pool({ UNGRADED: 100 }))?.lines).toEqual([{ lineId: 'L01', lowest: 5, highest: 5 }])
  })

  it('CRD-04 a ratio outside its band, given a reason, widens what is reached', () => {
    const reasons = [{ rule: 'RATIO_BAND', reason: '风险上升', legalBasis: '实施方案二(三)' }] as const
    const ratios = [...inBands.filter(({ stratum }) => stratum !== 'A'), ...strata({ A: '10%' })]
    expect(floorOf([planLine('L01', { ratios, reasons })], pool({ A: 100 }))?.lines).toEqual([{ lineId: 'L01', lowest: 1, highest: 10 }])
  })

  it('is absent where the policy has none', () => {
    const key = planLine('L01', { itemCodes: [code('K1')] })
    const withoutFloor = {
      ...fourCoalCities,
      find: ((name) => (name === 'ratio.yearFloor' ? undefined : fourCoalCities.find(name))) as typeof fourCoalCities.find,
    }
    const result = figures([key], graded, graded, withoutFloor)
    expect(result).toMatchObject({ ok: true, value: { planned: 14 } })
    expect(result.ok && result.value.floor).toBeUndefined()
  })

  it('POL-04 stops at a preset without a rounding rule, naming the key', () => {
    expect(figures([planLine('L01')], graded, graded, samr2024)).toMatchObject({
      ok: false,
      error: { code: 'policy-unset', key: 'ratio.rounding' },
    })
  })
})
