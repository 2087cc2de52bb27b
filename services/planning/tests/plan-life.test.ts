import { createHash } from 'node:crypto'
import { events } from '@dual-random/contracts'
import { AppError } from '@dual-random/errors'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { item, items } from './support/lines.ts'
import { lifts } from './support/undrawn.ts'

interface PlanBody {
  readonly planId: string
  readonly state: string
  readonly version: number
  readonly code: string
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail?: string }[]
  readonly lines: readonly {
    readonly lineId: string
    readonly lineDigest: string
    readonly batches: readonly { readonly mergeWindowId: string }[]
  }[]
  readonly filing: Record<string, unknown>
}

const line = {
  taskName: '商品质量检查',
  objectScope: '辖区内商品零售企业',
  scope: { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] },
  itemCodes: ['G1'],
  ratios,
  window: { start: '2026-03-01', end: '2026-12-31' },
  times: 2,
}
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING', note: '人员集中在局机关' }

let harness: Harness

beforeAll(async () => {
  harness = await planningHarness()
})
afterAll(() => harness.dispose())

/** A plan of its own for a test: each takes another year. */
async function draft(year: number, body: object = {}): Promise<string> {
  const answer = await (await harness.planner()).post<PlanBody>('/v1/plans', { year, planType: 'INTERNAL', selection, ...body })
  expect(answer.status).toBe(201)
  return answer.body.planId
}

const linesOf = (year: number) => [{ ...line, window: { start: `${year}-03-01`, end: `${year}-12-31` } }]

const refusalOf = async (call: Promise<unknown>): Promise<AppError> => {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof AppError)) throw new Error('the call was not refused')
  return thrown
}

