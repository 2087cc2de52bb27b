import { events } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands } from './support/line-ratios.ts'
import { code, item, items } from './support/lines.ts'
import { expectPaged } from './support/pages.ts'
import { fourCoalCities, shanghai, shaoxing } from './support/shipped.ts'
import { lifts } from './support/undrawn.ts'

interface Body {
  readonly planId: string
  readonly code: string
  readonly state: string
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
  readonly undrawn: readonly { readonly lineId: string }[]
  readonly items: readonly object[]
  readonly filing: { readonly filedTo: string }
}

const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const special = {
  kind: 'SPECIAL_CHECK',
  taskName: '电梯维保专项检查',
  field: '特种设备',
  objectScope: '电梯使用单位',
  objects: { kinds: ['ENTERPRISE'] },
  unitIds: ['230300-scj'],
  window: { start: '2026-04-01', end: '2026-04-30' },
}
const campaign = { ...special, kind: 'CAMPAIGN', taskName: '电梯专项整治', basis: '省局专项行动方案' }
const reasons = ['SPECIAL_CHECK_IN_LISTED_FIELD', 'CHECK_WITHOUT_DRAW'].map((rule) => ({
  rule,
  reason: '市政府部署',
  legalBasis: '《特种设备安全法》第五十七条',
}))
const drawn = {
  taskName: '电梯使用单位检查',
  itemCodes: ['K9'],
  ratios: [{ stratum: 'ALL', ratio: '10%' }],
  window: { start: '2026-04-15', end: '2026-06-30' },
  units: [{ unitId: '230300-scj', teamSize: 2 }],
}

let harness: Harness

beforeAll(async () => {
  harness = await planningHarness({ items: [...items, item('K9', { name: '特种设备使用检查', itemClass: 'KEY' })] })
})
afterAll(() => harness.dispose())

/** A plan of its own under a policy: each takes another unit or year. */
async function draft(
  unitId: string,
  year = 2026,
): Promise<{ readonly planId: string; readonly post: (path: string, body: object) => Promise<{ status: number; body: Body }> }> {
  const planner = await harness.as('planner', unitId, '230300', 'PLANNER')
  const { body } = await planner.post<Body>('/v1/plans', { year, planType: 'INTERNAL', selection })
  return { planId: body.planId, post: (path, sent) => planner.post<Body>(`/v1/plans/${body.planId}/${path}`, sent) }
}

