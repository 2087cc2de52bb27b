import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  type Engagement,
  engagementRefusal,
  entrustedWork,
  type Institution,
  openEngagements,
  permissionRefusal,
  supportingWork,
  withEnd,
  withEntry,
  workOf,
} from './institution.ts'

const institution = (changes: Partial<Institution> = {}): Institution => ({
  id: 'i',
  kind: 'TESTING_BODY',
  name: '某检测中心',
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  fields: ['食品'],
  permittedWork: ['TESTING'],
  isActive: true,
  oversight: [],
  engagements: [],
  ...changes,
})

describe('experts and bodies', () => {
  it('REG-37 assigns them to their fields only', () => {
    expect(engagementRefusal(institution(), { field: '食品', work: 'TESTING' })).toBeUndefined()
    expect(engagementRefusal(institution(), { field: '特种设备', work: 'TESTING' })).toEqual({
      code: 'field-not-agreed',
      field: '特种设备',
    })
  })

  it('REG-37 assigns them in a supporting role only: opinion and test, never what is entrusted', () => {
    expect(workOf('INDUSTRY_EXPERT')).toEqual(supportingWork)
    expect(permissionRefusal('INDUSTRY_EXPERT', ['EXPERT_OPINION'])).toBeUndefined()
    expect(permissionRefusal('RESEARCH_INSTITUTE', ['EXPERT_OPINION', 'AUDIT'])).toMatchObject({ code: 'work-not-of-kind', work: 'AUDIT' })
    expect(engagementRefusal(institution(), { field: '食品', work: 'EXPERT_OPINION' })).toMatchObject({ code: 'work-not-permitted' })
  })
})

describe('professional institutions', () => {
  it.each(['ACCOUNTING_FIRM', 'TAX_AGENT_FIRM', 'LAW_FIRM'] as const)('REG-38 lets a %s audit, verify capital and advise', (kind) => {
    expect(permissionRefusal(kind, entrustedWork)).toBeUndefined()
    expect(permissionRefusal(kind, ['TESTING'])).toMatchObject({ code: 'work-not-of-kind', kind })
  })

  it('REG-38 calls none in for work it is not permitted, nor one that is off the register', () => {
    const firm = institution({ kind: 'LAW_FIRM', permittedWork: ['CONSULTATION'] })
    expect(engagementRefusal(firm, { field: '食品', work: 'CONSULTATION' })).toBeUndefined()
    expect(engagementRefusal(firm, { field: '食品', work: 'AUDIT' })).toEqual({ code: 'work-not-permitted', work: 'AUDIT' })
    expect(engagementRefusal({ ...firm, isActive: false }, { field: '食品', work: 'CONSULTATION' })).toEqual({
      code: 'institution-inactive',
    })
  })

  it('REG-38 adds to a log once, and at its end', () => {
    expect(withEntry([], { id: 'a' })).toEqual([{ id: 'a' }])
    expect(withEntry([{ id: 'a' }, { id: 'b' }], { id: 'a' })).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(withEntry([{ id: 'a' }], { id: 'b' })).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(withEntry([{ id: 'a' }], { id: 'a' })).toEqual([{ id: 'a' }])
  })
})

describe('accounts of experts and institutions', () => {
  const by = { by: 'li', at: '2026-03-02T01:00:00.000Z' as Instant }
  const engagement = (id: string, members: Partial<Engagement> = {}): Engagement => ({
    id,
    taskId: `task-${id}`,
    field: '食品',
    work: 'TESTING',
    ...by,
    ...members,
  })
  const engaged = institution({ accounts: ['lab'], engagements: [engagement('a'), engagement('b', { ended: by })] })

  it('SEC-09 look into the open engagements of their own institution, while it is on the register', () => {
    expect(openEngagements(engaged, 'lab').map(({ id }) => id)).toEqual(['a'])
    expect(openEngagements(engaged, 'other')).toEqual([])
    expect(openEngagements({ ...engaged, isActive: false }, 'lab')).toEqual([])
    expect(openEngagements(institution({ engagements: [engagement('a')] }), 'lab')).toEqual([])
  })

  it('SEC-09 look into no engagement that has ended, which it does once', () => {
    const ended = withEnd(engaged.engagements, 'a', by) ?? []
    expect(openEngagements({ ...engaged, engagements: ended }, 'lab')).toEqual([])
    expect(withEnd(ended, 'a', { by: 'wang', at: by.at })).toEqual(ended)
    expect(withEnd(engaged.engagements, 'x', by)).toBeUndefined()
  })

  it('SEC-09 look into those that are still open when another ends', () => {
    const ended = withEnd([engagement('a'), engagement('c')], 'a', by)
    expect(ended).toEqual([engagement('a', { ended: by }), engagement('c')])
  })
})