describe('from draft to published', () => {
  it('DRW-33 PLN-28 gives no line to a draw before its plan was filed, accepted and published', async () => {
    const planner = await harness.planner()
    const reviewer = await harness.reviewer()
    const planId = await draft(2043)
    await planner.post(`/v1/plans/${planId}/lines`, { lines: linesOf(2043) })
    const drawnFor = async () => (await refusalOf(harness.getPlanLine(planId, 'L01'))).code
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})).body).toMatchObject({ code: 'plan-not-accepted' })
    expect(await drawnFor()).toBe('plan-not-published')
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})).body).toMatchObject({ state: 'FILED' })
    expect(await drawnFor()).toBe('plan-not-published')
    expect((await reviewer.post<PlanBody>(`/v1/plans/${planId}/accept`, {})).body).toMatchObject({ state: 'ACCEPTED' })
    expect(await drawnFor()).toBe('plan-not-published')
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})).body).toMatchObject({ state: 'PUBLISHED' })
    expect((await harness.getPlanLine(planId, 'L01')).lineId).toBe('L01')
  })

  it('PLN-06 PLN-08 PLN-28 POL-05 DQ-01 drafts, files, accepts and publishes, and then gives the line to a draw', async () => {
    const planner = await harness.planner()
    const reviewer = await harness.reviewer()
    const planId = await draft(2026)
    expect(planId).toBe('plan-230300-2026-INTERNAL-230300-scj')
    const added = await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: linesOf(2026) })
    expect(added.body).toMatchObject({
      state: 'DRAFT',
      policy: { preset: 'local/four-coal-cities', version: '1' },
      lines: [{ lineId: 'L01', creditRule: true, itemClass: 'GENERAL', units: [{ unitId: '230300-scj', teamSize: 2, selection }] }],
    })
    const inList = await planner.get<{ items: PlanBody[] }>('/v1/plans?year=2026&planType=INTERNAL')
    expect(inList.body.items.find((plan) => plan.planId === planId)).toMatchObject({
      unitId: '230300-scj',
      version: 1,
      updatedAt: '2026-01-10T02:00:00.000Z',
      lineCount: 1,
    })
    expect((await refusalOf(harness.getPlanLine(planId, 'L01'))).code).toBe('plan-not-published')

    const filed = await planner.post<PlanBody>(`/v1/plans/${planId}/file`, { note: '首次报备' })
    expect(filed.body).toMatchObject({
      state: 'FILED',
      filing: {
        filedTo: '230000',
        filedAt: '2026-01-10T02:00:00.000Z',
        dueDate: '2026-03-31',
        onTime: true,
        figures: { enterprises: 200, pool: 77, floor: { objects: 10 } },
      },
    })
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})).body).toMatchObject({ code: 'plan-not-accepted' })

    const accepted = await reviewer.post<PlanBody>(`/v1/plans/${planId}/accept`, {})
    expect(accepted.body).toMatchObject({ state: 'ACCEPTED', filing: { accepted: { by: 'reviewer' } } })
    expect((await reviewer.post<PlanBody>(`/v1/plans/${planId}/accept`, {})).body.filing).toEqual(accepted.body.filing)

    const publication = await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})
    expect(publication.body).toMatchObject({ state: 'PUBLISHED', published: { channels: ['publicitySystem'] } })

    const given = await harness.getPlanLine(planId, 'L01')
    expect(given).toMatchObject({
      planId,
      lineId: 'L01',
      planVersion: 1,
      regionCode: '230300',
      unitId: '230300-scj',
      year: 2026,
      planType: 'PLAN_TYPE_INTERNAL',
      itemCodes: ['G1'],
      itemClass: 'ITEM_CLASS_GENERAL',
      policy: { preset: 'local/four-coal-cities', version: '1' },
      initiatorUnitId: '230300-scj',
      units: [{ unitId: '230300-scj', teamSize: 2, selectionMode: 'SELECTION_MODE_BUREAU_WIDE', selectionGround: 'STAFFING' }],
    })
    expect(given.ratios[0]).toEqual({ stratum: 'A', ratio: { numerator: 3, denominator: 100 } })
    expect(given.batches).toMatchObject([
      {
        number: 1,
        window: { start: '2026-03-01', end: '2026-07-31' },
        mergeWindowId: '230300-2026-W01',
        share: { numerator: 1, denominator: 2 },
      },
      { number: 2, mergeWindowId: '230300-2026-W02' },
    ])
    expect(new Date(given.batches[0]?.freezeAt ?? '').toISOString()).toBe('2026-03-02T01:00:00.000Z')
    expect(given.policyDigest).toMatch(/^[0-9a-f]{64}$/)
    expect((await refusalOf(harness.getPlanLine(planId, 'L09'))).code).toBe('line-not-in-plan')
  })

  it('PLN-08 the public reads the published version and can hash each line to the digest a commitment names', async () => {
    const open = harness.anonymous()
    const planId = 'plan-230300-2026-INTERNAL-230300-scj'
    const listed = await open.get<{ items: readonly PlanBody[] }>('/v1/public/plans?regionCode=230300&year=2026')
    expect(listed.body.items.map((plan) => plan.planId)).toContain(planId)
    const plan = await open.get<PlanBody>(`/v1/public/plans/${planId}`)
    expect(JSON.stringify(plan.body)).not.toContain('planner')
    const response = await fetch(new URL(`/v1/public/plans/${planId}/lines/L01`, harness.baseUrl()))
    const bytes = new Uint8Array(await response.arrayBuffer())
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect(digest).toBe(plan.body.lines[0]?.lineDigest)
    expect((await harness.getPlanLine(planId, 'L01')).lineDigest).toBe(digest)
  })

  it('PLN-08 what is not published does not exist for the public', async () => {
    const planId = await draft(2027)
    expect((await harness.anonymous().get(`/v1/public/plans/${planId}`)).status).toBe(404)
    expect((await harness.anonymous().get(`/v1/public/plans/${planId}/lines/L01`)).status).toBe(404)
  })

  it('PLN-04 files late on the first instant after the due date', async () => {
    const planner = await harness.planner()
    const planId = await draft(2025)
    await planner.post(`/v1/plans/${planId}/lines`, { lines: linesOf(2025) })
    const filed = await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})
    expect(filed.body.filing).toMatchObject({ dueDate: '2025-03-31', onTime: false })
  })

  it('PLN-06 returns with a reason; the next edit opens another version, which is filed again in the same merge windows', async () => {
    const planner = await harness.planner()
    const reviewer = await harness.reviewer()
    const planId = await draft(2028)
    await planner.post(`/v1/plans/${planId}/lines`, { lines: linesOf(2028) })
    const first = await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})
    const returned = await reviewer.post<PlanBody>(`/v1/plans/${planId}/return`, { reason: '缺重点事项' })
    expect(returned.body).toMatchObject({ state: 'RETURNED', filing: { returned: { reason: '缺重点事项', by: 'reviewer' } } })
    const [key] = linesOf(2028)
    await planner.post(`/v1/plans/${planId}/lines`, { lines: [{ ...key, taskName: '重点检查', itemCodes: ['K1'] }] })
    const again = await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})
    expect(again.body).toMatchObject({ version: 2, state: 'FILED' })
    expect(again.body.lines[0]?.batches.map(({ mergeWindowId }) => mergeWindowId)).toEqual(
      first.body.lines[0]?.batches.map(({ mergeWindowId }) => mergeWindowId),
    )
    const kept = await planner.get<PlanBody>(`/v1/plans/${planId}/versions/1`)
    expect(kept.body).toMatchObject({ state: 'RETURNED', version: 1 })
    expect(kept.body.lines).toHaveLength(1)
  })
})

