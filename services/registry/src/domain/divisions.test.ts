import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { readRegionBy } from './divisions.ts'

const read = readRegionBy([
  { code: '230200', name: '齐齐哈尔市' },
  { code: '230300', name: '鸡西市' },
  { code: '230302', name: '鸡冠区' },
  { code: '230305', name: '同名区' },
  { code: '230306', name: '同名区' },
  { code: '230402', name: '向阳区' },
])

describe('SEC-02 DQ-04 the region of a row', () => {
  it.each([
    ['230302', '230302', 'a county of the importer'],
    ['230300', '230300', 'the importer’s own'],
    ['鸡冠区', '230302', 'a name that is one place'],
    ['230399', 'unknown', 'a county that the city does not have'],
    ['230402', 'outside', 'a county of another city'],
    ['230000', 'outside', 'the superior'],
    ['向阳区', 'outside', 'a name elsewhere'],
    ['同名区', 'ambiguous', 'a name of two places'],
    ['火星区', 'unknown', 'a name of no place'],
    ['2303', 'malformed', 'too few digits'],
  ])('%s is %s: %s', (text, expected) => {
    expect(read(text, '230300' as RegionCode)).toBe(expected)
  })

  it('takes a county of a city whose counties are not listed', () => {
    expect(read('230202', '230000' as RegionCode)).toBe('230202')
  })

  it('takes a city that the list does not have, though it has others of the province', () => {
    expect(read('230900', '230000' as RegionCode)).toBe('230900')
  })
})
