import type { Instant, RegionCode } from '@dual-random/kernel'
import { planDue } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { act, city, code, days, gaj, item, planHeader, planLine, scj, units } from '../../tests/support/lines.ts'
import { fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { filingRoute } from './filing-route.ts'
import { filingStatuses } from './filing-status.ts'
import { type ObjectScope, wholeScope } from './object-scope.ts'
import { mergeProposals, mostSharedDays, overlapCandidates, sharedObjects } from './overlaps.ts'
import type { Plan, PlanLine } from './plan.ts'
import { jointShares } from './shares.ts'
import { expectedVisits } from './visits.ts'

describe('overlaps', () => {
  const items = new Map(
    [
      item('G1'),
      item('G2', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: [] } }),
      item('G3', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['5211'], tags: [] } }),
      item('G4', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['C13'], tags: [] } }),
      item('G5', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['C13'], tags: ['cold-chain'] } }),
      item('G6', { applicability: { kinds: ['PRODUCT'], industryPrefixes: [], tags: [] } }),
    ].map((each) => [each.code as string, each]),
  )
  const placed = (id: string, itemCode: string, window = days('2026-03-01', '2026-05-31'), planId = 'p1') => ({
    planId,
    line: { ...planLine(id, { window }), itemCodes: [code(itemCode)] },
  })
  const pairs = (...lines: readonly ReturnType<typeof placed>[]) =>
    overlapCandidates(lines, [], items).map(({ a, b }) => `${a.line.itemCodes[0]} ${b.line.itemCodes[0]}`)

  it('PLN-18 pairs lines whose windows meet and whose items can meet in an object', () => {
    expect(pairs(placed('L01', 'G1'), placed('L02', 'G2'))).toEqual(['G1 G2'])
    expect(pairs(placed('L01', 'G2'), placed('L02', 'G3'))).toEqual(['G2 G3'])
    expect(pairs(placed('L01', 'G2'), placed('L02', 'G4'))).toEqual([])
    expect(pairs(placed('L01', 'G2'), placed('L02', 'G5'))).toEqual(['G2 G5'])
    expect(pairs(placed('L01', 'G1'), placed('L02', 'G6'))).toEqual([])
    expect(pairs(placed('L01', 'G1'), placed('L02', 'G1', days('2026-05-31', '2026-06-30')))).toEqual(['G1 G1'])
    expect(pairs(placed('L01', 'G1'), placed('L02', 'G1', days('2026-06-01', '2026-06-30')))).toEqual([])
  })

  it('PLN-18 PLN-13 pairs no lines whose scopes exclude each other, or the items of each other', () => {
    const within = (line: ReturnType<typeof placed>, members: Partial<ObjectScope>) => ({
      ...line,
      line: { ...line.line, scope: { ...wholeScope, ...members } },
    })
    const urban = { regionCodes: ['230302' as RegionCode] }
    const all = placed('L01', 'G1')
    expect(pairs(within(all, urban), placed('L02', 'G1'))).toEqual(['G1 G1'])
    expect(pairs(within(all, urban), within(placed('L02', 'G1'), { regionCodes: ['230303' as RegionCode] }))).toEqual([])
    expect(pairs(within(all, { industryPrefixes: ['C'] }), placed('L02', 'G2'))).toEqual([])
    expect(pairs(within(all, { industryPrefixes: ['F'] }), placed('L02', 'G2'))).toEqual(['G1 G2'])
    expect(pairs(placed('L01', 'G2'), within(all, { kinds: ['PRODUCT'] }))).toEqual([])
  })

  it('PLN-18 compares with lines of other plans, but not those with each other', () => {
    const others = [placed('L01', 'G1', undefined, 'p2'), placed('L02', 'G1', undefined, 'p2')]
    expect(overlapCandidates([placed('L01', 'G1')], others, items)).toHaveLength(2)
    expect(overlapCandidates([], others, items)).toEqual([])
  })

  it('PLN-18 prefers, where there are too many pairs, those that share the most days over all their windows', () => {
    const [a, b] = [placed('L01', 'G1'), placed('L02', 'G1')]
    const pair = (...windows: readonly ReturnType<typeof days>[]) => ({ a, b, windows })
    const one = pair(days('2026-03-05', '2026-03-05'))
    const three = pair(days('2026-02-28', '2026-03-02'))
    const four = pair(days('2026-03-01', '2026-03-02'), days('2026-05-01', '2026-05-02'))
    expect(mostSharedDays([one, three, four], 3)).toEqual([one, three, four])
    expect(mostSharedDays([one, three, four], 2)).toEqual([three, four])
    expect(mostSharedDays([one, three, four], 1)).toEqual([four])
    expect(mostSharedDays([one, { ...one, a: b }], 1)).toEqual([one])
  })

  it('PLN-18 proposes groups in which every two lines meet', () => {
    const [a, b, c] = ['L01', 'L02', 'L03'].map((id) => placed(id, 'G1'))
    if (a === undefined || b === undefined || c === undefined) throw new Error('three lines')
    const overlap = (left: typeof a, right: typeof a, objects: number) => ({ a: left, b: right, windows: [], objects })
    const ids = (overlaps: readonly ReturnType<typeof overlap>[]) =>
      mergeProposals(overlaps).map(({ members, objects }) => [members.map(({ line }) => line.lineId).join(' '), objects])
    expect(ids([overlap(a, b, 7), overlap(b, c, 3), overlap(a, c, 5)])).toEqual([['L01 L02 L03', 3]])
    expect(ids([overlap(a, b, 7), overlap(b, c, 3)])).toEqual([['L01 L02', 7]])
    expect(ids([overlap(b, c, 3), overlap(a, c, 5)])).toEqual([['L01 L03', 5]])
    const d = placed('L04', 'G1')
    expect(ids([overlap(a, b, 7), overlap(c, d, 2), overlap(a, d, 4), overlap(b, d, 6)])).toEqual([['L01 L02 L04', 4]])
    expect(ids([overlap(a, b, 7), overlap(c, d, 2), overlap(a, d, 4)])).toEqual([
      ['L01 L02', 7],
      ['L03 L04', 2],
    ])
    expect(sharedObjects(10, 5, 12)).toBe(3)
    expect(sharedObjects(10, 5, 15)).toBe(0)
  })
})

