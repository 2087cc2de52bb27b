import { readFileSync } from 'node:fs'
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
  readonly scope?: unknown
  readonly itemCodes: readonly string[]
  readonly ratios?: readonly unknown[]
  readonly count?: number
  readonly initiatorUnitId: string
  readonly participantUnitIds: readonly string[]
  readonly batches: readonly { readonly window: { readonly start: string; readonly end: string } }[]
}

interface ProblemBody {
  readonly detail: string
}

interface ImportBody {
  readonly importId: string
  readonly openQuestions: number
  readonly notes: readonly { readonly code: string }[]
  readonly questions: readonly { readonly questionId: string; readonly code: string; readonly state: string }[]
  readonly lines: readonly (LineBody & { readonly window: unknown; readonly times: number; readonly ready: boolean })[]
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const graded = ['A=3%', 'B=4.5%', 'C=20%', 'D=100%', 'UNGRADED=5%'].map((each) => {
  const [stratum = '', ratio = ''] = each.split('=')
  return { stratum, ratio }
})
const windowIn = (year: number) => ({ start: `${year}-03-01`, end: `${year}-11-15` })
const wholeScope = { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] }
const linesIn = (year: number) => [
  {
    taskName: '商品质量检查',
    objectScope: '商品零售企业',
    scope: wholeScope,
    itemCodes: ['G1', 'G2'],
    ratios: graded,
    window: windowIn(year),
    times: 2,
  },
  {
    taskName: '-18℃冷库检查',
    objectScope: '冷库、冷链企业',
    scope: { kinds: ['ENTERPRISE'], industryPrefixes: ['G59'], tags: ['冷链'], regionCodes: ['230302'] },
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
const told = ({ taskName, objectScope, scope, itemCodes, ratios, initiatorUnitId, participantUnitIds }: LineBody) => ({
  taskName,
  objectScope,
  scope,
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

  it('PLN-13 asks about what a workbook of another office hides or has no value for, and takes the answers', async () => {
    const planner = await harness.planner()
    const { body: plan } = await planner.post<PlanBody>('/v1/plans', { year: 2024, planType: 'INTERNAL', selection })
    const path = `/v1/plans/${plan.planId}/imports`
    const bytes = readFileSync(new URL('../../../libs/tables/tests-data/xlsx/plan.xlsx', import.meta.url))
    const unnamed = await planner.upload<ProblemBody>(path, bytes, workbookType)
    expect(unnamed).toMatchObject({ status: 400, body: { code: 'table-unreadable' } })
    expect(unnamed.body.detail).toContain('“市直”“区县”')
    const { body } = await planner.upload<ImportBody>(`${path}?sheet=${encodeURIComponent('市直')}`, bytes, workbookType)
    const open = ({ questions }: ImportBody) => questions.filter(({ state }) => state === 'OPEN').map(({ questionId }) => questionId)
    const ofWorkbook = ['table/hiddenRows', 'table/hiddenColumns', 'cell-G6/value', 'cell-F7/value']
    expect(open(body)).toEqual(expect.arrayContaining(ofWorkbook))
    const answers = ofWorkbook.map((questionId) => ({ questionId, value: questionId.startsWith('cell') ? 'blank' : 'read' }))
    const answered = await planner.post<ImportBody>(`${path}/${body.importId}/answers`, { answers })
    expect(answered.status).toBe(200)
    expect(open(answered.body).filter((id) => ofWorkbook.includes(id))).toEqual([])
  })

  it('PLN-13 PLN-25 comes back with batches of its own, from a workbook and from CSV', async () => {
    const planner = await harness.planner()
    const { body: plan } = await planner.post<PlanBody>('/v1/plans', { year: 2025, planType: 'INTERNAL', selection })
    const batches = [
      { window: { start: '2025-03-01', end: '2025-04-15' }, share: { numerator: 1, denominator: 3 } },
      { window: { start: '2025-09-10', end: '2025-11-15' }, share: { numerator: 2, denominator: 3 } },
    ]
    const [line] = linesIn(2025)
    const { window: _window, times: _times, ...rest } = line ?? {}
    const added = await planner.post<PlanBody>(`/v1/plans/${plan.planId}/lines`, { lines: [{ ...rest, batches }] })
    expect(added.status).toBe(201)
    const exported = (format: string) => planner.get<Uint8Array>(`/v1/plans/${plan.planId}/export?format=${format}`)
    for (const { body: file } of [await exported('xlsx'), await exported('csv')]) {
      const { body } = await planner.upload<ImportBody>(`/v1/plans/${plan.planId}/imports`, file, 'application/octet-stream')
      expect(body).toMatchObject({ openQuestions: 0, lines: [{ batches, ready: true }] })
      // The batches are all that the remarks say: nothing stays behind in the file.
      // The rows below the table say how inspectors are chosen, and name plan and version.
      expect(body.notes.filter(({ code }) => code !== 'carried-from-above')).toMatchObject([
        { code: 'below-table', message: expect.stringContaining('执法检查人员选派') },
        { code: 'below-table', message: expect.stringContaining('计划编号') },
      ])
      const applied = await planner.post<PlanBody>(`/v1/plans/${plan.planId}/imports/${body.importId}/apply`, {})
      expect(applied.body.lines.at(-1)?.batches).toEqual(added.body.lines[0]?.batches)
    }
  })

  it('PLN-08 PLN-20 is exported with its checks without a draw, which an import asks about and never takes for draws', async () => {
    const planner = await harness.planner()
    const planId = await draft(2029)
    const campaign = {
      kind: 'CAMPAIGN',
      taskName: '校园周边专项整治',
      field: '文具',
      objectScope: '校园周边文具店',
      objects: { kinds: ['ENTERPRISE'], tags: ['校园周边'] },
      unitIds: ['230300-scj'],
      window: { start: '2029-04-01', end: '2029-04-30' },
      basis: '市局部署',
    }
    const path = `/v1/plans/${planId}`
    const plain = await planner.get<string>(`${path}/export?format=html`)
    expect(plain.body.match(/<table>/g)).toHaveLength(1)
    expect((await planner.post(`${path}/undrawn-lines`, { lines: [campaign] })).status).toBe(201)

    const page = await planner.get<string>(`${path}/export?format=html`)
    expect(page.body.match(/<h[12]>/g)).toEqual(['<h1>', '<h2>'])
    for (const word of ['专项整治（行动）', '校园周边专项整治', '校园周边文具店', '标签：校园周边', '市局部署'])
      expect(page.body).toContain(word)
    expect(plain.body).not.toContain('不经抽取')

    const { body: workbook } = await planner.get<Uint8Array>(`${path}/export`)
    const { body: csv } = await planner.get<string>(`${path}/export?format=csv`)
    expect(csv).toContain('注：另有1项不经抽取的检查（专项整治（行动）1项）不在本表')
    expect(csv).not.toContain('校园周边文具店')
    for (const file of [workbook, csv]) {
      const { status, body } = await planner.upload<ImportBody>(`${path}/imports`, file, 'application/octet-stream')
      expect({ status, open: body.questions.map(({ questionId, code }) => [questionId, code]) }).toEqual({
        status: 201,
        open: [['table/undrawn', 'undrawn-not-read']],
      })
      expect(body.lines.map(({ taskName }) => taskName)).toEqual(['商品质量检查', '-18℃冷库检查'])
      const answers = [{ questionId: 'table/undrawn', value: 'leave' }]
      const answered = await planner.post<ImportBody>(`${path}/imports/${body.importId}/answers`, { answers })
      expect(answered).toMatchObject({ status: 200, body: { openQuestions: 0, lines: [{ ready: true }, { ready: true }] } })
    }

    const alone = await planner.get<string>(`${path}/export?format=csv&table=undrawn`)
    expect(alone.headers.get('content-disposition')).toBe(`attachment; filename="${planId}-v1-undrawn.csv"`)
    expect(alone.body).toContain('校园周边文具店')
    const refused = await planner.upload<ProblemBody>(`${path}/imports`, alone.body, 'text/csv')
    expect(refused).toMatchObject({ status: 400, body: { code: 'table-unreadable' } })
    expect(refused.body.detail).toContain('不经抽取的检查')
    const sheet = encodeURIComponent('不经抽取的检查')
    expect((await planner.upload(`${path}/imports?sheet=${sheet}`, workbook, workbookType)).status).toBe(400)
    const drawn = await planner.get<string>(`${path}/export?format=html&table=drawn`)
    expect(drawn.body.match(/<table>/g)).toHaveLength(1)
    expect(drawn.body).toContain('另有1项不经抽取的检查')
    expect((await planner.get(`${path}/export?table=all`)).status).toBe(400)
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
    expect(page.body).toContain('信用风险B级全年合计4.5%')
  })
})
