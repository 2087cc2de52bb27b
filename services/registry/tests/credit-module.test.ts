import { events, objectKinds, resultTypes } from '@dual-random/contracts'
import type { Snapshot } from '@dual-random/draw'
import { eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const dayMs = 86_400_000
let registry: Harness

/** What a city lays down where the document gives no scale. */
const grading = {
  startScore: 100,
  rules: [
    {
      id: 'TAX_ARREARS',
      text: '欠税',
      source: 'OTHER_DEPARTMENTS_CREDIT',
      kinds: ['欠税公告'],
      points: -20,
      countsForDays: 30,
      warns: false,
    },
    {
      id: 'NOT_FOUND',
      text: '无法联系',
      source: 'MARKET_REGULATION_SUPERVISION',
      kinds: ['UNREACHABLE'],
      points: -60,
      countsForDays: 365,
      warns: true,
    },
  ],
  grades: [
    { grade: 'A', from: 90 },
    { grade: 'B', from: 60 },
    { grade: 'C', from: 0 },
  ],
  warnAt: ['C'],
}
const local = (value: unknown) => ({
  value,
  source: { document: 'own', clause: '一' },
  strength: 'shall',
  basis: 'local',
  note: '本地取值',
})
const draftApproval = { by: 'policy-admin', at: '2025-12-31T02:00:00.000Z', reason: '对照试验' }
const documents = [{ id: 'own', title: '本地取值说明', issuer: '测试机关', kind: 'local' }]
const bind = async (values: object, from: string) => {
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  return admin.post('/v1/policy-bindings', {
    regionCode: '230000',
    preset: 'shaoxing-2019-draft',
    from,
    draftApproval,
    documents,
    values: { 'ratio.unclassified': local({ mode: 'OWN_STRATUM', ratioBy: 'PLANNER' }), ...values },
  })
}

const unset = (key: string) => ({ code: 'policy-unset', detail: expect.stringContaining(key) as string })

const clerk = () => registry.as(['REGISTRY_CLERK'])
const objectIds = new Map<number, string>()
const idOf = (serial: number): string => objectIds.get(serial) ?? ''

beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  expect(await bind({}, '2026-01-01')).toMatchObject({ status: 200 })
  const api = await clerk()
  const province = await registry.as(['REGISTRY_CLERK'], { unitId: '230000-scj' })
  const list = '/v1/check-item-lists/import?listId=list-230000-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
  const [head = '', first = ''] = itemsCsv.split('\n')
  const items = `${head},比例上限\n${first},50%\n`
  expect(await province.upload(list, items, 'text/csv')).toMatchObject({ status: 200, body: { created: 1 } })
  const rows = [objectRow(1), objectRow(2), objectRow(3), objectRow(4), objectRow(5, { kind: '其他主体' })]
  expect((await api.upload('/v1/objects/import?source=ENFORCEMENT_PLATFORM', objectsCsv(rows), 'text/csv')).body).toMatchObject({
    created: 5,
  })
  for (const serial of [1, 2, 3, 4, 5]) {
    const { body } = await api.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(serial)}`)
    objectIds.set(serial, body.items[0]?.objectId ?? '')
  }
})
afterAll(() => registry?.dispose())

const header = '记录编号,统一社会信用代码,信用信息类别,事由,认定时间,来源部门,有效期至'
const collect = async (...rows: readonly string[]) =>
  (await clerk()).upload<ImportAnswer>('/v1/credit-data/import', `${[header, ...rows].join('\n')}\n`, 'text/csv')

interface Record {
  readonly general: { readonly grade: string; readonly asOf: string } | null
  readonly entries: readonly { readonly source: string; readonly number: string; readonly validTo: string | null }[]
  readonly standing: { readonly score: number; readonly grade: string } | null
  readonly warnings: readonly { readonly status: string; readonly content: { readonly source: string; readonly matter: string } }[]
}
const recordOf = async (serial: number): Promise<Record> =>
  (await (await clerk()).get<Record>(`/v1/objects/${idOf(serial)}/credit-record`)).body

const checked = (resultId: string, serial: number) =>
  registry.publish(events.inspection.resultRecorded, resultId, {
    resultId,
    taskId: `task-${resultId}`,
    visitId: 'v1',
    drawId: 'd1',
    regionCode: '230300',
    unitId: bureau,
    itemCode: 'SP-01',
    itemName: '餐饮服务食品安全检查',
    resultType: resultTypes.toWire('UNREACHABLE'),
    objectId: idOf(serial),
    objectCode: creditCode(serial),
    objectName: `示例企业${serial}`,
    objectKind: objectKinds.toWire('ENTERPRISE'),
    recordedAt: '2026-03-02T01:00:00.000Z',
    opensFollowUp: false,
    inspectorIds: [],
    checkedAt: undefined,
  })

describe('the credit module', () => {
  it('CRD-19 collects before there is a scale, and grades only once the jurisdiction has laid one down', async () => {
    const rows = [
      `QS-1,${creditCode(1)},欠税公告,欠缴增值税,2026-03-01,税务局,`,
      `QS-2,${creditCode(99)},欠税公告,欠缴增值税,2026-03-01,税务局,`,
      `QS-3,${creditCode(5)},欠税公告,欠缴增值税,2026-03-01,税务局,`,
      `QS-4,${creditCode(2)},欠税公告,欠缴增值税,2026-03-01,,`,
    ]
    const counts = { received: 4, created: 1, matched: 1, unmatched: 1, rejected: 2 }
    const first = await collect(...rows)
    expect(first.body).toMatchObject(counts)
    const report = await registry.text(first.body.reportUrl, ['REGISTRY_CLERK'])
    expect(report).toContain('object-unknown')
    expect(report).toContain('not-a-market-subject')
    expect((await collect(...rows)).body).toMatchObject({ ...counts, created: 0, unchanged: 1 })
    expect(await recordOf(1)).toMatchObject({ general: null, standing: null, entries: [{ number: 'QS-1' }] })
    const api = await clerk()
    expect(await api.post('/v1/credit-records/grade')).toMatchObject({ status: 409, body: unset('credit.grading') })
    const scheme = (...lowToHigh: readonly string[]) => local({ lowToHigh })
    expect(await bind({ 'credit.grading': local(grading), gradeScheme: scheme('A', 'B') }, '2026-03-02')).toMatchObject({ status: 200 })
    expect(await api.post('/v1/credit-records/grade')).toMatchObject({ status: 409, body: { code: 'credit-grades-differ' } })
    expect(await bind({ 'credit.grading': local(grading), gradeScheme: scheme('A', 'B', 'C') }, '2026-03-03')).toMatchObject({
      status: 200,
    })
    clock.advance(dayMs)
  })

  it('CRD-19 grades every market subject by the rules of policy, and again only what has changed', async () => {
    const grade = async () => (await (await clerk()).post('/v1/credit-records/grade')).body
    expect(await grade()).toMatchObject({ marketSubjects: 4, changed: 4, warned: 0, byGrade: { A: 3, B: 1 } })
    expect(await grade()).toMatchObject({ marketSubjects: 4, changed: 0, warned: 0, byGrade: { A: 3, B: 1 } })
    expect(await recordOf(1)).toMatchObject({ general: { grade: 'B' }, standing: { score: 80, grade: 'B' } })
    const told = () => registry.events.filter(({ type }) => type === 'cn.dualrandom.registry.credit-result.recorded.v1')
    await eventually(() => expect(told()).toHaveLength(4))
  })

  it('CRD-19 takes a check result into the one record of its subject, grades it at once and warns, once', async () => {
    await collect(`QS-9,${creditCode(2)},欠税公告,欠缴增值税,2026-03-01,税务局,`)
    await checked('r1', 2)
    await eventually(async () => expect((await recordOf(2)).warnings).toHaveLength(2))
    await checked('r1', 2)
    await checked('r2', 5)
    await checked('r3', 3)
    await eventually(async () => expect((await recordOf(3)).entries).toHaveLength(1))
    const record = await recordOf(2)
    expect(record).toMatchObject({ general: { grade: 'C' }, standing: { score: 20 } })
    expect(record.entries.map(({ source, number }) => `${source} ${number}`).sort()).toEqual([
      'MARKET_REGULATION_SUPERVISION r1',
      'OTHER_DEPARTMENTS_CREDIT QS-9',
    ])
    expect(record.warnings.map(({ status, content }) => `${status} ${content.source} ${content.matter}`).sort()).toEqual([
      'OPEN CREDIT_MODULE 信用等级降为 C',
      'OPEN CREDIT_MODULE 无法联系：餐饮服务食品安全检查',
    ])
    expect((await recordOf(5)).entries).toEqual([])
    const listed = await (await clerk()).get<{ items: readonly { readonly matter: string }[] }>('/v1/warnings?source=CREDIT_MODULE')
    expect(listed.body.items).toHaveLength(4)
  })

  it('CRD-19 drives differentiated supervision: a draw is stratified by the grades of the module', async () => {
    clock.advance(3_600_000)
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    const { snapshotJson } = await client.unary(
      'freezeRoster',
      {
        drawId: 'c1'.repeat(32),
        regionCode: '230300',
        planId: 'plan-230300-2026-JOINT-230300-scj',
        lineId: 'L01',
        batch: 1,
        attempt: 1,
        asOf: new Date(Date.parse(clock.now()) - 60_000).toISOString(),
        itemCodes: ['SP-01'],
        byGrade: true,
        earlierDraws: [],
        matchingUnitIds: [bureau],
        checkUntil: '2026-03-31',
      },
      context(),
    )
    const { snapshot } = JSON.parse(snapshotJson) as { snapshot: Snapshot }
    expect(snapshot.strata.map(({ stratum, mapped }) => `${stratum} ${mapped}`)).toEqual(['A 1', 'B 1', 'C 2'])
  })

  it('CRD-19 lets go of what has lapsed or was repaired, day by day and without anyone asking', async () => {
    await collect(`QS-9,${creditCode(2)},欠税公告,欠缴增值税,2026-03-01,税务局,2026-03-10`)
    clock.advance(27 * dayMs)
    await registry.service.runSweep('reports')
    expect(await recordOf(1)).toMatchObject({ general: { grade: 'B' } })
    clock.advance(2 * dayMs)
    await registry.service.runSweep('reports')
    expect(await recordOf(1)).toMatchObject({ general: { grade: 'A' }, standing: { score: 100 } })
    expect(await recordOf(2)).toMatchObject({ standing: { score: 40 }, entries: [{ validTo: '2026-03-10' }, { validTo: null }] })
    const runs = await (await clerk()).get<{ items: readonly { readonly figures: object }[] }>('/v1/reports?kind=CREDIT_GRADING')
    expect(runs.body.items[0]?.figures).toMatchObject({ marketSubjects: 4, changed: 1, gradeA: 2, gradeC: 2 })
  })

  it('CRD-19 is off under the other presets', async () => {
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: '310000-scj' })
    expect(await admin.post('/v1/policy-bindings', { regionCode: '310000', preset: 'shanghai-2019', from: '2026-01-01' })).toMatchObject({
      status: 200,
    })
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '310000-scj' })
    const file = `${header}\nQS-1,${creditCode(1)},欠税公告,欠缴增值税,2026-03-01,税务局,\n`
    for (const answer of [await other.upload('/v1/credit-data/import', file, 'text/csv'), await other.post('/v1/credit-records/grade')]) {
      expect(answer).toMatchObject({ status: 409, body: unset('credit.module') })
    }
  })
})