describe('checks without a draw in a plan', () => {
  it('PLN-19 TGT-02 POL-07 a special check in a covered field is refused, passes with the reasons, and stands in the report of overrides', async () => {
    const plan = await draft('230300-scj')
    const refused = await plan.post('undrawn-lines', { lines: [special] })
    expect([refused.status, refused.body.code]).toEqual([409, 'special-check-barred'])
    expect(refused.body.errors.map((problem) => [problem.pointer, problem.code])).toEqual([
      ['/lines/0/kind', 'special-check-barred'],
      ['/lines/0/kind', 'check-without-draw'],
    ])
    const added = await plan.post('undrawn-lines', { lines: [{ ...special, reasons }] })
    expect(added).toMatchObject({
      status: 201,
      body: { undrawn: [{ lineId: 'L01', coveredBy: ['K9'], reasons: [{ by: 'planner' }, {}] }] },
    })
    const auditor = await harness.as('auditor', '230300-scj', '230300', 'AUDITOR')
    const { body } = await auditor.get<{ counts: readonly object[] }>('/v1/policy-overrides?year=2026')
    expect(body.counts).toEqual([
      { rule: 'daily.strength', unitId: '230300-scj', count: 1 },
      { rule: 'specialCheck.bar', unitId: '230300-scj', count: 1 },
    ])
    await expectPaged(auditor, '/v1/policy-overrides?year=2026', { member: 'overrides' })
  })

  it('PLN-20 a campaign is entered into the plan and shown with every line of the region and year that it meets', async () => {
    const plan = await draft('230300-scj')
    expect((await plan.post('lines', { lines: [drawn] })).status).toBe(201)
    const other = await draft('230300-gaj')
    expect((await other.post('undrawn-lines', { lines: [{ ...campaign, unitIds: ['230300-gaj'] }] })).status).toBe(201)
    const planner = await harness.planner()
    const { body } = await planner.get<Body>('/v1/undrawn-lines?year=2026&kind=CAMPAIGN')
    expect(body.items).toMatchObject([
      {
        planId: 'plan-230300-2026-INTERNAL-230300-gaj',
        lineId: 'L01',
        field: '特种设备',
        overlaps: [
          { planId: plan.planId, lineId: 'L02', kind: 'DRAWN', windows: [{ start: '2026-04-15', end: '2026-04-30' }] },
          { planId: plan.planId, lineId: 'L01', kind: 'SPECIAL_CHECK', windows: [{ start: '2026-04-01', end: '2026-04-30' }] },
        ],
      },
    ])
    expect((await planner.get<Body>('/v1/undrawn-lines?year=2026')).body.items).toHaveLength(2)
    await expectPaged(planner, '/v1/undrawn-lines?year=2026')
    expect((await planner.get('/v1/undrawn-lines?year=2026&regionCode=230400')).status).toBe(403)
  })

  it('PLN-20 is filed, published and adjusted with what is drawn', async () => {
    const plan = await draft('230300-scj')
    expect((await plan.post('file', {})).status).toBe(200)
    await (await harness.reviewer()).post(`/v1/plans/${plan.planId}/accept`, {})
    expect((await plan.post('publish', {})).body.state).toBe('PUBLISHED')
    const shown = await harness.anonymous().get(`/v1/public/plans/${plan.planId}`)
    expect(shown.body).toMatchObject({ lines: [{ lineId: 'L02' }], undrawn: [{ lineId: 'L01', kind: 'SPECIAL_CHECK' }], priorities: [] })
    expect(JSON.stringify(shown.body)).not.toContain('planner')
    const adjusted = await plan.post('adjustments', { reason: '省局新部署', addUndrawn: [campaign], cancel: ['L01'] })
    expect(adjusted).toMatchObject({
      status: 201,
      body: {
        undrawn: [{ lineId: 'L03', kind: 'CAMPAIGN' }],
        changes: [
          { kind: 'CANCEL', lineId: 'L01' },
          { kind: 'ADD', lineId: 'L03' },
        ],
      },
    })
  })

  it('PLN-29 PLN-12 CRD-08 stands in visits and coverage apart from the draws, and in no figure of the yearly floor', async () => {
    const plan = await draft('230300-scj', 2031)
    const window = { start: '2031-04-01', end: '2031-04-30' }
    const general = { taskName: '检查G1', itemCodes: ['G1'], ratios: ratiosInBands, window }
    expect((await plan.post('lines', { lines: [general] })).status).toBe(201)
    const planner = await harness.planner()
    const figuresOf = async () =>
      (await planner.get<{ figures: { asOf: string }; regionYear: object }>(`/v1/plans/${plan.planId}/feasibility`)).body
    const before = await figuresOf()
    expect((await plan.post('undrawn-lines', { lines: [{ ...campaign, itemCodes: ['G2'], window }] })).status).toBe(201)
    expect(await figuresOf()).toEqual(before)
    const path = `/v1/plans/${plan.planId}/visits`
    const one = { visits: 1, itemsPerVisit: 1 }
    const inAll = { visits: 2, itemsPerVisit: 1, drawn: one, undrawn: one }
    const sure = [{ planId: plan.planId, lineId: 'L02', kind: 'CAMPAIGN', unitIds: ['230300-scj'], window, items: 1 }]
    const visits = await planner.get(path)
    expect(visits.body).toMatchObject({ ...inAll, sure, items: [{ lines: [{ lineId: 'L01' }] }], total: 1 })
    const further = await planner.get(`${path}?after=~`)
    expect(further.body).toEqual({ ...inAll, items: [], total: 1 })
    const supposed = await planner.post(`/v1/plans/${plan.planId}/what-if`, {})
    expect(supposed.body).toMatchObject({ visits: { ...inAll, sure } })
    expect((await planner.get('/v1/coverage?year=2031')).body).toMatchObject({
      levels: [{}, { level: 'CITY', lists: [{ withoutDraw: 0 }, { planType: 'INTERNAL', covered: 1, withoutDraw: 1 }] }, {}],
    })
  })
})

