import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMs,
  chinaDateOf,
  daysBetween,
  endOfChinaDate,
  epochMsOf,
  instantOf,
  parseInstant,
  parseLocalDate,
  startOfChinaDate,
  yearOf,
} from './time.ts'

const date = (text: string) => {
  const parsed = parseLocalDate(text)
  if (parsed === undefined) throw new Error(text)
  return parsed
}

describe('time', () => {
  it('DQ-08 counts dates in China Standard Time', () => {
    expect(chinaDateOf(instantOf(Date.parse('2026-01-31T15:59:59.999Z')))).toBe('2026-01-31')
    expect(chinaDateOf(instantOf(Date.parse('2026-01-31T16:00:00.000Z')))).toBe('2026-02-01')
    expect([daysBetween(date('2026-02-28'), date('2026-03-01')), daysBetween(date('2026-03-01'), date('2026-03-01'))]).toEqual([1, 0])
    expect(daysBetween(date('2026-01-01'), date('2025-12-31'))).toBe(-1)
    expect(startOfChinaDate(date('2026-02-01'))).toBe('2026-01-31T16:00:00.000Z')
    expect(endOfChinaDate(date('2026-02-01'))).toBe('2026-02-01T15:59:59.999Z')
  })

  it('crosses months and leap days', () => {
    expect(addDays(date('2028-02-28'), 1)).toBe('2028-02-29')
    expect(addDays(date('2026-01-01'), -1)).toBe('2025-12-31')
  })

  it('adds milliseconds, and counts from 1970 and back', () => {
    const second = addMs(instantOf(0), 1000)
    expect(second).toBe('1970-01-01T00:00:01.000Z')
    expect(epochMsOf(second)).toBe(1000)
    expect(addMs(second, -1)).toBe('1970-01-01T00:00:00.999Z')
  })

  it('CRD-09 a year is that of the date', () => {
    expect([yearOf(date('2026-12-31')), yearOf(date('2027-01-01'))]).toEqual([2026, 2027])
  })

  it('refuses dates and instants that no calendar has', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '']) expect(parseLocalDate(text), text).toBeUndefined()
    for (const text of [
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-01-01T24:01:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01 00:00:00Z',
      '2026-01-01T00:00:00+08:00',
    ])
      expect(parseInstant(text), text).toBeUndefined()
    expect(parseInstant('2026-01-01T00:00:00Z')).toBe('2026-01-01T00:00:00.000Z')
  })

  it('reads an instant with up to three decimals, and writes three', () => {
    expect(parseInstant('2026-01-01T00:00:00.1Z')).toBe('2026-01-01T00:00:00.100Z')
    expect(parseInstant('2026-01-01T23:59:59.999Z')).toBe('2026-01-01T23:59:59.999Z')
    for (const text of ['2026-01-01T00:00:00.Z', '2026-01-01T00:00:00.1234Z', '2026-01-01T00:00Z'])
      expect(parseInstant(text), text).toBeUndefined()
  })

  it('reads a date or an instant and nothing around it', () => {
    for (const text of [' 2026-01-01', '2026-01-01 ', '12026-01-01', '2026-01-011', 'a2026-01-01'])
      expect(parseLocalDate(text), text).toBeUndefined()
    for (const text of [' 2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z ', '+002026-01-01T00:00:00Z', '2026-01-01T00:00:00Z0'])
      expect(parseInstant(text), text).toBeUndefined()
  })
})
