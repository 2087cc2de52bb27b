import type { Json, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  agreementDigest,
  bureauWide,
  city,
  code,
  county,
  inBands,
  item,
  items,
  lineContext,
  lineId,
  lineInput,
  percent,
  planHeader,
  scj,
  unit,
} from '../../tests/support/lines.ts'
import { countedPlan, poolOf } from '../../tests/support/pools.ts'
import { changed, fourCoalCities, samr2024, valueOf } from '../../tests/support/shipped.ts'
import { buildLine } from './build-line.ts'
import { planFigures } from './figures.ts'
import { otherPartsOf, ownPartOf } from './line-cities.ts'
import type { CityContext, LineContext, LineInput } from './line-input.ts'
import type { Plan, PlanLine } from './plan.ts'
import { lineDigest, publishedLine } from './published-line.ts'

const hegang = '230400' as RegionCode
const shuangyashan = '230500' as RegionCode
const theirs = '230400-scj' as UnitId
const theirPolice = '230400-gaj' as UnitId
const thirds = '230500-scj' as UnitId

const cityContext = (
  regionCode: RegionCode,
  unitIds: readonly UnitId[],
  members: Partial<CityContext> = {},
): readonly [string, CityContext] => [
  regionCode,
  {
    policy: fourCoalCities,
    items: new Map(items.map((each) => [each.code, each])),
    units: new Map(unitIds.map((unitId) => [unitId, unit(unitId, { regionCode })])),
    ...members,
  },
]

const contextOf = (members: Partial<LineContext> = {}, policy = fourCoalCities, their: Partial<CityContext> = {}): LineContext =>
  lineContext(
    {
      plan: { unitId: scj, regionCode: city, year: 2026, planType: 'INTERNAL', selection: bureauWide },
      cities: new Map([cityContext(hegang, [theirs, theirPolice], their), cityContext(shuangyashan, [thirds])]),
      ...members,
    },
    policy,
  )

const input = (members: Partial<LineInput> = {}): LineInput =>
  lineInput({ units: [{ unitId: theirs }, { unitId: scj }], joint: { merged: false, cities: [{ regionCode: hegang }] }, ...members })
const built = (members: Partial<LineInput> = {}, context = contextOf()) =>
  buildLine(input(members), context, { lineId: lineId('L01'), commandId: 'c1' })
const problems = (members: Partial<LineInput> = {}, context?: LineContext): readonly string[] => {
  const result = built(members, context)
  return result.ok ? [] : result.error.map(({ code: problem, pointer }) => `${pointer} ${problem}`)
}
const withGroups = (groups: Json) => changed(fourCoalCities, 'crossRegion', { encouraged: true, groups })

