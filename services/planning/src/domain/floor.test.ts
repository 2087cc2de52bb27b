import { describe, expect, it } from 'vitest'
import { code, inBands, planLine, strata } from '../../tests/support/lines.ts'
import { changed, fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { plannedByStratum } from './figures.ts'
import { floorFigures } from './floor.ts'
import type { PlanLine } from './plan.ts'
import type { PoolCount } from './pool.ts'

const pool = (byGrade: Readonly<Record<string, number>>, enterprises = 1000): PoolCount => ({
  byGrade: new Map(Object.entries(byGrade)),
  enterprises,
})
const draws = changed(fourCoalCities, 'ratio.yearFloor.count', { numerator: 'DRAWS', denominatorAsOf: 'PLAN_FILING' })

const result = (lines: readonly PlanLine[], whole: PoolCount, policy = fourCoalCities) => {
  const planned = lines.map((line) => ({ line, pool: whole, byStratum: valueOf(plannedByStratum(fourCoalCities, line, whole)) }))
  return floorFigures(policy, planned, whole)
}
const figures = (...args: Parameters<typeof result>) => valueOf(result(...args))
const counted = (count: number): PlanLine => ({ ...planLine('L01'), count, ratios: [] })

describe('what a plan reaches against the yearly floor', () => {
  it('CRD-18 is all figures in objects, with what each line reaches', () => {
    const whole = pool({ A: 100, D: 4 }, 100)
    expect(figures([planLine('L01'), planLine('L02')], whole)).toEqual({
      objects: 5,
      lowest: 3,
      planned: 14,
      highest: 14,
      verdict: 'reachable',
      gap: 0,
      lines: ['L01', 'L02'].map((lineId) => ({ lineId, lowest: 1 + 2, highest: 3 + 4 })),
    })
  })

  it('CRD-08 adds draws up where the floor counts draws, and never more objects than there are where it counts these', () => {
    const whole = pool({ D: 4 })
    const lines = [planLine('L01'), planLine('L02')]
    expect(figures(lines, whole, draws)).toMatchObject({ lowest: 4, planned: 8, highest: 8 })
    expect(figures(lines, whole)).toMatchObject({ lowest: 2, planned: 4, highest: 4 })
  })

  it('CRD-18 reaches the floor always where its lowest does, and at best where its highest does', () => {
    const verdict = (enterprises: number) => figures([planLine('L01')], pool({ A: 100, D: 4 }, enterprises)).verdict
    expect(verdict(3 * 20)).toBe('always')
    expect(verdict(3 * 20 + 1)).toBe('reachable')
    expect(verdict(7 * 20)).toBe('reachable')
    expect(verdict(7 * 20 + 1)).toBe('unreachable')
  })

  it('CRD-08 leaves no gap from the floor on, and each object missing below it', () => {
    const gap = (enterprises: number) => figures([planLine('L01')], pool({ A: 100, D: 4 }, enterprises)).gap
    expect(gap(6 * 20)).toBe(0)
    expect(gap(7 * 20)).toBe(0)
    expect(gap(7 * 20 + 1)).toBe(1)
  })

  it('CRD-04 CRD-18 a ratio that left its band for a reason belongs to what can be reached', () => {
    const whole = pool({ A: 1000 })
    const withA = (ratio: string) => ({ ...planLine('L01'), ratios: strata({ A: ratio }) })
    expect(figures([withA('2%')], whole).lines).toEqual([{ lineId: 'L01', lowest: 10, highest: 30 }])
    expect(figures([withA('0.5%')], whole).lines).toEqual([{ lineId: 'L01', lowest: 5, highest: 30 }])
    expect(figures([withA('5%')], whole).lines).toEqual([{ lineId: 'L01', lowest: 10, highest: 50 }])
  })

  it('CRD-18 of a plan without lines is nothing', () => {
    expect(figures([], pool({ A: 10 }, 20))).toMatchObject({
      objects: 1,
      lowest: 0,
      planned: 0,
      highest: 0,
      verdict: 'unreachable',
      gap: 1,
    })
  })

  it('CRD-18 of a number of objects, and of key items, is what is planned: no more and no less', () => {
    const whole = pool({ A: 100, D: 4 })
    expect(figures([counted(26)], whole).lines).toEqual([{ lineId: 'L01', lowest: 26, highest: 26 }])
    expect(figures([counted(500)], whole).lines).toEqual([{ lineId: 'L01', lowest: 104, highest: 104 }])
    const key = planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    expect(figures([key], whole).lines).toEqual([{ lineId: 'L01', lowest: 11, highest: 11 }])
  })

  it('CRD-16 CRD-18 of objects without a grade is what is planned of them, beside grades that bands move', () => {
    const whole = pool({ A: 100, UNGRADED: 100 })
    expect(figures([planLine('L01')], whole).lines).toEqual([{ lineId: 'L01', lowest: 1 + 5, highest: 3 + 5 }])
    const all = { ...planLine('L01'), ratios: strata({ ALL: '3%' }) }
    expect(figures([all], whole).lines).toEqual([{ lineId: 'L01', lowest: 6, highest: 3 + 6 }])
    expect(figures([all], pool({ A: 200, UNGRADED: 2 })).lines).toEqual([{ lineId: 'L01', lowest: 2 + 2, highest: 6 + 2 }])
  })

  it('CRD-03 POL-04 cannot be told of a grade outside the scheme, nor without the floor or what it counts', () => {
    const whole = pool({ A: 100 })
    const line = { ...planLine('L01'), ratios: [...inBands, ...strata({ E: '3%' })] }
    expect(result([line], pool({ E: 4 }))).toMatchObject({ ok: false, error: { code: 'unknown-grade', grade: 'E' } })
    for (const key of ['ratio.yearFloor', 'ratio.yearFloor.count', 'ratio.bands'] as const)
      expect(result([planLine('L01')], whole, changed(fourCoalCities, key, undefined)), key).toMatchObject({ ok: false, error: { key } })
    const floorless = changed(fourCoalCities, 'ratio.yearFloor', undefined)
    expect(result([], whole, floorless)).toMatchObject({ ok: false, error: { key: 'ratio.yearFloor' } })
  })

  it('CRD-16 POL-04 asks what objects without a grade count as only where there are some', () => {
    const unsaid = changed(fourCoalCities, 'ratio.unclassified', undefined)
    expect(result([planLine('L01')], pool({ A: 100 }, 100), unsaid)).toMatchObject({
      ok: true,
      value: { objects: 5, lowest: 1, highest: 3 },
    })
  })
})