describe('shares and visits', () => {
  const figures = (planned: number) => ({ asOf: act.at, enterprises: 1, pool: 1, planned, lines: [] })

  it('PLN-17 computes the joint share of tasks and of objects', () => {
    const joint = { planType: 'JOINT' as const, lines: [planLine('L01', { times: 3 })], figures: figures(30) }
    const internal = { planType: 'INTERNAL' as const, lines: [planLine('L01')], figures: figures(10) }
    expect(jointShares([joint, internal])).toEqual({
      tasks: { joint: 3, internal: 1, jointShare: { numerator: 3, denominator: 4 } },
      objects: { joint: 30, internal: 10, jointShare: { numerator: 3, denominator: 4 } },
    })
    expect(jointShares([])).toEqual({ tasks: { joint: 0, internal: 0 }, objects: { joint: 0, internal: 0 } })
  })

  const inWindow = (id: string, itemCode: string, mergeWindowId: string): PlanLine => {
    const line = planLine(id)
    return { ...line, itemCodes: [code(itemCode)], batches: line.batches.map((batch) => ({ ...batch, mergeWindowId })) }
  }

  it('PLN-29 expects one visit per merge window, covering the items of all its lines that share objects', () => {
    const lines = [inWindow('L01', 'G1', 'W01'), inWindow('L02', 'G2', 'W01'), inWindow('L03', 'G1', 'W02')]
    expect(expectedVisits(lines, () => true)).toMatchObject({
      visits: 2,
      itemsPerVisit: 2,
      windows: [
        { mergeWindowId: 'W01', lineIds: ['L01', 'L02'], items: 2 },
        { mergeWindowId: 'W02', items: 1 },
      ],
    })
    expect(expectedVisits([], () => true)).toEqual({ visits: 0, itemsPerVisit: 0, windows: [] })
  })

  it('PLN-29 lines without a common object are no one’s visit together: neither a school nor a mine meets both', () => {
    const lines = [inWindow('L01', 'SCHOOL', 'W01'), inWindow('L02', 'MINE', 'W01'), inWindow('L03', 'MINE', 'W02')]
    const share = (a: PlanLine, b: PlanLine) => a.itemCodes[0] === b.itemCodes[0]
    expect(expectedVisits(lines, share)).toMatchObject({
      visits: 2,
      itemsPerVisit: 1,
      windows: [
        { mergeWindowId: 'W01', lineIds: ['L01'], items: 1 },
        { mergeWindowId: 'W01', lineIds: ['L02'], items: 1 },
        { mergeWindowId: 'W02', lineIds: ['L03'], items: 1 },
      ],
    })
    expect(expectedVisits([inWindow('L01', 'SCHOOL', 'W01'), inWindow('L02', 'MINE', 'W02')], share)).toMatchObject({ visits: 1 })
  })

  it('PLN-29 a line that any object meets counts with each that shares nothing with the others', () => {
    const lines = [inWindow('L01', 'ANY', 'W01'), inWindow('L02', 'SCHOOL', 'W01'), inWindow('L03', 'MINE', 'W01')]
    const share = (a: PlanLine, b: PlanLine) => [a, b].some(({ itemCodes }) => itemCodes.includes(code('ANY')))
    expect(expectedVisits(lines, share)).toMatchObject({
      visits: 1,
      itemsPerVisit: 2,
      windows: [{ lineIds: ['L01', 'L02'] }, { lineIds: ['L01', 'L03'] }],
    })
  })
})