describe('who may do what', () => {
  it('PLN-06 only the region a plan was filed to accepts it', async () => {
    const planner = await harness.planner()
    const planId = await draft(2029)
    await planner.post(`/v1/plans/${planId}/lines`, { lines: linesOf(2029) })
    await planner.post(`/v1/plans/${planId}/file`, {})
    const own = await harness.as('own', '230300-scj', '230300', 'FILING_REVIEWER')
    expect((await own.post<PlanBody>(`/v1/plans/${planId}/accept`, {})).body).toMatchObject({ status: 403, code: 'region-not-allowed' })
    expect((await planner.post(`/v1/plans/${planId}/accept`, {})).status).toBe(403)
    expect((await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})).status).toBe(200)
  })

  it('CRD-21 has the candidates of each line kept as of the filing, and names them in the figures; a look at the feasibility keeps none', async () => {
    const planner = await harness.planner()
    const planId = await draft(2038)
    const [base] = linesOf(2038)
    const lines = [base, { ...base, taskName: '同一事项的另一任务' }]
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines })).status).toBe(201)
    const keptFor = () => harness.registry.content.kept.filter((each) => each.planId === planId)
    expect((await planner.get(`/v1/plans/${planId}/feasibility`)).status).toBe(200)
    expect(keptFor()).toEqual([])
    const { body } = await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})
    const candidates = { id: `candidates-${planId}-G1`, digest: 'ab'.repeat(32) }
    expect(body.filing).toMatchObject({
      filedAt: harness.clock.now(),
      figures: {
        asOf: harness.clock.now(),
        lines: [
          { lineId: 'L01', mapped: 77, candidates },
          { lineId: 'L02', mapped: 77, candidates },
        ],
      },
    })
    expect(keptFor()).toEqual([{ planId, itemCodes: ['G1'], asOf: harness.clock.now() }])
  })

  it('keeps a plan to its unit and region', async () => {
    const planId = await draft(2030)
    const sameCity = await harness.as('other', '230300-gaj', '230300', 'PLANNER')
    expect((await sameCity.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: linesOf(2030) })).body.code).toBe('unit-not-allowed')
    const otherCity = await harness.as('other', '230400-scj', '230400', 'PLANNER')
    expect((await otherCity.get<PlanBody>(`/v1/plans/${planId}`)).body.code).toBe('region-not-allowed')
    expect((await harness.anonymous().get(`/v1/plans/${planId}`)).status).toBe(401)
  })
})