describe('a line that several cities draw together', () => {
  it('DRW-26 says which units check in which city, and who leads the teams there', () => {
    const line = valueOf(
      built({
        units: [{ unitId: thirds }, { unitId: scj }, { unitId: theirPolice }, { unitId: theirs }],
        joint: { merged: true, cities: [{ regionCode: shuangyashan }, { regionCode: hegang, initiatorUnitId: theirs }] },
      }),
    )
    expect(line.joint).toEqual({
      merged: true,
      cities: [
        { regionCode: hegang, initiatorUnitId: theirs, unitIds: [theirPolice, theirs] },
        { regionCode: shuangyashan, initiatorUnitId: thirds, unitIds: [thirds] },
      ],
    })
    expect(line.initiatorUnitId).toBe(scj)
  })

  it('DRW-26 each city draws for what its own units check', () => {
    const line = valueOf(
      built({
        itemCodes: [code('G1'), code('G2')],
        units: [
          { unitId: scj, itemCodes: [code('G2')] },
          { unitId: theirs, itemCodes: [code('G1')] },
        ],
      }),
    )
    expect(otherPartsOf(line)).toEqual([{ regionCode: hegang, itemCodes: [code('G1')] }])
    const own = ownPartOf(line)
    expect([own.itemCodes, own.units.map(({ unitId }) => unitId)]).toEqual([[code('G2')], [scj]])
    expect(own).not.toHaveProperty('joint')
    const alone = valueOf(buildLine(lineInput(), contextOf(), { lineId: lineId('L02'), commandId: 'c2' }))
    expect([ownPartOf(alone), otherPartsOf(alone)]).toEqual([alone, []])
  })

  it('DRW-26 a unit of another city is known only where the line names its city', () => {
    const { joint: _joint, ...alone } = input()
    expect(buildLine(alone, contextOf(), { lineId: lineId('L01'), commandId: 'c1' })).toMatchObject({
      error: [{ code: 'unit-unknown', pointer: '/units/0', unitId: theirs }],
    })
    expect(problems({ units: [{ unitId: scj }, { unitId: thirds }, { unitId: theirs }] })).toEqual(['/units/1 unit-unknown'])
  })

  it('DRW-26 every city has a unit that checks and one that initiates', () => {
    expect(problems({ units: [{ unitId: scj }] })).toEqual(['/joint/cities/0 city-without-units'])
    expect(problems({ units: [{ unitId: theirs }], initiatorUnitId: theirs })).toEqual(['/units city-without-units'])
    expect(problems({ initiatorUnitId: theirs })).toEqual(['/initiatorUnitId initiator-not-of-city'])
    const three = { units: [{ unitId: scj }, { unitId: theirs }, { unitId: theirPolice }] }
    expect(problems(three)).toEqual(['/joint/cities/0/initiatorUnitId city-needs-initiator'])
    const led = (initiatorUnitId: UnitId) => ({ ...three, joint: { merged: false, cities: [{ regionCode: hegang, initiatorUnitId }] } })
    expect(problems(led(scj))).toEqual(['/joint/cities/0/initiatorUnitId initiator-not-of-city'])
    expect(problems(led(theirPolice))).toEqual([])
  })

  it('DRW-26 no object is in two pools: cities do not overlap', () => {
    const of = (...regions: readonly string[]) => {
      const cities = regions.map((regionCode) => ({ regionCode: regionCode as RegionCode, initiatorUnitId: theirs }))
      return problems({ joint: { merged: false, cities } }).filter((text) => text.endsWith('cities-overlap'))
    }
    expect(of('230400', '230500')).toEqual([])
    expect(of('230300')).toEqual(['/joint/cities/0/regionCode cities-overlap'])
    expect(of('230000')).toEqual(['/joint/cities/0/regionCode cities-overlap'])
    expect(of('230302')).toEqual(['/joint/cities/0/regionCode cities-overlap'])
    expect(of('230400', '230400')).toEqual(['/joint/cities/1/regionCode cities-overlap'])
    expect(of('230402', '230400')).toEqual(['/joint/cities/1/regionCode cities-overlap'])
  })

  it('DRW-26 REG-13 a unit checks what is on a list of its own city', () => {
    const local = new Map(
      items
        .concat(item('H1'))
        .filter(({ code: each }) => each !== code('G1'))
        .map((each) => [each.code as string, each]),
    )
    const context = contextOf({}, fourCoalCities, { items: local })
    expect(problems({}, context)).toEqual(['/units/0/itemCodes item-not-on-list-of-city'])
    const own = {
      itemCodes: [code('G1'), code('H1')],
      units: [
        { unitId: scj, itemCodes: [code('G1')] },
        { unitId: theirs, itemCodes: [code('H1')] },
      ],
    }
    expect(problems(own, context)).toEqual([])
    expect(problems({ ...own, itemCodes: [code('G1'), code('H1'), code('X9')] }, context)).toEqual([
      '/itemCodes item-not-on-list',
      '/units item-without-unit',
    ])
  })

  it('PLN-26 REG-06 the lists of all cities count: a class or an upper limit of one binds the line', () => {
    const as = (members: Partial<Parameters<typeof item>[1]>) =>
      contextOf({}, fourCoalCities, { items: new Map([['G1', item('G1', members)]]) })
    expect(problems({}, as({ itemClass: 'KEY' }))).toEqual(['/itemCodes line-mixes-item-classes'])
    const capped = problems({}, as({ ratioCap: percent('2%') })).map((text) => text.split(' ')[1])
    expect(new Set(capped)).toEqual(new Set(['ratio-above-cap']))
    expect(problems({}, as({}))).toEqual([])
  })

  it('DRW-26 gives no task to a unit of another city', () => {
    const agreement = { digest: agreementDigest, title: '协商函' }
    const to = (toUnitId: UnitId, toRegionCode: string) =>
      problems({
        units: [
          { unitId: theirs },
          { unitId: scj, delegation: { toUnitId, toRegionCode: toRegionCode as RegionCode, reason: '回避', agreement } },
        ],
      })
    expect(to(county, '230302')).toEqual([])
    expect(to('230400-scj' as UnitId, '230400')).toContain('/units/1/delegation delegation-across-cities')
  })
})

