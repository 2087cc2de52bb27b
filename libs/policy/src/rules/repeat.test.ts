import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { fourCoalCities, samr2024, valueOf, withValues } from '../../tests/shipped-presets.ts'
import {
  decideRepeat,
  type EarlierDraw,
  isLowRisk,
  isRepeatOpen,
  type Policy,
  type PolicyKey,
  type RatioSubject,
  type RepeatGrounds,
} from '../index.ts'

const jixi = '230300' as RegionCode
const march: EarlierDraw = { date: '2026-03-10' as LocalDate, regionCode: jixi, joint: false, taskNumber: 'T-1' }

const subject = (grade: string | undefined, more: Partial<RatioSubject> = {}): RatioSubject => ({
  fieldClass: 'GENERAL',
  itemClass: 'GENERAL',
  grade,
  ...more,
})

const draw = (date: string, more: Partial<EarlierDraw> = {}) => ({ date: date as LocalDate, regionCode: jixi, joint: false, ...more })

/** The four cities' policy with some values replaced, or unset. */
const changed = (values: Partial<Record<PolicyKey, unknown>>): Policy => withValues(fourCoalCities, values)

const outcome = (grade: string | undefined, grounds: RepeatGrounds = {}, more: Partial<RatioSubject> = {}, policy = fourCoalCities) =>
  valueOf(decideRepeat(policy, subject(grade, more), draw('2026-08-01'), [march], grounds)).outcome

