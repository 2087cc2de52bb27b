import { ratioOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourCoalCities, valueOf } from '../../tests/shipped-presets.ts'
import { type Band, bandDeparture, drawCount, type Rounding } from '../index.ts'

const up = valueOf(fourCoalCities.get('ratio.rounding'))
const nearest: Rounding = { mode: 'NEAREST', flagOvershoot: true }
const bandA: Band = { grade: 'A', min: ratioOf(1, 100), max: ratioOf(3, 100) }

describe('draw count', () => {
  it('CRD-17 rounds up and keeps the rule and the raw value', () => {
    expect(drawCount(1001, ratioOf(3, 100), up, 1001)).toEqual({ rounding: 'UP', raw: ratioOf(3003, 100), rounded: 31, count: 31 })
    expect(drawCount(1000, ratioOf(3, 100), up, 1000)).toEqual({ rounding: 'UP', raw: ratioOf(30, 1), rounded: 30, count: 30 })
  })

  it('CRD-17 rounds to the nearest where policy says so, a half up', () => {
    const counts = [1001, 1016, 1017].map((population) => drawCount(population, ratioOf(3, 100), nearest, population).count)
    expect(counts).toEqual([30, 30, 31])
    expect(drawCount(50, ratioOf(3, 100), nearest, 50)).toEqual({ rounding: 'NEAREST', raw: ratioOf(150, 100), rounded: 2, count: 2 })
  })

  it('CRD-17 never asks for more than is eligible, and keeps the rounded count beside it', () => {
    expect(drawCount(100, ratioOf(1, 2), up, 49)).toMatchObject({ rounded: 50, count: 49 })
    expect(drawCount(100, ratioOf(1, 2), up, 50)).toMatchObject({ rounded: 50, count: 50 })
  })

  it('DQ-06 has no binary error: 7% of 100 is 7 for every multiple', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundreds) => {
        const { rounded } = drawCount(hundreds * 100, ratioOf(7, 100), up, hundreds * 100)
        expect(rounded).toBe(hundreds * 7)
      }),
    )
  })
})

describe('band departure', () => {
  it('CRD-17 flags an overshoot of a small stratum: 1 of 10 is 10%, 1 of 34 within 3%', () => {
    expect(bandDeparture(1, 10, bandA, up)).toBe('overshoot')
    expect(bandDeparture(1, 33, bandA, up)).toBe('overshoot')
    expect(bandDeparture(1, 34, bandA, up)).toBeUndefined()
  })

  it('CRD-17 includes both ends: 3 of 100 and 1 of 100 are inside, 0 of 100 under it', () => {
    expect(bandDeparture(3, 100, bandA, up)).toBeUndefined()
    expect(bandDeparture(1, 100, bandA, up)).toBeUndefined()
    expect(bandDeparture(0, 100, bandA, nearest)).toBe('undershoot')
    expect(bandDeparture(0, 0, bandA, nearest)).toBeUndefined()
  })

  it('CRD-17 keeps an overshoot quiet where the rule does not flag it', () => {
    expect(bandDeparture(1, 10, bandA, { mode: 'UP', flagOvershoot: false })).toBeUndefined()
  })
})
