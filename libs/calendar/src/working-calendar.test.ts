import { addDays, type Instant, type LocalDate } from '@dual-random/kernel'
import { isWorkday } from 'chinese-days'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf, shippedCalendar, shippedYears } from '../tests/shipped-calendar.ts'
import { addWorkingDays, deadlineAfter, isWorkingDay, workingCalendar, workingDaysBetween } from './index.ts'

const day = (text: string): LocalDate => text as LocalDate

const daysOfYear = (year: number): readonly LocalDate[] => {
  const days: LocalDate[] = []
  for (let date = day(`${year}-01-01`); date.startsWith(`${year}-`); date = addDays(date, 1)) days.push(date)
  return days
}

describe('working calendar', () => {
  it.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('DQ-08 year %i has %i working days', (year, count) => {
    expect(daysOfYear(year).filter((date) => isWorkingDay(shippedCalendar, date) === true)).toHaveLength(count)
  })

  it.each([2024, 2025, 2026])('DQ-08 agrees with chinese-days on every date of %i', (year) => {
    expect(daysOfYear(year).filter((date) => isWorkingDay(shippedCalendar, date) !== isWorkday(date))).toEqual([])
  })

  it('DQ-08 says unknown on both sides of the known years', () => {
    expect(isWorkingDay(shippedCalendar, day('2023-12-29'))).toBe('unknown')
    expect(isWorkingDay(shippedCalendar, day('2024-01-02'))).toBe(true)
    expect(isWorkingDay(shippedCalendar, day('2026-12-31'))).toBe(true)
    expect(isWorkingDay(shippedCalendar, day('2027-01-01'))).toBe('unknown')
  })

  it('DQ-08 a later notice overrules the December its predecessor described', () => {
    const notice = { title: '通知', number: '1号', issuedOn: day('2025-11-01') }
    const calendar = calendarOf([
      { year: 2026, version: 1, notice, holidays: [{ name: '元旦', from: day('2025-12-31'), to: day('2026-01-02') }], makeUpDays: [] },
      { year: 2025, version: 1, notice, holidays: [], makeUpDays: [] },
    ])
    expect(isWorkingDay(calendar, day('2025-12-30'))).toBe(true)
    expect(isWorkingDay(calendar, day('2025-12-31'))).toBe(false)
  })

  it('DQ-08 the later notice overrules the December of its predecessor in whichever order they are loaded', () => {
    const notice = { title: '通知', number: '1号', issuedOn: day('2025-11-01') }
    const last = day('2025-12-31')
    const predecessor = { year: 2025, version: 1, notice, holidays: [{ name: '年末', from: last, to: last }], makeUpDays: [] }
    const successor = { year: 2026, version: 1, notice, holidays: [], makeUpDays: [last] }
    for (const years of [
      [predecessor, successor],
      [successor, predecessor],
    ]) {
      const calendar = calendarOf(years)
      expect(isWorkingDay(calendar, last)).toBe(true)
      expect(calendar.editions.map(({ year }) => year)).toEqual([2025, 2026])
    }
  })

  it('refuses two editions of one year, and keeps the editions it was built of', () => {
    expect(workingCalendar([...shippedYears, ...shippedYears.slice(0, 1)])).toMatchObject({
      ok: false,
      error: { code: 'calendar-year-twice', year: 2024 },
    })
    expect(shippedCalendar.editions).toEqual([
      { year: 2024, version: 1 },
      { year: 2025, version: 1 },
      { year: 2026, version: 1 },
    ])
  })
})

