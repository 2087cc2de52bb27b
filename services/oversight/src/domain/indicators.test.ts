import { describe, expect, it } from 'vitest'
import { completeTask } from './contributions.ts'
import { type Formula, indicatorsOf, type Measures } from './indicators.ts'

const measures: Measures = {
  DOUBLE_RANDOM_VISITS: 90,
  ALL_VISITS: 100,
  JOINT_TASKS_COMPLETED: 30,
  TASKS_COMPLETED: 120,
  RESULTS_PUBLISHED_ON_TIME: 118,
  RESULTS_DUE_NOT_EXEMPT: 120,
  PROBLEMS_CLOSED: 8,
  PROBLEMS_FOUND: 10,
}

const formula = (indicator: string, numerator: string, denominator: string): Formula => ({
  indicator,
  version: 1,
  numerator: { measure: numerator, text: '分子' },
  denominator: { measure: denominator, text: '分母' },
  scope: '本级及下级',
  period: 'CALENDAR_YEAR',
})

const valueOf = (indicator: string, numerator: string, denominator: string) => {
  const computed = indicatorsOf([formula(indicator, numerator, denominator)], measures)
  return computed.ok ? computed.value[0] : computed.error
}

describe('the four indicators of 000', () => {
  it('EVL-01 the share of check visits', () => {
    expect(valueOf('CHECK_VISIT_SHARE', 'DOUBLE_RANDOM_VISITS', 'ALL_VISITS')).toMatchObject({ numerator: 90, denominator: 100 })
  })

  it('EVL-02 the departmental joint rate', () => {
    expect(valueOf('JOINT_SUPERVISION_RATE', 'JOINT_TASKS_COMPLETED', 'TASKS_COMPLETED')).toMatchObject({ numerator: 30, denominator: 120 })
  })

  it('EVL-03 the on-time publication rate', () => {
    expect(valueOf('ON_TIME_PUBLICATION_RATE', 'RESULTS_PUBLISHED_ON_TIME', 'RESULTS_DUE_NOT_EXEMPT')).toMatchObject({
      numerator: 118,
      denominator: 120,
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
      formulaVersion: '1',
    })
    expect(valueOf('JOINT_SUPERVISION_RATE', 'DOUBLE_RANDOM_VISITS', 'TASKS_COMPLETED')).toMatchObject({ numerator: 90 })
  })

  it('EVL-09 refuses a formula that names what cannot be counted', () => {
    expect(valueOf('CHECK_VISIT_SHARE', 'HAPPY_ENTERPRISES', 'ALL_VISITS')).toEqual({
      code: 'unknown-measure',
      indicator: 'CHECK_VISIT_SHARE',
      measure: 'HAPPY_ENTERPRISES',
    })
  })
})

describe('contributions', () => {
  it('INS-25 a lapsed task stays not completed', () => {
    const task = { regionCode: '230300', year: 2026, visitId: 'v', planType: 'INTERNAL', status: 'OPEN' } as const
    expect(completeTask(task).status).toBe('COMPLETED')
    expect(completeTask({ ...task, status: 'LAPSED' }).status).toBe('LAPSED')
  })
})
