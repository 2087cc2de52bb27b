import type { Instant, ItemCode, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { alertFrom, itemYears, newlyDue, withException, type YearlyCheck } from './yearly-check.ts'

const code = (text: string) => text as ItemCode
const at = '2026-11-01T00:00:00.000Z' as Instant
const year: YearlyCheck = {
  yearlyCheckId: 'y1',
  listId: 'list-1',
  regionCode: '310000' as RegionCode,
  unitId: '310000-scj' as UnitId,
  year: 2026,
  exceptions: [],
  reported: [],
}
const items = ['A', 'B', 'C'].map((text) => checkItem(text))
const exception = { itemCode: code('C'), reason: '法规废止，年内无对象', by: 'li', at }

describe('the year of a list', () => {
  it('REG-14 an item is due until it was drawn for often enough, unless a special circumstance is recorded', () => {
    const due = (draws: Readonly<Record<string, number>>, times: number) =>
      itemYears(items, new Map(Object.entries(draws)), [exception], times)
        .filter((item) => item.due)
        .map(({ itemCode }) => itemCode)
    expect(due({}, 1)).toEqual(['A', 'B'])
    expect(due({ A: 1 }, 1)).toEqual(['B'])
    expect(due({ A: 1, B: 2 }, 2)).toEqual(['A'])
    expect(itemYears(items.slice(1), new Map([['B', 3]]), [exception], 1)).toStrictEqual([
      { itemCode: 'B', name: items[1]?.name, draws: 3, due: false },
      { itemCode: 'C', name: items[2]?.name, draws: 0, exception, due: false },
    ])
  })

  it('REG-14 alerts begin so many days before the year’s last', () => {
    expect(alertFrom(2026, 60)).toBe('2026-11-01')
    expect(alertFrom(2026, 0)).toBe('2026-12-31')
    expect(() => alertFrom(20_260, 0)).toThrow('20260')
  })

  it('REG-14 names each item that is due, once', () => {
    const years = itemYears(items, new Map(), [], 1)
    expect(newlyDue(years, year)).toEqual(['A', 'B', 'C'])
    expect(newlyDue(years, { reported: [code('A')] })).toEqual(['B', 'C'])
    expect(newlyDue(itemYears(items, new Map([['B', 1]]), [exception], 1), year)).toEqual(['A'])
  })

  it('REG-14 of two circumstances recorded of one item the later holds, and those of others stay', () => {
    const other = { ...exception, itemCode: code('A') }
    const twice = [exception, other, { ...exception, reason: '停产' }].reduce(withException, year)
    expect(twice.exceptions).toEqual([other, { ...exception, reason: '停产' }])
  })
})
