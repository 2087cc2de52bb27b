import { ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { fourCoalCities, heilongjiang, samr2024, valueOf } from '../../tests/shipped-presets.ts'
import { type CoverageGroup, coverageRange, yearFloorProgress } from '../index.ts'

const group = (grade: string, enterprises: number, more: Partial<CoverageGroup> = {}): CoverageGroup => ({
  fieldClass: 'GENERAL',
  itemClass: 'GENERAL',
  grade,
  enterprises,
  eligible: enterprises,
  ...more,
})

describe('coverage feasibility', () => {
  it('CRD-18 nearly all A and B stays under the 5% floor within the bands', () => {
    expect(valueOf(coverageRange(fourCoalCities, [group('A', 8000), group('B', 2000)], 10_000))).toEqual({
      lowest: 140,
      highest: 340,
      floor: 500,
      verdict: 'unreachable',
      shortfall: 160,
    })
  })

  it('CRD-18 key items, whose ratio has no limit, close the gap exactly', () => {
    const groups = (eligible: number) => [group('A', 8000), group('B', 2000 - eligible), group('A', eligible, { itemClass: 'KEY' })]
    const reach = (eligible: number) => valueOf(coverageRange(fourCoalCities, groups(eligible), 10_000))
    expect(reach(167)).toMatchObject({ highest: 499, verdict: 'unreachable', shortfall: 1 })
    expect(reach(168)).toMatchObject({ highest: 500, verdict: 'reachable', shortfall: 0 })
  })

  it('CRD-18 C and D lift the lowest coverage over the floor', () => {
    const reach = (c: number) => valueOf(coverageRange(fourCoalCities, [group('A', 1000 - c), group('C', c)], 1000))
    expect(reach(210)).toMatchObject({ lowest: 50, floor: 50, verdict: 'always' })
    expect(reach(205)).toMatchObject({ lowest: 49, verdict: 'reachable' })
  })

  it('CRD-18 counts a recorded override as planned, and no more than is eligible', () => {
    const reach = (planned: number, eligible: number) =>
      valueOf(coverageRange(fourCoalCities, [group('A', 1000, { planned, eligible })], 1000))
    expect(reach(50, 1000)).toMatchObject({ lowest: 50, highest: 50, verdict: 'always' })
    expect(reach(50, 49)).toMatchObject({ highest: 49, verdict: 'unreachable', shortfall: 1 })
  })

  it('CRD-18 rounds the floor up', () => {
    expect(valueOf(coverageRange(fourCoalCities, [], 1001)).floor).toBe(51)
    expect(valueOf(coverageRange(fourCoalCities, [], 1000)).floor).toBe(50)
  })

  it('POL-04 stops where floor or rounding is unset', () => {
    expect(coverageRange(samr2024, [], 100)).toMatchObject({ ok: false, error: { key: 'ratio.yearFloor' } })
    expect(coverageRange(heilongjiang, [group('A', 10)], 100)).toMatchObject({ ok: false, error: { key: 'ratio.rounding' } })
    expect(coverageRange(fourCoalCities, [group('E', 10)], 100)).toMatchObject({ ok: false, error: { code: 'unknown-grade', grade: 'E' } })
  })
})

describe('progress of the yearly floor', () => {
  const progress = (drawn: number, stillPlanned: number) =>
    valueOf(yearFloorProgress(heilongjiang, { drawn, stillPlanned, enterprises: 1000 }))

  it('CRD-08 shows the running value and the gap in objects', () => {
    expect(progress(20, 100)).toEqual({ share: ratioOf(2, 100), floor: 50, gap: 30, state: 'on-course' })
  })

  it('CRD-08 is red exactly when the filed plan cannot reach 5%', () => {
    expect(progress(20, 30).state).toBe('on-course')
    expect(progress(20, 29).state).toBe('red')
    expect(progress(50, 0).state).toBe('met')
    expect(progress(49, 0)).toMatchObject({ gap: 1, state: 'red' })
  })

  it('CRD-08 POL-04 stops where no floor is set', () => {
    expect(yearFloorProgress(samr2024, { drawn: 0, stillPlanned: 0, enterprises: 100 })).toMatchObject({
      ok: false,
      error: { code: 'policy-unset', key: 'ratio.yearFloor' },
    })
  })

  it('CRD-08 asks nothing of a jurisdiction without enterprises', () => {
    expect(valueOf(yearFloorProgress(heilongjiang, { drawn: 0, stillPlanned: 0, enterprises: 0 }))).toMatchObject({
      floor: 0,
      state: 'met',
    })
  })
})
