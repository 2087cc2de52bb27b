import { parsePercent, type Ratio } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourCoalCities, heilongjiang, samr2024, valueOf, withValues } from '../../tests/shipped-presets.ts'
import { checkBand, type RatioSubject } from '../index.ts'

const percent = (text: string): Ratio => valueOf(parsePercent(text))

const general = (grade: string | undefined): RatioSubject => ({ fieldClass: 'GENERAL', itemClass: 'GENERAL', grade })

const outcomeOf = (grade: string, ratio: string): string => {
  const check = valueOf(checkBand(heilongjiang, general(grade), percent(ratio)))
  return check.outcome === 'needs-reason' ? `${check.outcome} ${check.side}` : check.outcome
}

describe('band check', () => {
  it.each([
    ['A', '3%', 'ok'],
    ['B', '3%', 'ok'],
    ['A', '3.01%', 'needs-reason above'],
    ['C', '19.99%', 'needs-reason below'],
    ['B', '5%', 'ok'],
    ['C', '50%', 'ok'],
    ['D', '50%', 'ok'],
    ['D', '100%', 'ok'],
    ['A', '0.99%', 'needs-reason below'],
  ])('CRD-04 Appendix F 1: grade %s at %s is %s', (grade, ratio, outcome) => {
    expect(outcomeOf(grade, ratio)).toBe(outcome)
  })

  it.each([
    ['A', '1%', '0.999999%', '3%', '3.000001%'],
    ['B', '3%', '2.999999%', '5%', '5.000001%'],
    ['C', '20%', '19.999999%', '50%', '50.000001%'],
  ])('CRD-04 DQ-06 grade %s includes both ends exactly', (grade, min, belowMin, max, aboveMax) => {
    expect([min, belowMin, max, aboveMax].map((ratio) => outcomeOf(grade, ratio))).toEqual([
      'ok',
      'needs-reason below',
      'ok',
      'needs-reason above',
    ])
  })

  it('CRD-05 the bands are no contiguous scale: no grade accepts a ratio between 5% and 20%', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5_000_001, max: 19_999_999 }), fc.constantFrom('A', 'B', 'C', 'D'), (millionths, grade) => {
        const ratio = percent(`${Math.floor(millionths / 1_000_000)}.${String(millionths % 1_000_000).padStart(6, '0')}%`)
        expect(valueOf(checkBand(heilongjiang, general(grade), ratio)).outcome).toBe('needs-reason')
      }),
    )
  })

  it('CRD-06 Appendix F 2: a key item at 100% is accepted for a grade-A population, in either field class', () => {
    for (const fieldClass of ['GENERAL', 'KEY'] as const) {
      expect(valueOf(checkBand(heilongjiang, { fieldClass, itemClass: 'KEY', grade: 'A' }, percent('100%')))).toEqual({
        outcome: 'ok',
        band: undefined,
      })
    }
    expect(outcomeOf('A', '100%')).toBe('needs-reason above')
  })

  it('CRD-04 the bands are keyed to the field class: a general item of a key field has its own key', () => {
    const subject: RatioSubject = { fieldClass: 'KEY', itemClass: 'GENERAL', grade: 'A' }
    expect(checkBand(heilongjiang, subject, percent('10%'))).toMatchObject({ ok: false, error: { key: 'ratio.keyFieldBands' } })
    expect(valueOf(checkBand(fourCoalCities, subject, percent('10%'))).outcome).toBe('ok')
  })

  it('CRD-16 an object without grade keeps its own stratum, free of bands, where policy says so', () => {
    expect(checkBand(heilongjiang, general(undefined), percent('10%'))).toMatchObject({ ok: false, error: { key: 'ratio.unclassified' } })
    expect(valueOf(checkBand(fourCoalCities, general(undefined), percent('10%'))).outcome).toBe('ok')
    const withoutBands = withValues(fourCoalCities, { 'ratio.bands': undefined })
    expect(valueOf(checkBand(withoutBands, general(undefined), percent('10%'))).outcome).toBe('ok')
    expect(checkBand(withoutBands, general('A'), percent('2%'))).toMatchObject({ ok: false, error: { key: 'ratio.bands' } })
  })

  it('CRD-03 refuses a grade outside the scheme, and stops where no scheme or band is set', () => {
    expect(checkBand(heilongjiang, general('E'), percent('1%'))).toMatchObject({ ok: false, error: { code: 'unknown-grade', grade: 'E' } })
    expect(checkBand(samr2024, general('A'), percent('1%'))).toMatchObject({
      ok: false,
      error: { code: 'policy-unset', key: 'gradeScheme' },
    })
  })
})