describe('counting working days', () => {
  it.each([
    ['2026-01-23', '2026-02-27'],
    ['2026-02-10', '2026-03-16'],
    ['2026-04-20', '2026-05-20'],
    ['2026-09-15', '2026-10-19'],
  ])('PUB-04 20 working days after %s end on %s', (start, end) => {
    expect(addWorkingDays(shippedCalendar, day(start), 20)).toEqual({ date: end, provisional: false })
  })

  it('DQ-08 does not count the start day, working or not', () => {
    expect(addWorkingDays(shippedCalendar, day('2026-03-02'), 1).date).toBe('2026-03-03')
    expect(addWorkingDays(shippedCalendar, day('2026-03-01'), 1).date).toBe('2026-03-02')
    expect(addWorkingDays(shippedCalendar, day('2026-03-01'), 0)).toEqual({ date: '2026-03-01', provisional: false })
  })

  it('DQ-08 counts a make-up Saturday and skips a holiday Monday', () => {
    expect(addWorkingDays(shippedCalendar, day('2026-05-08'), 1).date).toBe('2026-05-09')
    expect(addWorkingDays(shippedCalendar, day('2026-04-30'), 1).date).toBe('2026-05-06')
  })

  it('DQ-08 flags a count as provisional once it steps into a year without a notice', () => {
    expect(addWorkingDays(shippedCalendar, day('2026-12-30'), 1)).toEqual({ date: '2026-12-31', provisional: false })
    expect(addWorkingDays(shippedCalendar, day('2026-12-30'), 2)).toEqual({ date: '2027-01-01', provisional: true })
    expect(addWorkingDays(shippedCalendar, day('2023-12-28'), 1)).toEqual({ date: '2023-12-29', provisional: true })
    expect(addWorkingDays(shippedCalendar, day('2023-12-31'), 1)).toEqual({ date: '2024-01-02', provisional: false })
  })

  it('DQ-08 a provisional date settles when its year is loaded', () => {
    const without2026 = calendarOf(shippedYears.filter(({ year }) => year !== 2026))
    expect(addWorkingDays(without2026, day('2025-12-31'), 1)).toEqual({ date: '2026-01-01', provisional: true })
    expect(addWorkingDays(shippedCalendar, day('2025-12-31'), 1)).toEqual({ date: '2026-01-04', provisional: false })
  })

  it('refuses a count that is negative or not whole', () => {
    expect(() => addWorkingDays(shippedCalendar, day('2026-03-02'), -1)).toThrow('-1')
    expect(() => addWorkingDays(shippedCalendar, day('2026-03-02'), 1.5)).toThrow('1.5')
  })

  it('workingDaysBetween undoes addWorkingDays', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 60 }), (offset, n) => {
        const start = addDays(day('2024-01-01'), offset)
        const { date } = addWorkingDays(shippedCalendar, start, n)
        expect(workingDaysBetween(shippedCalendar, start, date).days).toBe(n)
        expect(workingDaysBetween(shippedCalendar, date, start).days + n).toBe(0)
      }),
    )
  })

  it('workingDaysBetween counts none from Saturday to Sunday and back, and none from a day to itself', () => {
    const [saturday, sunday] = [day('2026-03-07'), day('2026-03-08')]
    expect(workingDaysBetween(shippedCalendar, saturday, sunday).days).toBe(0)
    expect(workingDaysBetween(shippedCalendar, sunday, saturday).days).toBe(0)
    expect(workingDaysBetween(shippedCalendar, sunday, sunday)).toEqual({ days: 0, provisional: false })
  })

  it('workingDaysBetween flags days of an unknown year', () => {
    expect(workingDaysBetween(shippedCalendar, day('2026-12-30'), day('2026-12-31'))).toEqual({ days: 1, provisional: false })
    expect(workingDaysBetween(shippedCalendar, day('2026-12-30'), day('2027-01-01'))).toEqual({ days: 2, provisional: true })
    expect(workingDaysBetween(shippedCalendar, day('2027-01-01'), day('2026-12-30'))).toEqual({ days: -2, provisional: true })
  })
})

describe('deadline', () => {
  it('DQ-08 ends with the last millisecond of the China date', () => {
    expect(deadlineAfter(shippedCalendar, '2026-02-10T02:00:00.000Z' as Instant, 20)).toEqual({
      date: '2026-03-16',
      endsAt: '2026-03-16T15:59:59.999Z',
      provisional: false,
    })
  })

  it('DQ-08 takes the China date of the event, not its UTC date', () => {
    expect(deadlineAfter(shippedCalendar, '2026-03-02T15:59:59.999Z' as Instant, 1).date).toBe('2026-03-03')
    expect(deadlineAfter(shippedCalendar, '2026-03-02T16:00:00.000Z' as Instant, 1).date).toBe('2026-03-04')
  })
})