describe('refusals', () => {
  it('CRD-04 a ratio outside its band is refused, naming the band, until a reason is given', async () => {
    const planner = await harness.planner()
    const planId = await draft(2031)
    const [base] = linesOf(2031)
    const bold = { ...base, ratios: ratios.map((each) => (each.stratum === 'A' ? { ...each, ratio: '3.01%' } : each)) }
    const refused = await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [bold] })
    expect(refused).toMatchObject({ status: 409, body: { code: 'ratio-needs-reason', errors: [{ pointer: '/lines/0/ratios/0' }] } })
    expect(JSON.stringify(refused.body)).toContain('A 1%–3%')
    const reasons = [{ rule: 'RATIO_BAND', strata: ['A'], reason: '上年问题率高', legalBasis: '实施方案二(三)' }]
    const taken = await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [{ ...bold, reasons }] })
    expect(taken).toMatchObject({ status: 201, body: { lines: [{ reasons: [{ ...reasons[0], by: 'planner' }] }] } })
  })

  it('POL-07 a ratio outside its band needs the legal basis too, and is reported per rule and unit to those who watch over policy', async () => {
    const planner = await harness.planner()
    const planId = await draft(2039)
    const [base] = linesOf(2039)
    const bold = { ...base, ratios: ratios.map((each) => (each.stratum === 'A' ? { ...each, ratio: '3.01%' } : each)) }
    const reason = { rule: 'RATIO_BAND', strata: ['A'], reason: '上年问题率高' }
    const bare = await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [{ ...bold, reasons: [reason] }] })
    expect(bare).toMatchObject({ status: 409, body: { code: 'ratio-needs-reason' } })
    const whole = { ...reason, legalBasis: '实施方案二(三)' }
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [base, { ...bold, reasons: [whole] }] })).status).toBe(201)
    const auditor = await harness.as('auditor', '230000-scj', '230000', 'AUDITOR')
    expect((await auditor.get('/v1/policy-overrides?year=2039')).body).toEqual({
      counts: [{ rule: 'ratio.bands', unitId: '230300-scj', count: 1 }],
      total: 1,
      overrides: [
        {
          planId,
          lineId: 'L02',
          strata: whole.strata,
          reason: whole.reason,
          legalBasis: whole.legalBasis,
          rule: 'ratio.bands',
          by: 'planner',
          unitId: '230300-scj',
          at: harness.clock.now(),
          policy: { preset: 'local/four-coal-cities', version: 1 },
          document: '001',
          clause: expect.any(String),
        },
      ],
    })
    expect((await auditor.get('/v1/policy-overrides?year=2037')).body).toEqual({ counts: [], overrides: [], total: 0 })
    expect((await auditor.get('/v1/policy-overrides')).status).toBe(200)
    expect((await planner.get('/v1/policy-overrides?year=2039')).status).toBe(403)
    const elsewhere = await harness.as('auditor', '230400-scj', '230400', 'AUDITOR')
    expect((await elsewhere.get('/v1/policy-overrides?year=2039')).body).toEqual({ counts: [], overrides: [], total: 0 })
    expect((await elsewhere.get('/v1/policy-overrides?year=2039&regionCode=230300')).status).toBe(403)
  })

  it('REG-13 an item off the list is refused when added, and when it left the list before filing', async () => {
    const planner = await harness.planner()
    const planId = await draft(2032)
    const [base] = linesOf(2032)
    const refused = await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [{ ...base, itemCodes: ['X9'] }] })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/lines/0/itemCodes', code: 'item-not-on-list' }] } })
    await planner.post(`/v1/plans/${planId}/lines`, { lines: [base] })
    harness.registry.content.items = items.filter(({ code }) => code !== 'G1')
    try {
      const filing = await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})
      expect(filing).toMatchObject({ status: 400, body: { errors: [{ pointer: '/lines/L01/itemCodes', code: 'item-not-on-list' }] } })
    } finally {
      harness.registry.content.items = items
    }
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})).body.state).toBe('FILED')
  })

  it('says where a body is wrong', async () => {
    const answer = await (await harness.planner()).post<PlanBody>('/v1/plans', { year: 1999, planType: 'WEEKLY' })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map(({ pointer }) => pointer).sort()).toEqual(['/planType', '/year'])
  })
})

