import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { isAdmitted, isStale, quality, receivedQuality } from './source.ts'

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
