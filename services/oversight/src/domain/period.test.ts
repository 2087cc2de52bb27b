import { describe, expect, it } from 'vitest'
import { periodsOf } from './period.ts'

const spans = (kind: Parameters<typeof periodsOf>[0], year: number): readonly string[] =>
  periodsOf(kind, year).map(({ start, end }) => `${start}…${end}`)

describe('periods of a year', () => {
  it('EVL-09 cover it without gaps, by year, quarter or month', () => {
    expect(spans('CALENDAR_YEAR', 2026)).toEqual(['2026-01-01…2026-12-31'])
    expect(spans('QUARTER', 2026)).toEqual([
      '2026-01-01…2026-03-31',
      '2026-04-01…2026-06-30',
      '2026-07-01…2026-09-30',
      '2026-10-01…2026-12-31',
    ])
    const months = spans('MONTH', 2028)
    expect(months).toHaveLength(12)
    expect([months[1], months[11]]).toEqual(['2028-02-01…2028-02-29', '2028-12-01…2028-12-31'])
  })
})