describe('adjusting', () => {
  it('PLN-09 PLN-10 PLN-11 Appendix F 12: an added line is drawn only once its adjustment is filed, accepted and published', async () => {
    const planner = await harness.planner()
    const reviewer = await harness.reviewer()
    const planId = await published(2033)
    const before = await harness.getPlanLine(planId, 'L01')
    const [base] = linesOf(2033)
    const adjusted = await planner.post<PlanBody>(`/v1/plans/${planId}/adjustments`, {
      reason: '上级新部署',
      add: [{ ...base, taskName: '新任务' }],
    })
    expect(adjusted).toMatchObject({
      status: 201,
      body: { state: 'ADJUSTING', version: 2, changes: [{ kind: 'ADD', lineId: 'L02', reason: '上级新部署' }] },
    })
    expect((await refusalOf(harness.getPlanLine(planId, 'L02'))).code).toBe('line-not-in-plan')
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})).body.code).toBe('plan-not-accepted')
    await planner.post(`/v1/plans/${planId}/file`, {})
    await reviewer.post(`/v1/plans/${planId}/accept`, {})
    expect((await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})).body.state).toBe('ADJUSTED')
    expect(await harness.getPlanLine(planId, 'L02')).toMatchObject({ planVersion: 2, taskName: '新任务' })
    expect((await harness.getPlanLine(planId, 'L01')).lineDigest).toBe(before.lineDigest)
  })

  it('PLN-11 PLN-28 TGT-05 gives a line without a draw to a check from its publication to the publication of its cancelling', async () => {
    harness.registry.content.keyMatters = [{ ...lifts, itemCodes: [item('G1').code] }]
    const planner = await harness.planner()
    const planId = await draft(2042)
    const window = { start: '2042-04-01', end: '2042-06-30' }
    const keyLine = { kind: 'KEY_SUPERVISION', taskName: '电梯重点检查', matterId: 'ZD-01', unitIds: ['230300-scj'], window }
    await planner.post(`/v1/plans/${planId}/lines`, { lines: linesOf(2042) })
    expect((await planner.post(`/v1/plans/${planId}/undrawn-lines`, { lines: [keyLine] })).status).toBe(201)
    const refusal = async (lineId: string, of = planId) => {
      const { kind, code: refused } = await refusalOf(harness.getUndrawnLine(of, lineId))
      return [kind, refused]
    }
    const inForce = async () => {
      await planner.post(`/v1/plans/${planId}/file`, {})
      await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})
      expect((await planner.post(`/v1/plans/${planId}/publish`, {})).status).toBe(200)
    }
    expect(await refusal('L02')).toEqual(['failed-precondition', 'plan-not-published'])
    expect(await refusal('L02', 'plan-of-nobody')).toEqual(['not-found', 'not-found'])
    await inForce()
    const { policyDigest, ...given } = await harness.getUndrawnLine(planId, 'L02')
    expect(policyDigest).toMatch(/^[0-9a-f]{64}$/)
    expect(given).toEqual({
      planId,
      lineId: 'L02',
      planVersion: 1,
      regionCode: '230300',
      unitId: '230300-scj',
      kind: 'KEY_SUPERVISION',
      taskName: '电梯重点检查',
      itemCodes: ['G1'],
      objects: { kinds: ['OBJECT_KIND_ENTERPRISE'], industryPrefixes: [], tags: ['CARRIER:电梯'] },
      initiatorUnitId: '230300-scj',
      unitIds: ['230300-scj'],
      window,
      matter: { listId: 'hlj-key', listVersion: 3, matterId: 'ZD-01', name: '电梯使用安全' },
      policy: { preset: 'local/four-coal-cities', version: '1' },
    })
    expect(await refusal('L01')).toEqual(['failed-precondition', 'line-is-drawn'])
    expect(await refusal('L09')).toEqual(['not-found', 'line-not-in-plan'])
    expect((await planner.post(`/v1/plans/${planId}/adjustments`, { reason: '省局另有安排', cancel: ['L02'] })).status).toBe(201)
    expect((await harness.getUndrawnLine(planId, 'L02')).planVersion).toBe(1)
    await inForce()
    expect(await refusal('L02')).toEqual(['not-found', 'line-not-in-plan'])
  })

  it('CRD-08 what a draw of a line drew counts in the figures of the year', async () => {
    const planner = await harness.planner()
    const planId = await published(2034)
    const { committed, drawn, matched } = await drawEvents(planId, 'd')
    await committed()
    await drawn()
    const regionYear = async (): Promise<object> =>
      (await planner.get<{ regionYear: object }>(`/v1/plans/${planId}/feasibility`)).body.regionYear
    await eventually(async () => expect(await regionYear()).toMatchObject({ drawn: 5 }))
    await matched()
    await eventually(async () => {
      // CRD-08: both figures, over the enterprises as they were counted when the plan was filed.
      harness.registry.content.enterprises = 400
      const found = await regionYear()
      harness.registry.content.enterprises = 200
      expect(found).toMatchObject({ drawn: 5, drawnEnterprises: 3, enterprises: 200, share: '1.5%', gap: 7 })
    })
  })

  it('attack: a cancelled and twinned plan line. From COMMITTED to its end a line is neither cancelled nor taken out by an adjustment begun before', async () => {
    const planner = await harness.planner()
    const reviewer = await harness.reviewer()
    const planId = await published(2040)
    const adjust = () =>
      planner.post<PlanBody>(`/v1/plans/${planId}/adjustments`, { reason: '换一次', cancel: ['L01'], add: linesOf(2040) })
    const publish = () => planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})
    const { committed, drawn, matched, closed, heard } = await drawEvents(planId, 'e')
    // A line of a draw that is only frozen may go: the commitment is then refused (drawing's `line-changed`).
    expect((await adjust()).body.state).toBe('ADJUSTING')
    await planner.post(`/v1/plans/${planId}/file`, {})
    await reviewer.post(`/v1/plans/${planId}/accept`, {})
    for (const [index, step] of [committed, drawn, matched].entries()) {
      await step()
      await heard(2 + index)
      expect(await publish()).toMatchObject({ status: 409, body: { code: 'line-has-open-draw' } })
      expect((await harness.getPlanLine(planId, 'L01')).planVersion).toBe(1)
    }
    await closed()
    await eventually(async () => expect((await publish()).body.state).toBe('ADJUSTED'))
  })

  it('attack: a cancelled and twinned plan line. A twin may be added, a line with an open draw stays until its end or its void', async () => {
    const planner = await harness.planner()
    const planId = await published(2041)
    const adjust = (change: object) => planner.post<PlanBody>(`/v1/plans/${planId}/adjustments`, { reason: '换一次', ...change })
    const { committed, voided, heard } = await drawEvents(planId, 'f')
    await committed()
    await heard(2)
    expect(await adjust({ cancel: ['L01'] })).toMatchObject({ status: 409, body: { code: 'line-has-open-draw' } })
    expect(await adjust({ cancel: ['L01'], add: linesOf(2041) })).toMatchObject({ status: 409, body: { code: 'line-has-open-draw' } })
    await voided()
    await eventually(async () => expect((await adjust({ cancel: ['L01'], add: linesOf(2041) })).status).toBe(201))
  })
})

