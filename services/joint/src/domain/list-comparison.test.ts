import { describe, expect, it } from 'vitest'
import { comparable, type DrawnList, identityOf, listIdOf, listMatchIdOf } from './list-comparison.ts'
import type { RegionGroup } from './sharing.ts'

const key = new Uint8Array(32).fill(7)
const creditCode = '91230300MA18B7XQ8Q'

const list = (regionCode: string, department: string, year = 2026): DrawnList => ({
  listId: `d-${regionCode}-${department}`,
  drawId: `d-${regionCode}-${department}`,
  regionCode,
  unitId: `${regionCode}-${department}`,
  year,
  planId: 'p',
  lineId: 'L01',
  taskName: '检查',
  window: { start: '2026-03-01', end: '2026-04-30' },
})

const group = (enabled = true): RegionGroup => ({
  id: 'g',
  regions: [
    { regionCode: '230300', alias: 'jixi' },
    { regionCode: '230400', alias: 'hegang' },
  ],
  aspects: [
    { id: 'INFORMATION_SHARING', text: '监管信息共享', enabled },
    { id: 'MUTUAL_RECOGNITION', text: '监管信息互认', enabled: true },
  ],
  recognisedKinds: [],
})

const none = { one: [], other: [] }
const both = { one: [group()], other: [group()] }

describe('what an object is recognised by', () => {
  const object = { label: 'a', objectId: 'o1', code: creditCode, name: '甲' }

  it('DRW-19 DQ-05 is the credit code wherever the object is registered, and any other code is its region’s own', () => {
    expect(identityOf(key, 2026, { ...object, label: 'b', objectId: 'o2', name: '乙' })).toBe(identityOf(key, 2026, object))
    const local = { ...object, code: 'DT-0001' }
    expect(identityOf(key, 2026, { ...local, objectId: 'o2' })).not.toBe(identityOf(key, 2026, local))
    expect(identityOf(key, 2026, { ...local, label: 'b' })).toBe(identityOf(key, 2026, local))
  })

  it('DRW-34 cannot be had from the code without the key, nor a match’s id from labels', () => {
    const other = new Uint8Array(32).fill(8)
    expect(identityOf(other, 2026, object)).not.toBe(identityOf(key, 2026, object))
    const places = [
      { drawId: 'd1', label: 'l1' },
      { drawId: 'd2', label: 'l2' },
    ] as const
    expect(listMatchIdOf(key, ...places)).toMatch(/^lm-[0-9a-f]{32}$/)
    expect(listMatchIdOf(key, places[1], places[0])).toBe(listMatchIdOf(key, ...places))
    expect(listMatchIdOf(other, ...places)).not.toBe(listMatchIdOf(key, ...places))
  })

  it('DRW-19 is another one in another year', () => {
    expect(identityOf(key, 2027, object)).not.toBe(identityOf(key, 2026, object))
  })
})

describe('which lists are compared', () => {
  it('JNT-15 are those of two departments in one year', () => {
    expect(comparable(list('230300', 'scj'), list('230300', 'xfj'), none)).toBe(true)
    expect(comparable(list('230300', 'scj'), list('230300', 'scj'), none)).toBe(false)
    expect(comparable(list('230300', 'scj'), list('230300', 'xfj', 2027), none)).toBe(false)
  })

  it('DRW-26 reach a city and its county, whichever is first', () => {
    expect(comparable(list('230300', 'scj'), list('230302', 'scj'), none)).toBe(true)
    expect(comparable(list('230302', 'scj'), list('230300', 'scj'), none)).toBe(true)
    expect(comparable(list('230302', 'scj'), list('230303', 'scj'), none)).toBe(false)
  })

  it('XRG-03 XRG-10 reach another city only where both policies share information in one group', () => {
    const [jixi, hegang] = [list('230300', 'scj'), list('230400', 'scj')]
    expect(comparable(jixi, hegang, both)).toBe(true)
    expect(comparable(list('230302', 'scj'), hegang, both)).toBe(true)
    expect(comparable(jixi, hegang, { ...both, one: [group(false)] })).toBe(false)
    expect(comparable(jixi, hegang, { ...both, other: [group(false)] })).toBe(false)
    expect(comparable(jixi, hegang, { ...both, other: [] })).toBe(false)
    expect(comparable(jixi, list('230900', 'scj'), both)).toBe(false)
  })
})

describe('listIdOf', () => {
  it('DRW-26 is the draw’s id in the city whose draw it is, and tells the other cities apart', () => {
    const idIn = (regionCode: string) => listIdOf({ drawId: 'd', organiserRegionCode: '230300', regionCode })
    expect(['230300', '230400', '230900'].map(idIn)).toEqual(['d', 'd-230400', 'd-230900'])
  })
})
