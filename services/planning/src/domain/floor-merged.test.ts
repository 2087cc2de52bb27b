import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, code, planLine, strata } from '../../tests/support/lines.ts'
import { countedPlan, poolOf } from '../../tests/support/pools.ts'
import { changed, fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { planFigures } from './figures.ts'
import type { PlanLine } from './plan.ts'

const draws = changed(fourCoalCities, 'ratio.yearFloor.count', { numerator: 'DRAWS', denominatorAsOf: 'PLAN_FILING' })
type Grades = Readonly<Record<string, number>>

describe('the floor of a line whose strata are merged over cities', () => {
  const key = (ratio: string, members = {}) => planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: ratio }), ...members })
  const floorOf = (line: PlanLine, own: Grades, theirs: Grades, policy = fourCoalCities, merged = true) => {
    const pool = poolOf(own)
    const elsewhere = [{ regionCode: '230400' as RegionCode, byGrade: new Map(Object.entries(theirs)) }]
    const counted = [{ line: { ...line, joint: { merged, cities: [] } }, pool, elsewhere }]
    const { floor } = valueOf(planFigures(policy, { plan: countedPlan, counted, whole: pool }, act.at))
    return { lowest: floor?.lowest, planned: floor?.planned }
  }

  it('CRD-18 DRW-26 is sure of what the other cities cannot take, not of its share: all may fall on the others', () => {
    for (const policy of [fourCoalCities, draws]) {
      expect(floorOf(key('10%'), { A: 10 }, { A: 1000 }, policy)).toEqual({ lowest: 0, planned: 1 })
      // Of 14 seven are drawn, of 19 ten, of 20 ten.
      expect(floorOf(key('50%'), { A: 10 }, { A: 4 }, policy)).toEqual({ lowest: 3, planned: 5 })
      expect(floorOf(key('50%'), { A: 10 }, { A: 9 }, policy)).toMatchObject({ lowest: 1 })
      expect(floorOf(key('50%'), { A: 10 }, { A: 10 }, policy)).toEqual({ lowest: 0, planned: 5 })
      expect(floorOf(key('10%'), { A: 10 }, { A: 1000 }, policy, false)).toEqual({ lowest: 1, planned: 1 })
    }
  })

  it('CRD-18 DRW-26 takes each grade for itself, at the lowest that its band allows', () => {
    const line = planLine('L01')
    expect(floorOf(line, { C: 10 }, { C: 1000 })).toEqual({ lowest: 0, planned: 2 })
    expect(floorOf({ ...line, ratios: strata({ C: '60%', D: '100%' }) }, { C: 10, D: 4 }, { C: 2, D: 100 })).toMatchObject({
      // Of C a fifth of twelve, three, may be drawn at least; of D half of all.
      lowest: 1,
    })
  })

  it('CRD-18 DRW-26 a number is one for all cities, sure beyond the objects of the others', () => {
    const of = (count: number) => floorOf({ ...planLine('L01'), count, ratios: [] }, { A: 10 }, { A: 20 }).lowest
    expect(of(20)).toBe(0)
    expect(of(21)).toBe(1)
    expect(of(30)).toBe(10)
  })

  it('CRD-07 CRD-18 each batch may fall on the same objects of the others where they may be drawn again', () => {
    const line = key('100%', { times: 2 })
    expect(floorOf(line, { D: 10 }, { D: 4 }, draws)).toMatchObject({ lowest: 3 + 3 })
    expect(floorOf(line, { D: 10 }, { D: 4 })).toMatchObject({ lowest: 3 })
  })
})