/** What drawing tells of a draw of a plan's first line, step by step. */
async function drawEvents(planId: string, digit: string) {
  const drawId = digit.repeat(64)
  const draw = { drawId, regionCode: '230300', unitId: '230300-scj' }
  const ofLine = { planId, lineId: 'L01', batch: 1 }
  const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawVoided } = events.drawing
  await harness.publish(drawFrozen, drawId, 1, { ...draw, ...ofLine, planVersion: 1, attempt: 1, asOf: '2034-03-01T01:00:00.000Z' })
  return {
    committed: () =>
      harness.publish(drawCommitted, drawId, 2, {
        ...draw,
        commitmentDigest: 'c',
        committedAt: '2034-03-01T01:10:00.000Z',
        beaconSource: 'self',
        round: 7n,
      }),
    drawn: () => harness.publish(drawDrawn, drawId, 3, { ...draw, strata: [], drawn: 5 }),
    matched: () =>
      harness.publish(drawMatched, drawId, 4, { ...draw, ...ofLine, drawn: 5, shortOfTeam: 0, transcriptDigest: 't', yearEnterprises: 3 }),
    closed: () => harness.publish(drawClosed, drawId, 5, { ...draw, visited: 1, notVisited: 0 }),
    voided: () => harness.publish(drawVoided, drawId, 3, { ...draw, reason: '信标停用' }),
    /** Until planning has taken in so many of these. */
    heard: (count: number) => eventually(async () => expect(await harness.drawSeen(drawId)).toBe(count)),
  }
}

