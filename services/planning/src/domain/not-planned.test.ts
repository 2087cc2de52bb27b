import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { city, code, county, gaj, item, planLine, scj, station1, unit } from '../../tests/support/lines.ts'
import type { PlanLines } from './coverage.ts'
import { notPlanned } from './not-planned.ts'

const listed = [item('G1'), item('G2'), item('P1', { checkingBody: '县级以上公安机关' }), item('J1', { listType: 'JOINT' })]
const units = [
  unit(scj),
  unit(gaj, { department: '公安' }),
  unit(county, { regionCode: '230302' as RegionCode, kind: 'BUREAU' }),
  unit(station1, { kind: 'STATION', parentUnitId: scj }),
]

const plan = (codes: readonly string[], more: Partial<PlanLines> = {}, times = 1, unitIds = [scj]): PlanLines => ({
  planType: 'INTERNAL',
  regionCode: city,
  lines: codes.map((each) => {
    const line = planLine('L01', { times })
    const [own] = line.units
    if (own === undefined) throw new Error('a unit')
    return { ...line, itemCodes: [code(each)], units: unitIds.map((unitId) => ({ ...own, unitId, itemCodes: [code(each)] })) }
  }),
  ...more,
})

const codesOf = (missing: readonly { readonly code: string }[] | undefined) => missing?.map((each) => each.code)

describe('items not planned this year', () => {
  it('PLN-12 PLN-14 are told per level: what no plan of the level has', () => {
    const below = plan(['G2'], { regionCode: '230302' as RegionCode }, 1, [county])
    const { levels } = notPlanned(listed, units, [plan(['G1']), plan(['J1'], { planType: 'JOINT' }), below], 1)
    expect(levels.map(({ level, notPlanned: missing }) => [level, codesOf(missing)])).toEqual([
      ['CITY', ['G2', 'P1']],
      ['COUNTY', ['G1', 'P1', 'J1']],
    ])
    expect(notPlanned(listed, units, [], 1).levels).toEqual([])
  })

  it('PLN-12 PLN-23 are told per unit: what its department checks and the unit itself plans nowhere', () => {
    const found = notPlanned(listed, units, [plan(['G1', 'P1'])], 1)
    expect(found.units.map(({ unitId, answersFor, notPlanned: missing }) => [unitId, answersFor, codesOf(missing)])).toEqual([
      [scj, 3, ['G2', 'J1']],
      [gaj, 1, ['P1']],
      [county, 3, ['G1', 'G2', 'J1']],
    ])
    const taking = notPlanned(listed, units, [plan(['P1'], {}, 1, [scj, gaj])], 1)
    expect(taking.units[1]?.notPlanned).toEqual([])
  })

  it('REG-14 are those planned less often than policy asks: every batch is once', () => {
    const of = (times: number, asked: number) => notPlanned([item('G1')], units, [plan(['G1'], {}, times)], asked).levels[0]?.notPlanned
    expect(of(1, 1)).toEqual([])
    expect(of(1, 2)).toEqual([{ code: 'G1', name: '事项G1', listType: 'INTERNAL', times: 1 }])
    expect(of(2, 2)).toEqual([])
  })

  it('PLN-12 go by the level that the checking body names', () => {
    const body = (checkingBody: string) =>
      notPlanned([item('G1', { checkingBody })], units, [], 1)
        .units.filter(({ answersFor }) => answersFor > 0)
        .map(({ unitId }) => unitId)
    expect(body('县级以上市场监管部门')).toEqual([scj, county])
    expect(body('市级以上市场监管部门')).toEqual([scj])
    expect(body('县级市场监管部门')).toEqual([county])
    expect(body('区级市场监管部门')).toEqual([county])
    expect(body('省级市场监管部门')).toEqual([])
    expect(body('省级、市级市场监管部门')).toEqual([scj])
    expect(body('市场监管部门')).toEqual([scj, county])
    for (const text of [
      '省、市、县级市场监管部门',
      '市、县级市场监管部门',
      '县级及以上市场监督管理部门',
      '市级及以下市场监管部门',
      '省级以下市场监督管理局',
    ])
      expect(body(text), text).toEqual([scj, county])
    expect(body('省、市级市场监管部门')).toEqual([scj])
    expect(body('县级以下市场监管机构')).toEqual([county])
  })

  it('PLN-12 names items whose checking body is no department of the region', () => {
    const strange = item('X1', { checkingBody: '县级以上海事部门' })
    expect(codesOf(notPlanned([strange, item('G1')], units, [], 1).ofNobody)).toEqual(['X1'])
    expect(notPlanned([strange], units, [plan(['X1'])], 1).ofNobody).toEqual([])
  })

  it('PLN-12 says of those whether the body is not understood or names nobody here', () => {
    const [unread, absent] = [item('X1', { checkingBody: '本级市场监管部门' }), item('X2', { checkingBody: '省级市场监管部门' })]
    const member = { listType: 'INTERNAL', times: 0 }
    expect(notPlanned([unread, absent], units, [], 1).ofNobody).toEqual([
      { code: 'X1', name: '事项X1', ...member, checkingBody: '本级市场监管部门', reason: 'BODY_NOT_READ' },
      { code: 'X2', name: '事项X2', ...member, checkingBody: '省级市场监管部门', reason: 'NO_DEPARTMENT' },
    ])
  })

  it('REG-14 in a municipality the 市级 is that of its own departments', () => {
    const municipality = '310000' as RegionCode
    const answers = (municipalities: readonly RegionCode[]) =>
      notPlanned(
        [item('G1', { checkingBody: '市级市场监管部门' })],
        [unit(scj, { regionCode: municipality })],
        [],
        1,
        municipalities,
      ).units.map(({ answersFor }) => answersFor)
    expect(answers([municipality])).toEqual([1])
    expect(answers([])).toEqual([0])
  })
})
