import type { LocalDate, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type CountedInspector, staffTally } from './staff.ts'

const on = '2026-03-02' as LocalDate
const inspector = (home: string, content: Partial<CountedInspector['content']> = {}, unitId = 'scj'): CountedInspector => ({
  unitId: unitId as UnitId,
  content: {
    homeUnitId: home as UnitId,
    status: 'ACTIVE',
    entersOn: null,
    leavesOn: null,
    qualificationValidFrom: null,
    qualificationValidTo: '2029-12-31' as LocalDate,
    ...content,
  },
})
const staff = (...inspectors: readonly CountedInspector[]) => {
  const tally = staffTally(on)
  for (const each of inspectors) tally.add(each)
  return tally.all()
}

describe('staff of units', () => {
  it('REG-35 is counted by pool and by where people serve, in order', () => {
    expect(staff(inspector('s2'), inspector('s1'), inspector('s2'), inspector('s1', {}, 'gaj'))).toEqual([
      { unitId: 'gaj', homeUnitId: 's1', inPost: 1, qualified: 1 },
      { unitId: 'scj', homeUnitId: 's1', inPost: 1, qualified: 1 },
      { unitId: 'scj', homeUnitId: 's2', inPost: 2, qualified: 2 },
    ])
  })

  it('REG-35 leaves out who is not in post on the day', () => {
    const dated = (member: 'entersOn' | 'leavesOn', date: string) => staff(inspector('s1', { [member]: date as LocalDate })).length
    expect([dated('entersOn', '2026-03-02'), dated('entersOn', '2026-03-03')]).toEqual([1, 0])
    expect([dated('leavesOn', '2026-03-03'), dated('leavesOn', '2026-03-02')]).toEqual([1, 0])
    expect(staff(inspector('s1', { status: 'RETIRED' }))).toEqual([])
  })

  it('REG-35 counts apart whose qualification holds', () => {
    const qualified = (validTo: string | null) =>
      staff(inspector('s1', { qualificationValidTo: validTo as LocalDate | null }))[0]?.qualified
    expect([qualified('2026-03-02'), qualified('2026-03-01'), qualified(null)]).toEqual([1, 0, 0])
  })
})
