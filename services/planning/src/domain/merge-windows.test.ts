import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { city, days, planLine } from '../../tests/support/lines.ts'
import { assignMergeWindows, type MergeWindows, mergeWindowIdsOf, sharedDays } from './merge-windows.ts'
import type { DateWindow, PlanLine } from './plan.ts'

const empty: MergeWindows = { regionCode: city, year: 2026, windows: [] }

const line = (id: string, window: DateWindow, times = 1): PlanLine => planLine(id, { window, times })

const ids = (windows: MergeWindows, planId: string) => Object.fromEntries(mergeWindowIdsOf(windows, planId))

const spring = days('2026-03-01', '2026-05-31')
const april = days('2026-04-01', '2026-04-30')
const autumn = days('2026-09-01', '2026-10-31')
const may31 = days('2026-05-31', '2026-06-30')
const june1 = days('2026-06-01', '2026-06-30')

describe('merge windows', () => {
  it('PLN-25 Appendix F 7: overlapping windows share a merge window, disjoint ones do not', () => {
    const assigned = assignMergeWindows(empty, 'p1', [line('L01', spring), line('L02', april), line('L03', autumn)])
    expect(ids(assigned, 'p1')).toEqual({ 'L01/1': '230300-2026-W01', 'L02/1': '230300-2026-W01', 'L03/1': '230300-2026-W02' })
  })

  it.each([
    [may31, '230300-2026-W01'],
    [june1, '230300-2026-W02'],
  ])('PLN-25 one day in common is enough: %o → %s', (window, id) => {
    const assigned = assignMergeWindows(empty, 'p1', [line('L01', spring), line('L02', window)])
    expect(ids(assigned, 'p1')['L02/1']).toBe(id)
  })

  it('PLN-25 overlap is not transitive: who misses one member gets a window of its own', () => {
    const assigned = assignMergeWindows(empty, 'p1', [
      line('L01', days('2026-03-01', '2026-04-30')),
      line('L02', days('2026-04-01', '2026-06-30')),
      line('L03', days('2026-06-01', '2026-07-31')),
    ])
    expect(ids(assigned, 'p1')).toEqual({ 'L01/1': '230300-2026-W01', 'L02/1': '230300-2026-W01', 'L03/1': '230300-2026-W02' })
  })

  it('PLN-25 plans of the same region and year share windows', () => {
    const first = assignMergeWindows(empty, 'p1', [line('L01', spring)])
    expect(ids(assignMergeWindows(first, 'p2', [line('L01', april)]), 'p2')).toEqual({ 'L01/1': '230300-2026-W01' })
  })

  it('PLN-25 is stable under filing again: the same batches keep their windows whatever else was filed between', () => {
    const first = assignMergeWindows(empty, 'p1', [line('L01', spring, 3), line('L02', autumn)])
    const between = assignMergeWindows(first, 'p2', [line('L01', april), line('L02', days('2026-01-01', '2026-12-31'), 12)])
    const again = assignMergeWindows(between, 'p1', [line('L01', spring, 3), line('L02', autumn), line('L03', april)])
    expect(ids(again, 'p1')).toMatchObject(ids(first, 'p1'))
    expect(assignMergeWindows(again, 'p1', [line('L01', spring, 3), line('L02', autumn), line('L03', april)])).toEqual(again)
  })

  it('PLN-25 a batch with other days moves, a cancelled one leaves', () => {
    const first = assignMergeWindows(empty, 'p1', [line('L01', spring), line('L02', april)])
    const moved = assignMergeWindows(first, 'p1', [line('L01', autumn)])
    expect(ids(moved, 'p1')).toEqual({ 'L01/1': '230300-2026-W02' })
    expect(moved.windows[0]?.members).toEqual([])
  })

  it('PLN-25 a batch moves when either of its days does, and only that batch', () => {
    const first = assignMergeWindows(empty, 'p1', [line('L01', spring), line('L02', spring)])
    const later = assignMergeWindows(first, 'p1', [line('L01', days('2026-03-02', '2026-05-31')), line('L02', spring)])
    expect(later.windows[0]?.members.map(({ lineId, window }) => [lineId, window.start])).toEqual([
      ['L02', '2026-03-01'],
      ['L01', '2026-03-02'],
    ])
    const shorter = assignMergeWindows(first, 'p1', [line('L01', spring), line('L02', days('2026-03-01', '2026-05-30'))])
    expect(shorter.windows[0]?.members.map(({ lineId, window }) => [lineId, window.end])).toEqual([
      ['L01', '2026-05-31'],
      ['L02', '2026-05-30'],
    ])
  })

  it('PLN-25 batches of one line are told apart, and so are lines of the same number in two plans', () => {
    const first = assignMergeWindows(empty, 'p1', [line('L01', spring, 3)])
    const fewer = assignMergeWindows(first, 'p1', [{ ...line('L01', spring, 3), batches: line('L01', spring, 3).batches.slice(1) }])
    expect(Object.keys(ids(fewer, 'p1'))).toEqual(['L01/2', 'L01/3'])
    const other = assignMergeWindows(first, 'p2', [line('L01', spring, 3)])
    expect(Object.keys(ids(assignMergeWindows(other, 'p2', []), 'p1'))).toEqual(['L01/1', 'L01/2', 'L01/3'])
  })

  it('PLN-25 what a window shares is its latest first day to its earliest last', () => {
    const shared = (...windows: readonly DateWindow[]) => sharedDays(windows.map((window) => ({ window })))
    expect(shared()).toBeUndefined()
    expect(shared(spring)).toEqual(spring)
    expect(shared(spring, april)).toEqual(april)
    expect(shared(april, spring)).toEqual(april)
    expect(shared(days('2026-03-01', '2026-06-30'), days('2026-04-01', '2026-07-31'))).toEqual(days('2026-04-01', '2026-06-30'))
  })

  it('PLN-25 lines are taken in the order of their numbers, L9 before L10', () => {
    const apart = [days('2026-01-01', '2026-01-10'), days('2026-01-01', '2026-01-10')] as const
    const assigned = assignMergeWindows(empty, 'p1', [line('L10', apart[0]), line('L9', apart[1])])
    expect(assigned.windows[0]?.members.map(({ lineId }) => lineId)).toEqual(['L9', 'L10'])
  })

  const dayOfYear = fc.integer({ min: 0, max: 364 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10))
  const anyWindow = fc.tuple(dayOfYear, dayOfYear).map(([a, b]) => (a < b ? days(a, b) : days(b, a)))
  const anyLines = fc
    .array(anyWindow, { minLength: 1, maxLength: 12 })
    .map((windows) => windows.map((window, index) => line(`L${10 + index}`, window)))

  it('PLN-25 every batch gets one window, whose members all share a day; order of lines does not matter', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const assigned = assignMergeWindows(empty, 'p1', lines)
        expect(mergeWindowIdsOf(assigned, 'p1').size).toBe(lines.length)
        for (const { members } of assigned.windows) {
          const shared = sharedDays(members)
          expect(shared !== undefined && shared.start <= shared.end).toBe(true)
        }
        expect(ids(assignMergeWindows(empty, 'p1', lines.toReversed()), 'p1')).toEqual(ids(assigned, 'p1'))
        expect(assignMergeWindows(assigned, 'p1', lines.toReversed())).toEqual(assigned)
      }),
      { numRuns: 100 },
    )
  })
})
