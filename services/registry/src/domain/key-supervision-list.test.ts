import type { Instant, ItemCode, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { valueOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { type KeyMatter, keyVersionOn, mattersInForce, type PublishKeyList, publishKeyList } from './key-supervision-list.ts'

const at = '2026-01-05T02:00:00.000Z' as Instant
const date = (text: string) => text as LocalDate

const matter = (matterId: string, members: Partial<KeyMatter> = {}): KeyMatter => ({
  matterId,
  name: '电梯使用安全',
  field: 'SPECIAL_EQUIPMENT',
  supervisingBody: '市场监管部门',
  objects: '电梯使用单位',
  applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] },
  measures: ['现场检查'],
  itemCodes: ['SCJG-31' as ItemCode],
  stages: ['使用'],
  timesPerYear: 2,
  factors: [],
  ...members,
})

const command = (members: Partial<PublishKeyList> = {}): PublishKeyList => ({
  listId: 'k1',
  regionCode: '230000' as RegionCode,
  unitId: '230000-scj' as UnitId,
  title: '重点监管事项清单',
  effectiveFrom: date('2026-01-05'),
  by: 'clerk',
  load: 'd',
  importId: 'i1',
  attributes: [{ id: 'FULL_COVERAGE', text: '全覆盖', measure: 'COVERAGE' }],
  matters: [matter('ZD-02'), matter('ZD-01')],
  ...members,
})

const first = valueOf(publishKeyList(undefined, command(), at)).list
const next = (members: Partial<PublishKeyList>) => publishKeyList(first, command({ importId: 'i2', ...members }), at)

describe('versions of a key-supervision list', () => {
  it('TGT-03 a version has its owner, dates, attributes and matters, in order of their ids', () => {
    expect(first).toMatchObject({
      unitId: '230000-scj',
      versions: [{ number: 1, by: 'clerk', effectiveFrom: '2026-01-05', attributes: [{ id: 'FULL_COVERAGE' }] }],
    })
    expect(first.versions[0]?.matters.map(({ matterId }) => matterId)).toEqual(['ZD-01', 'ZD-02'])
  })

  it('TGT-03 another content is the next version and leaves the last as it was; the same is none', () => {
    expect(valueOf(next({}))).toMatchObject({ published: false, unchanged: 2, list: { versions: [{ number: 1 }] } })
    const changed = valueOf(
      next({ effectiveFrom: date('2026-03-01'), matters: [matter('ZD-01', { measures: ['抽样'] }), matter('ZD-03')] }),
    )
    expect(changed).toMatchObject({ published: true, created: 1, changed: 1, unchanged: 0, removed: 1 })
    expect(changed.list.versions[0]).toEqual(first.versions[0])
    expect(publishKeyList(changed.list, command({ importId: 'i2' }), at)).toMatchObject({
      ok: true,
      value: { published: false, created: 1 },
    })
  })

  it('TGT-03 nobody but the owner publishes; a version begins no earlier than the last, and ends no earlier than it begins', () => {
    const matters = [matter('ZD-09')]
    expect(next({ matters, unitId: '230300-scj' as UnitId })).toMatchObject({ ok: false, error: { code: 'owned-by-other-unit' } })
    expect(next({ matters, effectiveFrom: date('2026-01-05') })).toMatchObject({ ok: true })
    expect(next({ matters, effectiveFrom: date('2026-01-04') })).toMatchObject({ ok: false, error: { code: 'list-effective-too-early' } })
    expect(next({ matters, effectiveTo: date('2026-01-05') })).toMatchObject({ ok: true })
    expect(next({ matters, effectiveTo: date('2026-01-04') })).toMatchObject({ ok: false, error: { code: 'key-list-dates' } })
  })

  it('TGT-03 a version is in force from its first day to its last, and the next from its own', () => {
    const { list } = valueOf(next({ effectiveFrom: date('2026-03-01'), effectiveTo: date('2026-06-30'), matters: [matter('ZD-03')] }))
    const inForce = (day: string) => keyVersionOn(list, date(day))?.number
    expect(['2026-01-04', '2026-01-05', '2026-02-28', '2026-03-01', '2026-06-30', '2026-07-01'].map(inForce)).toEqual([
      undefined,
      1,
      1,
      2,
      2,
      undefined,
    ])
  })

  it('TGT-03 a list of the province holds in the regions below it and nowhere else', () => {
    const ids = (regionCode: string) =>
      mattersInForce([first], regionCode as RegionCode, date('2026-05-01')).map((each) => each.matter.matterId)
    expect(ids('230302')).toEqual(['ZD-01', 'ZD-02'])
    expect(ids('310000')).toEqual([])
  })
})
