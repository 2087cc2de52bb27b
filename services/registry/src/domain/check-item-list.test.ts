import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckItem } from './check-item.ts'
import { type CheckItemList, itemsInForce, listVersionOn, type PublishList, publishList } from './check-item-list.ts'

const item = (code: string, name = code): CheckItem => checkItem(code, { name })

const now = '2026-01-01T00:00:00.000Z' as Instant
const command: PublishList = {
  listId: 'list-1',
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  businessLine: '市场监管',
  effectiveFrom: '2026-01-01' as LocalDate,
  trigger: null,
  triggerNote: null,
  load: 'file-1',
  importId: 'i1',
  items: [item('B'), item('A')],
}
const publish = (current: CheckItemList | undefined, changes: Partial<PublishList> = {}) =>
  publishList(current, { ...command, ...(current === undefined ? {} : { importId: 'i2' }), ...changes }, now)

const first: CheckItemList = (() => {
  const published = publish(undefined)
  if (!published.ok) throw new Error('not published')
  return published.value.list
})()

describe('publishing a list', () => {
  it('REG-11 counts what a version adds, changes and removes, and keeps the version before', () => {
    const published = publish(first, { trigger: 'AMEND', items: [item('A', '新名'), item('C')] })
    expect(published).toMatchObject({ ok: true, value: { published: true, created: 1, changed: 1, unchanged: 0, removed: 1 } })
    const list = published.ok ? published.value.list : first
    expect(list.versions.map(({ number, trigger }) => [number, trigger])).toEqual([
      [1, null],
      [2, 'AMEND'],
    ])
    expect(list.versions[0]?.items.map(({ code }) => code)).toEqual(['A', 'B'])
  })

  it('REG-11 a change must name its trigger, a first version need not', () => {
    expect(publish(first, { items: [item('A')] })).toMatchObject({ ok: false, error: { code: 'trigger-missing' } })
  })

  it('REG-11 a first version is one also without items', () => {
    const published = publish(undefined, { items: [] })
    expect(published).toMatchObject({ ok: true, value: { published: true, created: 0, list: { versions: [{ number: 1, items: [] }] } } })
  })

  it('DQ-04 the same items in another order are no version', () => {
    expect(publish(first, { items: [item('A'), item('B')], load: 'file-2' })).toMatchObject({
      ok: true,
      value: { published: false, unchanged: 2, list: first },
    })
  })

  it('DQ-04 an import that is sent again is told what it did', () => {
    expect(publish(first, { importId: 'i1' })).toMatchObject({
      ok: true,
      value: { published: false, created: 2, changed: 0, unchanged: 0, removed: 0, list: first },
    })
  })

  it('REG-11 takes effect on the day of the last version or later, not before', () => {
    const amend = { trigger: 'AMEND', items: [item('A')] } as const
    expect(publish(first, { ...amend, effectiveFrom: '2025-12-31' as LocalDate })).toMatchObject({
      ok: false,
      error: { code: 'effective-too-early', earliest: '2026-01-01' },
    })
    expect(publish(first, { ...amend, effectiveFrom: '2026-01-01' as LocalDate })).toMatchObject({ ok: true, value: { published: true } })
  })

  it('REG-11 one item in the place of another, or one more, is a version', () => {
    const next = { trigger: 'WORK_NEED' } as const
    expect(publish(first, { ...next, items: [item('A'), item('C')] })).toMatchObject({
      ok: true,
      value: { published: true, created: 1, changed: 0, unchanged: 1, removed: 1 },
    })
    expect(publish(first, { ...next, items: [item('A'), item('B', '新名'), item('C')] })).toMatchObject({
      ok: true,
      value: { published: true, created: 1, changed: 1, unchanged: 1, removed: 0 },
    })
    expect(publish(first, { ...next, items: [item('A'), item('B', '新名')] })).toMatchObject({
      ok: true,
      value: { published: true, created: 0, changed: 1, unchanged: 1, removed: 0 },
    })
  })

  it('REG-11 a list begins with version 1, its items in the order of their codes', () => {
    expect(publish(undefined, { items: [item('B'), item('C'), item('A')] })).toMatchObject({
      ok: true,
      value: {
        published: true,
        created: 3,
        unchanged: 0,
        removed: 0,
        list: { versions: [{ number: 1, items: [{ code: 'A' }, { code: 'B' }, { code: 'C' }] }] },
      },
    })
  })

  it('DQ-04 an import of a later version that is sent again is told what it did to the version before', () => {
    const second = publish(first, { trigger: 'AMEND', items: [item('A', '新名'), item('B'), item('C')] })
    const list = second.ok ? second.value.list : first
    expect(publish(list, { importId: 'i2', items: [] })).toMatchObject({
      ok: true,
      value: { published: false, created: 1, changed: 1, unchanged: 1, removed: 0, list },
    })
  })

  it('REG-41 REG-01 refuses another unit and another business line', () => {
    expect(publish(first, { unitId: '230300-xfj' as UnitId })).toMatchObject({ ok: false, error: { code: 'owned-by-other-unit' } })
    expect(publish(first, { businessLine: '消防' })).toMatchObject({
      ok: false,
      error: { code: 'business-line-differs', businessLine: '市场监管' },
    })
  })
})

