import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { isAdmitted, isStale, quality, receivedOrigin, receivedQuality, type SourceFreshness, staleSources } from './source.ts'

describe('sources', () => {
  it.each([
    ['REGISTRATION_SYSTEM', ['REGISTRATION_SYSTEM'], true],
    ['OTHER', ['REGISTRATION_SYSTEM'], false],
    [undefined, ['REGISTRATION_SYSTEM'], false],
    ['OTHER', undefined, true],
    [undefined, undefined, true],
  ] as const)('REG-22 market subjects from %s where policy names %s: %s', (source, admitted, taken) => {
    expect(isAdmitted(source, admitted)).toBe(taken)
  })

  it('DQ-10 only a source that policy names is verified; who says nothing is not', () => {
    expect(receivedQuality('REGISTRATION_SYSTEM', ['REGISTRATION_SYSTEM'])).toBe('VERIFIED')
    expect(receivedQuality('MEMBER_UNIT', ['REGISTRATION_SYSTEM'])).toBe('UNVERIFIED')
    expect(receivedQuality('REGISTRATION_SYSTEM', undefined)).toBe('UNVERIFIED')
    expect(quality(undefined)).toBe('UNVERIFIED')
    expect(quality({ quality: 'DISPUTED' })).toBe('DISPUTED')
  })

  it('DQ-10 what came of an import says from which source, where the import does, and what it is worth', () => {
    const admitted = ['REGISTRATION_SYSTEM']
    expect(receivedOrigin('REGISTRATION_SYSTEM', admitted)).toEqual({ receivedFrom: 'REGISTRATION_SYSTEM', quality: 'VERIFIED' })
    expect(receivedOrigin('MEMBER_UNIT', admitted)).toEqual({ receivedFrom: 'MEMBER_UNIT', quality: 'UNVERIFIED' })
    expect(receivedOrigin(undefined, admitted)).toEqual({ quality: 'UNVERIFIED' })
    expect(Object.keys(receivedOrigin(undefined, admitted))).toEqual(['quality'])
  })

  it('DQ-07 a draw is flagged for the sources that are stale, not for those that nothing is judged of', () => {
    const source = (stale: boolean | null): SourceFreshness => ({
      dataset: 'OBJECT_POOL',
      of: '230300-scj',
      source: 'REGISTRATION_SYSTEM',
      asOf: null,
      limitDays: 7,
      stale,
    })
    expect(staleSources([source(true), source(false), source(null)])).toEqual([source(true)])
    expect(staleSources(undefined)).toEqual([])
  })

  it.each([
    ['2026-03-01T00:00:00.000Z', 7, false],
    ['2026-02-28T23:59:59.999Z', 7, true],
    [null, 7, true],
    [null, null, null],
    ['2020-01-01T00:00:00.000Z', null, null],
  ] as const)('DQ-07 what is as of %s is stale on 8 March under a limit of %s days: %s', (asOf, limitDays, stale) => {
    expect(isStale(asOf as Instant | null, limitDays, '2026-03-08T00:00:00.000Z' as Instant)).toBe(stale)
  })
})
