import type { Snapshot } from '@dual-random/draw'
import { movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-05-01T02:00:00.000Z')
let registry: Harness

const clerk = () => registry.as(['REGISTRY_CLERK'])
const credit = () => registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })

beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'local/four-coal-cities', from: '2024-01-01' })
  const rows = [objectRow(1), objectRow(2), objectRow(3), objectRow(4, { industry: 'C2319' })]
  await (await clerk()).upload('/v1/objects/import', objectsCsv(rows), 'text/csv')
})
afterAll(() => registry?.dispose())

const content = {
  applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['62'], tags: [] },
  weights: { grade: 60, industry: 20, region: 0, riskInformation: 20 },
  gradeScores: ['A', 'B', 'C', 'D'].map((grade, index) => ({ grade, score: index * 30 })),
  industryScores: [{ prefix: '6210', score: 50 }],
  regionScores: [],
  scorePerRiskInformation: 100,
  riskInformationDays: 365,
  classes: [
    { grade: 'L', from: 0, focus: '信用承诺', checksPerYear: 1, level: 'COUNTY' },
    { grade: 'H', from: 40, focus: '全项检查', checksPerYear: 4, level: 'CITY' },
  ],
}
const definition = (changes: object = {}) => ({ field: '食品', effectiveFrom: '2026-01-01', content: { ...content, ...changes } })

interface Result {
  readonly source: string
  readonly field: string
  readonly grade: string
  readonly asOf: string
  readonly recordedAt: string
}

const resultsOf = async (serial: number): Promise<readonly Result[]> => {
  const api = await clerk()
  const { body } = await api.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(serial)}`)
  return (await api.get<{ results: Result[] }>(`/v1/objects/${body.items[0]?.objectId}/credit-results`)).body.results
}
const push = async (...rows: readonly object[]) =>
  (await credit()).upload<ImportAnswer>(
    '/v1/credit-results/import',
    rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    'application/x-ndjson',
  )

describe('results of the classification systems', () => {
  it('CRD-01 counts received, matched, unmatched and rejected rows of a full push', async () => {
    const rows = [1, 2, 99].map((serial) => ({ objectCode: creditCode(serial), grade: serial === 1 ? 'A' : 'D', asOf: '2026-04-01' }))
    const answer = await push(...rows, { objectCode: creditCode(3), grade: 'X', asOf: '2026-04-01' })
    expect(answer.body).toMatchObject({ received: 4, matched: 2, unmatched: 1, rejected: 1 })
    expect((await push(...rows)).body).toMatchObject({ received: 3, matched: 2, unchanged: 2, unmatched: 1, rejected: 0 })
  })

  it('CRD-02 takes a professional result as it comes, one row, and keeps both with their history', async () => {
    const one = { objectCode: creditCode(1), grade: 'C', source: 'PROFESSIONAL_RESULT', field: '价格', asOf: '2026-04-20T08:00:00.000Z' }
    expect((await push(one)).body).toMatchObject({ received: 1, matched: 1 })
    clock.advance(3_600_000)
    expect((await push({ objectCode: creditCode(1), grade: 'B', asOf: '2026-04-30' })).body).toMatchObject({ changed: 1 })
    expect((await resultsOf(1)).map(({ source, grade, asOf, recordedAt }) => [source, grade, asOf.slice(0, 10), recordedAt])).toEqual([
      ['GENERAL_RESULT', 'A', '2026-03-31', '2026-05-01T02:00:00.000Z'],
      ['PROFESSIONAL_RESULT', 'C', '2026-04-20', '2026-05-01T02:00:00.000Z'],
      ['GENERAL_RESULT', 'B', '2026-04-29', '2026-05-01T03:00:00.000Z'],
    ])
  })
})

describe('the credit record of an object', () => {
  it('CRD-02 CRD-21 shows the general and the professional results side by side, as of any instant', async () => {
    const api = await clerk()
    const { body } = await api.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(1)}`)
    const path = `/v1/objects/${body.items[0]?.objectId}/credit-record`
    expect((await api.get(path)).body).toMatchObject({
      general: { grade: 'B' },
      professional: [{ field: '价格', grade: 'C' }],
      warnings: [],
      checkResults: [],
    })
    expect((await api.get(`${path}?at=2026-05-01T02:30:00.000Z`)).body).toMatchObject({ general: { grade: 'A' } })
    expect((await api.get(`${path}?at=2026-05-01T01:00:00.000Z`)).body).toMatchObject({ general: null, professional: [] })
    const stranger = await registry.as(['REGISTRY_CLERK'], { unitId: '230500-scj' })
    expect((await stranger.get(path)).status).toBe(403)
  })
})

