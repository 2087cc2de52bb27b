import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type CreditRecord, type CreditResult, generalResultAt, lastOfEachMatter, recordResult, standingAt } from './credit-result.ts'

const day = (date: string): Instant => `${date}T00:00:00.000Z` as Instant
const result = (grade: string, asOf: string, recordedAt: string, changes: Partial<CreditResult> = {}): CreditResult => ({
  source: 'GENERAL_RESULT',
  field: '',
  grade,
  asOf: day(asOf),
  recordedAt: day(recordedAt),
  load: 'file',
  importId: 'i1',
  ...changes,
})
const subject = { objectId: 'ab'.repeat(16) as ObjectId, regionCode: '230302' as RegionCode, unitId: '230300-scj' as UnitId }
const recordOf = (...results: CreditResult[]): CreditRecord => ({ ...subject, results })
const gradeAt = (record: CreditRecord | undefined, date: string) => generalResultAt(record, day(date))?.grade

describe('credit results', () => {
  it('CRD-21 the grade at an instant is of the latest as-of known by then', () => {
    const record = recordOf(result('A', '2026-01-31', '2026-02-01'), result('C', '2026-02-28', '2026-03-05'))
    expect(gradeAt(record, '2026-01-31')).toBeUndefined()
    expect(gradeAt(record, '2026-02-01')).toBe('A')
    expect(gradeAt(record, '2026-03-04')).toBe('A')
    expect(gradeAt(record, '2026-03-05')).toBe('C')
    expect(gradeAt(undefined, '2026-03-05')).toBeUndefined()
  })

  it('CRD-02 what a push would have to say is the last correction of each matter at each as-of', () => {
    const [january, first, second] = [
      result('A', '2026-01-31', '2026-02-01'),
      result('B', '2026-02-28', '2026-03-01'),
      result('C', '2026-02-28', '2026-03-02'),
    ]
    const food = result('D', '2026-02-28', '2026-03-01', { source: 'PROFESSIONAL_RESULT', field: '食品' })
    expect(lastOfEachMatter(recordOf(january, first, food, second))).toEqual([january, second, food])
    expect(lastOfEachMatter(undefined)).toEqual([])
  })

  it('CRD-21 a result counts from the instant it was made on, though it was recorded before', () => {
    const ahead = recordOf(result('B', '2026-02-10', '2026-02-01'))
    expect(gradeAt(ahead, '2026-02-09')).toBeUndefined()
    expect(gradeAt(ahead, '2026-02-10')).toBe('B')
  })

  it('CRD-02 the first result of an object begins its record, the next stands behind it', () => {
    const one = result('A', '2026-01-31', '2026-02-01')
    expect(recordResult(undefined, subject, one)).toEqual({ outcome: 'created', written: true, state: recordOf(one) })
    const two = result('B', '2026-02-28', '2026-03-01')
    expect(recordResult(recordOf(one), subject, two)).toEqual({ outcome: 'changed', written: true, state: recordOf(one, two) })
  })

  it('CRD-02 a professional result is never the general one, not even without a field', () => {
    const record = recordOf(result('A', '2026-01-31', '2026-02-01'))
    const professional = result('A', '2026-01-31', '2026-02-02', { source: 'PROFESSIONAL_RESULT' })
    expect(recordResult(record, subject, professional)).toMatchObject({ outcome: 'changed', written: true })
    const graded = recordOf(...record.results, { ...professional, grade: 'D', asOf: day('2026-02-28') })
    expect(gradeAt(graded, '2026-03-01')).toBe('A')
  })

  it('CRD-21 an older result that arrives late does not displace a newer one, a correction does', () => {
    const late = recordOf(result('C', '2026-02-28', '2026-03-01'), result('A', '2026-01-31', '2026-03-02'))
    expect(gradeAt(late, '2026-03-03')).toBe('C')
    const corrected = recordOf(result('C', '2026-02-28', '2026-03-01'), result('D', '2026-02-28', '2026-03-02'))
    expect(gradeAt(corrected, '2026-03-01')).toBe('C')
    expect(gradeAt(corrected, '2026-03-02')).toBe('D')
  })

  it('CRD-02 a professional result stands beside the general one, keyed by field', () => {
    const food = { source: 'PROFESSIONAL_RESULT', field: '食品' } as const
    const { outcome, state: record } = recordResult(
      recordOf(result('A', '2026-01-31', '2026-02-01')),
      subject,
      result('D', '2026-01-31', '2026-02-02', food),
    )
    expect(outcome).toBe('changed')
    expect(gradeAt(record, '2026-03-01')).toBe('A')
    const other = recordResult(record, subject, result('D', '2026-01-31', '2026-02-03', { ...food, field: '价格' }))
    expect(other.state.results).toHaveLength(3)
  })

  it('CRD-02 CRD-21 what counts at an instant: the general result, and the latest of each field beside it', () => {
    const of = (field: string) => ({ source: 'PROFESSIONAL_RESULT', field }) as const
    const record = recordOf(
      result('A', '2026-01-31', '2026-02-01'),
      result('D', '2026-01-31', '2026-02-02', of('食品')),
      result('B', '2026-02-28', '2026-03-01', of('食品')),
      result('C', '2026-02-28', '2026-03-01', of('价格')),
    )
    const grades = (date: string) => {
      const { general, professional } = standingAt(record, day(date))
      return [general?.grade, ...professional.map(({ field, grade }) => `${field} ${grade}`)]
    }
    expect(grades('2026-02-01')).toEqual(['A'])
    expect(grades('2026-02-28')).toEqual(['A', '食品 D'])
    expect(grades('2026-03-01')).toEqual(['A', '价格 C', '食品 B'])
    expect(standingAt(undefined, day('2026-03-01'))).toEqual({ general: undefined, professional: [] })
  })

  it('DQ-04 the same result again changes nothing, another grade of the same as-of does', () => {
    const record = recordOf(result('A', '2026-01-31', '2026-02-01'))
    expect(recordResult(record, subject, result('A', '2026-01-31', '2026-02-09', { importId: 'i2' }))).toEqual({
      outcome: 'unchanged',
      written: false,
      state: record,
    })
    expect(recordResult(record, subject, result('B', '2026-01-31', '2026-02-09')).outcome).toBe('changed')
    expect(recordResult(record, subject, result('A', '2026-02-28', '2026-03-01')).outcome).toBe('changed')
  })

  it('DQ-10 the same grade from a better source stands beside, from a worse one it is no change', () => {
    const verified = { importId: 'i2', receivedFrom: 'CREDIT_CLASSIFICATION', quality: 'VERIFIED' } as const
    const record = recordOf(result('A', '2026-01-31', '2026-02-01'))
    const better = recordResult(record, subject, result('A', '2026-01-31', '2026-02-09', verified))
    expect(better).toMatchObject({ outcome: 'changed', state: { results: [{}, { quality: 'VERIFIED' }] } })
    expect(recordResult(better.state, subject, result('A', '2026-01-31', '2026-02-10', { importId: 'i3' })).written).toBe(false)
  })

  it('DQ-04 a push that is sent again after it broke off counts as it would have', () => {
    const record = recordOf(result('A', '2026-01-31', '2026-02-01'), result('B', '2026-02-28', '2026-03-01', { importId: 'i2' }))
    expect(recordResult(record, subject, result('A', '2026-01-31', '2026-02-09'))).toMatchObject({ outcome: 'created', written: false })
    expect(recordResult(record, subject, result('B', '2026-02-28', '2026-03-09', { importId: 'i2' }))).toMatchObject({
      outcome: 'changed',
      written: false,
    })
  })
})
