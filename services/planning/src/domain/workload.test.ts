import { describe, expect, it } from 'vitest'
import { city, county, delegates, planLine, scj, station1, station2, unit, units } from '../../tests/support/lines.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import type { LineUnit, Selection } from './plan.ts'
import { type LoadingLine, type StaffCount, workload } from './workload.ts'

const office = '230300-scj-jg' as typeof scj
const known = [...units, unit(office, { kind: 'BUREAU_OFFICE', parentUnitId: scj, name: '局机关' }), ...delegates]
const staffOf = (homeUnitId: typeof scj, qualified: number, unitId = scj): StaffCount => ({
  unitId,
  homeUnitId,
  inPost: qualified,
  qualified,
})
const staff = [staffOf(office, 2), staffOf(station1, 4), staffOf(station2, 2), staffOf(county, 9, county)]

const [own] = planLine('L01').units
if (own === undefined) throw new Error('a unit')
const line = (planned: number, selection: Partial<Selection> = {}, more: Partial<LineUnit> = {}): LoadingLine => ({
  planId: 'p',
  lineId: 'L01',
  planned,
  units: [{ ...own, teamSize: 2, selection: { ...own.selection, ...selection }, ...more }],
})
const loads = (lines: readonly LoadingLine[], of = staff) =>
  Object.fromEntries(workload(fourCoalCities, lines, known, of).stations.map(({ homeUnitId, visits }) => [homeUnitId, visits]))

describe('workload per station', () => {
  it('PLN-18 expects each office and station its share of the visits, by the inspectors it has', () => {
    // 40 objects by teams of two: 80 visits over 8 inspectors.
    expect(loads([line(40)])).toEqual({ [office]: 20, [station1]: 40, [station2]: 20, [county]: 0 })
    expect(loads([line(40), line(4)])).toMatchObject({ [station1]: 40 + 4 })
  })

  it('DRW-06 DRW-07 PLN-18 goes by the stations that the mode of selection names', () => {
    expect(loads([line(10, { mode: 'SINGLE_STATION', stationUnitIds: [station1] })])).toMatchObject({
      [office]: 0,
      [station1]: 20,
      [station2]: 0,
    })
    const two = line(9, { mode: 'MULTI_STATION', stationUnitIds: [station1, station2] })
    expect(loads([two])).toMatchObject({ [office]: 0, [station1]: 12, [station2]: 6 })
    expect(loads([line(10, { mode: 'NO_LONGER_DEFINED' })])).toMatchObject({ [office]: 0, [station1]: 0 })
  })

  it('DRW-10 PLN-18 loads the delegate in the place of the unit', () => {
    const delegation = { toUnitId: county, toRegionCode: city, kind: 'SUBORDINATE' } as const
    expect(loads([line(9, {}, { delegation })])).toEqual({ [office]: 0, [station1]: 0, [station2]: 0, [county]: 18 })
  })

  it('PLN-18 names the most loaded first, a head and whole', () => {
    const { stations } = workload(fourCoalCities, [line(10, { mode: 'SINGLE_STATION', stationUnitIds: [station2] }), line(3)], known, staff)
    expect(stations.map(({ homeUnitId, name, visits, each }) => [homeUnitId, name, visits, each])).toEqual([
      [station2, '南山所', 22, 11],
      [office, '局机关', 2, 1],
      [station1, '向阳所', 3, 1],
      [county, county, 0, 0],
    ])
    const nobody = workload(fourCoalCities, [], known, [staffOf('elsewhere' as typeof scj, 0)]).stations
    expect(nobody).toEqual([{ unitId: scj, homeUnitId: 'elsewhere', name: 'elsewhere', inPost: 0, qualified: 0, visits: 0 }])
  })

  it('DRW-02 PLN-18 names lines for which fewer are qualified than a team needs', () => {
    const of = (qualified: number) => workload(fourCoalCities, [line(5)], known, [staffOf(office, qualified)]).understaffed
    expect(of(2)).toEqual([])
    expect(of(1)).toEqual([{ planId: 'p', lineId: 'L01', unitId: scj, teamSize: 2, qualified: 1 }])
  })
})
