import type { LocalDate, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { availabilityOf } from './availability.ts'
import type { InspectorContent } from './inspector.ts'

const day = (text: string) => text as LocalDate
const today = day('2026-03-02')
const content: InspectorContent = {
  name: '张一',
  subject: 'zhang1',
  homeUnitId: '230300-scj-s1' as UnitId,
  specialities: [],
  qualificationKind: null,
  qualificationValidFrom: null,
  qualificationValidTo: day('2029-12-31'),
  recusal: null,
  personnelNature: null,
  status: 'ACTIVE',
  entersOn: null,
  leavesOn: null,
}
const of = (changes: Partial<InspectorContent>) => availabilityOf({ ...content, ...changes }, today)

describe('REG-35 until when a person may check', () => {
  it('REG-35 who serves may until the day after the last day of the certificate', () => {
    expect(of({})).toEqual({ unavailableFrom: '2030-01-01', unavailableReason: 'UNQUALIFIED' })
    expect(of({ qualificationValidTo: day('9999-12-31') })).toEqual({})
  })

  it('REG-35 goes by the date of leaving; who left without a date is gone on the day it is recorded', () => {
    expect(of({ status: 'RETIRED', leavesOn: day('2026-05-01') })).toEqual({ unavailableFrom: '2026-05-01', unavailableReason: 'RETIRED' })
    expect(of({ status: 'SUSPENDED' })).toEqual({ unavailableFrom: today, unavailableReason: 'SUSPENDED' })
    const leaves = { unavailableFrom: '2026-05-01', unavailableReason: 'LEFT' }
    expect(of({ leavesOn: day('2026-05-01') })).toEqual(leaves)
    expect(of({ leavesOn: day('2026-05-01'), qualificationValidTo: day('9999-12-31') })).toEqual(leaves)
  })

  it('REG-35 a certificate that was withdrawn ends it on the day it is recorded; of two ends the earlier counts', () => {
    expect(of({ qualificationValidTo: null })).toEqual({ unavailableFrom: today, unavailableReason: 'UNQUALIFIED' })
    const leaving = { status: 'TRANSFERRED', leavesOn: day('2026-05-01') } as const
    expect(of({ ...leaving, qualificationValidTo: day('2026-04-29') })).toMatchObject({ unavailableReason: 'UNQUALIFIED' })
    expect(of({ ...leaving, qualificationValidTo: day('2026-04-30') })).toMatchObject({ unavailableReason: 'TRANSFERRED' })
  })

  it('REG-35 begins when the person is both in post and qualified', () => {
    expect(of({ entersOn: day('2026-04-01') })).toMatchObject({ availableFrom: '2026-04-01' })
    expect(of({ entersOn: day('2026-04-01'), qualificationValidFrom: day('2026-04-15') })).toMatchObject({ availableFrom: '2026-04-15' })
    expect(of({ entersOn: day('2026-04-20'), qualificationValidFrom: day('2026-04-15') })).toMatchObject({ availableFrom: '2026-04-20' })
  })
})
