import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckItemList } from '../domain/check-item-list.ts'
import { type BusinessLineDeps, businessLinesOf } from './business-lines.ts'
import type { Cards, CheckItemLists, Guideline, InspectorPool, ObjectPool, Units } from './ports.ts'

const city = '230300' as RegionCode
const bureau = '230300-scj' as UnitId
const line = '市场监管'
const opening = '2026-01-01' as LocalDate
const eve = '2025-12-31' as LocalDate
const at = '2026-01-01T00:00:00.000Z' as Instant

const list = (members: Partial<CheckItemList> = {}, items = [checkItem('A')]): CheckItemList => ({
  listId: 'list-1',
  regionCode: city,
  unitId: bureau,
  businessLine: line,
  versions: [{ number: 1, effectiveFrom: opening, trigger: null, triggerNote: null, publishedAt: at, load: 'd', importId: 'i', items }],
  ...members,
})

const guideline = (members: Partial<Guideline> = {}): Guideline => ({
  id: 'g1',
  regionCode: city,
  unitId: bureau,
  businessLine: line,
  title: '抽查工作指引',
  version: 1,
  effectiveFrom: opening,
  text: '指引正文',
  updatedAt: at,
  ...members,
})

interface Held {
  readonly lists?: readonly CheckItemList[]
  readonly guidelines?: readonly Guideline[]
  /** Units that have active objects, and those that have inspectors. */
  readonly objects?: readonly string[]
  readonly inspectors?: readonly string[]
}

const units = [
  { unitId: bureau, regionCode: city, department: line },
  { unitId: '230302-scj', regionCode: '230302', department: line },
  { unitId: '230300-xfj', regionCode: city, department: '消防救援' },
]

const linesOf = (held: Held, date = opening) => {
  const deps = {
    checkItemLists: { all: async () => held.lists ?? [] } as Partial<CheckItemLists>,
    guidelines: { inRegion: async () => held.guidelines ?? [] } as Partial<Cards<Guideline>>,
    units: { inRegion: async () => units } as unknown as Units,
    objects: {
      count: async ({ unitIds = [], status }) =>
        status === 'ACTIVE' ? unitIds.filter((unitId) => held.objects?.includes(unitId)).length : 0,
    } as Partial<ObjectPool>,
    inspectors: {
      page: async (unitIds: readonly string[]) => unitIds.filter((unitId) => held.inspectors?.includes(unitId)),
    } as unknown as InspectorPool,
  } as BusinessLineDeps
  return businessLinesOf(deps, city, date)
}

const whole: Held = { lists: [list()], guidelines: [guideline()], objects: [bureau], inspectors: [bureau] }
const missing = async (held: Held, date?: LocalDate) => (await linesOf({ ...whole, ...held }, date)).map((each) => each.missing)

describe('one list, two pools, one guideline', () => {
  it('REG-01 a line that has all four lacks nothing', async () => {
    expect(await linesOf(whole)).toEqual([{ businessLine: line, unitIds: [bureau, '230302-scj'], missing: [] }])
  })

  it('REG-01 says which of the four a line lacks, each by itself and all together', async () => {
    expect(await missing({ lists: [] })).toEqual([['LIST']])
    expect(await missing({ objects: [] })).toEqual([['OBJECT_POOL']])
    expect(await missing({ inspectors: [] })).toEqual([['INSPECTOR_POOL']])
    expect(await missing({ guidelines: [] })).toEqual([['GUIDELINE']])
    expect(await missing({ lists: [list({}, [])], guidelines: [], objects: [], inspectors: [] })).toEqual([
      ['LIST', 'OBJECT_POOL', 'INSPECTOR_POOL', 'GUIDELINE'],
    ])
  })

  it('REG-01 list and guideline count from the day they take effect', async () => {
    expect(await missing({}, eve)).toEqual([['LIST', 'GUIDELINE']])
    expect(await missing({}, opening)).toEqual([[]])
  })

  it('REG-01 reports line by line: what another line or department has fills no gap', async () => {
    const fire = '230300-xfj' as UnitId
    const lists = [list(), list({ listId: 'list-2', unitId: fire, businessLine: '消防' })]
    expect(await linesOf({ ...whole, lists })).toEqual([
      { businessLine: line, unitIds: [bureau, '230302-scj'], missing: [] },
      { businessLine: '消防', unitIds: [fire], missing: ['OBJECT_POOL', 'INSPECTOR_POOL', 'GUIDELINE'] },
    ])
  })

  it('REG-01 the pools of a line are those of all units of its department, its list and guideline those of the jurisdiction', async () => {
    expect(await missing({ objects: ['230302-scj'], inspectors: ['230302-scj'] })).toEqual([[]])
    const elsewhere = { regionCode: '230400' as RegionCode }
    expect(await missing({ lists: [list(elsewhere)] })).toEqual([['LIST']])
    expect(await missing({ guidelines: [guideline(elsewhere)] })).toEqual([['GUIDELINE']])
    expect(await linesOf({ ...whole, lists: [list(elsewhere)], guidelines: [guideline(elsewhere)] })).toEqual([])
  })
})