describe('bar on repeats', () => {
  it('CRD-09 Appendix F 5: a low-risk subject drawn in March is barred in August and drawable again next January 1', () => {
    const decide = (date: string) => valueOf(decideRepeat(fourCoalCities, subject('A'), draw(date), [march]))
    expect(decide('2026-08-01')).toEqual({ outcome: 'barred', earlierTask: 'T-1' })
    expect(decide('2026-12-31')).toEqual({ outcome: 'barred', earlierTask: 'T-1' })
    expect(decide('2027-01-01')).toEqual({ outcome: 'allowed' })
  })

  it('CRD-09 a first draw needs nothing', () => {
    expect(valueOf(decideRepeat(fourCoalCities, subject('A'), draw('2026-08-01'), []))).toEqual({ outcome: 'allowed' })
  })

  it('CRD-09 Appendix F 20: grade A on a general item passes only with a law, regulation or rule cited', () => {
    expect(outcome('A', { reason: '集中整治' })).toBe('barred')
    for (const kind of ['LAW', 'REGULATION', 'RULE'] as const) {
      expect(outcome('A', { citation: { kind, text: '《食品安全法》第一百零九条' } })).toBe('allowed')
      expect(outcome('A', { citation: { kind, text: ' ' } })).toBe('barred')
    }
  })

  it('CRD-07 Appendix F 20: grade D passes; grade A on a key item passes only with a recorded ground', () => {
    expect(outcome('D')).toBe('allowed')
    expect(outcome('A', {}, { itemClass: 'KEY' })).toBe('needs-reason')
    expect(outcome('A', { reason: '重点检查事项必要时复查' }, { itemClass: 'KEY' })).toBe('allowed')
  })

  it('CRD-09 the citation is of a kind that the policy excepts, else the bar stays closed', () => {
    const citation = { kind: 'RULE', text: '《食品生产经营监督检查管理办法》第七条' } as const
    const excepting = (exceptions: readonly string[]) => changed({ 'repeat.lowRiskBar': { period: 'CALENDAR_YEAR', exceptions } })
    expect(outcome('A', { citation }, {}, excepting(['LAW', 'REGULATION']))).toBe('barred')
    expect(outcome('A', { citation }, {}, excepting(['LAW', 'RULE']))).toBe('allowed')
  })

  it('CRD-09 DRW-20 names the draw of this year that bars, whatever was drawn in other years', () => {
    const earlier = [
      { ...march, date: '2025-12-31' as LocalDate, taskNumber: 'T-2025' },
      { ...march, date: '2026-01-01' as LocalDate, taskNumber: 'T-2026' },
    ]
    expect(valueOf(decideRepeat(fourCoalCities, subject('A'), draw('2026-12-31'), earlier))).toEqual({
      outcome: 'barred',
      earlierTask: 'T-2026',
    })
  })

  it('CRD-07 CRD-09 says on what basis a subject is drawn again, for the record', () => {
    const basis = (grade: string, grounds: RepeatGrounds, more: Partial<RatioSubject> = {}, policy = fourCoalCities) =>
      valueOf(decideRepeat(policy, subject(grade, more), draw('2026-08-01'), [march], grounds))
    const allowed = (name: string) => ({ outcome: 'allowed', repeat: { basis: name, earlierTask: 'T-1' } })
    const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const
    const freely = changed({ 'repeat.allowedGrades': { grades: ['B', 'C'], reasonRequired: false } })
    expect(basis('A', { citation, reason: '必要' }, { itemClass: 'KEY' })).toEqual(allowed('CITATION'))
    expect(basis('A', { reason: '必要' }, { itemClass: 'KEY' })).toEqual(allowed('KEY_ITEM'))
    expect(basis('B', {}, { itemClass: 'KEY' })).toEqual(allowed('KEY_ITEM'))
    expect(basis('D', { reason: '必要' }, { itemClass: 'KEY' })).toEqual(allowed('GRADE'))
    expect(basis('B', { reason: '必要' })).toEqual(allowed('REASON'))
    expect(basis('B', { reason: '必要' }, {}, freely)).toEqual(allowed('GRADE'))
  })

  it('CRD-07 an empty reason is none', () => {
    expect(outcome('A', { reason: ' ' }, { itemClass: 'KEY' })).toBe('needs-reason')
    expect(outcome('B', { reason: ' ' })).toBe('needs-reason')
    expect(outcome('B', { reason: '' })).toBe('needs-reason')
  })

  it('CRD-07 where no policy opens the bar for grade D or key items, both are as every other', () => {
    const policy = changed({ 'repeat.allowed': undefined, 'repeat.allowedGrades': { grades: ['B', 'C', 'D'], reasonRequired: true } })
    expect(outcome('D', {}, {}, policy)).toBe('needs-reason')
    expect(outcome('B', {}, { itemClass: 'KEY' }, policy)).toBe('needs-reason')
    expect(outcome('A', { reason: '必要' }, { itemClass: 'KEY' }, policy)).toBe('barred')
  })

  it('CRD-07 grade D may be repeated in general fields only, other grades on key items freely', () => {
    expect(outcome('D', {}, { fieldClass: 'KEY' })).toBe('barred')
    expect(outcome('D', {}, { fieldClass: 'KEY', itemClass: 'KEY' })).toBe('allowed')
    expect(outcome('B', {}, { itemClass: 'KEY' })).toBe('allowed')
  })

  it('CRD-07 without the permission of key items the bar stays closed', () => {
    const policy = changed({ 'repeat.allowed': { generalFieldGrades: ['D'], keyItemSubjects: false } })
    expect(outcome('A', { reason: '必要' }, { itemClass: 'KEY' }, policy)).toBe('barred')
  })

  it('CRD-07 grades B and C ask for a reason, as the local policy says', () => {
    for (const grade of ['B', 'C', undefined]) {
      expect(outcome(grade)).toBe('needs-reason')
      expect(outcome(grade, { reason: '回头看' })).toBe('allowed')
    }
    expect(outcome('B', {}, {}, changed({ 'repeat.allowedGrades': { grades: ['B', 'C'], reasonRequired: false } }))).toBe('allowed')
    expect(outcome('B', { reason: '回头看' }, {}, changed({ 'repeat.allowedGrades': { grades: [], reasonRequired: true } }))).toBe('barred')
  })

  it('CRD-07 CRD-09 what was drawn before makes no difference without a bar, and to key items that a reason opens', () => {
    const isOpen = (itemClass: 'GENERAL' | 'KEY', grounds?: RepeatGrounds, policy = fourCoalCities) =>
      isRepeatOpen(policy, { itemClass }, grounds)
    const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const
    const reason = { reason: '必要时复查' }
    expect([isOpen('KEY', reason), isOpen('KEY'), isOpen('KEY', { reason: ' ' }), isOpen('KEY', { citation })]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect([isOpen('GENERAL', reason), isOpen('GENERAL', { citation })]).toEqual([false, false])
    const strict = changed({ 'repeat.allowed': { generalFieldGrades: ['D'], keyItemSubjects: false } })
    expect(isOpen('KEY', reason, strict)).toBe(false)
    expect(isOpen('GENERAL', {}, changed({ 'repeat.lowRiskBar': undefined }))).toBe(true)
  })

  it('CRD-10 the low-risk grades are a policy value', () => {
    expect([valueOf(isLowRisk(fourCoalCities, 'A')), valueOf(isLowRisk(fourCoalCities, 'B'))]).toEqual([true, false])
    expect(outcome('B', { reason: '回头看' }, {}, changed({ lowRiskGrades: ['A', 'B'] }))).toBe('barred')
    expect(
      outcome(
        'A',
        { reason: '回头看' },
        {},
        changed({ lowRiskGrades: [], 'repeat.allowedGrades': { grades: ['A'], reasonRequired: true } }),
      ),
    ).toBe('allowed')
  })

  it('CRD-16 an ungraded object counts as the grade the policy gives it', () => {
    expect(outcome(undefined, {}, {}, changed({ 'ratio.unclassified': { mode: 'AS_GRADE', grade: 'A' } }))).toBe('barred')
  })
})

describe('scope of the bar', () => {
  const full = { acrossLevels: true, acrossJointChecks: true, acrossRegions: true }
  const decide = (scope: object, past: Partial<EarlierDraw>, now: Partial<EarlierDraw> = {}) =>
    valueOf(decideRepeat(changed({ 'repeat.scope': scope }), subject('A'), draw('2026-08-01', now), [{ ...march, ...past }])).outcome

  it('XRG-08 a draw in another city counts only where the scope spans regions', () => {
    const hegang = { regionCode: '230400' as RegionCode }
    expect(decide(full, hegang)).toBe('barred')
    expect(decide({ ...full, acrossRegions: false }, hegang)).toBe('allowed')
    expect(decide({ ...full, acrossRegions: false }, {})).toBe('barred')
  })

  it('CRD-09 a draw by another level counts only where the scope spans levels', () => {
    const provincial = { regionCode: '230000' as RegionCode }
    expect(decide(full, provincial)).toBe('barred')
    expect(decide({ ...full, acrossLevels: false }, provincial)).toBe('allowed')
    expect(decide({ ...full, acrossLevels: false }, { regionCode: '230321' as RegionCode })).toBe('allowed')
    expect(decide({ ...full, acrossLevels: false }, {})).toBe('barred')
    expect(decide({ ...full, acrossRegions: false }, provincial)).toBe('barred')
    expect(decide({ ...full, acrossRegions: false }, { regionCode: '230321' as RegionCode })).toBe('barred')
  })

  it('CRD-09 a joint check counts only where the scope spans joint checks', () => {
    expect(decide(full, { joint: true })).toBe('barred')
    expect(decide({ ...full, acrossJointChecks: false }, { joint: true })).toBe('allowed')
    expect(decide({ ...full, acrossJointChecks: false }, {}, { joint: true })).toBe('allowed')
    expect(decide({ ...full, acrossJointChecks: false }, {})).toBe('barred')
  })

  it('POL-04 stops at the key that a decision needs and lacks, and at no other', () => {
    const stopped = (key: PolicyKey, grade: string) =>
      decideRepeat(changed({ [key]: undefined }), subject(grade), draw('2026-08-01'), [march], { reason: '回头看' })
    for (const [key, grade] of [
      ['gradeScheme', 'A'],
      ['lowRiskGrades', 'A'],
      ['repeat.lowRiskBar', 'A'],
      ['repeat.allowedGrades', 'B'],
    ] as const)
      expect(stopped(key, grade), key).toMatchObject({ ok: false, error: { code: 'policy-unset', key } })
    expect(valueOf(stopped('repeat.allowedGrades', 'A')).outcome).toBe('barred')
    expect(valueOf(stopped('repeat.lowRiskBar', 'B')).outcome).toBe('allowed')
  })

  it('CRD-03 stops at a grade outside the scheme', () => {
    const unknown = { ok: false, error: { code: 'unknown-grade', grade: 'E' } }
    expect(decideRepeat(fourCoalCities, subject('E'), draw('2026-08-01'), [march])).toMatchObject(unknown)
    expect(isLowRisk(fourCoalCities, 'E')).toMatchObject(unknown)
  })

  it('POL-04 stops where the scope is unset', () => {
    expect(decideRepeat(samr2024, subject('A'), draw('2026-08-01'), [march])).toMatchObject({ ok: false, error: { key: 'repeat.scope' } })
  })
})