describe('a list that comes to cover the field of a check without a draw', () => {
  it('PLN-19 POL-07 bars the filing until a reason is recorded, and the line then names what covers it', async () => {
    const { content } = harness.registry
    const plan = await draft('230300-gaj', 2030)
    const given = { ...special, field: '燃气', unitIds: ['230300-gaj'], window: { start: '2030-04-01', end: '2030-04-30' } }
    const [inListed, withoutDraw] = reasons
    const uncovered = await plan.post('undrawn-lines', { lines: [{ ...given, reasons: [withoutDraw] }] })
    expect(uncovered).toMatchObject({ status: 201, body: { undrawn: [{ lineId: 'L01', coveredBy: [] }] } })
    expect((await plan.post('undrawn-lines', { lines: [{ ...given, reasons: [inListed, withoutDraw] }] })).status).toBe(201)
    const before = content.items
    content.items = [...before, item('R1', { name: '燃气经营检查' })]
    const refused = await plan.post('file', {})
    expect([refused.status, refused.body.code]).toEqual([409, 'special-check-barred'])
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual(['/lines/L01/kind'])
    expect((await plan.post('lines/L01/remove', {})).status).toBe(200)
    const filed = await plan.post('file', {})
    expect(filed).toMatchObject({ status: 200, body: { undrawn: [{ lineId: 'L02', coveredBy: ['R1'] }] } })
    content.items = before
    const auditor = await harness.as('auditor', '230300-scj', '230300', 'AUDITOR')
    const { body } = await auditor.get<{ counts: readonly object[] }>('/v1/policy-overrides?year=2030')
    expect(body.counts).toEqual([
      { rule: 'daily.strength', unitId: '230300-gaj', count: 1 },
      { rule: 'specialCheck.bar', unitId: '230300-gaj', count: 1 },
    ])
  })
})