describe('the indicator system of a field', () => {
  let modelId = ''

  it('CRD-13 is laid down in versions, and refused where it does not weigh the grade first', async () => {
    const api = await clerk()
    const weights = { grade: 40, industry: 40, region: 0, riskInformation: 20 }
    expect(await api.post('/v1/professional-models', definition({ weights }))).toMatchObject({
      status: 400,
      body: { code: 'model-grade-not-first' },
    })
    expect((await api.post('/v1/professional-models', definition({ industryScores: [{ prefix: '0000', score: 1 }] }))).status).toBe(400)
    // No file could give the field back as it is.
    expect((await api.post('/v1/professional-models', { ...definition(), field: '=食品' })).status).toBe(400)
    const first = await api.post<{ modelId: string }>('/v1/professional-models', definition())
    expect(first).toMatchObject({
      status: 200,
      body: { field: '食品', modelVersion: 1, content: { industryScores: [{ prefix: 'H6210' }] } },
    })
    modelId = first.body.modelId
    expect((await api.post('/v1/professional-models', definition())).body).toMatchObject({ modelVersion: 1 })
    const stale = { headers: { 'if-match': '"77"' } }
    expect((await api.post('/v1/professional-models', definition({ scorePerRiskInformation: 50 }), stale)).status).toBe(412)
    const planner = await registry.as(['PLANNER'])
    expect((await planner.post('/v1/professional-models', definition())).status).toBe(403)
    expect((await planner.get(`/v1/professional-models/${modelId}`)).status).toBe(200)
  })

  const classify = async () => (await clerk()).post(`/v1/professional-models/${modelId}/classify`)

  it('CRD-13 CRD-16 classifies on the general result, beside it, and counts those that have none', async () => {
    expect((await classify()).body).toMatchObject({
      modelVersion: 1,
      judged: 3,
      withoutGeneralResult: 1,
      changed: 2,
      byClass: { L: 1, H: 1 },
    })
    const results = await resultsOf(2)
    expect(results.map(({ source, field, grade }) => `${source} ${field} ${grade}`)).toEqual([
      'GENERAL_RESULT  D',
      'PROFESSIONAL_RESULT 食品 H',
    ])
    expect((await classify()).body).toMatchObject({ changed: 0, byClass: { L: 1, H: 1 } })
    expect(await resultsOf(2)).toEqual(results)
    const stranger = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect((await stranger.post(`/v1/professional-models/${modelId}/classify`)).status).toBe(403)
  })

  it('CRD-20 risk information of the field, collected and judged, raises the class until it is closed with a reason', async () => {
    const row = ['FX-1', creditCode(1), '抽检不合格', '2026-04-30', '风险信息', '食品'].join(',')
    const file = `预警编号,统一社会信用代码,风险信息,预警时间,来源,领域\n${row}\n`
    expect((await (await credit()).upload('/v1/warnings/import', file, 'text/csv')).body).toMatchObject({ created: 1 })
    clock.advance(1000)
    expect((await classify()).body).toMatchObject({ changed: 1, byClass: { L: 0, H: 2 } })
    const api = await clerk()
    const { body } = await api.get<{ items: { warningId: string }[] }>('/v1/warnings?field=食品')
    await api.post(`/v1/warnings/${body.items[0]?.warningId}/close`, { reason: '复检合格' })
    clock.advance(1000)
    expect((await classify()).body).toMatchObject({ changed: 1, byClass: { L: 1, H: 1 } })
    const own = (await resultsOf(1)).filter(({ field }) => field === '食品')
    expect(own.map(({ grade }) => grade)).toEqual(['L', 'H', 'L'])
  })
})

