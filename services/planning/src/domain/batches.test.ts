import { addDays, ratioOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days } from '../../tests/support/lines.ts'
import { shippedCalendar } from '../../tests/support/shipped.ts'
import { cutWindow, isWhole, monthsOf, scheduleBatches } from './batches.ts'

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

  it('PLN-13 cuts into as many parts as there are months, and refuses one more', () => {
    expect(cutWindow(days('2026-01-31', '2026-03-01'), 3)).toHaveLength(3)
    expect(cutWindow(days('2026-01-31', '2026-03-01'), 4)).toBeUndefined()
    expect(cutWindow(days('2026-01-31', '2026-03-01'), 0)).toBeUndefined()
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
        expect(cutWindow(window, monthsOf(window) + 1)).toBeUndefined()
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
