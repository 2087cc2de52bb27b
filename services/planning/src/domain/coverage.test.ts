import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { city, code, item, planLine } from '../../tests/support/lines.ts'
import { type CoverageRules, listCoverage, type PlanLines } from './coverage.ts'
import type { CheckItem } from './line-input.ts'
import type { UndrawnKind } from './undrawn-line.ts'

describe('coverage of the lists', () => {
  const listed = [item('G1'), item('G2'), item('J1', { listType: 'JOINT' })]
  const plan = (planType: 'INTERNAL' | 'JOINT', codes: readonly string[], regionCode = city) => ({
    planType,
    regionCode,
    lines: codes.map((each) => ({ ...planLine('L01'), itemCodes: [code(each)] })),
  })
  const each: CoverageRules = {
    levels: ['PROVINCE', 'CITY', 'COUNTY'],
    scope: 'EACH_LEVEL',
    jointCountsForInternal: true,
    byMatter: new Set(),
  }
  const province = '230000' as RegionCode
  const county = '230302' as RegionCode
  const next = '230303' as RegionCode
  /** Of the city alone. */
  const ofCity = (listedItems: readonly CheckItem[], plans: readonly PlanLines[], rules: CoverageRules = each) =>
    listCoverage(listedItems, [city], plans, rules).regions[0]
  /** How much of the internal list each level and each region covers. */
  const internalOf = (regions: readonly RegionCode[], plans: readonly PlanLines[], rules: CoverageRules = each) => {
    const found = listCoverage(listed, regions, plans, rules)
    return {
      levels: found.levels.map(({ level, lists }) => [level, lists[1]?.covered]),
      regions: found.regions.map(({ regionCode, hasPlan, lists }) => [regionCode, hasPlan, lists[1]?.covered]),
    }
  }

  it('PLN-12 EVL-06 lists the entries no plan of the level covers, and what share is covered', () => {
    const lists = [
      { planType: 'JOINT', listed: 1, covered: 1, withoutDraw: 0, share: { numerator: 1, denominator: 1 }, uncovered: [] },
      {
        planType: 'INTERNAL',
        listed: 2,
        covered: 1,
        withoutDraw: 0,
        share: { numerator: 1, denominator: 2 },
        uncovered: [{ code: 'G2', name: '事项G2' }],
      },
    ]
    expect(listCoverage(listed, [city], [plan('INTERNAL', ['G1']), plan('JOINT', ['J1'])], { ...each, levels: ['CITY'] })).toEqual({
      levels: [{ level: 'CITY', lists }],
      regions: [{ regionCode: city, level: 'CITY', hasPlan: true, lists }],
    })
  })

  const undrawn = (codes: readonly string[], kind: UndrawnKind = 'KEY_SUPERVISION', regionCode = city): PlanLines => ({
    planType: 'INTERNAL',
    regionCode,
    lines: [],
    undrawn: [{ kind, itemCodes: codes.map(code) }],
  })

  it('PLN-12 EVL-06 a line without a draw covers nothing of a list of random checks: what it checks is told beside', () => {
    const plans = [plan('INTERNAL', ['G1']), undrawn(['G1', 'G2']), undrawn(['G2'], 'CAMPAIGN')]
    expect(ofCity(listed, plans)?.lists[1]).toEqual({
      planType: 'INTERNAL',
      listed: 2,
      covered: 1,
      withoutDraw: 1,
      share: { numerator: 1, denominator: 2 },
      uncovered: [{ code: 'G2', name: '事项G2', withoutDraw: ['CAMPAIGN', 'KEY_SUPERVISION'] }],
    })
    // Of the joint list an internal plan tells nothing.
    expect(ofCity(listed, [undrawn(['J1'])])?.lists[0]).toMatchObject({ withoutDraw: 0, uncovered: [{ code: 'J1', name: '事项J1' }] })
  })

  it('PLN-12 a level has an entry checked without a draw where every region does that does not draw it', () => {
    const ofCounties = (plans: readonly PlanLines[]) =>
      listCoverage([item('G1')], [county, next], plans, each).levels.find(({ level }) => level === 'COUNTY')?.lists[1]
    const inCounty = undrawn(['G1'], 'KEY_SUPERVISION', county)
    expect(ofCounties([inCounty])).toMatchObject({ covered: 0, withoutDraw: 0 })
    expect(ofCounties([inCounty, plan('INTERNAL', ['G1'], next)])).toMatchObject({ covered: 0, withoutDraw: 1 })
    expect(ofCounties([])).toMatchObject({ withoutDraw: 0 })
  })

  it('EVL-06 has no share of a list without entries', () => {
    expect(ofCity([item('G1')], [plan('INTERNAL', ['G1'])])?.lists).toEqual([
      { planType: 'JOINT', listed: 0, covered: 0, withoutDraw: 0, uncovered: [] },
      { planType: 'INTERNAL', listed: 1, covered: 1, withoutDraw: 0, share: { numerator: 1, denominator: 1 }, uncovered: [] },
    ])
  })

  it('PLN-12 REG-16 counts supervision matters where the edition does: one is covered by any of its items', () => {
    const joint = (name: string, supervisionMatter: string) => item(name, { listType: 'JOINT', supervisionMatter })
    const classes = [
      joint('J1', '餐饮'),
      joint('J2', '餐饮'),
      joint('J3', '校外培训'),
      joint('J4', '校外培训'),
      item('J5', { listType: 'JOINT' }),
    ]
    const of = (planned: readonly string[], byMatter: CoverageRules['byMatter']) =>
      ofCity(classes, [plan('JOINT', planned)], { ...each, byMatter })?.lists[0]
    expect(of(['J2'], new Set(['JOINT']))).toMatchObject({
      listed: 3,
      covered: 1,
      uncovered: [
        { name: '校外培训', itemCodes: ['J3', 'J4'] },
        { code: 'J5', name: '事项J5' },
      ],
    })
    expect(of(['J2', 'J3', 'J5'], new Set(['JOINT']))).toMatchObject({ listed: 3, covered: 3, uncovered: [] })
    expect(of(['J2'], new Set())).toMatchObject({ listed: 5, covered: 1 })
  })

  it('PLN-12 PLN-16 joint lines count for the internal list only where the policy says so', () => {
    const plans = [plan('JOINT', ['G1', 'G2'])]
    const internal = (joint: boolean) => ofCity(listed, plans, { ...each, jointCountsForInternal: joint })?.lists[1]?.covered
    expect(internal(true)).toBe(2)
    expect(internal(false)).toBe(0)
  })

  it('PLN-12 a level covers what every region of it covers: of two counties with one item each, neither', () => {
    const counties = [plan('INTERNAL', ['G1'], county), plan('INTERNAL', ['G2'], next)]
    expect(internalOf([city, county, next], counties)).toEqual({
      levels: [
        ['PROVINCE', 0],
        ['CITY', 0],
        ['COUNTY', 0],
      ],
      regions: [
        [city, false, 0],
        [county, true, 1],
        [next, true, 1],
      ],
    })
    const more = plan('INTERNAL', ['G1'], next)
    expect(internalOf([county, next], [...counties, more]).levels).toContainEqual(['COUNTY', 1])
  })

  it('PLN-12 names each level and region that has to cover the lists, without a plan nothing of them', () => {
    const cityAlone = [plan('INTERNAL', ['G1', 'G2'])]
    const levels = ['CITY', 'COUNTY'] as const
    const { levels: seen, regions } = listCoverage(listed, [province, city, county], cityAlone, { ...each, levels })
    expect(seen.map(({ level }) => level)).toEqual(levels)
    expect(regions.map(({ regionCode, hasPlan }) => [regionCode, hasPlan])).toEqual([
      [city, true],
      [county, false],
    ])
    const none = { covered: 0, uncovered: [{ code: 'G1' }, { code: 'G2' }] }
    expect(seen[1]?.lists[1]).toMatchObject(none)
    expect(regions[1]?.lists[1]).toMatchObject(none)
  })

  it('PLN-12 each level for itself, or all together: what the province plans then covers city and county, not what a county plans the next', () => {
    const plans = [plan('INTERNAL', ['G1'], province), plan('INTERNAL', ['G2'], county)]
    const regions = [province, city, county, next]
    expect(internalOf(regions, plans).regions).toEqual([
      [province, true, 1],
      [city, false, 0],
      [county, true, 1],
      [next, false, 0],
    ])
    expect(internalOf(regions, plans, { ...each, scope: 'LEVELS_TOGETHER' })).toEqual({
      levels: [
        ['PROVINCE', 2],
        ['CITY', 2],
        ['COUNTY', 1],
      ],
      regions: [
        [province, true, 2],
        [city, false, 2],
        [county, true, 2],
        [next, false, 1],
      ],
    })
  })
})