describe('key supervision', () => {
  const keyLine = {
    kind: 'KEY_SUPERVISION',
    taskName: '电梯重点检查',
    matterId: 'ZD-01',
    unitIds: ['230300-gaj'],
    window: { start: '2026-04-01', end: '2026-06-30' },
  }
  const matter = { ...lifts, itemCodes: [code('K9')], objectCount: 2 }
  let lineId = ''

  it('TGT-03 TGT-05 a line names a matter of the list in force, and nothing narrows it', async () => {
    const plan = await draft('230300-gaj')
    const refused = await plan.post('undrawn-lines', { lines: [keyLine] })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/lines/0/matterId', code: 'key-matter-not-in-force' }] } })
    harness.registry.content.keyMatters = [matter]
    expect((await plan.post('undrawn-lines', { lines: [{ ...keyLine, objects: { kinds: ['ENTERPRISE'] } }] })).status).toBe(400)
    const added = await plan.post('undrawn-lines', { lines: [keyLine] })
    expect(added.status).toBe(201)
    const line = added.body.undrawn.at(-1)
    expect(line).toMatchObject({ matter: { matterId: 'ZD-01', listVersion: 3 }, itemCodes: ['K9'], objects: matter.applicability })
    lineId = line?.lineId ?? ''
  })

  it('TGT-03 a line says of which list its matter is where several in force have that id', async () => {
    const plan = await draft('230300-gaj')
    harness.registry.content.keyMatters = [{ ...matter, listId: '230300-key' }, matter]
    const refused = await plan.post('undrawn-lines', { lines: [keyLine] })
    expect([refused.status, refused.body.errors]).toMatchObject([400, [{ pointer: '/lines/0/listId', code: 'key-matter-ambiguous' }]])
    const added = await plan.post('undrawn-lines', { lines: [{ ...keyLine, listId: 'hlj-key' }] })
    const line = added.body.undrawn.at(-1)
    expect([added.status, line]).toMatchObject([201, { matter: { listId: 'hlj-key', matterId: 'ZD-01' } }])
    expect((await plan.post(`lines/${line?.lineId}/remove`, {})).status).toBe(200)
    harness.registry.content.keyMatters = [matter]
  })

  it('TGT-03 a matter that left the list is not filed', async () => {
    const plan = await draft('230300-gaj')
    harness.registry.content.keyMatters = []
    const refused = await plan.post('file', {})
    expect([refused.status, refused.body.errors[0]?.code]).toEqual([400, 'key-matter-not-in-force'])
    harness.registry.content.keyMatters = [matter]
  })

  it('TGT-05 its checks are counted by object as inspection tells of them, against all objects of the matter', async () => {
    const { taskOpened, taskCompleted } = events.inspection
    const planId = 'plan-230300-2026-INTERNAL-230300-gaj'
    const at = '2026-05-06T02:00:00.000Z'
    const opened = (taskId: string, objectMark: string) => ({
      taskId,
      taskNumber: taskId,
      regionCode: '230300',
      unitId: '230300-gaj',
      visitId: 'v1',
      supervisionMode: 'KEY_SUPERVISION',
      ground: 'KEY_LIST_MATTER',
      itemCodes: ['K9'],
      window: { start: '2026-05-01', end: '2026-05-31' },
      clueIds: [],
      clueSource: undefined,
      duty: undefined,
      openedBy: 'li.si',
      openedAt: at,
      keyCheck: { planId, lineId, matterId: 'ZD-01', objectMark },
      plannedCheck: undefined,
    })
    for (const [taskId, mark] of [
      ['t1', 'a'],
      ['t2', 'a'],
      ['t3', 'b'],
    ] as const)
      await harness.publish(taskOpened, taskId, 1, opened(taskId, mark))
    const done = {
      regionCode: '230300',
      unitId: '230300-gaj',
      drawId: '',
      visitId: 'v1',
      checkEndedAt: at,
      completedAt: at,
      resultIds: [],
      clueIds: [],
    }
    await harness.publish(taskCompleted, 't1', 2, { ...done, taskId: 't1' })
    const planner = await harness.planner()
    await eventually(async () => {
      const { body } = await planner.get('/v1/key-supervision?year=2026')
      expect(body).toMatchObject({
        items: [{ matterId: 'ZD-01', objects: 2, lines: [{ planId, lineId, objectsOpened: 2, objectsChecked: 1 }] }],
      })
      expect((body as { items: readonly { attributes: readonly object[] }[] }).items[0]?.attributes[0]).toEqual({
        id: 'FULL_COVERAGE',
        text: '全覆盖',
        measure: 'COVERAGE',
        reached: 1,
        of: 2,
        share: '50%',
      })
    })
  })

  it('TGT-23 what is supervised by neither way is reported: items of no line, matters without one', async () => {
    const planner = await harness.planner()
    const gaps = async () =>
      (await planner.get<{ items: readonly { code: string }[]; matters: readonly object[] }>('/v1/supervision-gaps?year=2026')).body
    expect((await gaps()).items.map((each) => each.code)).toEqual(['G1', 'G2', 'GK1', 'K1', 'P1'])
    expect((await gaps()).matters).toEqual([])
    harness.registry.content.keyMatters = [matter, { ...matter, matterId: 'ZD-02', name: '锅炉安全', itemCodes: [] }]
    expect((await gaps()).matters).toEqual([{ matterId: 'ZD-02', name: '锅炉安全' }])
    await expectPaged(planner, '/v1/supervision-gaps?year=2026')
    await expectPaged(planner, '/v1/key-supervision?year=2026')
    expect((await planner.get('/v1/supervision-gaps?year=2026&limit=1&after=G1')).body).not.toHaveProperty('matters')
    expect((await planner.get('/v1/supervision-gaps?year=2026&regionCode=230400')).status).toBe(403)
    harness.registry.content.keyMatters = [matter]
  })
})