describe('strata of a draw', () => {
  let draws = 0
  const freeze = async (...itemCodes: readonly string[]) => {
    clock.advance(60_000)
    const asOf = clock.now()
    clock.advance(60_000)
    const drawId = `${++draws}f`.repeat(32)
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    const request = { drawId, regionCode: '230300', itemCodes: [...itemCodes], asOf, byGrade: true, checkUntil: '2026-06-30' }
    const rest = { planId: 'p1', lineId: 'L01', batch: 1, attempt: 1, earlierDraws: [], matchingUnitIds: [bureau] }
    const { snapshotJson } = await client.unary('freezeRoster', { ...request, ...rest }, context())
    const { mapped } = await client.unary('countPool', { regionCode: '230300', itemCodes: [...itemCodes], asOf }, context())
    const sets = [
      { itemCodes: [...itemCodes], scoped: [] },
      { itemCodes: [], scoped: [] },
    ]
    const together = await client.unary('countPools', { regionCode: '230300', sets, asOf }, context())
    expect(together.pools).toEqual([{ mapped }, { mapped: [] }])
    const { snapshot } = JSON.parse(snapshotJson) as { snapshot: Snapshot }
    const strata = snapshot.strata.map((each) => `${each.stratum} ${each.mapped}`)
    expect(mapped.map(({ grade, count }) => `${grade === '' ? 'UNGRADED' : grade} ${count}`).sort()).toEqual(strata)
    return { drawId, strata, asOf }
  }
  const gradesOf = (drawId: string) => gradesIn(`/v1/draws/${drawId}/files/objects`)
  const gradesKept = async (asOf: string, itemSets: readonly (readonly string[])[]) => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const sets = itemSets.map((itemCodes) => ({ itemCodes: [...itemCodes], scoped: [] }))
    const { kept } = await client.unary('keepCandidates', { planId: 'p1', regionCode: '230300', sets, asOf }, context())
    return Promise.all(kept.map(({ candidatesId }) => gradesIn(`/v1/plan-candidates/${candidatesId}`)))
  }
  const gradesIn = async (path: string) => {
    const text = await registry.text(path, ['AUDITOR'])
    const lines = text.trim().split('\n')
    return lines.map((line) => (JSON.parse(line) as { grade: { value: string; source: string } | null }).grade)
  }
  const bind = async (from: string, professionalStrata: object) => {
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
    const documents = [{ id: 'own', title: '本地取值说明', issuer: '测试机关', kind: 'local' }]
    const source = { document: 'own', clause: '一' }
    const values = { 'draw.professionalStrata': { value: professionalStrata, source, strength: 'may', basis: 'local', note: '本地取值' } }
    return admin.post('/v1/policy-bindings', { regionCode: '230300', from, documents, values })
  }
  const food = { field: '食品', specialities: ['食品'] }

  it('CRD-13 CRD-21 are of the general grade where policy names no field', async () => {
    const list = '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
    expect(await (await clerk()).upload(list, itemsCsv, 'text/csv')).toMatchObject({ status: 200, body: { created: 2 } })
    const { drawId, strata } = await freeze('SP-01')
    expect(strata).toEqual(['B 1', 'D 1', 'UNGRADED 1'])
    expect((await gradesOf(drawId)).filter((grade) => grade?.source === 'GENERAL_RESULT')).toHaveLength(2)
  })

  it('CRD-20 CRD-21 are of the classes of the field where policy names the one that the items are of', async () => {
    const classes = [
      { class: 'L', as: 'A' },
      { class: 'H', as: 'D' },
    ]
    expect(await bind('2026-05-02', [{ ...food, classes }])).toMatchObject({ status: 200 })
    clock.advance(86_400_000)
    const { drawId, strata, asOf } = await freeze('SP-01')
    expect(strata).toEqual(['A 1', 'D 1', 'UNGRADED 1'])
    // Strata of both kinds are kept in one pass.
    const [ofField = [], ofBoth = []] = await gradesKept(asOf, [['SP-01'], ['SP-01', 'TZ-01']])
    expect(ofBoth.filter((grade) => grade?.source === 'GENERAL_RESULT')).toHaveLength(2)
    for (const grades of [await gradesOf(drawId), ofField]) {
      expect(grades.map((grade) => grade && `${grade.source} ${grade.value}`).sort()).toEqual([
        'PROFESSIONAL_RESULT H',
        'PROFESSIONAL_RESULT L',
        null,
      ])
    }
  })

  it('CRD-13 are of the general grade again where the items of a draw are of several fields', async () => {
    const { strata } = await freeze('SP-01', 'TZ-01')
    expect(strata).toEqual(['B 1', 'D 1', 'UNGRADED 2'])
  })

  it('CRD-20 refuses a class that is no grade and counts as none', async () => {
    expect(await bind('2026-05-03', [food])).toMatchObject({ status: 200 })
    clock.advance(86_400_000)
    await expect(freeze('SP-01')).rejects.toMatchObject({ kind: 'failed-precondition', code: 'unknown-grade' })
  })
})