describe('who has filed', () => {
  const dueOf = (planType: 'INTERNAL' | 'JOINT') => valueOf(planDue(fourCoalCities, planType, 2026))
  const filedAt = (instant: string, planType: 'INTERNAL' | 'JOINT'): Plan => {
    const when = { by: 'planner', at: instant as Instant }
    const header = { ...planHeader, planType }
    const commands = [
      { type: 'draft', header, policy: { preset: 'p', version: '1' }, policyDigest: 'd', act: when },
      { type: 'add-lines', lines: [planLine('L01')], act: when },
      {
        type: 'file',
        filedTo: '230000' as RegionCode,
        due: dueOf(planType),
        settlement: { mergeWindowIds: new Map(), figures: { asOf: when.at, enterprises: 1, pool: 1, planned: 1, lines: [] } },
        act: when,
      },
    ] as const
    let plan: Plan | undefined
    for (const command of commands) for (const event of valueOf(decide(plan, command))) plan = evolve(plan, event)
    if (plan === undefined) throw new Error('no plan')
    return plan
  }
  const status = (plans: readonly Plan[], now: string, planType = 'INTERNAL') =>
    filingStatuses(units, plans, dueOf, now as Instant).find((each) => each.unitId === scj && each.planType === planType)

  it.each([
    ['2026-01-31T15:59:59.999Z', 'ON_TIME'],
    ['2026-01-31T16:00:00.000Z', 'LATE'],
  ])('PLN-04 Appendix F 6: a joint plan filed at %s is %s', (instant, expected) => {
    expect(status([filedAt(instant, 'JOINT')], instant, 'JOINT')).toMatchObject({ status: expected, dueDate: '2026-01-31' })
  })

  it('PLN-01 PLN-04 lists departments without a plan, overdue from the first instant after the due date', () => {
    expect(status([], '2026-03-31T15:59:59.999Z')).toMatchObject({ unitId: scj, status: 'PENDING', dueDate: '2026-03-31' })
    expect(status([], '2026-03-31T16:00:00.000Z')).toMatchObject({ status: 'OVERDUE' })
    expect(status([filedAt('2026-03-01T00:00:00.000Z', 'INTERNAL')], '2026-06-01T00:00:00.000Z')).toMatchObject({ status: 'ON_TIME' })
    expect(filingStatuses(units, [], dueOf, act.at).map(({ unitId }) => unitId)).toEqual([gaj, scj])
  })
})

describe('where a plan is filed', () => {
  const others: Readonly<Record<string, unknown>> = { 'plan.adjustment': { kinds: ['ADD'], publish: 'WHOLE_PLAN', file: false } }
  const withFiling = (value: object) => ({ get: () => ({ ok: true, value }), find: (key: string) => others[key] }) as never

  it('PLN-06 goes level by level: county to city to province', () => {
    expect(valueOf(filingRoute(fourCoalCities, '230302' as RegionCode, false))).toBe('230300')
    expect(valueOf(filingRoute(fourCoalCities, city, false))).toBe('230000')
    expect(valueOf(filingRoute(fourCoalCities, '230000' as RegionCode, false))).toBeUndefined()
  })

  it('PLN-10 an adjustment is filed again where the policy says so, and only there', () => {
    expect(valueOf(filingRoute(fourCoalCities, city, true))).toBe('230000')
    expect(valueOf(filingRoute(withFiling({ required: true, route: 'NEXT_HIGHER_LEVEL' }), city, true))).toBeUndefined()
    expect(valueOf(filingRoute(withFiling({ required: true, route: 'NEXT_HIGHER_LEVEL' }), city, false))).toBe('230000')
  })

  it('PLN-07 departments of a city file with the city where the policy says so', () => {
    const toCity = withFiling({ required: true, route: 'TO_CITY' })
    expect(valueOf(filingRoute(toCity, city, false))).toBe(city)
    expect(valueOf(filingRoute(toCity, '230302' as RegionCode, false))).toBe(city)
    expect(valueOf(filingRoute(withFiling({ required: false, route: 'TO_CITY' }), city, false))).toBeUndefined()
  })
})
