import type { Instant, RegionCode } from '@dual-random/kernel'
import { type Policy, type PolicyContent, policyOf, type ResolvedEntry } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckItem } from '../domain/check-item.ts'
import { repeatOutcome } from './repeat-bar.ts'

const id = { preset: 'p', version: 1 }
const entry = (value: ResolvedEntry['value']): ResolvedEntry => ({
  value,
  source: { document: 'd', clause: '1' },
  strength: 'shall',
  setBy: id,
})
const values: Readonly<Record<string, ResolvedEntry['value']>> = {
  gradeScheme: { lowToHigh: ['A', 'B', 'C', 'D'] },
  lowRiskGrades: ['A'],
  'ratio.unclassified': { mode: 'OWN_STRATUM', ratioBy: 'PLANNER' },
  'repeat.lowRiskBar': { period: 'CALENDAR_YEAR', exceptions: ['LAW'] },
  'repeat.scope': { acrossLevels: true, acrossJointChecks: true, acrossRegions: true },
  'repeat.allowed': { generalFieldGrades: ['D'], keyItemSubjects: true },
  'repeat.allowedGrades': { grades: ['B', 'C'], reasonRequired: true },
}

function policy(changes: Readonly<Record<string, ResolvedEntry['value'] | undefined>> = {}): Policy {
  const kept = Object.entries({ ...values, ...changes }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, entry(value)] as const],
  )
  return policyOf({ id, lineage: [id], documents: [], values: new Map(kept) } satisfies PolicyContent)
}

const item = (itemClass: 'GENERAL' | 'KEY'): CheckItem => checkItem(itemClass, { itemClass })

const region = '230300' as RegionCode
const before = (asOf: string) => ({ drawId: 'd1', label: 'l1', regionCode: region, asOf: asOf as Instant })
const draw = { regionCode: region, asOf: '2026-08-01T01:00:00.000Z' as Instant }
const march = before('2026-03-02T01:00:00.000Z')

describe('CRD-09 the low-risk bar', () => {
  it('keeps out what was drawn in the same year, and shows where', () => {
    expect(repeatOutcome(policy(), draw, 'A', [item('GENERAL')], march)).toEqual({ outcome: 'barred', evidence: 'd1 l1' })
    expect(repeatOutcome(policy(), draw, 'A', [item('GENERAL')], undefined)).toEqual({ outcome: 'free' })
  })

  it('ends with the year in China', () => {
    const january = { ...draw, asOf: '2026-12-31T16:00:00.000Z' as Instant }
    expect(repeatOutcome(policy(), { ...draw, asOf: '2026-12-31T15:59:59.999Z' as Instant }, 'A', [item('GENERAL')], march).outcome).toBe(
      'barred',
    )
    expect(repeatOutcome(policy(), january, 'A', [item('GENERAL')], march).outcome).toBe('free')
  })

  it('CRD-07 opens for a key item where policy says so, with the ground on record', () => {
    const items = [item('GENERAL'), item('KEY')]
    expect(repeatOutcome(policy(), draw, 'A', items, march)).toEqual({ outcome: 'kept', ground: 'KEY_ITEM', evidence: 'd1 l1' })
    const strict = policy({ 'repeat.allowed': { generalFieldGrades: ['D'], keyItemSubjects: false } })
    expect(repeatOutcome(strict, draw, 'A', items, march).outcome).toBe('barred')
  })

  it('does not bar other grades, objects without one, nor where no policy sets it', () => {
    expect(repeatOutcome(policy(), draw, 'B', [item('GENERAL')], march)).toEqual({ outcome: 'kept', ground: 'GRADE', evidence: 'd1 l1' })
    expect(repeatOutcome(policy(), draw, undefined, [item('GENERAL')], march).outcome).toBe('kept')
    expect(repeatOutcome(policy({ 'repeat.lowRiskBar': undefined }), draw, 'A', [item('GENERAL')], march).outcome).toBe('free')
  })

  it('CRD-16 bars an object without a grade where policy gives it a low one', () => {
    const asA = policy({ 'ratio.unclassified': { mode: 'AS_GRADE', grade: 'A' } })
    expect(repeatOutcome(asA, draw, undefined, [item('GENERAL')], march).outcome).toBe('barred')
  })

  it('POL-04 stops with the key that is missing', () => {
    expect(() => repeatOutcome(policy({ lowRiskGrades: undefined }), draw, 'A', [item('GENERAL')], march)).toThrow(
      expect.objectContaining({ code: 'policy-unset', meta: { key: 'lowRiskGrades', preset: 'p' } }),
    )
  })
})