describe('items in force', () => {
  const listOf = (listId: string, regionCode: string, items: readonly CheckItem[], from = '2026-01-01'): CheckItemList => {
    const published = publish(undefined, { listId, regionCode: regionCode as RegionCode, items, effectiveFrom: from as LocalDate })
    if (!published.ok) throw new Error('not published')
    return published.value.list
  }
  const names = (lists: readonly CheckItemList[], region: string, date = '2026-06-01') =>
    itemsInForce(lists, region as RegionCode, date as LocalDate).map(({ name }) => name)

  it('REG-07 come from the region’s and its superiors’ lists; of one code the nearest level’s holds', () => {
    const lists = [
      listOf('p', '230000', [item('A', '省A'), item('B', '省B')]),
      listOf('c', '230300', [item('A', '市A')]),
      listOf('d', '230302', [item('D', '区D')]),
    ]
    expect(names(lists, '230300')).toEqual(['市A', '省B'])
    expect(names(lists, '230302')).toEqual(['市A', '省B', '区D'])
    expect(names(lists, '230400')).toEqual(['省A', '省B'])
    expect(names(lists, '230000')).toEqual(['省A', '省B'])
  })

  it('REG-07 of one code on two lists of a level, the list whose id comes first holds, in whichever order they are read', () => {
    const fire = listOf('city-fire', '230300', [item('A', '消防A')])
    const market = listOf('city-market', '230300', [item('A', '市监A')])
    const tax = listOf('city-tax', '230300', [item('A', '税务A')])
    for (const lists of [
      [fire, market, tax],
      [tax, market, fire],
      [market, tax, fire],
    ])
      expect(names(lists, '230300')).toEqual(['消防A'])
  })

  it('REG-09 an item with a scope is in force within it only, not in the region above', () => {
    const scoped = { ...item('L', '地方事项'), regionScope: ['230300' as RegionCode] }
    const lists = [listOf('p', '230000', [item('A'), scoped])]
    expect(names(lists, '230300')).toEqual(['A', '地方事项'])
    expect(names(lists, '230302')).toEqual(['A', '地方事项'])
    expect(names(lists, '230400')).toEqual(['A'])
    expect(names(lists, '230000')).toEqual(['A'])
  })

  it('REG-09 an item with several places in its scope is in force in each of them', () => {
    const scoped = { ...item('L', '地方事项'), regionScope: ['230300' as RegionCode, '230400' as RegionCode] }
    const lists = [listOf('p', '230000', [scoped])]
    expect(['230300', '230400', '230500'].map((region) => names(lists, region))).toEqual([['地方事项'], ['地方事项'], []])
  })

  it('REG-13 begin on the effective date', () => {
    const lists = [listOf('c', '230300', [item('A')], '2026-07-01')]
    expect(names(lists, '230300', '2026-06-30')).toEqual([])
    expect(names(lists, '230300', '2026-07-01')).toEqual(['A'])
    expect(listVersionOn(lists[0] as CheckItemList, '2026-06-30' as LocalDate)).toBeUndefined()
  })
})
