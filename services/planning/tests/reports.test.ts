import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness, poolOf } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { delegates, gaj, item, items, scj, station1, units } from './support/lines.ts'
import { expectPaged } from './support/pages.ts'
import { fourCoalCities, shaoxing } from './support/shipped.ts'

interface PlanBody {
  readonly planId: string
}

interface Paged {
  readonly next?: string
  readonly proposals?: readonly object[]
  readonly levels?: readonly object[]
}

interface Filings {
  readonly items: readonly Readonly<Record<string, string>>[]
  readonly counts: object
  readonly next?: string
}

const line = (itemCode: string, start: string, end: string, more: object = {}) => ({
  taskName: `检查${itemCode}`,
  itemCodes: [itemCode],
  ratios,
  window: { start, end },
  ...more,
})
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }

let harness: Harness

beforeAll(async () => {
  harness = await planningHarness({
    items: [...items, item('G3')],
    // 100 objects fit G1, of which 10 fit G2 as well; G3 stands apart.
    objects: [
      ...poolOf('G1', { A: 90 }),
      ...poolOf('G1', { A: 10 }).map(({ grade }) => ({ items: ['G1', 'G2'], grade })),
      ...poolOf('G3', { D: 4, '': 20 }),
    ],
    enterprises: 140,
  })
})
afterAll(() => harness.dispose())

async function planOf(planType: string, lines: readonly object[], unit = '230300-scj', year = 2026): Promise<string> {
  const planner = await harness.as('planner', unit, '230300', 'PLANNER')
  const { body } = await planner.post<PlanBody>('/v1/plans', { year, planType, selection })
  expect((await planner.post(`/v1/plans/${body.planId}/lines`, { lines })).status).toBe(201)
  return body.planId
}

