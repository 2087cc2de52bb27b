import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code, inBands, planLine, strata } from '../../tests/support/lines.ts'
import { countedPlan, poolOf as pool } from '../../tests/support/pools.ts'
import { changed, fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { addUp, expectedEachOnce, expectedOfLine, gradesAgree } from './enterprises.ts'
import { floorFigures } from './floor.ts'
import type { PlanLine } from './plan.ts'
import { plannedByStratum } from './planned-draws.ts'
import { type LinePool, type PoolCount, sum } from './pool.ts'

const draws = changed(fourCoalCities, 'ratio.yearFloor.count', { numerator: 'DRAWS', denominatorAsOf: 'PLAN_FILING' })

/** Lines over one pool, or each over its own. */
const result = (lines: readonly PlanLine[], whole: PoolCount, policy = fourCoalCities, pools: readonly LinePool[] = []) => {
  const planned = lines.map((line, index) => {
    const own = pools[index] ?? whole
    return { line, pool: own, byStratum: valueOf(plannedByStratum(fourCoalCities, line, own)) }
  })
  const union = { enterprisesByGrade: whole.enterprisesByGrade, gradesAgree: gradesAgree(policy) }
  const plannedEnterprises = expectedEachOnce(addUp(planned.map(expectedOfLine)), union)
  return floorFigures(policy, { plan: countedPlan, planned, whole, plannedEnterprises })
}
const figures = (...args: Parameters<typeof result>) => valueOf(result(...args))
const counted = (count: number): PlanLine => ({ ...planLine('L01'), count, ratios: [] })

describe('what a plan reaches against the yearly floor', () => {
  it('CRD-18 is all figures together, with what each line reaches', () => {
    const whole = pool({ A: 100, D: 4 }, 100)
    expect(figures([planLine('L01'), planLine('L02')], whole)).toEqual({
      objects: 5,
      // Of A the second line leaves out whom the first drew, so they add up; D may be drawn again.
      lowest: 1 + 1 + 2,
      planned: 3 + 3 + 4,
      highest: 3 + 3 + 4,
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

  it('CRD-08 counts enterprises alone: of a draw that falls on other kinds as well, from what is sure to what may be', () => {
    const shops = pool({ A: 100, D: 4 }, 100, {})
    expect(figures([planLine('L01')], shops)).toMatchObject({ lowest: 0, planned: 0, highest: 0, verdict: 'unreachable', gap: 5 })
    expect(figures([planLine('L01')], shops, draws)).toMatchObject({ lowest: 3, planned: 7, highest: 7 })
    // Two of four are sure; one of these may be the one that is none.
    const mixed = pool({ D: 4 }, 100, { D: 3 })
    expect(figures([planLine('L01')], mixed)).toMatchObject({ lowest: 1, planned: 3, highest: 3 })
    const half = pool({ D: 4 }, 100, { D: 2 })
    expect(figures([planLine('L01')], half)).toMatchObject({ lowest: 0, planned: 2, highest: 2 })
  })

  it('CRD-08 CRD-09 lines over one pool do not add up beyond it, and apart pools do', () => {
    const a = pool({ A: 100 })
    const ofA = (...ratios: readonly string[]) =>
      ratios.map((ratio, index) => ({ ...planLine(`L0${index + 1}`), ratios: strata({ A: ratio }) }))
    expect(figures(ofA('3%', '3%'), a)).toMatchObject({ lowest: 2, planned: 6, highest: 6 })
    expect(figures(ofA('60%', '60%'), a)).toMatchObject({ lowest: 2, planned: 100, highest: 100 })
    const b = pool({ C: 10 })
    expect(figures([planLine('L01'), planLine('L02')], b)).toMatchObject({ lowest: 2 + 2, planned: 4, highest: 10 })
    const apart = pool({ C: 20 })
    expect(figures([planLine('L01'), planLine('L02')], apart, fourCoalCities, [b, b])).toMatchObject({ planned: 4, highest: 10 })
    expect(figures(ofA('60%', '60%'), pool({ A: 200 }), fourCoalCities, [a, a])).toMatchObject({ planned: 120, highest: 120 })
  })

  it('CRD-07 CRD-09 a grade that may be drawn again is sure of its largest line, one that a ground opens too', () => {
    const a = pool({ A: 1000, D: 4 })
    const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const
    const open = (id: string) => ({ ...planLine(id), repeatGround: { citation } })
    // A 1 % of 1,000 each; D two of four.
    expect(figures([planLine('L01'), planLine('L02')], a).lowest).toBe(20 + 2)
    expect(figures([planLine('L01'), open('L02')], a).lowest).toBe(10 + 2)
    const barless = changed(fourCoalCities, 'repeat.lowRiskBar', undefined)
    expect(figures([planLine('L01'), planLine('L02')], a, barless).lowest).toBe(10 + 2)
    const unsaid = changed(fourCoalCities, 'repeat.scope', undefined)
    expect(figures([planLine('L01'), planLine('L02')], a, unsaid).lowest).toBe(10 + 2)
  })

  it('CRD-07 is sure of the largest batch of a grade that each batch may draw again', () => {
    expect(figures([planLine('L01', { times: 2 })], pool({ D: 8 })).lowest).toBe(2)
    expect(figures([planLine('L01', { times: 2 })], pool({ A: 1000 })).lowest).toBe(10)
  })

  it('CRD-13 does not go by grades where an object may be of one in one line and of another in the next', () => {
    const fields = [{ field: '食品', specialities: ['食品'], classes: [{ class: 'H', as: 'D' }] }]
    const find = ((key) => (key === 'draw.professionalStrata' ? fields : fourCoalCities.find(key))) as typeof fourCoalCities.find
    const byField = { ...fourCoalCities, find }
    const [general, food] = [pool({ A: 100 }), pool({ D: 10 })]
    const lines = [planLine('L01'), planLine('L02')]
    // The objects of D are among those of A.
    expect(figures(lines, general, byField, [general, food])).toMatchObject({ lowest: 5, planned: 13, highest: 13 })
    expect(figures(lines, pool({ A: 100, D: 10 }), fourCoalCities, [general, food])).toMatchObject({ lowest: 6, planned: 13 })
  })

  it('CRD-08 CRD-18 lowest ≤ planned ≤ highest ≤ the enterprises that can be drawn, whatever the lines and their pools', () => {
    const size = fc.integer({ min: 0, max: 60 })
    const grade = fc.record({ objects: size, others: size })
    const spec = fc.record({
      A: grade,
      C: grade,
      D: grade,
      UNGRADED: grade,
      times: fc.integer({ min: 1, max: 3 }),
      kind: fc.constantFrom('GENERAL', 'KEY', 'ALL', 'COUNT'),
    })
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 4 }), fc.boolean(), (specs, isOnePool) => {
        const gradesOf = (each: (typeof specs)[number]) => Object.entries({ A: each.A, C: each.C, D: each.D, UNGRADED: each.UNGRADED })
        const pools = specs.map((each) => {
          const grades = gradesOf(each)
          const of = (count: (mix: typeof each.A) => number) => Object.fromEntries(grades.map(([name, mix]) => [name, count(mix)]))
          return pool(
            of(({ objects, others }) => objects + others),
            1000,
            of(({ objects }) => objects),
          )
        })
        const lines = specs.map(({ kind, times }, index): PlanLine => {
          const line = planLine(`L0${index}`, { times, ...(kind === 'KEY' ? { itemCodes: [code('K1')] } : {}) })
          if (kind === 'ALL') return { ...line, ratios: strata({ ALL: '3%' }) }
          return kind === 'COUNT' ? { ...line, ratios: [], count: 20 } : line
        })
        const [first = pool({})] = pools
        const names = ['A', 'C', 'D', 'UNGRADED']
        const union = (of: (each: LinePool) => ReadonlyMap<string, number>) =>
          Object.fromEntries(names.map((name) => [name, sum(pools.map((each) => of(each).get(name) ?? 0))]))
        const apart = pool(
          union(({ byGrade }) => byGrade),
          1000,
          union(({ enterprisesByGrade }) => enterprisesByGrade),
        )
        const whole = isOnePool ? first : apart
        const found = figures(lines, whole, fourCoalCities, isOnePool ? [] : pools)
        const most = sum(whole.enterprisesByGrade.values())
        expect(found.lowest).toBeLessThanOrEqual(found.planned)
        expect(found.planned).toBeLessThanOrEqual(found.highest)
        expect(found.highest).toBeLessThanOrEqual(most)
        for (const { lowest, highest } of found.lines) expect(lowest).toBeLessThanOrEqual(Math.min(highest, found.lowest))
      }),
    )
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
