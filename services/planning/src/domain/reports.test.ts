import type { Instant, PlanId, RegionCode } from '@dual-random/kernel'
import { planDue } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { act, city, code, days, gaj, item, planHeader, planLine, scj, units } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { filingRoute } from './filing-route.ts'
import { filingStatuses } from './filing-status.ts'
import type { Share } from './meeting-lines.ts'
import { type ObjectScope, wholeScope } from './object-scope.ts'
import { mergeProposals, mostSharedDays, overlapCandidates, sharedObjects } from './overlaps.ts'
import type { Plan, PlanVersion } from './plan.ts'
import { jointShares } from './shares.ts'
import { expectedVisits, type SureLine, type VisitingLine, type VisitingLines } from './visits.ts'

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
  const planOf = (planType: 'JOINT' | 'INTERNAL', version: PlanVersion): Plan => ({
    ...planAt(version),
    planId: planType as PlanId,
    planType,
  })
  const shareOf = (joint: number, internal: number) => ({ joint, internal, jointShare: { numerator: 3, denominator: 4 } })

  it('PLN-17 computes the joint share of tasks and of objects, and what each plan adds', () => {
    const joint = planOf('JOINT', { ...publishedVersionOf([planLine('L01', { times: 3 })]), figures: figures(30) })
    const internal = planOf('INTERNAL', { ...publishedVersionOf([planLine('L01')]), figures: figures(10) })
    expect(jointShares([joint, internal])).toEqual({
      tasks: shareOf(3, 1),
      objects: shareOf(30, 10),
      plans: [
        { planId: 'JOINT', unitId: scj, planType: 'JOINT', tasks: 3, objects: 30 },
        { planId: 'INTERNAL', unitId: scj, planType: 'INTERNAL', tasks: 1, objects: 10 },
      ],
      drafts: [],
    })
    const none = { joint: 0, internal: 0 }
    expect(jointShares([])).toEqual({ tasks: none, objects: none, plans: [], drafts: [] })
  })

  it('PLN-17 counts what is published: a draft or a filed plan stands apart, with the objects that are known of it', () => {
    const lines = [planLine('L01', { times: 3 })]
    const draft = planOf('INTERNAL', { number: 1, lines, changes: [], state: 'DRAFT' })
    const filed = planOf('JOINT', { ...filedVersionOf(lines, act.at), figures: figures(7) })
    const none = { joint: 0, internal: 0 }
    const head = { unitId: scj, tasks: 3 }
    expect(jointShares([draft, filed])).toEqual({
      tasks: none,
      objects: none,
      plans: [],
      drafts: [
        { ...head, planId: 'INTERNAL', planType: 'INTERNAL', state: 'DRAFT' },
        { ...head, planId: 'JOINT', planType: 'JOINT', state: 'FILED', objects: 7 },
      ],
    })
    const adjusting = { ...filed, versions: [publishedVersionOf([planLine('L01')]), ...draft.versions] }
    expect(jointShares([adjusting])).toMatchObject({ tasks: { joint: 1 }, drafts: [] })
  })

  const inWindow = (id: string, pool: number, mergeWindowId: string, planId = 'own'): VisitingLine => {
    const line = planLine(id)
    const placed = { ...line, itemCodes: [code(`G${pool}`)], batches: line.batches.map((batch) => ({ ...batch, mergeWindowId })) }
    return { planId, pool, line: placed }
  }
  const visitsOf = (drawn: readonly VisitingLine[], undrawn: readonly SureLine[] = []): VisitingLines => ({ drawn, undrawn })
  const visits = (lines: readonly VisitingLine[], share: Share) => {
    const { windows, drawn, undrawn } = expectedVisits(visitsOf(lines), visitsOf([]), share)
    expect(undrawn).toEqual({ visits: 0, itemsPerVisit: 0 })
    return {
      ...drawn,
      windows: windows.map(({ mergeWindowId, lines: of, items }) => [mergeWindowId, of.map(({ lineId }) => lineId), items]),
    }
  }

  it('PLN-29 expects one visit per merge window, covering the items of all its lines that share objects', () => {
    const lines = [inWindow('L01', 1, 'W01'), inWindow('L02', 2, 'W01'), inWindow('L03', 1, 'W02')]
    expect(visits(lines, () => true)).toEqual({
      visits: 2,
      itemsPerVisit: 2,
      windows: [
        ['W01', ['L01', 'L02'], 2],
        ['W02', ['L03'], 1],
      ],
    })
    expect(visits([], () => true)).toEqual({ visits: 0, itemsPerVisit: 0, windows: [] })
  })

  it('PLN-29 lines without a common object are no one’s visit together: neither a school nor a mine meets both', () => {
    const [school, mine] = [1, 2]
    const lines = [inWindow('L01', school, 'W01'), inWindow('L02', mine, 'W01'), inWindow('L03', mine, 'W02')]
    const share = (a: number, b: number) => a === b
    expect(visits(lines, share)).toEqual({
      visits: 2,
      itemsPerVisit: 1,
      windows: [
        ['W01', ['L01'], 1],
        ['W01', ['L02'], 1],
        ['W02', ['L03'], 1],
      ],
    })
    expect(visits([inWindow('L01', school, 'W01'), inWindow('L02', mine, 'W02')], share)).toMatchObject({ visits: 1 })
  })

  it('PLN-29 a line that any object meets counts with each that shares nothing with the others', () => {
    const lines = [inWindow('L01', 1, 'W01'), inWindow('L02', 2, 'W01'), inWindow('L03', 3, 'W01')]
    expect(visits(lines, (a, b) => [a, b].includes(1))).toEqual({
      visits: 1,
      itemsPerVisit: 2,
      windows: [
        ['W01', ['L01', 'L02'], 2],
        ['W01', ['L01', 'L03'], 2],
      ],
    })
  })

  it('PLN-29 keeps lines of one number apart by their plans, and counts windows that only another plan’s line stands in', () => {
    const others = [inWindow('L01', 2, 'W01', 'p2'), inWindow('L02', 3, 'W02', 'p2')]
    const found = expectedVisits(visitsOf([inWindow('L01', 1, 'W01')]), visitsOf(others), () => true)
    expect(found).toMatchObject({ visits: 2, itemsPerVisit: 2 })
    expect(found.windows.map(({ lines }) => lines)).toEqual([
      [
        { planId: 'own', lineId: 'L01' },
        { planId: 'p2', lineId: 'L01' },
      ],
    ])
  })

  const sure = (id: string, pool: number, itemCodes: readonly string[], planId = 'own'): SureLine => ({
    planId,
    pool,
    line: { ...campaign(id), itemCodes: itemCodes.map(code) },
  })

  it('PLN-29 PLN-20 a line without a draw is one sure visit more of each of its objects, told apart from what a draw may bring', () => {
    const drawn = [inWindow('L01', 1, 'W01'), inWindow('L02', 1, 'W02')]
    const found = expectedVisits(visitsOf(drawn, [sure('L03', 1, ['G1', 'G2', 'G3'])]), visitsOf([]), () => true)
    expect(found).toMatchObject({
      visits: 3,
      itemsPerVisit: 3,
      drawn: { visits: 2, itemsPerVisit: 1 },
      undrawn: { visits: 1, itemsPerVisit: 3 },
      sure: [{ planId: 'own', lineId: 'L03', kind: 'CAMPAIGN', items: 3 }],
    })
    // No merge window has it.
    expect(found.windows.map(({ lines }) => lines.map(({ lineId }) => lineId))).toEqual([['L01'], ['L02']])
  })

  it('PLN-29 tells windows and units in their order, and no window of a batch that has none', () => {
    const [first, second] = [inWindow('L01', 1, 'W02'), inWindow('L02', 1, 'W01')]
    const ofGaj = { ...second, line: { ...second.line, units: second.line.units.map((unit) => ({ ...unit, unitId: gaj })) } }
    const third = inWindow('L03', 1, 'W02')
    const alsoGaj = { ...third, line: { ...third.line, units: [...ofGaj.line.units, ...third.line.units] } }
    const { windows } = expectedVisits(visitsOf([alsoGaj, first, ofGaj]), visitsOf([]), () => true)
    expect(windows.map(({ mergeWindowId, unitIds }) => [mergeWindowId, unitIds])).toEqual([
      ['W01', [gaj]],
      ['W02', [gaj, scj].toSorted()],
    ])
    const unfiled = { planId: 'own', pool: 1, line: planLine('L04') }
    const batches = unfiled.line.batches.map(({ mergeWindowId: _mergeWindowId, ...batch }) => batch)
    const without = expectedVisits(visitsOf([{ ...unfiled, line: { ...unfiled.line, batches } }]), visitsOf([]), () => true)
    expect(without).toMatchObject({ visits: 0, windows: [] })
  })

  it('PLN-29 a school is not visited for the mines, with a draw or without one', () => {
    const [school, mine] = [1, 2]
    const share: Share = (a, b) => a === b
    const found = expectedVisits(
      visitsOf([inWindow('L01', school, 'W01'), inWindow('L02', school, 'W02')], [sure('L03', mine, ['G1'])]),
      visitsOf([], [sure('L01', mine, ['G1'], 'p2'), sure('L02', 3, ['G1'], 'p2')]),
      share,
    )
    expect(found).toMatchObject({ visits: 2, drawn: { visits: 2 }, undrawn: { visits: 2 } })
    // Those of other plans that meet no object of the plan's lines are left out.
    expect(found.sure.map(({ planId, lineId }) => `${planId}/${lineId}`)).toEqual(['own/L03', 'p2/L01'])
  })

  it('PLN-29 a line with a draw meets the sure visits of another plan, and one without a draw those that others may draw', () => {
    const drawing = expectedVisits(visitsOf([inWindow('L01', 1, 'W01')]), visitsOf([], [sure('L01', 1, [], 'p2')]), () => true)
    expect(drawing).toMatchObject({ visits: 2, itemsPerVisit: 1, undrawn: { visits: 1, itemsPerVisit: 0 }, sure: [{ planId: 'p2' }] })
    const going = expectedVisits(visitsOf([], [sure('L01', 1, ['G1'])]), visitsOf([inWindow('L01', 1, 'W01', 'p2')]), () => true)
    expect(going).toMatchObject({ visits: 2, drawn: { visits: 0, itemsPerVisit: 0 }, undrawn: { visits: 1 }, windows: [] })
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
