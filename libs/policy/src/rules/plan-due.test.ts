import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { heilongjiang, presetOf, samr2024, valueOf, withValues } from '../../tests/shipped-presets.ts'
import { isPlanOnTime, type PlanType, planDue, policyOf } from '../index.ts'

const filed = (type: PlanType, instant: string): boolean => isPlanOnTime(valueOf(planDue(heilongjiang, type, 2026)), instant as Instant)

describe('plan due date', () => {
  it('PLN-04 Appendix F 6: a joint plan filed on 31 January is on time, on 1 February late', () => {
    expect(filed('JOINT', '2026-01-31T15:59:59.999Z')).toBe(true)
    expect(filed('JOINT', '2026-01-31T16:00:00.000Z')).toBe(false)
  })

  it('PLN-04 Appendix F 6: an internal plan is on time on 31 March, late on 1 April', () => {
    expect(filed('INTERNAL', '2026-03-31T15:59:59.999Z')).toBe(true)
    expect(filed('INTERNAL', '2026-03-31T16:00:00.000Z')).toBe(false)
  })

  it('PLN-04 is unset where the preset gives no date', () => {
    expect(planDue(samr2024, 'INTERNAL', 2026)).toMatchObject({ ok: false, error: { key: 'plan.internal.due' } })
  })

  it('PLN-05 a policy that says nothing of exceptions has none', () => {
    const silent = withValues(heilongjiang, { 'plan.dueExceptions': undefined })
    expect(valueOf(planDue(silent, 'JOINT', 2026))).toMatchObject({ date: '2026-01-31', exception: false })
  })

  it('PLN-05 a year may have a date of its own, for one plan type only', () => {
    const source = { source: { document: '900', clause: '二(三)' }, strength: 'shall' }
    const preset = presetOf({
      name: 'exception',
      title: '年度例外',
      status: 'in-force',
      version: 1,
      effectiveFrom: '2019-01-01',
      documents: [{ id: '900', title: '测试文件', issuer: '测试机关', kind: 'policy' }],
      values: {
        'plan.internal.due': { value: { endOfMonth: 2 }, ...source },
        'plan.joint.due': { value: { endOfMonth: 12 }, ...source },
        'plan.dueExceptions': { value: [{ year: 2019, planType: 'INTERNAL', due: '2019-03-31' }], ...source },
      },
    })
    const setBy = { preset: preset.name, version: preset.version }
    const values = new Map([...preset.values].map(([key, entry]) => [key, { ...entry, setBy }]))
    const policy = policyOf({ id: setBy, lineage: [setBy], documents: preset.documents, values })
    expect(valueOf(planDue(policy, 'INTERNAL', 2019))).toEqual({ date: '2019-03-31', endsAt: '2019-03-31T15:59:59.999Z', exception: true })
    expect(valueOf(planDue(policy, 'INTERNAL', 2020))).toMatchObject({ date: '2020-02-29', exception: false })
    expect(valueOf(planDue(policy, 'JOINT', 2019))).toMatchObject({ date: '2019-12-31', exception: false })
  })
})
