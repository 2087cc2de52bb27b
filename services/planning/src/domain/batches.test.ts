import { addDays, ratioOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days } from '../../tests/support/lines.ts'
import { shippedCalendar } from '../../tests/support/shipped.ts'
import { cutWindow, daysOf, isWhole, monthsOf, scheduleBatches } from './batches.ts'

describe('cutting a window', () => {
  it('PLN-13 cuts at month starts, evenly', () => {
    expect(cutWindow(days('2026-01-01', '2026-12-31'), 4)).toEqual([
      days('2026-01-01', '2026-03-31'),
      days('2026-04-01', '2026-06-30'),
      days('2026-07-01', '2026-09-30'),
      days('2026-10-01', '2026-12-31'),
    ])
    expect(cutWindow(days('2026-05-20', '2026-12-20'), 2)).toEqual([days('2026-05-20', '2026-08-31'), days('2026-09-01', '2026-12-20')])
  })

  it('PLN-13 cuts into months while there are as many, and beyond that into days: 30 of them in 30 days, and refuses one more', () => {
    const window = days('2026-01-31', '2026-03-01')
    expect(cutWindow(window, 3)).toEqual([
      days('2026-01-31', '2026-01-31'),
      days('2026-02-01', '2026-02-28'),
      days('2026-03-01', '2026-03-01'),
    ])
    expect(cutWindow(window, 4)?.map(daysOf)).toEqual([7, 8, 7, 8])
    expect(cutWindow(window, 30)?.map(daysOf)).toEqual(Array.from({ length: 30 }, () => 1))
    expect(cutWindow(window, 31)).toBeUndefined()
    expect(cutWindow(window, 0)).toBeUndefined()
  })

  it('PLN-13 cuts each month where it is done so many times a month, and the whole where some month is too short for it', () => {
    const halves = cutWindow(days('2026-01-01', '2026-12-31'), 24)
    expect(halves?.slice(0, 4)).toEqual([
      days('2026-01-01', '2026-01-15'),
      days('2026-01-16', '2026-01-31'),
      days('2026-02-01', '2026-02-14'),
      days('2026-02-15', '2026-02-28'),
    ])
    expect(halves).toHaveLength(24)
    expect(cutWindow(days('2026-01-31', '2026-02-28'), 4)?.map(({ start }) => start)).toEqual([
      '2026-01-31',
      '2026-02-07',
      '2026-02-14',
      '2026-02-21',
    ])
    expect(cutWindow(days('2026-01-30', '2026-02-28'), 4)?.map(({ start }) => start)).toEqual([
      '2026-01-30',
      '2026-01-31',
      '2026-02-01',
      '2026-02-15',
    ])
  })

  it('PLN-13 cuts a leap year into a batch a day, and no year into more', () => {
    expect(cutWindow(days('2028-01-01', '2028-12-31'), 366)).toHaveLength(366)
    expect(cutWindow(days('2028-01-01', '2028-12-31'), 367)).toBeUndefined()
    expect(cutWindow(days('2026-01-01', '2026-12-31'), 366)).toBeUndefined()
  })

  it.each([2, 3, 5, 6, 12, 29, 58, 59])('PLN-13 %d parts of a spring follow each other without a gap', (times) => {
    const window = days('2026-03-05', '2026-05-02')
    const parts = cutWindow(window, times) ?? []
    expect(parts).toHaveLength(times)
    expect([parts[0]?.start, parts.at(-1)?.end]).toEqual([window.start, window.end])
    expect(parts.slice(1).map(({ start }) => start)).toEqual(parts.slice(0, -1).map(({ end }) => addDays(end, 1)))
    expect(parts.every((part) => daysOf(part) > 0)).toBe(true)
  })

  const month = fc.integer({ min: 1, max: 12 })
  const anyCut = fc.tuple(month, month, month).map(([a, b, times]) => {
    const [first = '', last = ''] = [Math.min(a, b), Math.max(a, b)].map((each) => String(each).padStart(2, '0'))
    return { window: days(`2026-${first}-03`, `2026-${last}-28`), times: Math.min(times, Math.abs(a - b) + 1) }
  })

  it('PLN-13 the parts follow each other without a gap and differ by one month at most', () => {
    fc.assert(
      fc.property(anyCut, ({ window, times }) => {
        const parts = cutWindow(window, times) ?? []
        expect(parts).toHaveLength(times)
        expect(parts[0]?.start).toBe(window.start)
        expect(parts.at(-1)?.end).toBe(window.end)
        expect(parts.slice(1).map(({ start }) => start)).toEqual(parts.slice(0, -1).map(({ end }) => addDays(end, 1)))
        const sizes = parts.map(monthsOf)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('scheduling', () => {
  it('PLN-13 freezes on the first working day, after the holidays', () => {
    const [batch] = scheduleBatches(shippedCalendar, [{ window: days('2026-10-01', '2026-10-31') }])
    expect(batch).toMatchObject({ freezeAt: '2026-10-08T01:00:00.000Z', commitAt: '2026-10-08T01:10:00.000Z', scheduleProvisional: false })
  })

  it('PLN-13 takes a make-up Saturday as the working day it is', () => {
    const [batch] = scheduleBatches(shippedCalendar, [{ window: days('2026-02-14', '2026-02-28') }])
    expect(batch?.freezeAt).toBe('2026-02-14T01:00:00.000Z')
  })

  it('DQ-08 a year without a notice counts weekdays, provisionally', () => {
    const [batch] = scheduleBatches(shippedCalendar, [{ window: days('2029-06-02', '2029-06-30') }])
    expect(batch).toMatchObject({ freezeAt: '2029-06-04T01:00:00.000Z', scheduleProvisional: true })
  })

  it('starts on the first day of a window without a working day', () => {
    const [batch] = scheduleBatches(shippedCalendar, [{ window: days('2026-10-02', '2026-10-04') }])
    expect(batch?.freezeAt).toBe('2026-10-02T01:00:00.000Z')
  })

  it('numbers batches in the order of their windows and keeps given instants', () => {
    const freezeAt = '2026-03-05T02:00:00.000Z' as never
    const batches = scheduleBatches(shippedCalendar, [
      { window: days('2026-06-01', '2026-06-30') },
      { window: days('2026-03-01', '2026-03-31'), freezeAt },
    ])
    expect(batches.map(({ number, window: { start } }) => [number, start])).toEqual([
      [1, '2026-03-01'],
      [2, '2026-06-01'],
    ])
    expect(batches[0]).toMatchObject({ freezeAt, commitAt: '2026-03-05T02:10:00.000Z', scheduleProvisional: false })
  })

  it('shares are whole when they add up to one exactly', () => {
    expect(isWhole([ratioOf(1, 3), ratioOf(1, 3), ratioOf(1, 3)])).toBe(true)
    expect(isWhole([ratioOf(333, 1000), ratioOf(333, 1000), ratioOf(333, 1000)])).toBe(false)
  })
})