describe('reports of a plan', () => {
  it('CRD-08 CRD-18 feasibility: what the bands allow against 5 % of the enterprises, with the caller’s rights', async () => {
    const planId = await planOf('INTERNAL', [line('G1', '2026-03-01', '2026-05-31'), line('G3', '2026-06-01', '2026-06-30')])
    const planner = await harness.planner()
    const { body } = await planner.get(`/v1/plans/${planId}/feasibility`)
    expect(body).toMatchObject({
      figures: {
        enterprises: 140,
        pool: 124,
        planned: 3 + 4 + 1,
        lines: [
          { lineId: 'L01', mapped: 100, planned: 3 },
          { lineId: 'L02', mapped: 24, planned: 5 },
        ],
        floor: { objects: 7, lowest: 1 + 2 + 1, planned: 8, highest: 8, verdict: 'reachable', gap: 0 },
      },
      regionYear: { planned: 8, plannedEnterprises: 8, drawn: 0, state: 'on-course', gap: 7 },
    })
    harness.registry.content.enterprises = 161
    const red = await planner.get(`/v1/plans/${planId}/feasibility`)
    expect(red.body).toMatchObject({ figures: { floor: { objects: 9, gap: 1, verdict: 'unreachable' } }, regionYear: { state: 'red' } })
    harness.registry.content.enterprises = 140
    const inspector = await harness.as('x', '230300-scj', '230300', 'INSPECTOR')
    expect((await inspector.get(`/v1/plans/${planId}/feasibility`)).status).toBe(403)
  })

  it('CRD-08 CRD-18 feasibility: enterprises count, objects of other kinds do not, however many are drawn', async () => {
    const planId = 'plan-230300-2026-INTERNAL-230300-scj'
    const planner = await harness.planner()
    const { content } = harness.registry
    const { objects } = content
    content.objects = objects.map((each) => (each.items.includes('G1') ? { ...each, kind: 'INDIVIDUAL_BUSINESS' } : each))
    const { body } = await planner.get(`/v1/plans/${planId}/feasibility`)
    content.objects = objects
    expect(body).toMatchObject({
      figures: {
        planned: 8,
        plannedEnterprises: 5,
        floor: {
          objects: 7,
          lowest: 2 + 1,
          planned: 5,
          highest: 5,
          verdict: 'unreachable',
          gap: 2,
          lines: [{ highest: 0 }, { highest: 5 }],
        },
      },
      regionYear: { planned: 8, plannedEnterprises: 5, gap: 7, state: 'red' },
      closing: { ofPlan: { reach: 5 }, ofRegion: { reach: 5 } },
    })
  })

  it('CRD-08 CRD-18 feasibility: expected draws by grade, coverage in percent, and what would close the gap', async () => {
    const planId = 'plan-230300-2026-INTERNAL-230300-scj'
    const planner = await harness.planner()
    const met = await planner.get(`/v1/plans/${planId}/feasibility`)
    expect(met.body).toMatchObject({
      coverage: { lowest: '2.857142%', planned: '5.714285%', highest: '5.714285%' },
      expected: {
        planned: 8,
        byGrade: [
          { grade: 'A', mapped: 100, planned: 3 },
          { grade: 'D', mapped: 4, planned: 4 },
          { grade: 'UNGRADED', mapped: 20, planned: 1 },
        ],
      },
      closing: { ofPlan: { verdict: 'MET', gap: 0, options: [], together: [] }, ofRegion: { verdict: 'MET' } },
    })
    harness.registry.content.enterprises = 180
    const short = await planner.get(`/v1/plans/${planId}/feasibility`)
    harness.registry.content.enterprises = 140
    expect(short.body).toMatchObject({
      closing: {
        ofPlan: {
          objects: 9,
          reach: 8,
          gap: 1,
          verdict: 'WITH_FREE_QUANTITIES',
          options: [{ within: 'FREE', stratum: 'UNGRADED', lineId: 'L02', closes: true, reach: 9 }],
          together: [{ kind: 'RATIO', lineId: 'L02', stratum: 'UNGRADED', from: '5%', to: '5.01%' }],
        },
      },
    })
  })

  it('CRD-18 PLN-18 PLN-29 what-if: all figures and proposals of other lines and ratios, and nothing stored', async () => {
    const planId = 'plan-230300-2026-INTERNAL-230300-scj'
    const planner = await harness.planner()
    const before = (await planner.get(`/v1/plans/${planId}`)).body
    harness.registry.content.passes = 0
    const supposed = await planner.post(`/v1/plans/${planId}/what-if`, {
      change: [{ lineId: 'L01', ratios: [{ stratum: 'A', ratio: '10%' }, ...ratios.slice(1)] }],
      remove: ['L02'],
      add: [line('G2', '2026-04-01', '2026-04-30')],
    })
    expect(supposed).toMatchObject({
      status: 200,
      body: {
        planId,
        lines: [{ lineId: 'L01' }, { lineId: 'L03', itemCodes: ['G2'] }],
        needsReason: [{ lineId: 'L01', problems: [{ code: 'ratio-outside-band', stratum: 'A', ratio: '10%', grade: 'A' }] }],
        feasibility: {
          figures: { planned: 11, pool: 100, lines: [{ planned: 10 }, { planned: 1 }] },
          expected: { byGrade: [{ grade: 'A', mapped: 110, planned: 11 }] },
        },
        overlaps: { overlaps: [{ objects: 10, lines: [{ lineId: 'L01' }, { lineId: 'L03' }] }], proposals: [{ objects: 10 }] },
        coverage: { regions: [{}, { regionCode: '230300', lists: [{}, { planType: 'INTERNAL', covered: 2 }] }] },
        visits: {
          visits: 1,
          itemsPerVisit: 2,
          windows: [
            {
              mergeWindowId: '230300-2026-W01',
              lines: [
                { planId, lineId: 'L01' },
                { planId, lineId: 'L03' },
              ],
            },
          ],
        },
      },
    })
    expect(supposed.body).toMatchObject({
      notPlanned: { timesAsked: 1 },
      jointInstead: { proposals: [], notCompared: 0 },
      // 10 objects are in both pools; all of the 10 drawn of 100, and the one of 10.
      repeats: { conflicts: [{ grades: [{ grade: 'A', outcome: 'barred', objects: 10, expected: 0 }] }], exhausted: [] },
      workload: { understaffed: [{ lineId: 'L01', qualified: 0 }, { lineId: 'L03' }] },
    })
    // Whatever the reports count is one pass over the objects.
    expect(harness.registry.content.passes).toBe(1)
    expect((await planner.get(`/v1/plans/${planId}`)).body).toEqual(before)
    expect(await planner.get(`/v1/plans/${planId}/visits`)).toMatchObject({ body: { visits: 1 } })
  })

  it('CRD-18 what-if refuses lines that no plan could have, and names which', async () => {
    const path = '/v1/plans/plan-230300-2026-INTERNAL-230300-scj/what-if'
    const planner = await harness.planner()
    const refused = await planner.post(path, { add: [line('G1', '2026-04-01', '2026-04-30'), line('X9', '2026-04-01', '2026-04-30')] })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/add/1/itemCodes', code: 'item-not-on-list' }] } })
    expect((await planner.post(path, { remove: ['L99'] })).body).toMatchObject({ status: 404, code: 'line-not-in-plan' })
    expect((await planner.post(path, { change: [{ lineId: 'L01' }] })).status).toBe(400)
    const stranger = await harness.as('x', '230500-scj', '230500', 'PLANNER')
    expect((await stranger.post(path, {})).status).toBe(403)
    const inspector = await harness.as('x', '230300-scj', '230300', 'INSPECTOR')
    expect((await inspector.post(path, {})).status).toBe(403)
  })

  it('PLN-18 overlaps: lines that meet in days and objects, over the plans of the region, before filing', async () => {
    const planId = await planOf('INTERNAL', [line('G2', '2026-05-01', '2026-05-31'), line('G2', '2026-09-01', '2026-09-30')], '230300-gaj')
    const officer = await harness.as('planner', '230300-gaj', '230300', 'PLANNER')
    const { body } = await officer.get(`/v1/plans/${planId}/overlaps`)
    expect(body).toMatchObject({
      total: 1,
      items: [
        {
          lines: [
            { planId, lineId: 'L01' },
            { planId: 'plan-230300-2026-INTERNAL-230300-scj', lineId: 'L01' },
          ],
          windows: [{ start: '2026-05-01', end: '2026-05-31' }],
          objects: 10,
        },
      ],
      proposals: [{ objects: 10, lines: [{ lineId: 'L01' }, { lineId: 'L01' }] }],
      notCompared: 0,
    })
  })

  it('PLN-12 coverage: items of the lists that are not covered, per level and region, without a plan too', async () => {
    const planner = await harness.planner()
    const none = { listed: 6, covered: 0, share: '0%' }
    const { body } = await planner.get('/v1/coverage?year=2026')
    const ofCity = { listed: 6, covered: 3, share: '50%', uncovered: [{ code: 'K1' }, { code: 'GK1' }, { code: 'P1' }] }
    expect(body).toMatchObject({
      regionCode: '230300',
      year: 2026,
      levels: [
        { level: 'PROVINCE', lists: [{ planType: 'JOINT', listed: 0 }, none] },
        { level: 'CITY', lists: [{ listed: 0 }, ofCity] },
        { level: 'COUNTY', lists: [{}, none] },
      ],
      items: [
        { regionCode: '230000', level: 'PROVINCE', hasPlan: false, lists: [{}, none] },
        { regionCode: '230300', level: 'CITY', hasPlan: true, lists: [{ planType: 'JOINT' }, ofCity] },
      ],
      total: 2,
    })
    const second = await planner.get<Paged>('/v1/coverage?year=2026&limit=1&after=230000')
    expect(second.body).toMatchObject({ items: [{ regionCode: '230300' }] })
    expect(second.body.levels).toBeUndefined()
  })

  it('PLN-12 coverage reads what superiors published, not what they draft, and of no region but the reader’s', async () => {
    const provincial = await harness.as('planner', '230000-scj', '230000', 'PLANNER')
    const { units: before } = harness.registry.content
    harness.registry.content.units = [...before, ...delegates]
    const { body: plan } = await provincial.post<PlanBody>('/v1/plans', { year: 2028, planType: 'INTERNAL', selection })
    const lines = [line('G1', '2028-03-01', '2028-05-31')]
    expect((await provincial.post(`/v1/plans/${plan.planId}/lines`, { lines })).status).toBe(201)
    const county = await harness.as('planner', '230302-scj', '230302', 'PLANNER')
    const regionsSeen = async () => (await county.get<{ items: readonly object[] }>('/v1/coverage?year=2028')).body.items
    expect(await regionsSeen()).toMatchObject([
      { regionCode: '230000', hasPlan: false },
      { regionCode: '230300', hasPlan: false },
      { regionCode: '230302', hasPlan: false },
    ])
    expect((await provincial.post(`/v1/plans/${plan.planId}/publish`, {})).status).toBe(200)
    expect(await regionsSeen()).toMatchObject([
      { regionCode: '230000', hasPlan: true, lists: [{}, { covered: 1 }] },
      { regionCode: '230300', hasPlan: false, lists: [{}, { covered: 0 }] },
      { regionCode: '230302', hasPlan: false },
    ])
    harness.registry.content.units = before
    expect((await county.get('/v1/coverage?year=2028&regionCode=230300')).status).toBe(403)
  })

  it('PLN-12 REG-14 not planned: items without a line this year, per level and per unit', async () => {
    const { body } = await (await harness.planner()).get('/v1/plans/plan-230300-2026-INTERNAL-230300-scj/not-planned')
    expect(body).toMatchObject({
      timesAsked: 1,
      levels: [{ level: 'CITY', notPlanned: [{ code: 'K1', times: 0 }, { code: 'GK1' }, { code: 'P1' }] }],
      items: [
        { unitId: '230300-gaj', answersFor: 1, notPlanned: [{ code: 'P1' }] },
        { unitId: '230300-scj', answersFor: 5, notPlanned: [{ code: 'G2' }, { code: 'K1' }, { code: 'GK1' }] },
      ],
      ofNobody: [],
    })
  })

  it('PLN-17 PLN-25 PLN-29 shares of the year, merge windows across plans, visits', async () => {
    const planner = await harness.planner()
    const internalId = 'plan-230300-2026-INTERNAL-230300-scj'
    // Before the joint plan takes its item up: after that it would ask for a reason (PLN-16).
    expect((await planner.post(`/v1/plans/${internalId}/file`, {})).status).toBe(200)
    const jointId = await planOf('JOINT', [
      line('G1', '2026-04-01', '2026-04-30', { units: [{ unitId: '230300-scj' }, { unitId: '230300-gaj' }] }),
    ])
    const filed = await planner.post<{ lines: readonly { batches: readonly { mergeWindowId: string }[] }[] }>(
      `/v1/plans/${jointId}/file`,
      {},
    )
    expect(filed.body.lines[0]?.batches[0]?.mergeWindowId).toBe('230300-2026-W01')
    const none = { joint: 0, internal: 0 }
    const filings = [
      { planId: internalId, planType: 'INTERNAL', tasks: 2, objects: 8, state: 'FILED' },
      { planId: jointId, planType: 'JOINT', tasks: 1, objects: 3, state: 'FILED' },
    ]
    const before = await planner.get<{ drafts: readonly object[] }>('/v1/shares?year=2026')
    expect(before.body).toMatchObject({ regionCode: '230300', tasks: none, objects: none, plans: [] })
    for (const filing of filings) expect(before.body.drafts).toContainEqual({ unitId: scj, ...filing })
    const reviewer = await harness.reviewer()
    for (const planId of [internalId, jointId]) {
      expect((await reviewer.post(`/v1/plans/${planId}/accept`, {})).status).toBe(200)
      expect((await planner.post(`/v1/plans/${planId}/publish`, {})).status).toBe(200)
    }
    const shares = await planner.get('/v1/shares?year=2026')
    expect(shares.body).toMatchObject({
      tasks: { joint: 1, internal: 2, jointShare: '33.333333%' },
      objects: { joint: 3, internal: 8, jointShare: '27.272727%' },
      plans: filings.map(({ state: _state, ...plan }) => plan),
      drafts: [{ planId: 'plan-230300-2026-INTERNAL-230300-gaj', state: 'DRAFT', tasks: 2 }],
      previous: { tasks: none, plans: [] },
    })
    const visits = await planner.get(`/v1/plans/${internalId}/visits`)
    // No object that both lines of the plan reach; one of G1 and G2 is in two lines of the other department's draft, each in a window of its own.
    expect(visits.body).toMatchObject({
      visits: 3,
      total: 2,
      items: [
        {
          mergeWindowId: '230300-2026-W01',
          lines: [
            { planId: internalId, lineId: 'L01' },
            { planId: jointId, lineId: 'L01' },
          ],
        },
        { mergeWindowId: '230300-2026-W02', lines: [{ planId: internalId, lineId: 'L02' }] },
      ],
    })
    await expectPaged(planner, `/v1/plans/${internalId}/visits`, { most: 20_000 })
  })

  it('PLN-16 PLN-17 joint-instead: single-department lines that a joint plan of the region has too', async () => {
    const planner = await harness.planner()
    const expected = {
      items: [
        {
          single: { planId: 'plan-230300-2026-INTERNAL-230300-scj', lineId: 'L01' },
          joint: { planId: 'plan-230300-2026-JOINT-230300-scj', lineId: 'L01', unitIds: ['230300-scj', '230300-gaj'] },
          items: ['G1'],
          proposal: 'LEAVE_TO_JOINT',
          norm: 'ALL',
          objects: 100,
          ofObjects: 100,
          windows: [{ start: '2026-04-01', end: '2026-04-30' }],
        },
      ],
      notCompared: 0,
    }
    const seen = await planner.get('/v1/plans/plan-230300-2026-INTERNAL-230300-scj/joint-instead')
    expect(seen.body).toMatchObject(expected)
    const fromJoint = await planner.get<{ items: readonly object[] }>('/v1/plans/plan-230300-2026-JOINT-230300-scj/joint-instead')
    expect(fromJoint.body.items).toContainEqual(expect.objectContaining({ proposal: 'LEAVE_TO_JOINT', objects: 100 }))
  })

  it('CRD-09 Appendix F 5 repeats: what the lines of the region would draw again within the year', async () => {
    const planner = await harness.planner()
    const { body } = await planner.get<{ items: readonly { grades: readonly object[] }[] }>(
      '/v1/plans/plan-230300-2026-JOINT-230300-scj/repeats',
    )
    expect(body).toMatchObject({ exhausted: [], notCompared: 0 })
    expect(body.items).toContainEqual({
      earlier: expect.objectContaining({ planId: 'plan-230300-2026-INTERNAL-230300-scj', lineId: 'L01' }),
      later: expect.objectContaining({ planId: 'plan-230300-2026-JOINT-230300-scj', lineId: 'L01' }),
      grades: [{ grade: 'A', outcome: 'barred', objects: 100, expected: 0 }],
    })
  })

  it('PLN-12 PLN-16 PLN-18 CRD-09 come page by page, the whole of one in one where that is wanted', async () => {
    const planner = await harness.planner()
    const months = ['04', '05'].map((month) => line('G1', `2029-${month}-01`, '2029-06-30'))
    await planOf('INTERNAL', months, '230300-scj', 2029)
    const both = { units: [{ unitId: scj }, { unitId: gaj }] }
    const ofJoint = `/v1/plans/${await planOf(
      'JOINT',
      months.map((each) => ({ ...each, ...both })),
      '230300-scj',
      2029,
    )}`
    for (const report of ['overlaps', 'not-planned', 'joint-instead', 'repeats']) {
      await expectPaged(planner, `${ofJoint}/${report}`, { most: 20_000 })
    }
    const first = await planner.get<Paged>(`${ofJoint}/overlaps?limit=1`)
    expect(first.body.proposals?.length).toBeGreaterThan(0)
    const after = encodeURIComponent(first.body.next ?? '')
    expect((await planner.get<Paged>(`${ofJoint}/overlaps?limit=1&after=${after}`)).body.proposals).toBeUndefined()
    expect((await planner.get<Paged>(`${ofJoint}/not-planned?limit=1`)).body.levels).toHaveLength(1)
    expect((await planner.get<Paged>(`${ofJoint}/not-planned?limit=1&after=230300-gaj`)).body).not.toHaveProperty('levels')
  })

  it('PLN-18 workload: expected visits of the year per office and station against the inspectors there', async () => {
    harness.registry.content.staff = [
      { unitId: scj, homeUnitId: scj, inPost: 3, qualified: 2 },
      { unitId: scj, homeUnitId: station1, inPost: 6, qualified: 6 },
      { unitId: gaj, homeUnitId: gaj, inPost: 1, qualified: 1 },
    ]
    const planner = await harness.planner()
    const path = '/v1/plans/plan-230300-2026-JOINT-230300-scj/workload'
    await expectPaged(planner, path, { most: 20_000 })
    const { body } = await planner.get<{ readonly items: readonly { readonly each: number }[]; readonly next?: string }>(path)
    expect(body.items.map(({ each }) => each)).toEqual(body.items.map(({ each }) => each).toSorted((a, b) => b - a))
    const { next = '' } = (await planner.get<{ readonly next?: string }>(`${path}?limit=1`)).body
    expect((await planner.get(`${path}?limit=1&after=${encodeURIComponent(next)}`)).body).not.toHaveProperty('understaffed')
    // 3 and 5 objects of the internal plan, 3 of the joint one, by teams of two: 22 visits of the bureau, a quarter of them by its offices.
    expect(body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ homeUnitId: station1, name: '向阳所', visits: 17, each: 3 }),
        expect.objectContaining({ homeUnitId: scj, visits: 6, each: 3 }),
      ]),
    })
    expect(body).toMatchObject({
      understaffed: expect.arrayContaining([expect.objectContaining({ unitId: gaj, teamSize: 2, qualified: 1 })]),
    })
  })

  it('PLN-21 POL-04 joint-integration: only where policy has one joint plan of a region', async () => {
    const planner = await harness.planner()
    const refused = await planner.get('/v1/joint-integration?year=2026')
    expect(refused).toMatchObject({ status: 409, body: { code: 'policy-unset' } })
    harness.registry.content.policy = shaoxing
    const { body } = await planner.get('/v1/joint-integration?year=2026')
    harness.registry.content.policy = fourCoalCities
    expect(body).toMatchObject({
      level: 'CITY',
      plans: [{ planId: 'plan-230300-2026-JOINT-230300-scj', unitId: '230300-scj' }],
      ownPlans: [],
      repeated: [],
      items: [],
      total: 0,
    })
    for (const wrong of ['limit=0', 'limit=501', 'after=']) {
      expect((await planner.get(`/v1/joint-integration?year=2026&${wrong}`)).status, wrong).toBe(400)
    }
    expect((await planner.get('/v1/joint-integration?year=2026&regionCode=230500')).status).toBe(403)
  })

  it('PLN-01 PLN-04 filings: who filed on time, who has not, who is overdue', async () => {
    const planner = await harness.planner()
    const status = async () =>
      (await planner.get<{ items: readonly { unitId: string; planType: string; status: string }[] }>('/v1/filings?year=2026')).body.items
    expect(await status()).toMatchObject([
      { unitId: '230300-gaj', planType: 'INTERNAL', status: 'PENDING', dueDate: '2026-03-31' },
      { unitId: '230300-scj', planType: 'INTERNAL', status: 'ON_TIME' },
      { unitId: '230300-scj', planType: 'JOINT', status: 'ON_TIME', dueDate: '2026-01-31', filesTo: '230000' },
    ])
    harness.clock.advance(100 * 86_400_000)
    expect((await status()).find(({ unitId, planType }) => unitId === '230300-gaj' && planType === 'INTERNAL')?.status).toBe('OVERDUE')
  })

  it('PLN-04 PLN-06 filings: the superior sees the regions below it, level by level, page by page', async () => {
    harness.registry.content.units = [...units, ...delegates.filter(({ regionCode }) => regionCode === '230302')]
    const reviewer = await harness.reviewer()
    const list = async (query: string) => (await reviewer.get<Filings>(`/v1/filings?year=2026&${query}`)).body
    const whole = await list('limit=500')
    expect(whole.items.map(({ regionCode, filesTo, planType, unitId, status }) => [regionCode, filesTo, planType, unitId, status])).toEqual(
      [
        ['230300', '230000', 'INTERNAL', '230300-gaj', 'OVERDUE'],
        ['230300', '230000', 'INTERNAL', '230300-scj', 'ON_TIME'],
        ['230300', '230000', 'JOINT', '230300-scj', 'ON_TIME'],
        // Nobody there has drafted a joint plan.
        ['230302', '230300', 'JOINT', undefined, 'OVERDUE'],
        ['230302', '230300', 'INTERNAL', '230302-gaj', 'OVERDUE'],
        ['230302', '230300', 'INTERNAL', '230302-scj', 'OVERDUE'],
      ],
    )
    expect(whole).toMatchObject({ total: 6, counts: { ON_TIME: 2, LATE: 0, OVERDUE: 4, PENDING: 0 } })
    const first = await list('limit=4')
    expect(first).toMatchObject({ total: 6, counts: whole.counts, next: expect.any(String) })
    const second = await list(`limit=4&after=${first.next}`)
    expect([...first.items, ...second.items]).toEqual(whole.items)
    expect(second.next).toBeUndefined()
    expect(await list('filesTo=230300&status=OVERDUE')).toMatchObject({ total: 3, counts: { ON_TIME: 0, OVERDUE: 3 } })
    expect((await list('level=CITY&planType=JOINT')).items).toMatchObject([{ regionCode: '230300', unitId: '230300-scj' }])
    expect((await list('regionCode=230302&unitId=230302-gaj')).items).toHaveLength(1)
    expect(
      (await (await harness.as('county', '230302-gaj', '230302', 'PLANNER')).get('/v1/filings?year=2026&regionCode=230300')).status,
    ).toBe(403)
    harness.registry.content.units = units
  })

  it('pages lists of plans by id', async () => {
    const reviewer = await harness.reviewer()
    const first = await reviewer.get<{ items: readonly PlanBody[]; next: string }>('/v1/plans?regionCode=230000&year=2026&limit=2')
    expect(first.body.items.map(({ planId }) => planId)).toEqual([
      'plan-230300-2026-INTERNAL-230300-gaj',
      'plan-230300-2026-INTERNAL-230300-scj',
    ])
    const second = await reviewer.get<{ items: readonly PlanBody[]; next?: string }>(
      `/v1/plans?regionCode=230000&year=2026&limit=2&after=${first.body.next}`,
    )
    expect(second.body.items.map(({ planId }) => planId)).toEqual(['plan-230300-2026-JOINT-230300-scj'])
    expect(second.body.next).toBeUndefined()
  })
})
