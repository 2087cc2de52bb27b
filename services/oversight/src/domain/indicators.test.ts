import { describe, expect, it } from 'vitest'
import { type Formula, indicatorOf, isAvailable, measuresOf, rulesOf } from './indicators.ts'
import { type Period, periodsOf } from './period.ts'

const measures: Readonly<Record<string, number>> = {
  DOUBLE_RANDOM_VISITS: 90,
  ALL_VISITS: 100,
  JOINT_TASKS_COMPLETED: 30,
  TASKS_COMPLETED: 120,
  RESULTS_PUBLISHED_ON_TIME: 118,
  RESULTS_DUE_NOT_EXEMPT: 120,
  PROBLEMS_CLOSED: 8,
  PROBLEMS_FOUND: 10,
  NOTHING_DUE: 0,
}

const formula = (indicator: string, numerator: string, denominator: string, version = 1): Formula => ({
  indicator,
  version,
  numerator: { measure: numerator, text: '分子' },
  denominator: { measure: denominator, text: '分母' },
  scope: '本级及下级',
  period: 'CALENDAR_YEAR',
})

const [year] = periodsOf('CALENDAR_YEAR', 2026) as [Period]

const valueOf = (indicator: string, numerator: string, denominator: string) => {
  const rule = { code: indicator, text: '指标', formula: formula(indicator, numerator, denominator) }
  return indicatorOf(rule, year, (measure) => measures[measure])
}

describe('the four indicators of 000', () => {
  it('EVL-01 the share of check visits', () => {
    expect(valueOf('CHECK_VISIT_SHARE', 'DOUBLE_RANDOM_VISITS', 'ALL_VISITS')).toMatchObject({
      numerator: 90,
      denominator: 100,
      rate: '90%',
    })
  })

  it('EVL-02 the departmental joint rate', () => {
    expect(valueOf('JOINT_SUPERVISION_RATE', 'JOINT_TASKS_COMPLETED', 'TASKS_COMPLETED')).toMatchObject({ numerator: 30, denominator: 120 })
  })

  it('EVL-03 the on-time publication rate', () => {
    expect(valueOf('ON_TIME_PUBLICATION_RATE', 'RESULTS_PUBLISHED_ON_TIME', 'RESULTS_DUE_NOT_EXEMPT')).toMatchObject({
      numerator: 118,
      denominator: 120,
      rate: '98.333333%',
    })
  })

  it('EVL-04 the handling rate of problems found', () => {
    expect(valueOf('PROBLEM_HANDLING_RATE', 'PROBLEMS_CLOSED', 'PROBLEMS_FOUND')).toMatchObject({ numerator: 8, denominator: 10 })
  })

  it('EVL-09 states formula, scope, period and version beside the counts, and follows a changed formula', () => {
    expect(valueOf('CHECK_VISIT_SHARE', 'DOUBLE_RANDOM_VISITS', 'ALL_VISITS')).toMatchObject({
      numeratorText: '分子',
      denominatorText: '分母',
      scope: '本级及下级',
      period: 'CALENDAR_YEAR',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      formulaVersion: '1',
    })
    expect(valueOf('JOINT_SUPERVISION_RATE', 'DOUBLE_RANDOM_VISITS', 'TASKS_COMPLETED')).toMatchObject({ numerator: 90 })
  })

  it('EVL-09 leaves unavailable, and never guesses, what a formula names that cannot be counted', () => {
    const indicator = valueOf('CHECK_VISIT_SHARE', 'HAPPY_ENTERPRISES', 'ALL_VISITS')
    expect(indicator).toEqual({ code: 'CHECK_VISIT_SHARE', text: '指标', missing: ['HAPPY_ENTERPRISES'] })
    expect(isAvailable(indicator)).toBe(false)
    expect(valueOf('CHECK_VISIT_SHARE', 'ALL_VISITS', 'HAPPY_ENTERPRISES')).toMatchObject({ missing: ['HAPPY_ENTERPRISES'] })
  })

  it('has no rate while nothing is in the denominator', () => {
    const indicator = valueOf('ON_TIME_PUBLICATION_RATE', 'NOTHING_DUE', 'NOTHING_DUE')
    expect(indicator).toMatchObject({ numerator: 0, denominator: 0 })
    expect(indicator).not.toHaveProperty('rate')
    expect(isAvailable(indicator)).toBe(true)
  })
})

describe('the rules of a policy', () => {
  it('EVL-09 are its indicators in their order, each with its newest formula', () => {
    const old = formula('A', 'X', 'Y')
    const current = formula('A', 'X', 'Z', 2)
    const named = [
      { id: 'B', text: '乙' },
      { id: 'A', text: '甲' },
    ]
    expect(rulesOf(named, [current, old])).toEqual([
      { code: 'B', text: '乙', formula: undefined },
      { code: 'A', text: '甲', formula: current },
    ])
    expect(rulesOf(named, [old, current])[1]?.formula).toBe(current)
    expect(measuresOf(current)).toEqual(['X', 'Z'])
    expect(indicatorOf({ code: 'B', text: '乙', formula: undefined }, year, () => 1)).toMatchObject({ missing: ['indicator.formulas'] })
  })
})
