import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { ObjectContent } from './check-object.ts'
import { checkSandbox, enterpriseRefusal, type SandboxCandidate, type SandboxRules } from './regime-eligibility.ts'

const rules: SandboxRules = {
  regionCodes: ['230200' as RegionCode],
  innovations: [
    { id: 'NEW_TECHNOLOGY', text: '新技术' },
    { id: 'NEW_MODEL', text: '新模式' },
  ],
  toleranceYears: 1,
  triggers: [{ id: 'COMPLAINT', text: '投诉举报' }],
  excludedFields: [
    { id: 'PUBLIC_SAFETY', text: '公共安全', industryPrefixes: ['C26'] },
    { id: 'PERSONAL_HEALTH', text: '人身健康', tags: ['业态:餐饮'] },
  ],
}

const content: ObjectContent = {
  name: '某科技公司',
  kind: 'ENTERPRISE',
  industry: 'I6510',
  regionCode: '230202' as RegionCode,
  address: '某路 1 号',
  tags: [],
  status: 'ACTIVE',
}

const candidate: SandboxCandidate = { content, grade: 'A', isLowRisk: true, innovations: ['NEW_MODEL'], fields: [] }

const judged = (over: Partial<SandboxCandidate> = {}, ofContent: Partial<ObjectContent> = {}) => {
  const result = checkSandbox(rules, { ...candidate, ...over, content: { ...content, ...ofContent } })
  return result.ok ? 'taken' : result.error
}

describe('who may enter the sandbox', () => {
  it('TGT-16 a low-risk enterprise of the pilot region that is one of the four new', () => {
    expect(judged()).toBe('taken')
    expect(judged({}, { regionCode: '230200' as RegionCode })).toBe('taken')
  })

  it('TGT-16 no object of another region, another kind, or out of the pool', () => {
    expect(judged({}, { regionCode: '230300' as RegionCode })).toEqual({ code: 'sandbox-not-in-pilot', regionCode: '230300' })
    expect(judged({}, { kind: 'INDIVIDUAL_BUSINESS' })).toEqual({ code: 'regime-not-enterprise', kind: 'INDIVIDUAL_BUSINESS' })
    expect(judged({}, { status: 'REVOKED' })).toEqual({ code: 'regime-object-not-active', status: 'REVOKED' })
    expect(enterpriseRefusal(content)).toBeUndefined()
  })

  it('TGT-16 nobody in an excluded field, as the clerk finds it', () => {
    expect(judged({ fields: ['PUBLIC_SAFETY'] })).toEqual({ code: 'sandbox-field-excluded', field: '公共安全', found: '经办人认定' })
    expect(judged({ fields: ['OTHER'] })).toMatchObject({ code: 'sandbox-field-unknown', field: 'OTHER' })
  })

  it('TGT-16 nobody in an excluded field, as industry or tag show it where the region says which do', () => {
    expect(judged({}, { industry: 'C2641' })).toEqual({ code: 'sandbox-field-excluded', field: '公共安全', found: 'C26' })
    expect(judged({}, { industry: 'C2541' })).toBe('taken')
    expect(judged({}, { tags: ['业态:餐饮'] })).toEqual({ code: 'sandbox-field-excluded', field: '人身健康', found: '业态:餐饮' })
    expect(judged({}, { tags: ['业态:零售'] })).toBe('taken')
  })

  it('TGT-16 nobody who is none of the four new, or not of low risk', () => {
    expect(judged({ innovations: ['NEW_MODEL', 'OLD'] })).toEqual({
      code: 'sandbox-innovation-unknown',
      innovation: 'OLD',
      accepts: 'NEW_TECHNOLOGY（新技术）、NEW_MODEL（新模式）',
    })
    expect(judged({ isLowRisk: false, grade: 'B' })).toEqual({ code: 'sandbox-not-low-risk', grade: 'B' })
    expect(judged({ isLowRisk: false, grade: undefined })).toEqual({ code: 'sandbox-not-low-risk', grade: '无' })
  })
})