describe('what cities agreed to share', () => {
  const group = (regions: readonly string[], enabled = true): Json => ({
    id: 'pilot',
    text: '试点',
    pilot: true,
    regions: regions.map((regionCode) => ({ regionCode, alias: 'a', text: regionCode })),
    aspects: [{ id: 'INFORMATION_SHARING', text: '监管信息共享', enabled }],
    recognisedKinds: [{ id: 'CHECK_RESULT', text: '抽查检查结果' }],
  })
  const agreed = { joint: { merged: false, cities: [{ regionCode: hegang, agreement: { digest: agreementDigest, title: '协议' } }] } }
  const needs = ['/joint/cities/0/agreement city-needs-agreement']

  it('XRG-01 XRG-04 cities of one group need no agreement, others the written one', () => {
    expect(problems()).toEqual([])
    const apart = contextOf({}, withGroups([group(['230300', '230500'])]))
    expect(problems({}, apart)).toEqual(needs)
    expect(problems(agreed, apart)).toEqual([])
    expect(problems(agreed, { ...apart, agreements: new Set() })).toEqual(['/joint/cities/0/agreement/digest agreement-unknown'])
  })

  it('XRG-03 XRG-10 a city that left the group, or no longer shares, is not drawn with by its agreement of once', () => {
    const left = withGroups([group(['230300', '230500'])])
    expect(problems({}, contextOf({}, fourCoalCities, { policy: left }))).toEqual(needs)
    const silent = withGroups([group(['230300', '230400'], false)])
    expect(problems({}, contextOf({}, silent))).toEqual(needs)
    expect(problems({}, contextOf({}, fourCoalCities, { policy: silent }))).toEqual(needs)
  })

  it('XRG-09 policy that encourages no draws across regions has none', () => {
    const discouraged = changed(fourCoalCities, 'crossRegion', { encouraged: false, groups: [] })
    expect(problems(agreed, contextOf({}, discouraged))).toEqual(['/joint/cities/0 cities-not-provided'])
    expect(problems(agreed, contextOf({}, changed(fourCoalCities, 'crossRegion', undefined)))).toEqual([
      '/joint/cities/0 cities-not-provided',
    ])
    expect(samr2024.find('crossRegion')?.encouraged).toBe(true)
  })
})

describe('a published line of several cities', () => {
  const plan = { ...planHeader, planId: 'p', policy: { preset: 'x', version: '1' }, policyDigest: 'd' } as unknown as Plan

  it('DRW-26 SEC-08 names them in its digest, and a line of one city keeps the digest it has', () => {
    const line = valueOf(built())
    expect(publishedLine(plan, line)).toMatchObject({
      joint: { merged: false, cities: [{ regionCode: hegang, initiatorUnitId: theirs, unitIds: [theirs], agreementDigest: null }] },
    })
    const merged = { ...line, joint: { ...line.joint, merged: true } } as PlanLine
    expect(lineDigest(plan, merged)).not.toBe(lineDigest(plan, line))
    const { joint: _joint, ...alone } = line
    expect(publishedLine(plan, alone)).not.toHaveProperty('joint')
  })
})

describe('the figures of a line of several cities', () => {
  const figures = (line: PlanLine, own: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) =>
    valueOf(
      planFigures(
        fourCoalCities,
        {
          plan: countedPlan,
          counted: [{ line, pool: poolOf(own), elsewhere: [{ regionCode: hegang, ...poolOf(other) }] }],
          whole: poolOf(own),
        },
        '2026-01-10T02:00:00.000Z' as never,
      ),
    )
  const line = (merged: boolean, members: Partial<LineInput> = {}) =>
    valueOf(built({ joint: { merged, cities: [{ regionCode: hegang }] }, ratios: inBands, ...members }))

  it('CRD-08 DRW-26 count the own city alone; the other city stands beside', () => {
    // C 20 %: 2.2 of 11, and 1.4 of 7.
    expect(figures(line(false), { C: 11 }, { C: 7 })).toMatchObject({
      planned: 3,
      pool: 11,
      lines: [{ mapped: 11, planned: 3, elsewhere: [{ regionCode: hegang, mapped: 7, planned: 2 }] }],
    })
  })

  it('DRW-26 CRD-17 round merged strata once, and expect of each city its share', () => {
    // 3.6 of 18, rounded once to 4: 2.44 and 1.56.
    expect(figures(line(true), { C: 11 }, { C: 7 })).toMatchObject({
      planned: 2,
      lines: [{ mapped: 11, planned: 2, elsewhere: [{ mapped: 7, planned: 2 }] }],
    })
    expect(figures(line(true), { C: 0 }, { C: 0 })).toMatchObject({ planned: 0 })
    expect(figures(line(true), { A: 100 }, { C: 10 })).toMatchObject({ planned: 3, lines: [{ elsewhere: [{ planned: 2 }] }] })
  })

  it('DRW-26 a fixed number is each city’s own, or one for all where strata are merged', () => {
    const count = { itemCodes: [code('K1')], count: 10 }
    const { ratios: _ratios, ...counted } = input(count)
    const of = (merged: boolean) =>
      valueOf(
        buildLine({ ...counted, joint: { merged, cities: [{ regionCode: hegang }] } }, contextOf(), {
          lineId: lineId('L01'),
          commandId: 'c1',
        }),
      )
    expect(figures(of(false), { A: 30 }, { A: 10 })).toMatchObject({ planned: 10, lines: [{ elsewhere: [{ planned: 10 }] }] })
    expect(figures(of(true), { A: 30 }, { A: 10 })).toMatchObject({ planned: 8, lines: [{ elsewhere: [{ planned: 2 }] }] })
  })
})
