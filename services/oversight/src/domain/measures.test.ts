import { describe, expect, it } from 'vitest'
import { computedMeasures, isComputed, isReportable } from './measures.ts'

describe('measures', () => {
  it('EVL-01 may be reported unless the events tell them', () => {
    expect(isReportable('OTHER_VISITS')).toBe(true)
    expect(isReportable('ENTERPRISES_AT_PLAN_FILING')).toBe(true)
    expect(isReportable('ALL_VISITS')).toBe(false)
    for (const measure of computedMeasures) expect([isComputed(measure), isReportable(measure)]).toEqual([true, false])
    expect(isComputed('OTHER_VISITS')).toBe(false)
  })
})
