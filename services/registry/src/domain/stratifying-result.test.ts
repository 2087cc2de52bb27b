import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CreditRecord, CreditResult } from './credit-result.ts'
import { strataFieldOf, stratifyingResultAt } from './stratifying-result.ts'

const food = { field: '食品', specialities: ['食品', '食品流通'] }
const equipment = { field: '特种设备', specialities: ['特种设备'] }
const fields = [food, equipment]
const item = (...specialities: readonly string[]) => checkItem('X', { specialities })

const day = (date: string): Instant => `${date}T00:00:00.000Z` as Instant
const result = (grade: string, asOf: string, field = ''): CreditResult => ({
  source: field === '' ? 'GENERAL_RESULT' : 'PROFESSIONAL_RESULT',
  field,
  grade,
  asOf: day(asOf),
  recordedAt: day(asOf),
  load: 'file',
  importId: '',
})
const recordOf = (...results: readonly CreditResult[]): CreditRecord => ({
  objectId: 'ab'.repeat(16) as ObjectId,
  regionCode: '230302' as RegionCode,
  unitId: '230300-scj' as UnitId,
  results,
})

describe('the field that builds the strata of a draw', () => {
  it('CRD-20 is the one that every item of the draw is of', () => {
    expect(strataFieldOf(fields, [item('食品')])).toBe(food)
    expect(strataFieldOf(fields, [item('食品'), item('计量', '食品流通')])).toBe(food)
    expect(strataFieldOf(fields, [item('特种设备')])).toBe(equipment)
    expect(strataFieldOf(fields, [item('食品', '特种设备')])).toBe(food)
  })

  it('CRD-13 is none where items are of several fields or of another, and none where policy names none', () => {
    expect(strataFieldOf(fields, [item('食品'), item('特种设备')])).toBeUndefined()
    expect(strataFieldOf(fields, [item('食品'), item()])).toBeUndefined()
    expect(strataFieldOf(fields, [item('价格')])).toBeUndefined()
    expect(strataFieldOf([], [item('食品')])).toBeUndefined()
    expect(strataFieldOf(fields, [])).toBeUndefined()
  })
})

describe('the result that puts an object into its stratum', () => {
  const record = recordOf(result('A', '2026-01-01'), result('D', '2026-02-01', '食品'), result('C', '2026-02-01', '特种设备'))
  const at = (date: string, field: Parameters<typeof stratifyingResultAt>[1], of: CreditRecord | undefined = record) => {
    const found = stratifyingResultAt(of, field, day(date))
    return found && [found.grade, found.result.source, found.result.field, found.result.asOf.slice(0, 10)]
  }

  it('CRD-13 CRD-21 is the class of the field as of the instant, and the general result before there is one', () => {
    expect(at('2026-02-01', food)).toEqual(['D', 'PROFESSIONAL_RESULT', '食品', '2026-02-01'])
    expect(at('2026-01-31', food)).toEqual(['A', 'GENERAL_RESULT', '', '2026-01-01'])
    expect(at('2026-02-01', undefined)).toEqual(['A', 'GENERAL_RESULT', '', '2026-01-01'])
    expect(at('2026-02-01', { field: '价格', specialities: ['价格'] })).toEqual(['A', 'GENERAL_RESULT', '', '2026-01-01'])
    expect(stratifyingResultAt(undefined, food, day('2026-02-01'))).toBeUndefined()
    expect(at('2026-02-01', food, recordOf(result('D', '2026-02-01', '食品')))).toEqual(['D', 'PROFESSIONAL_RESULT', '食品', '2026-02-01'])
  })

  it('CRD-13 counts a class of the field’s own as the grade that policy names, and leaves the class as it is', () => {
    const classes = [
      { class: 'L', as: 'A' },
      { class: 'H', as: 'D' },
    ]
    const own = { ...food, classes }
    const high = recordOf(result('H', '2026-02-01', '食品'))
    expect(stratifyingResultAt(high, own, day('2026-02-01'))).toMatchObject({ grade: 'D', result: { grade: 'H' } })
    expect(stratifyingResultAt(high, food, day('2026-02-01'))).toMatchObject({ grade: 'H', result: { grade: 'H' } })
    expect(stratifyingResultAt(record, own, day('2026-02-01'))).toMatchObject({ grade: 'D', result: { grade: 'D' } })
  })
})
