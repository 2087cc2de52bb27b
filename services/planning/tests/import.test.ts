import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { UnitId } from '@dual-random/kernel'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { item, items, unit, units } from './support/lines.ts'

interface ImportBody {
  readonly importId: string
  readonly state: string
  readonly code: string
  readonly openQuestions: number
  readonly encoding: string
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
  readonly questions: readonly {
    readonly questionId: string
    readonly code: string
    readonly state: string
    readonly options: readonly unknown[]
  }[]
  readonly answers: readonly unknown[]
  readonly lines: readonly Record<string, unknown>[]
  readonly lineIds: Readonly<Record<string, string>>
}

const file = new Uint8Array(readFileSync(new URL('data/changzhi-2024-joint.csv', import.meta.url)))
const tobacco = '230300-ycj' as UnitId
const medical = '230300-ybj' as UnitId
const permits = '230300-spj' as UnitId

const localUnits = [
  ...units,
  unit(tobacco, { name: '鸡西市烟草专卖局', department: '烟草专卖' }),
  unit('230300-yzj' as UnitId, { name: '鸡西市邮政管理局', department: '邮政' }),
  unit(medical, { name: '鸡西市医疗保障局', department: '医疗保障' }),
  unit(permits, { name: '鸡西市行政审批服务管理局', department: '行政审批' }),
]
const localItems = [
  ...items,
  item('T1', { name: '对物流、寄递企业运输烟草制品情况的双随机抽查' }),
  item('M2', { name: '根据各地医保政务服务“好差评”评价结果进行检查', itemClass: 'KEY' }),
]
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }

let harness: Harness

beforeAll(async () => {
  harness = await planningHarness({ units: localUnits, items: localItems })
})
afterAll(() => harness.dispose())

async function draft(year: number): Promise<string> {
  const { body } = await (await harness.planner()).post<{ planId: string }>('/v1/plans', { year, planType: 'JOINT', selection })
  return body.planId
}

const upload = async (planId: string, bytes: Uint8Array, query = '') =>
  (await harness.planner()).upload<ImportBody>(`/v1/plans/${planId}/imports${query}`, bytes, 'text/csv')

const open = ({ questions }: ImportBody): readonly string[] =>
  questions.filter(({ state }) => state === 'OPEN').map(({ questionId }) => questionId)

const settling = [
  { questionId: 'line-1/tiers', value: '一律' },
  { questionId: 'line-1/basis', value: 'year' },
  { questionId: 'line-2/itemNames', itemCodes: ['K1'] },
  { code: 'ratio-sum-over-levels', ratio: '20%' },
  { code: 'unknown-unit', initiatorUnitId: medical, participantUnitIds: [permits] },
  { code: 'ratio-needs-reason', reason: '各等级一致', legalBasis: '联查办法' },
  { questionId: 'line-1/scope', value: '类型：企业' },
  { code: 'object-scope-unclear', value: '事项的全部对象', note: '清单即为这些对象' },
]

