import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { policyDateOf } from './compute-indicators.ts'

describe('the policy of a report', () => {
  it("POL-05 is today's, or that of the last day of a past year", () => {
    const today = '2026-06-01' as LocalDate
    expect([2025, 2026, 2027].map((year) => policyDateOf(year, today))).toEqual(['2025-12-31', today, today])
  })
})