async function published(year: number): Promise<string> {
  const planner = await harness.planner()
  const planId = await draft(year)
  await planner.post(`/v1/plans/${planId}/lines`, { lines: linesOf(year) })
  await planner.post(`/v1/plans/${planId}/file`, {})
  await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})
  expect((await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})).body.state).toBe('PUBLISHED')
  return planId
}

describe('events and repeats', () => {
  it('tells drafted, filed, accepted and published once each, in order, however often the commands come', async () => {
    const planner = await harness.planner()
    const planId = await published(2035)
    await planner.post('/v1/plans', { year: 2035, planType: 'INTERNAL', selection })
    for (const step of ['file', 'publish']) await planner.post(`/v1/plans/${planId}/${step}`, {})
    await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})
    const { received, stop } = await harness.collect()
    try {
      const ofPlan = () => received.filter(({ aggregateId }) => aggregateId === planId)
      await eventually(() => expect(ofPlan()).toHaveLength(4))
      const { planDrafted, planFiled, planAccepted, planPublished } = events.planning
      expect(ofPlan().map(({ type, seq }) => [seq, type])).toEqual([
        [1, planDrafted.type],
        [2, planFiled.type],
        [3, planAccepted.type],
        [4, planPublished.type],
      ])
      expect(ofPlan()[3]?.payload).toMatchObject({
        planId,
        year: 2035,
        policy: { preset: 'local/four-coal-cities' },
        lines: [{ lineId: 'L01', itemCodes: ['G1'], batches: [{ number: 1, mergeWindowId: '230300-2035-W01' }, { number: 2 }] }],
      })
    } finally {
      await stop()
    }
  })

  it('adds the lines of one command once, and survives a restart', async () => {
    const planId = await draft(2036)
    const body = { lines: linesOf(2036) }
    const planner = await harness.planner()
    const answers = [
      await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, body, { key: 'one' }),
      await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, body, { key: 'one' }),
    ]
    expect(answers[1]?.body).toEqual(answers[0]?.body)
    await harness.restart()
    const again = await harness.planner()
    expect((await again.get<PlanBody>(`/v1/plans/${planId}`)).body.lines).toHaveLength(1)
    expect((await harness.getPlanLine('plan-230300-2026-INTERNAL-230300-scj', 'L01')).lineId).toBe('L01')
  })

  it('PLN-16 an item of a joint plan is planned alone only with a reason', async () => {
    harness.registry.content.items = [...items, item('J1')]
    try {
      const planner = await harness.planner()
      const jointId = await draft(2037, { planType: 'JOINT' })
      const [base] = linesOf(2037)
      const joint = { ...base, itemCodes: ['J1'], units: [{ unitId: '230300-scj' }, { unitId: '230300-gaj' }] }
      expect((await planner.post(`/v1/plans/${jointId}/lines`, { lines: [joint] })).status).toBe(201)
      const planId = await draft(2037)
      const refused = await planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [{ ...base, itemCodes: ['J1'] }] })
      expect(refused).toMatchObject({ status: 409, body: { code: 'item-needs-reason' } })
    } finally {
      harness.registry.content.items = items
    }
  })

  it('PLN-16 POL-07 a reason given before anything asked for it is an override once a joint plan has the item at the filing', async () => {
    harness.registry.content.items = [...items, item('J1')]
    try {
      const planner = await harness.planner()
      const auditor = await harness.as('auditor', '230300-scj', '230300', 'AUDITOR')
      const counted = async () => (await auditor.get<{ counts: readonly object[] }>('/v1/policy-overrides?year=2062')).body.counts
      const [base] = linesOf(2062)
      const planId = await draft(2062)
      const reasons = [{ rule: 'ITEM_IN_JOINT_PLAN', reason: '专项部署', legalBasis: '实施方案二(三)' }]
      const alone = { ...base, itemCodes: ['J1'] }
      expect((await planner.post(`/v1/plans/${planId}/lines`, { lines: [{ ...alone, reasons }] })).status).toBe(201)
      expect(await counted()).toEqual([])
      const several = { ...alone, units: [{ unitId: '230300-scj' }, { unitId: '230300-gaj' }] }
      expect(await planner.post(`/v1/plans/${planId}/lines`, { lines: [several] })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/lines/0/units', code: 'internal-of-several-departments' }] },
      })
      const jointId = await draft(2062, { planType: 'JOINT' })
      expect((await planner.post(`/v1/plans/${jointId}/lines`, { lines: [several] })).status).toBe(201)
      expect(await planner.post(`/v1/plans/${planId}/file`, {})).toMatchObject({
        status: 200,
        body: { lines: [{ reasons: [{ ...reasons[0], itemCodes: ['J1'] }] }] },
      })
      expect(await counted()).toEqual([{ rule: 'plan.jointPreferred', unitId: '230300-scj', count: 1 }])
    } finally {
      harness.registry.content.items = items
    }
  })

  it('PLN-16 REG-06 a line is judged by what holds when it is filed: a joint plan, or a cap, that came after it', async () => {
    harness.registry.content.items = [...items, item('J1')]
    try {
      const planner = await harness.planner()
      const [base] = linesOf(2061)
      const planId = await draft(2061)
      const alone = { ...base, itemCodes: ['J1'] }
      expect((await planner.post(`/v1/plans/${planId}/lines`, { lines: [alone] })).status).toBe(201)
      const capped = { ...item('J1'), itemClass: 'GENERAL' as const, ratioCap: { numerator: 1, denominator: 1000 } }
      harness.registry.content.items = [...items, capped]
      expect(await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})).toMatchObject({
        status: 400,
        body: { errors: expect.arrayContaining([expect.objectContaining({ code: 'ratio-above-cap' })]) },
      })
      harness.registry.content.items = [...items, item('J1')]
      const jointId = await draft(2061, { planType: 'JOINT' })
      const joint = { ...alone, units: [{ unitId: '230300-scj' }, { unitId: '230300-gaj' }] }
      expect((await planner.post(`/v1/plans/${jointId}/lines`, { lines: [joint] })).status).toBe(201)
      expect(await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})).toMatchObject({
        status: 409,
        body: { code: 'item-needs-reason', errors: [expect.objectContaining({ pointer: '/lines/L01/itemCodes' })] },
      })
    } finally {
      harness.registry.content.items = items
    }
  })
})
