import { type Ratio, type RegionCode, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, planLine, strata } from '../../tests/support/lines.ts'
import { fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { expectedDraws } from './expected-draws.ts'
import { scopeKey, wholeScope } from './object-scope.ts'
import type { PlanLine } from './plan.ts'

const expected = (lines: readonly PlanLine[], byGrade: Readonly<Record<string, number>>) =>
  valueOf(
    expectedDraws(
      fourCoalCities,
      lines.map((line) => ({ line, pool: { byGrade: new Map(Object.entries(byGrade)) } })),
    ),
  )

describe('expected draws', () => {
  it('CRD-17 CRD-18 are told by grade and in all, of each line and of the plan', () => {
    expect(expected([planLine('L01'), planLine('L02')], { A: 100, D: 4, UNGRADED: 20 })).toEqual({
      planned: 2 * (3 + 4 + 1),
      byGrade: [
        { grade: 'A', mapped: 200, planned: 6 },
        { grade: 'D', mapped: 8, planned: 8 },
        { grade: 'UNGRADED', mapped: 40, planned: 2 },
      ],
      lines: ['L01', 'L02'].map((lineId) => ({
        lineId,
        planned: 8,
        byGrade: [
          { grade: 'A', mapped: 100, planned: 3 },
          { grade: 'D', mapped: 4, planned: 4 },
          { grade: 'UNGRADED', mapped: 20, planned: 1 },
        ],
      })),
    })
  })

  it('CRD-18 spreads a number, and one ratio for all, over the grades by their size', () => {
    const numbered = { ...planLine('L01'), ratios: [], count: 10 }
    expect(expected([numbered], { A: 75, B: 25 }).byGrade.map(({ planned }) => planned)).toEqual([8, 2])
    const all = planLine('L02', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    expect(expected([all], { A: 70, B: 30 }).byGrade.map(({ planned }) => planned)).toEqual([7, 3])
  })

  it('CRD-18 PLN-13 spreads what the batches of each scope draw over the grades of that scope alone', () => {
    const inRegion = (region: string) => ({ ...wholeScope, regionCodes: [region as RegionCode] })
    const [east, west] = [inRegion('230302'), inRegion('230303')]
    const ofYear = planLine('L01', { times: 2, itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    const scoped = (share: Ratio, members: Partial<PlanLine> = {}): PlanLine => ({
      ...ofYear,
      ...members,
      batches: ofYear.batches.map((batch, index) => ({ ...batch, share, scope: index === 0 ? east : west })),
    })
    const graded = (byGrade: Readonly<Record<string, number>>) => ({ byGrade: new Map(Object.entries(byGrade)) })
    const byScope = new Map([
      [scopeKey(east), graded({ A: 10, B: 190 })],
      [scopeKey(west), graded({ A: 200 })],
    ])
    const drawnOf = (line: PlanLine) =>
      valueOf(expectedDraws(fourCoalCities, [{ line, pool: { ...graded({ A: 210, B: 190 }), byScope } }])).byGrade
    // Of the east 1 of A and 19 of B, of the west 20 of A; over the whole pool it would be 21 of A, 19 of B.
    expect(drawnOf(scoped(ratioOf(1, 1)))).toEqual([
      { grade: 'A', mapped: 210, planned: 1 + 20 },
      { grade: 'B', mapped: 190, planned: 19 },
    ])
    // Nine tenths of a number from the east.
    const [first, second] = scoped(ratioOf(1, 1), { ratios: [], count: 40 }).batches
    if (first === undefined || second === undefined) throw new Error('the line has two batches')
    const batches = [
      { ...first, share: ratioOf(9, 10) },
      { ...second, share: ratioOf(1, 10) },
    ]
    expect(drawnOf({ ...ofYear, ratios: [], count: 40, batches })).toEqual([
      { grade: 'A', mapped: 210, planned: 2 + 4 },
      { grade: 'B', mapped: 190, planned: 34 },
    ])
  })

  it('TGT-20 has members of the white list with their grade', () => {
    const listed = { A: 100, WHITE_LIST_A: 149 }
    // 3 % of 100, and 1 % of 149 to the nearest object.
    expect(expected([planLine('L01')], listed).byGrade).toEqual([{ grade: 'A', mapped: 249, planned: 3 + 1 }])
    const all = planLine('L02', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    expect(expected([all], { ...listed, B: 100 }).byGrade).toEqual([
      { grade: 'A', mapped: 249, planned: 10 + 1 },
      { grade: 'B', mapped: 100, planned: 10 },
    ])
  })

  it('TGT-20 spreads what is drawn of the white list over the grades of its members alone, and tells grades in their order', () => {
    const all = planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    expect(expected([all], { WHITE_LIST_B: 400, A: 100 }).byGrade).toEqual([
      { grade: 'A', mapped: 100, planned: 10 },
      { grade: 'B', mapped: 400, planned: 4 },
    ])
  })

  it('DRW-26 POL-04 cannot be told where another city has a grade without a ratio, whether strata are merged or not', () => {
    const [own, others] = [{ byGrade: new Map([['A', 100]]) }, [{ regionCode: '230400' as RegionCode, byGrade: new Map([['E', 3]]) }]]
    for (const merged of [false, true]) {
      const line = { ...planLine('L01'), joint: { merged, cities: [] } }
      const told = expectedDraws(fourCoalCities, [{ line, pool: own, elsewhere: others }])
      expect(told).toMatchObject({ ok: false, error: { code: 'stratum-without-ratio', stratum: 'E' } })
    }
  })

  it('PLN-13 takes a scope that was not counted for a mistake, not for one without objects', () => {
    const pool = { byGrade: new Map([['A', 10]]), byScope: new Map() }
    expect(() => expectedDraws(fourCoalCities, [{ line: planLine('L01'), pool }])).toThrow('L01 was not counted')
  })

  it('POL-04 cannot be told of a grade without a ratio', () => {
    const pool = { byGrade: new Map([['E', 3]]) }
    expect(expectedDraws(fourCoalCities, [{ line: planLine('L01'), pool }])).toMatchObject({
      ok: false,
      error: { code: 'stratum-without-ratio' },
    })
  })
})
