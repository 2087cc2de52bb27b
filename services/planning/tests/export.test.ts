import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'

interface PlanBody {
  readonly planId: string
  readonly version: number
  readonly lines: readonly LineBody[]
}

interface LineBody {
  readonly taskName: string
  readonly objectScope: string
  readonly itemCodes: readonly string[]
  readonly ratios?: readonly unknown[]
  readonly count?: number
  readonly initiatorUnitId: string
  readonly participantUnitIds: readonly string[]
  readonly batches: readonly { readonly window: { readonly start: string; readonly end: string } }[]
}

interface ImportBody {
  readonly importId: string
  readonly openQuestions: number
  readonly questions: readonly unknown[]
  readonly lines: readonly (LineBody & { readonly window: unknown; readonly times: number; readonly ready: boolean })[]
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const graded = ['A=3%', 'B=4.5%', 'C=20%', 'D=100%', 'UNGRADED=5%'].map((each) => {
  const [stratum = '', ratio = ''] = each.split('=')
  return { stratum, ratio }
})
const windowIn = (year: number) => ({ start: `${year}-03-01`, end: `${year}-11-15` })
const linesIn = (year: number) => [
  { taskName: '商品质量检查', objectScope: '商品零售企业', itemCodes: ['G1', 'G2'], ratios: graded, window: windowIn(year), times: 2 },
  {
    taskName: '-18℃冷库检查',
    objectScope: '冷库、冷链企业',
    itemCodes: ['K1'],
    ratios: [{ stratum: 'ALL', ratio: '10%' }],
    window: windowIn(year),
  },
]

let harness: Harness

beforeAll(async () => {
  harness = await planningHarness()
})
afterAll(() => harness.dispose())

async function draft(year: number): Promise<string> {
  const planner = await harness.planner()
  const { body: plan } = await planner.post<PlanBody>('/v1/plans', { year, planType: 'INTERNAL', selection })
  const added = await planner.post<PlanBody>(`/v1/plans/${plan.planId}/lines`, { lines: linesIn(year) })
  expect(added.status).toBe(201)
  return plan.planId
}

/** What of a line a table holds. */
const told = ({ taskName, objectScope, itemCodes, ratios, initiatorUnitId, participantUnitIds }: LineBody) => ({
  taskName,
  objectScope,
  itemCodes,
  ratios,
  initiatorUnitId,
  participantUnitIds,
})

describe('a plan as a table', () => {
  it('PLN-13 is exported, and imported again it has the same lines and nothing to ask', async () => {
    const planner = await harness.planner()
    const planId = await draft(2026)
    const { body: plan } = await planner.get<PlanBody>(`/v1/plans/${planId}`)
    const exported = await planner.get<string>(`/v1/plans/${planId}/export?format=csv`)
    expect(exported.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(exported.headers.get('content-disposition')).toBe(`attachment; filename="${planId}-v1.csv"`)
    const { status, body } = await planner.upload<ImportBody>(`/v1/plans/${planId}/imports`, exported.body, 'text/csv')
    expect({ status, questions: body.questions }).toEqual({ status: 201, questions: [] })
    expect(body.lines.map(told)).toEqual(plan.lines.map(told))
    expect(body.lines.map((line) => [line.window, line.times])).toEqual([
      [windowIn(2026), 2],
      [windowIn(2026), 1],
    ])
    const { body: applied } = await planner.post<PlanBody>(`/v1/plans/${planId}/imports/${body.importId}/apply`, {})
    expect(applied.lines.slice(2).map((line) => [told(line), line.batches])).toEqual(plan.lines.map((line) => [told(line), line.batches]))
  })

  it('PLN-13 is exported as a workbook, and imported from it, whole and by the name of its sheet', async () => {
    const planner = await harness.planner()
    const planId = await draft(2028)
    const { body: plan } = await planner.get<PlanBody>(`/v1/plans/${planId}`)
    const exported = await planner.get<Uint8Array>(`/v1/plans/${planId}/export`)
    expect(exported.headers.get('content-type')).toBe(workbookType)
    const path = `/v1/plans/${planId}/imports`
    const whole = await planner.upload<ImportBody>(path, exported.body, workbookType)
    expect(whole).toMatchObject({ status: 201, body: { encoding: 'xlsx', questions: [] } })
    expect(whole.body.lines.map(told)).toEqual(plan.lines.map(told))
    const sheet = encodeURIComponent('抽查计划')
    const named = await planner.upload<ImportBody>(`${path}?sheet=${sheet}`, exported.body, 'application/octet-stream')
    expect(named).toMatchObject({ status: 201, body: { sheet: '抽查计划', questions: [] } })
    expect(named.body.importId).not.toBe(whole.body.importId)
    expect(await planner.upload(`${path}?sheet=x`, exported.body, workbookType)).toMatchObject({
      status: 400,
      body: { code: 'table-unreadable' },
    })
    const omitted = [{ lineNo: 1, omit: true, reason: '另有安排' }]
    const answered = await planner.post<ImportBody>(`${path}/${named.body.importId}/answers`, { answers: omitted })
    expect(answered).toMatchObject({ status: 200, body: { openQuestions: 0 } })
    const applied = await planner.post<PlanBody>(`${path}/${named.body.importId}/apply`, {})
    expect(applied.body.lines.slice(2).map(told)).toEqual(plan.lines.slice(1).map(told))
    const file = await planner.get<Uint8Array>(`${path}/${named.body.importId}/file`)
    expect(Buffer.from(file.body).equals(Buffer.from(exported.body))).toBe(true)
  })

  it('PLN-28 is for readers of the plan in any version, and for everybody once it is published', async () => {
    const planner = await harness.planner()
    const reviewer = await harness.reviewer()
    const planId = await draft(2027)
    const anyone = harness.anonymous()
    expect((await anyone.get(`/v1/public/plans/${planId}/export`)).status).toBe(404)
    expect((await anyone.get(`/v1/plans/${planId}/export`)).status).toBe(401)
    expect((await planner.get(`/v1/plans/${planId}/export?version=2`)).status).toBe(404)
    expect((await planner.get(`/v1/plans/${planId}/export?format=pdf`)).status).toBe(400)
    await planner.post(`/v1/plans/${planId}/file`, {})
    await reviewer.post(`/v1/plans/${planId}/accept`, {})
    const published = await planner.post<{ published: { digest: string } }>(`/v1/plans/${planId}/publish`, {})
    const page = await anyone.get<string>(`/v1/public/plans/${planId}/export?format=html`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.body).toContain('<h1>鸡西市市场监督管理局2027年度“双随机、一公开”抽查工作计划</h1>')
    expect(page.body).toContain(`第 1 版（已公布）；版本摘要（SHA-256）${published.body.published.digest}`)
    expect(page.body).toContain('信用风险B级4.5%')
  })
})