describe('policies that ask for more', () => {
  it('PLN-22 TGT-11 under shaoxing-2019-draft every check alone names its exception, and a special check its problem', async () => {
    harness.registry.content.policy = shaoxing
    const plan = await draft('230300-scj', 2027)
    const in2027 = { window: { start: '2027-04-01', end: '2027-04-30' } }
    const jointException = { ground: 'LAW_STATES_METHOD', basis: '《食品安全法》第一百零九条' }
    const line = { ...drawn, ...in2027, units: [{ unitId: '230300-scj', teamSize: 2 }] }
    expect((await plan.post('lines', { lines: [line] })).body.code).toBe('joint-exception-missing')
    expect((await plan.post('lines', { lines: [{ ...line, jointException }] })).status).toBe(201)
    const checked = { ...special, ...in2027, jointException }
    expect((await plan.post('undrawn-lines', { lines: [checked] })).body.code).toBe('special-check-needs-problem')
    const problem = { trigger: 'PROMINENT_RISK', description: '维保造假', means: { lineId: 'L01' } }
    expect((await plan.post('undrawn-lines', { lines: [{ ...checked, problem }] })).status).toBe(201)
    harness.registry.content.policy = fourCoalCities
  })

  it('PLN-13 under shaoxing-2019-draft a draft may lack what a line has to state, and is not filed without', async () => {
    harness.registry.content.policy = shaoxing
    const plan = await draft('230300-gaj', 2029)
    const jointException = { ground: 'LAW_STATES_METHOD', basis: '《食品安全法》第一百零九条' }
    const units = [{ unitId: '230300-gaj', teamSize: 2 }]
    const line = { ...drawn, window: { start: '2029-04-01', end: '2029-04-30' }, units, jointException }
    expect((await plan.post('lines', { lines: [line] })).status).toBe(201)
    const refused = await plan.post('file', {})
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ code: 'line-field-missing', pointer: '/lines/L01/objectScope' }] } })
    harness.registry.content.policy = fourCoalCities
  })

  it('PLN-30 under shanghai-2019 a plan goes out with the priorities and needs it reflects, and the public reads them', async () => {
    harness.registry.content.policy = shanghai
    const plan = await draft('230300-scj', 2028)
    await plan.post('undrawn-lines', { lines: [{ ...campaign, window: { start: '2028-04-01', end: '2028-04-30' } }] })
    const refused = await plan.post('file', {})
    expect([refused.status, refused.body.code]).toEqual([409, 'plan-priorities-missing'])
    expect((await plan.post('priorities', { priorities: [{ aspect: 'OTHER', text: '其他' }] })).status).toBe(400)
    const priorities = [
      { aspect: 'PARTY_AND_GOVERNMENT_PRIORITIES', text: '区委区政府年度重点工作' },
      { aspect: 'MARKET_ORDER_NEEDS', text: '预付卡投诉上升' },
    ]
    expect((await plan.post('priorities', { priorities })).body).toMatchObject({ priorities })
    const filed = await plan.post('file', {})
    expect([filed.status, filed.body.code]).toEqual([200, undefined])
    const { filedTo } = filed.body.filing
    await (await harness.as('reviewer', `${filedTo}-scj`, filedTo, 'FILING_REVIEWER')).post(`/v1/plans/${plan.planId}/accept`, {})
    await plan.post('publish', {})
    expect((await harness.anonymous().get(`/v1/public/plans/${plan.planId}`)).body).toMatchObject({ priorities })
    harness.registry.content.policy = fourCoalCities
  })
})
