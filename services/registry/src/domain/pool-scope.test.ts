import type { LocalDate, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { InspectorContent } from './inspector.ts'
import { membershipOf, type PoolScope } from './pool-scope.ts'

const on = '2026-03-02' as LocalDate

const person = (personnelNature: string | null, qualificationValidTo: string | null): InspectorContent => ({
  name: '张一',
  subject: 'zhang1',
  homeUnitId: '230300-scj' as UnitId,
  specialities: [],
  qualificationKind: null,
  qualificationValidFrom: null,
  qualificationValidTo: qualificationValidTo as LocalDate | null,
  recusal: null,
  personnelNature,
  status: 'ACTIVE',
  entersOn: null,
  leavesOn: null,
})

const civilServants = { id: 'ENFORCEMENT_CIVIL_SERVANT', text: '行政执法类公务员' }
const qualified = { id: 'QUALIFIED_STAFF', text: '具有行政执法资格的工作人员' }
const daily = { id: 'DAILY_SUPERVISION_STAFF', text: '从事日常监管工作的人员' }

/** The groups of documents 000 to 004 as REG-31 words them. */
const threeGroups: PoolScope = { mustInclude: [civilServants, qualified, daily], mayInclude: [] }
const twoGroups: PoolScope = { mustInclude: [civilServants, qualified], mayInclude: [] }
const certifiedAndOthers: PoolScope = { mustInclude: [{ id: 'CERTIFIED', text: '“有证”执法检查人员' }], mayInclude: [daily] }
const allWhoShould: PoolScope = { mustInclude: [{ id: 'ALL_WHO_SHOULD', text: '应纳尽纳' }], mayInclude: [] }

describe('REG-31 membership of the inspector pool follows the preset', () => {
  it('REG-31 admits staff of daily supervision without a certificate where the document names them, and not where it does not', () => {
    const uncertified = person('DAILY_SUPERVISION_STAFF', null)
    expect(membershipOf(threeGroups, uncertified, on)).toEqual({ duty: 'MUST', groupId: 'DAILY_SUPERVISION_STAFF' })
    expect(membershipOf(certifiedAndOthers, uncertified, on)).toEqual({ duty: 'MAY', groupId: 'DAILY_SUPERVISION_STAFF' })
    expect(membershipOf(twoGroups, uncertified, on)).toBeUndefined()
  })

  it('REG-31 must have in the pool whoever holds a certificate, whatever the nature, and until its last day', () => {
    expect(membershipOf(certifiedAndOthers, person('DAILY_SUPERVISION_STAFF', '2026-03-02'), on)).toEqual({
      duty: 'MUST',
      groupId: 'CERTIFIED',
    })
    expect(membershipOf(certifiedAndOthers, person(null, '2026-03-02'), on)).toBeDefined()
    expect(membershipOf(certifiedAndOthers, person(null, '2026-03-01'), on)).toBeUndefined()
    expect(membershipOf(twoGroups, person(null, '2026-03-02'), on)).toEqual({ duty: 'MUST', groupId: 'QUALIFIED_STAFF' })
    expect(membershipOf(twoGroups, person(null, '2026-03-01'), on)).toBeUndefined()
  })

  it('REG-31 takes a civil servant of the enforcement class by nature, in the identifier or in the words of the document', () => {
    expect(membershipOf(twoGroups, person('ENFORCEMENT_CIVIL_SERVANT', null), on)?.groupId).toBe('ENFORCEMENT_CIVIL_SERVANT')
    expect(membershipOf(twoGroups, person('行政执法类公务员', null), on)?.groupId).toBe('ENFORCEMENT_CIVIL_SERVANT')
    expect(membershipOf(twoGroups, person('借调人员', null), on)).toBeUndefined()
  })

  it('REG-31 leaves nobody out where all who should be in are to be in', () => {
    expect(membershipOf(allWhoShould, person(null, null), on)).toEqual({ duty: 'MUST', groupId: 'ALL_WHO_SHOULD' })
  })
})
