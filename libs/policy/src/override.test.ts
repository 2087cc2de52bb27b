import type { Instant, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { heilongjiang, samr2024, valueOf } from '../tests/shipped-presets.ts'
import { countOverrides, keyLabel, type OverrideRequest, policyKeyNamed, recordOverride } from './index.ts'

const request: OverrideRequest = {
  rule: 'ratio.bands',
  by: 'user-1',
  unitId: 'unit-1' as UnitId,
  at: '2026-03-02T01:00:00.000Z' as Instant,
  reason: '辖区乙类企业集中整治',
  legalBasis: '《食品安全法》第一百零九条',
}

describe('names of keys', () => {
  it('POL-04 a key is found by its identifier and by the other name that the specification uses for it', () => {
    expect(['publish.due', 'publication.due', 'publication.dew'].map(policyKeyNamed)).toEqual(['publish.due', 'publish.due', undefined])
  })

  it('POL-04 a message names the key with its other name and its title', () => {
    expect(keyLabel('publish.due')).toBe('publish.due (publication.due)「检查结果公示期限」')
    expect(keyLabel('plan.channel')).toBe('plan.channel「计划公示渠道」')
  })
})

describe('override of a by-default rule', () => {
  it('POL-07 records who, when, rule, reason and legal basis with the policy and clause overridden', () => {
    expect(recordOverride(heilongjiang, request)).toEqual({
      ok: true,
      value: { ...request, policy: { preset: 'heilongjiang', version: 1 }, document: '001', clause: '二(三)一要' },
    })
  })

  it.each(['by', 'reason', 'legalBasis'] as const)('POL-07 is refused without %s', (field) => {
    expect(recordOverride(heilongjiang, { ...request, [field]: ' ' })).toMatchObject({
      ok: false,
      error: { code: 'override-incomplete', field },
    })
  })

  it('POL-07 a binding rule, a permission and an unset rule have no override', () => {
    expect(recordOverride(heilongjiang, { ...request, rule: 'publish.due' })).toMatchObject({
      ok: false,
      error: { code: 'rule-not-by-default' },
    })
    expect(recordOverride(heilongjiang, { ...request, rule: 'check.methods' })).toMatchObject({
      ok: false,
      error: { code: 'rule-not-by-default' },
    })
    expect(recordOverride(samr2024, request)).toMatchObject({ ok: false, error: { code: 'rule-unset' } })
  })

  it('POL-07 is reportable per rule and unit', () => {
    const record = valueOf(recordOverride(heilongjiang, request))
    const elsewhere = { ...record, unitId: 'unit-2' as UnitId }
    const otherRule = { ...record, rule: 'specialCheck.bar' as const }
    expect(countOverrides([otherRule, record, elsewhere, record])).toEqual([
      { rule: 'ratio.bands', unitId: 'unit-1', count: 2 },
      { rule: 'ratio.bands', unitId: 'unit-2', count: 1 },
      { rule: 'specialCheck.bar', unitId: 'unit-1', count: 1 },
    ])
  })
})