describe('a published table becomes a plan', () => {
  it('PLN-13 keeps the file, asks, takes answers with who and when, and adds the lines only when nothing is open', async () => {
    const planner = await harness.planner()
    const planId = await draft(2024)
    const received = await upload(planId, file, `?fileName=${encodeURIComponent('长治市2024.csv')}`)
    expect(received).toMatchObject({
      status: 201,
      body: { state: 'OPEN', fileName: '长治市2024.csv', encoding: 'utf-8', receivedBy: 'planner' },
    })
    const { importId } = received.body
    expect(open(received.body)).toEqual(
      expect.arrayContaining(['line-1/tiers', 'line-2/itemNames', 'lines-2,3/ratio', 'lines-2,3/participants']),
    )
    // 市医保局 is a short name that one department has.
    expect(open(received.body)).not.toContain('lines-2,3/initiator')
    const path = `/v1/plans/${planId}/imports/${importId}`
    const early = await planner.post<ImportBody>(`${path}/apply`, {})
    expect(early).toMatchObject({ status: 409, body: { code: 'import-has-open-questions' } })

    const wrong = await planner.post<ImportBody>(`${path}/answers`, {
      answers: [settling[0], { questionId: 'line-1/tiers', value: '随便' }],
    })
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/answers/1', code: 'answer-wrong-form' }] } })
    expect((await planner.get<ImportBody>(path)).body.answers).toEqual([])

    const answered = await planner.post<ImportBody>(`${path}/answers`, { answers: settling })
    expect(answered).toMatchObject({ status: 200, body: { openQuestions: 0 } })
    expect(answered.body.answers).toMatchObject([
      { by: 'planner', at: '2026-01-10T02:00:00.000Z', answer: { questionId: 'line-1/tiers', value: '一律' }, settled: ['line-1/tiers'] },
      { settled: ['line-1/basis'] },
      { settled: ['line-2/itemNames'] },
      { answer: { ratio: '20%' } },
      {},
      { settled: ['line-1/ratioReason'] },
      { settled: ['line-1/scope'] },
      { settled: ['line-2/scope', 'line-3/scope'] },
    ])

    const applied = await planner.post<{ lines: readonly Record<string, unknown>[] }>(`${path}/apply`, {})
    expect(applied.status).toBe(200)
    expect(applied.body.lines.map((line) => 'scope' in line)).toEqual([true, false, false])
    expect(applied.body.lines).toMatchObject([
      {
        lineId: 'L01',
        taskName: '涉烟经营活动检查',
        objectScope: '本辖区物流、寄递企业',
        scope: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [], regionCodes: [] },
        itemCodes: ['T1'],
        ratios: [{ stratum: 'ALL', ratio: '3%' }],
        creditRule: false,
        initiatorUnitId: tobacco,
        participantUnitIds: ['230300-yzj', '230300-gaj'],
        batches: [
          { window: { start: '2024-03-01', end: '2024-07-31' }, freezeAt: '2024-03-01T01:00:00.000Z' },
          { window: { start: '2024-08-01', end: '2024-12-31' }, freezeAt: '2024-08-01T01:00:00.000Z' },
        ],
        reasons: [{ rule: 'RATIO_BAND', reason: '各等级一致', legalBasis: '联查办法', by: 'planner' }],
        source: { importId, lineNo: 1 },
      },
      { lineId: 'L02', itemCodes: ['K1'], itemClass: 'KEY', ratios: [{ stratum: 'ALL', ratio: '20%' }], initiatorUnitId: medical },
      { lineId: 'L03', itemCodes: ['M2'] },
    ])
    const kept = await planner.get<ImportBody>(path)
    expect(kept.body).toMatchObject({ state: 'APPLIED', lineIds: { 1: 'L01', 2: 'L02', 3: 'L03' } })

    const again = await planner.post<{ lines: readonly unknown[] }>(`${path}/apply`, {})
    expect(again.body.lines).toHaveLength(3)
    const late = await planner.post<ImportBody>(`${path}/answers`, { answers: [{ lineNo: 1, count: 3 }] })
    expect(late).toMatchObject({ status: 409, body: { code: 'import-applied' } })

    const bytes = await fetch(new URL(`${path}/file`, harness.baseUrl()), {
      headers: { authorization: `Bearer ${await harness.token('planner', '230300-scj', '230300', 'PLANNER')}` },
    })
    expect(
      createHash('sha256')
        .update(new Uint8Array(await bytes.arrayBuffer()))
        .digest('hex'),
    ).toBe(createHash('sha256').update(file).digest('hex'))
  })

  it('PLN-13 reads the same table in GB18030', async () => {
    const planId = await draft(2024)
    const received = await upload(planId, new Uint8Array(iconv.encode(new TextDecoder().decode(file), 'gb18030')))
    expect(received.body).toMatchObject({ encoding: 'gb18030', lines: [{ taskName: '涉烟经营活动检查' }, {}, {}] })
  })

  it('the same file is the same import; it is looked up again and keeps its answers', async () => {
    const planner = await harness.planner()
    const otherCopy = new Uint8Array([0xef, 0xbb, 0xbf, ...file])
    const planId = await draft(2024)
    const first = await upload(planId, otherCopy)
    await planner.post(`/v1/plans/${planId}/imports/${first.body.importId}/answers`, { answers: [{ lineNo: 1, count: 9 }] })
    harness.registry.content.items = localItems.filter(({ code }) => code !== 'T1')
    try {
      const second = await upload(planId, otherCopy)
      expect(second).toMatchObject({ status: 200, body: { importId: first.body.importId } })
      expect(open(second.body)).toContain('line-1/itemNames')
      expect(second.body.answers).toHaveLength(1)
    } finally {
      harness.registry.content.items = localItems
    }
    const third = await upload(planId, otherCopy)
    expect(open(third.body)).not.toContain('line-1/itemNames')
    const listed = await planner.get<{ items: readonly { importId: string }[] }>(`/v1/plans/${planId}/imports`)
    expect(listed.body.items.map(({ importId }) => importId)).toContain(first.body.importId)
  })

  it('leaves out a row with its reason, and applies the rest', async () => {
    const planner = await harness.planner()
    const { body: plan } = await planner.post<{ planId: string }>('/v1/plans', { year: 2022, planType: 'INTERNAL', selection })
    const rushan = new Uint8Array(readFileSync(new URL('data/rushan-2022-grain.csv', import.meta.url)))
    const received = await upload(plan.planId, rushan, '?publisherUnitId=230300-scj')
    const path = `/v1/plans/${plan.planId}/imports/${received.body.importId}`
    const omitted = [1, 2, 4, 5, 6].map((lineNo) => ({ lineNo, omit: true, reason: '时间比例待定' }))
    const answered = await planner.post<ImportBody>(`${path}/answers`, {
      answers: [
        ...omitted,
        { questionId: 'table/objectScope', value: '全部企业' },
        { lineNo: 3, itemCodes: ['K1'], ratio: '10%', times: 2, units: [{ unitId: '230300-scj', itemCodes: ['K1'] }] },
      ],
    })
    expect(answered.body.openQuestions).toBe(0)
    const applied = await planner.post<{ lines: readonly unknown[] }>(`${path}/apply`, {})
    expect(applied.body.lines).toMatchObject([{ taskName: '夏粮收购监督检查', source: { lineNo: 3, rows: [4] }, batches: [{}, {}] }])
    const kept = await planner.get<ImportBody>(path)
    expect(kept.body.lines[0]).toMatchObject({ omitted: true, omitReason: '时间比例待定' })
  })

  it('refuses what is no plan table', async () => {
    const planId = await draft(2024)
    const refused = await upload(planId, new TextEncoder().encode('你好\n世界\n'))
    expect(refused).toMatchObject({ status: 400, body: { code: 'table-unreadable' } })
  })
})
