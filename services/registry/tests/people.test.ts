import { readFileSync } from 'node:fs'
import { eventually, movableClock, stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, inspectorsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

interface ShownInspector {
  readonly inspectorId: string
  readonly certificateNumber: string
  readonly unitId: string
  readonly personnelNature: string | null
  readonly qualificationKind: string | null
  readonly recusalScope: string
  readonly status: string
  readonly leavesOn: string | null
  readonly source: string | null
  readonly quality: string
}

interface Items<T> {
  readonly items: readonly T[]
  readonly next?: string
}

const now = '2026-03-02T01:00:00.000Z'
const [header = ''] = inspectorsCsv.split('\n')

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry({ clock: movableClock(now).now })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  const counties = ['230302-scj,鸡冠区市场监督管理局,局,230302,,市场监管', '230000-scj,黑龙江省市场监督管理局,局,230000,,市场监管', '']
  await operator.upload('/v1/units/import', `${unitsCsv}${counties.join('\n')}`, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01' })
})
afterAll(() => registry.dispose())

const clerk = (unitId?: string) => registry.as(['REGISTRY_CLERK'], unitId === undefined ? {} : { unitId })

async function load(path: string, file: string, unitId?: string) {
  return (await clerk(unitId)).upload<ImportAnswer & Readonly<Record<string, unknown>>>(path, file, 'text/csv')
}

async function reportOf({ body }: { readonly body: ImportAnswer }, unitId?: string) {
  return (await (await clerk(unitId)).get<string>(body.reportUrl)).body
}

async function inspectorsOf(unitId: string) {
  return (await (await clerk(unitId)).get<Items<ShownInspector>>(`/v1/inspectors?unitId=${unitId}`)).body.items
}

describe('inspector pools', () => {
  it('REG-36 each level and each department keeps a pool of its own, and a superior of its line reads those below', async () => {
    expect((await load('/v1/inspectors/import', inspectorsCsv)).body).toMatchObject({ created: 5 })
    const county = `${header}\nJG001,周一,zhou1,230302-scj,食品,2029-12-31,无,,在岗,\n`
    expect((await load('/v1/inspectors/import', county, '230302-scj')).body).toMatchObject({ created: 1 })
    const fire = `${header}\nXF001,吴一,wu1,230300-xfj,消防,2029-12-31,无,,在岗,\n`
    expect((await load('/v1/inspectors/import', fire, '230300-xfj')).body).toMatchObject({ created: 1 })

    const city = (await (await clerk()).get<Items<ShownInspector>>('/v1/inspectors')).body.items
    expect(new Set(city.map(({ unitId }) => unitId))).toEqual(new Set(['230300-scj', '230302-scj']))
    expect((await (await clerk('230302-scj')).get('/v1/inspectors?unitId=230300-scj')).status).toBe(403)
    expect((await (await clerk()).get('/v1/inspectors?unitId=230300-xfj')).status).toBe(403)
    const pools = (await (await clerk()).get<{ pools: { pool: string; unitId: string; counts: object }[] }>('/v1/pools')).body.pools
    const sizes = pools
      .filter(({ pool }) => pool === 'INSPECTORS')
      .map(({ unitId, counts }) => [unitId, (counts as { total: number }).total])
    expect(Object.fromEntries(sizes)).toEqual({ '230300-scj': 5, '230302-scj': 1, '230300-xfj': 1 })

    const taken = await load('/v1/inspectors/import', county.replace('230302-scj', '230300-scj'))
    expect(taken.body).toMatchObject({ rejected: 1 })
    expect(await reportOf(taken)).toContain('owned-by-other-unit')
  })

  it('REG-35 PLN-18 counts who is in post by office and station, and tells no name', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const { staff } = await client.unary('countInspectors', { regionCode: '230300', on: '2026-03-02' }, context())
    // Of the five of the bureau one has retired.
    expect(staff).toEqual([
      { unitId: '230300-scj', homeUnitId: '230300-scj-jg', inPost: 2, qualified: 2 },
      { unitId: '230300-scj', homeUnitId: '230300-scj-s1', inPost: 2, qualified: 2 },
      { unitId: '230300-xfj', homeUnitId: '230300-xfj', inPost: 1, qualified: 1 },
      { unitId: '230302-scj', homeUnitId: '230302-scj', inPost: 1, qualified: 1 },
    ])
    expect(Object.keys(staff[0] ?? {}).sort()).toEqual(['homeUnitId', 'inPost', 'qualified', 'unitId'])
    const county = await client.unary('countInspectors', { regionCode: '230302', on: '2030-01-01' }, context())
    expect(county.staff).toEqual([{ unitId: '230302-scj', homeUnitId: '230302-scj', inPost: 1, qualified: 0 }])
  })

  it('REG-31 admits who is certified or named by the preset, refuses others, and takes a change of whoever is in already', async () => {
    const daily = '其他从事日常监管工作的人员'
    const rows = [
      'RM001,冯一,feng1,230300-scj-jg,食品,2026-03-02,无,,在岗,',
      'RM002,冯二,feng2,230300-scj-jg,食品,2026-03-01,无,,在岗,',
      `RM003,冯三,feng3,230300-scj-jg,食品,,无,${daily},在岗,`,
      'RM004,冯四,feng4,230300-scj-jg,食品,,无,借调,在岗,',
    ]
    const answer = await load('/v1/inspectors/import', `${header}\n${rows.join('\n')}\n`)
    expect(answer.body).toMatchObject({ received: 4, created: 2, rejected: 2 })
    const report = await reportOf(answer)
    expect(report).toMatch(/^3,人员性质,,outside-pool-scope/m)
    expect(report).toMatch(/^5,人员性质,借调,outside-pool-scope/m)
    const withdrawn = await load('/v1/inspectors/import', `${header}\nRM001,冯一,feng1,230300-scj-jg,食品,,无,,在岗,\n`)
    expect(withdrawn.body).toMatchObject({ changed: 1, rejected: 0 })
  })

  it('REG-34 takes the classes of the configured list only, and asks for one of them', async () => {
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
    const bound = await admin.post('/v1/policy-bindings', { regionCode: '230302', preset: 'local/four-coal-cities', from: '2026-01-01' })
    expect(bound.status).toBe(200)
    const row = (id: string, nature: string) => `${id},郑${id},${id},230302-scj,食品,2029-12-31,无,${nature},在岗,`
    const file = `${header}\n${[row('XZ1', '行政执法类公务员'), row('XZ2', 'QUALIFIED_STAFF'), row('XZ3', '合同工'), row('XZ4', '')].join('\n')}\n`
    const answer = await load('/v1/inspectors/import', file, '230302-scj')
    expect(answer.body).toMatchObject({ received: 4, created: 2, rejected: 2 })
    const report = await reportOf(answer, '230302-scj')
    expect(report).toMatch(/^4,人员性质,合同工,unknown-word/m)
    expect(report).toMatch(/^5,人员性质,,nature-missing/m)
    const natures = (await inspectorsOf('230302-scj')).map(({ personnelNature }) => personnelNature)
    expect(natures).toEqual(expect.arrayContaining(['ENFORCEMENT_CIVIL_SERVANT', 'QUALIFIED_STAFF']))
  })

  it('REG-33 SEC-04 labels the certificate and takes scopes of units, objects and persons, sealed in the store', async () => {
    const wide = header.replace('执法资质有效期至', '执法证类型,执法资质有效期起,执法资质有效期至')
    const row =
      'HB001,陈一,chen1,230300-scj-jg,食品；计量,行政执法证,2024-01-01,2029-12-31,单位:某食品公司=曾任职；人员:李某=配偶；某饭店,,在岗,'
    expect((await load('/v1/inspectors/import', `${wide}\n${row}\n`)).body).toMatchObject({ created: 1 })
    const shown = (await inspectorsOf('230300-scj')).find(({ certificateNumber }) => certificateNumber === 'HB001')
    expect(shown).toMatchObject({
      specialities: ['计量', '食品'].sort(),
      qualificationKind: '行政执法证',
      qualificationValidFrom: '2024-01-01',
      qualificationValidTo: '2029-12-31',
      recusalScope: 'MASKED',
    })
    const scope = await (await clerk()).get(`/v1/inspectors/${shown?.inspectorId}/recusal-scope`)
    expect(scope.body).toEqual({
      entries: expect.arrayContaining([
        { kind: 'UNIT', target: '某食品公司', ground: '曾任职' },
        { kind: 'PERSON', target: '李某', ground: '配偶' },
        { kind: 'OBJECT', target: '某饭店', ground: '回避范围' },
      ]),
    })
    const one = await (await clerk()).get(`/v1/inspectors/${shown?.inspectorId}`)
    expect(JSON.stringify(one.body)).not.toContain('李某')
    const direct = new MongoClient(stackAddress().mongodbUri)
    const stored = await direct.db(registry.scope.database).collection('inspectors').find().toArray()
    await direct.close()
    expect(JSON.stringify(stored)).not.toContain('李某')
    expect(JSON.stringify(stored)).not.toContain('某食品公司')
  })

  it('DQ-10 inspectors carry origin and quality: the personnel system that policy names verifies them, the owner settles a dispute', async () => {
    const api = await clerk()
    const row = `${header}\nLY001,秦一,qin1,230300-scj-jg,食品,2029-12-31,无,,在岗,\n`
    const from = async (source: string) => load(`/v1/inspectors/import${source}`, row)
    const shown = async () => (await inspectorsOf('230300-scj')).find(({ certificateNumber }) => certificateNumber === 'LY001')
    expect((await from('?source=SELF_BUILT')).body).toMatchObject({ created: 1 })
    expect(await shown()).toMatchObject({ source: 'SELF_BUILT', quality: 'UNVERIFIED' })
    expect((await from('?source=ENFORCEMENT_SUPERVISION_PLATFORM&sourceAsOf=2026-03-01')).body).toMatchObject({ changed: 1 })
    expect(await shown()).toMatchObject({ source: 'ENFORCEMENT_SUPERVISION_PLATFORM', quality: 'VERIFIED' })
    expect((await from('')).body).toMatchObject({ unchanged: 1 })

    const path = `/v1/inspectors/${(await shown())?.inspectorId}`
    const dispute = { status: 'DISPUTED', reason: '证号与人员不符' }
    expect((await (await clerk('230300-xfj')).post(`${path}/quality`, dispute)).status).toBe(403)
    expect(await api.post(`${path}/quality`, dispute)).toMatchObject({ status: 200, body: { quality: 'DISPUTED' } })
    await api.post(`${path}/status`, { status: 'SUSPENDED', effectiveOn: '2026-03-02' })
    expect(await shown()).toMatchObject({ status: 'SUSPENDED', source: 'ENFORCEMENT_SUPERVISION_PLATFORM', quality: 'DISPUTED' })
  })

  it('REG-35 a transferred inspector is taken over by the new unit, once the old one has said so, with the history of both', async () => {
    const [market, fire] = ['230300-scj', '230300-xfj']
    const row = (homeUnitId: string, status: string, leavesOn = '') =>
      `${header}\nDZ001,沈一,shen1,${homeUnitId},消防,2029-12-31,无,,${status},${leavesOn}\n`
    expect((await load('/v1/inspectors/import', row(market, '在岗'))).body).toMatchObject({ created: 1 })
    const taken = async () => load('/v1/inspectors/import', row(fire, '在岗'), fire)

    const early = await taken()
    expect(early.body).toMatchObject({ rejected: 1 })
    expect(await reportOf(early, fire)).toContain('owned-by-other-unit')
    const leaves = async (date: string) => load('/v1/inspectors/import', row(market, '调转', date))
    expect((await leaves('2026-03-03')).body).toMatchObject({ changed: 1 })
    expect(await reportOf(await taken(), fire)).toContain('transfer-not-effective')
    expect((await leaves('2026-03-02')).body).toMatchObject({ changed: 1 })
    expect((await taken()).body).toMatchObject({ changed: 1, rejected: 0 })
    expect((await taken()).body).toMatchObject({ unchanged: 1 })
    expect(await reportOf(await leaves('2026-03-02'))).toContain('owned-by-other-unit')

    const numbers = async (unitId: string) => (await inspectorsOf(unitId)).map(({ certificateNumber }) => certificateNumber)
    expect(await numbers(market)).not.toContain('DZ001')
    expect(await numbers(fire)).toContain('DZ001')
    const inspectorId = (await inspectorsOf(fire)).find(({ certificateNumber }) => certificateNumber === 'DZ001')?.inspectorId
    const one = await (await clerk(fire)).get<{ posts: { unitId: string; status: string }[] }>(`/v1/inspectors/${inspectorId}`)
    expect(one.body.posts.map(({ unitId, status }) => `${unitId} ${status}`)).toEqual([
      `${market} ACTIVE`,
      `${market} TRANSFERRED`,
      `${market} TRANSFERRED`,
      `${fire} ACTIVE`,
    ])
    await eventually(() => {
      const told = registry.events.filter(({ aggregateId }) => aggregateId === inspectorId).map(({ payload }) => payload)
      expect(told).toMatchObject([
        { unitId: market, unavailableFrom: '2030-01-01', unavailableReason: 'UNQUALIFIED' },
        { unitId: market, status: 'TRANSFERRED', unavailableFrom: '2026-03-03', unavailableReason: 'TRANSFERRED' },
        { unitId: market, status: 'TRANSFERRED', unavailableFrom: '2026-03-02' },
        { unitId: fire, status: 'ACTIVE', unavailableFrom: '2030-01-01' },
      ])
      expect(JSON.stringify(told)).not.toMatch(/沈一|shen1|DZ001/)
    })
  })

  it('REG-35 records a change of post with its date, refuses a stale version and another unit, and keeps the history', async () => {
    const api = await clerk()
    const found = (await inspectorsOf('230300-scj')).find(({ certificateNumber }) => certificateNumber === 'SL001')
    const path = `/v1/inspectors/${found?.inspectorId}`
    const read = await api.get(path)
    const etag = read.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"\d+"$/)
    const retire = { status: 'RETIRED', effectiveOn: '2026-05-01' }
    expect((await (await clerk('230300-xfj')).post(`${path}/status`, retire)).status).toBe(403)
    const saved = await api.post<ShownInspector>(`${path}/status`, retire, { headers: { 'if-match': etag } })
    expect(saved).toMatchObject({ status: 200, body: { status: 'RETIRED', leavesOn: '2026-05-01' } })
    const stale = { status: 'ACTIVE', effectiveOn: '2026-04-01' }
    expect((await api.post(`${path}/status`, stale, { headers: { 'if-match': etag } })).status).toBe(412)
    const back = await api.post(
      `${path}/status`,
      { status: 'ACTIVE', effectiveOn: '2026-06-01' },
      { headers: { 'if-match': saved.headers.get('etag') ?? '' } },
    )
    expect(back.body).toMatchObject({ status: 'ACTIVE', entersOn: '2026-06-01', leavesOn: null })
    const history = await api.get<{ posts: { status: string }[] }>(path)
    expect(history.body.posts.map(({ status }) => status)).toEqual(['ACTIVE', 'RETIRED', 'ACTIVE'])
    expect((await api.get(`/v1/inspectors/${'0'.repeat(32)}`)).status).toBe(404)
    const auditor = await registry.as(['AUDITOR'])
    expect((await auditor.post(`${path}/status`, retire)).status).toBe(403)
    await eventually(() => {
      const statuses = registry.events
        .filter(({ type, aggregateId }) => type.endsWith('inspector.changed.v1') && aggregateId === found?.inspectorId)
        .map(({ payload }) => (payload as { status: string }).status)
      expect(statuses).toEqual(['RETIRED', 'ACTIVE'])
    })
  })
})

describe('completeness', () => {
  const source = [
    '执法证号,姓名,单位编码,有效期至,状态',
    'SL002,李二,230300-scj,2029-12-31,在岗',
    'SL004,赵四,230300-scj,2029-12-31,在岗',
    'QS001,何一,,2026-03-02,在岗',
    'QS002,何二,230300-scj,2026-03-01,在岗',
    'QS003,何三,,2029-12-31,退休',
    'XF001,吴一,230300-xfj,2029-12-31,在岗',
    'QS004,何四,,错,在岗',
    '',
  ].join('\n')
  const path = (name: string, asOf = '2026-03-01') => `/v1/inspectors/completeness?source=${encodeURIComponent(name)}&sourceAsOf=${asOf}`

  it('REG-32 finds who is missing from the pool, says of each row what became of it, and changes nothing', async () => {
    const before = await inspectorsOf('230300-scj')
    const answer = await load(path('执法监督平台'), source)
    expect(answer.body).toMatchObject({
      received: 7,
      certifiedInSource: 3,
      inPool: 1,
      missing: 2,
      notCounted: 2,
      ofOtherUnits: 1,
      rejected: 1,
      share: '33.333333%',
    })
    const report = await reportOf(answer)
    expect(report).toMatch(/^3,执法证号,SL004,missing-from-pool/m)
    expect(report).toMatch(/^4,执法证号,QS001,missing-from-pool/m)
    expect(report).toMatch(/^5,执法证号,QS002,not-counted/m)
    expect(report).toMatch(/^6,执法证号,QS003,not-counted/m)
    expect(report).toMatch(/^7,执法证号,XF001,of-other-unit/m)
    expect(report).toMatch(/^8,有效期至,错,not-a-date/m)
    expect(report).toMatch(/^0,执法证号,SL003,absent-from-source/m)
    expect(await inspectorsOf('230300-scj')).toEqual(before)
  })

  it('DQ-02 keeps every run as a trend, newest first, for those who may read the unit', async () => {
    await load(path('执法监督平台', '2026-03-02'), source.replace('QS001,何一,,2026-03-02,在岗\n', ''))
    const api = await clerk()
    const { items } = (
      await api.get<Items<{ inPool: number; certifiedInSource: number; unitId: string; source: string }>>('/v1/inspectors/completeness')
    ).body
    expect(items.map(({ inPool, certifiedInSource }) => `${inPool}/${certifiedInSource}`).sort()).toEqual(['1/2', '1/3'])
    const first = await api.get<Items<{ id: string }>>('/v1/inspectors/completeness?limit=1')
    const second = await api.get<Items<{ id: string }>>(`/v1/inspectors/completeness?limit=1&after=${first.body.next ?? ''}`)
    expect(second.body.next).toBeUndefined()
    expect(new Set([...first.body.items, ...second.body.items].map(({ id }) => id)).size).toBe(2)
    expect((await (await clerk('230300-xfj')).get<Items<object>>('/v1/inspectors/completeness')).body.items).toEqual([])
    expect((await load(path('执法监督平台', '2026-03-03'), source)).status).toBe(400)
    expect((await (await registry.as(['INSPECTOR'])).get('/v1/inspectors/completeness')).status).toBe(403)
  })

  it('SEC-02 keeps the report from other units, and from an auditor of another region', async () => {
    const { reportUrl } = (await load(path('执法监督平台'), source)).body
    expect((await (await clerk('230300-xfj')).get(reportUrl)).status).toBe(403)
    expect((await (await registry.as(['AUDITOR'], { unitId: '230400-sjj' })).get(reportUrl)).status).toBe(403)
    expect((await (await registry.as(['AUDITOR'])).get(reportUrl)).status).toBe(200)
  })
})

describe('training', () => {
  const body = (inspectorIds: readonly string[], audience = 'OWN_LEVEL') => ({
    audience,
    title: '业务培训',
    heldOn: '2026-02-10',
    inspectorIds,
  })

  it('REG-40 records training by level and lists who is still untrained', async () => {
    const api = await clerk()
    const pool = await inspectorsOf('230300-scj')
    const county = await inspectorsOf('230302-scj')
    const idOf = (number: string) => [...pool, ...county].find(({ certificateNumber }) => certificateNumber === number)?.inspectorId ?? ''
    type Coverage = {
      readonly inspectors: number
      readonly trained: number
      readonly untrained: readonly { readonly inspectorId: string }[]
    }
    const coverage = async () => (await api.get<Coverage>('/v1/trainings/coverage?unitId=230300-scj')).body
    const before = await coverage()
    expect(before.trained).toBe(0)

    expect(await api.post('/v1/trainings', body([idOf('SL002'), idOf('SL003')]), { key: 'training-1' })).toMatchObject({
      status: 201,
      body: { attendees: 2 },
    })
    expect(await api.post('/v1/trainings', body([idOf('SL002')], 'TRAINERS'))).toMatchObject({
      status: 403,
      body: { code: 'training-audience-not-own' },
    })
    const wrong = await api.post('/v1/trainings', body([idOf('JG001'), idOf('SL002')]))
    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/inspectorIds/${idOf('JG001')}`, code: 'trainee-of-other-level' }] },
    })
    const unknown = await api.post('/v1/trainings', body(['ab'.repeat(16)]))
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ code: 'trainee-unknown' }] } })

    const province = await clerk('230000-scj')
    expect(await province.post('/v1/trainings', body([idOf('HB001'), idOf('JG001')], 'KEY_STAFF'))).toMatchObject({ status: 201 })
    const after = await coverage()
    expect(after).toMatchObject({ inspectors: before.inspectors, trained: 3 })
    expect(after.untrained.map(({ inspectorId }) => inspectorId)).not.toContain(idOf('SL002'))
    expect((await api.get<Coverage>('/v1/trainings/coverage?unitId=230300-scj&from=2026-02-11')).body.trained).toBe(0)
    expect((await api.get<Coverage>('/v1/trainings/coverage?unitId=230300-scj&to=2026-02-09')).body.trained).toBe(0)
    const listed = (await api.get<Items<{ audience: string }>>('/v1/trainings')).body.items
    expect(listed.map(({ audience }) => audience)).toEqual(['OWN_LEVEL'])
  })
})

describe('experts and institutions', () => {
  const firm = { name: '某会计师事务所', kind: 'ACCOUNTING_FIRM', fields: ['公示信息'], permittedWork: ['AUDIT'] }

  it('REG-37 keeps experts and bodies apart from inspectors, in their fields and a supporting role', async () => {
    const api = await clerk()
    const entered = await api.post<{ id: string }>('/v1/institutions', { name: '某检测中心', kind: 'TESTING_BODY', fields: ['食品'] })
    expect(entered).toMatchObject({ status: 200, body: { permittedWork: ['EXPERT_OPINION', 'TESTING'] } })
    const kinds = ['TESTING_BODY', 'RESEARCH_INSTITUTE', 'INDUSTRY_EXPERT']
    const ofKinds = kinds.map((kind) => api.post('/v1/institutions', { name: `某${kind}`, kind, fields: ['食品'] }))
    expect((await Promise.all(ofKinds)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await api.post('/v1/institutions', { name: '某检测中心', kind: 'TESTING_BODY', fields: [] })).status).toBe(400)
    const audit = { name: '某专家', kind: 'INDUSTRY_EXPERT', fields: ['食品'], permittedWork: ['AUDIT'] }
    expect(await api.post('/v1/institutions', audit)).toMatchObject({ status: 400, body: { code: 'work-not-of-kind' } })
    expect(JSON.stringify((await api.get('/v1/inspectors?limit=500')).body)).not.toMatch(/某检测中心|某INDUSTRY_EXPERT/)
    const engage = (field: string, work: string) =>
      api.post(`/v1/institutions/${entered.body.id}/engagements`, { taskId: 'task-1', field, work })
    expect(await engage('食品', 'TESTING')).toMatchObject({ status: 200, body: { engagements: [{ taskId: 'task-1' }] } })
    expect(await engage('特种设备', 'TESTING')).toMatchObject({ status: 409, body: { code: 'field-not-agreed' } })
    expect(await engage('食品', 'AUDIT')).toMatchObject({ status: 409, body: { code: 'work-not-permitted' } })
  })

  it('SEC-09 opens to an institution the tasks it is engaged with, while it is, and nothing else', async () => {
    const api = await clerk()
    const lab = { name: '某检验所', kind: 'TESTING_BODY', fields: ['食品'], accounts: ['lab-1'] }
    const { id } = (await api.post<{ id: string }>('/v1/institutions', lab)).body
    const other = (await api.post<{ id: string }>('/v1/institutions', { ...lab, name: '另一检验所', accounts: ['lab-2'] })).body.id
    const engage = async (institutionId: string, taskId: string) => {
      const path = `/v1/institutions/${institutionId}/engagements`
      const { body } = await api.post<{ engagements: { id: string; taskId: string }[] }>(path, { taskId, field: '食品', work: 'TESTING' })
      return `${path}/${body.engagements.find((each) => each.taskId === taskId)?.id}/end`
    }
    const end = await engage(id, 'task-7')
    await engage(id, 'task-8')
    await engage(other, 'task-9')
    const own = async (subject: string, unitId = '230300-scj') => {
      const account = await registry.as(['ENGAGED_INSTITUTION'], { subject, unitId })
      return (await account.get<Items<{ taskId: string }>>('/v1/my/engagements')).body.items
    }
    expect(await own('lab-1')).toEqual([
      expect.objectContaining({ institutionId: id, unitId: '230300-scj', taskId: 'task-7', field: '食品', work: 'TESTING', since: now }),
      expect.objectContaining({ taskId: 'task-8' }),
    ])
    expect((await own('lab-2')).map(({ taskId }) => taskId)).toEqual(['task-9'])
    expect(await own('lab-3')).toEqual([])
    expect(await own('lab-1', '230300-xfj')).toEqual([])
    expect(await (await clerk('230300-xfj')).post(end, {})).toMatchObject({ status: 403 })
    expect(await api.post(end, {})).toMatchObject({ status: 200, body: { engagements: [{ ended: { at: now } }, {}] } })
    expect((await own('lab-1')).map(({ taskId }) => taskId)).toEqual(['task-8'])
    expect((await api.post(end.replace(/[^/]+\/end$/, 'unknown/end'), {})).status).toBe(404)
    await api.post('/v1/institutions', { ...lab, isActive: false })
    expect(await own('lab-1')).toEqual([])
    const account = await registry.as(['ENGAGED_INSTITUTION'], { subject: 'lab-2' })
    for (const path of ['/v1/objects', '/v1/inspectors', `/v1/institutions/${other}`, '/v1/units', '/v1/check-items'])
      expect(await account.get(path)).toMatchObject({ status: 403, body: { code: 'role-required' } })
  })

  it('DRW-24 calls somebody in for a task on inspection’s behalf, once under one id, and never as an inspector', async () => {
    const api = await clerk()
    const { id } = (await api.post<{ id: string }>('/v1/institutions', { name: '某鉴定所', kind: 'TESTING_BODY', fields: ['食品'] })).body
    const { client, context } = await registry.grpc(['DISPATCHER'])
    const engagement = { engagementId: 'ex-1', institutionId: id, taskId: 'task-20', field: '食品', work: 'TESTING' }
    for (const _time of [1, 2]) {
      expect(await client.unary('engageInstitution', engagement, context())).toEqual({ kind: 'TESTING_BODY', name: '某鉴定所' })
    }
    const kept = async () =>
      (await api.get<{ engagements: readonly { id: string; ended?: object }[] }>(`/v1/institutions/${id}`)).body.engagements
    expect(await kept()).toMatchObject([{ id: 'ex-1', taskId: 'task-20' }])
    const engage = (changes: object) => client.unary('engageInstitution', { ...engagement, engagementId: 'ex-2', ...changes }, context())
    await expect(engage({ field: '特种设备' })).rejects.toMatchObject({ code: 'field-not-agreed' })
    await expect(engage({ work: 'AUDIT' })).rejects.toMatchObject({ code: 'work-not-permitted' })
    await expect(engage({ work: 'CHECKING' })).rejects.toMatchObject({ kind: 'invalid' })
    const other = await registry.grpc(['DISPATCHER'], '230300-xfj')
    await expect(other.client.unary('engageInstitution', engagement, other.context())).rejects.toMatchObject({
      code: 'owned-by-other-unit',
    })
    await client.unary('endEngagement', { engagementId: 'ex-1', institutionId: id }, context())
    expect((await kept())[0]?.ended).toBeDefined()
    expect(JSON.stringify((await api.get('/v1/inspectors?limit=500')).body)).not.toContain('某鉴定所')
  })

  it('REG-38 registers professional institutions with permitted work and a log of guidance and supervision', async () => {
    const api = await clerk()
    for (const kind of ['TAX_AGENT_FIRM', 'LAW_FIRM', 'OTHER_PROFESSIONAL'])
      expect(await api.post('/v1/institutions', { name: `某${kind}`, kind, fields: ['公示信息'] })).toMatchObject({
        status: 200,
        body: { kind, permittedWork: ['AUDIT', 'CAPITAL_VERIFICATION', 'CONSULTATION', 'OTHER'] },
      })
    const entered = await api.post<{ id: string }>('/v1/institutions', firm)
    const path = `/v1/institutions/${entered.body.id}`
    const note = { kind: 'GUIDANCE', on: '2026-03-01', text: '指导审计底稿要求' }
    const logged = await api.post(`${path}/oversight`, note, { key: 'oversight-1' })
    expect(logged).toMatchObject({ status: 200, body: { oversight: [{ ...note, by: '230300-scj-REGISTRY_CLERK', at: now }] } })
    expect((await api.post(`${path}/oversight`, note, { key: 'oversight-1' })).body).toEqual(logged.body)
    await api.post(`${path}/oversight`, { ...note, kind: 'SUPERVISION' })
    expect((await api.get<{ oversight: object[] }>(path)).body.oversight).toHaveLength(2)
    const xfj = await clerk('230300-xfj')
    expect((await xfj.post(`${path}/oversight`, note)).status).toBe(403)
    expect((await xfj.get(path)).status).toBe(403)

    const stale = { 'if-match': entered.headers.get('etag') ?? '' }
    expect((await api.post('/v1/institutions', { ...firm, isActive: false }, { headers: stale })).status).toBe(412)
    const current = (await api.get(path)).headers.get('etag') ?? ''
    const off = await api.post('/v1/institutions', { ...firm, isActive: false }, { headers: { 'if-match': current } })
    expect(off).toMatchObject({ status: 200, body: { isActive: false, oversight: [{ kind: 'GUIDANCE' }, { kind: 'SUPERVISION' }] } })
    expect(await api.post(`${path}/engagements`, { taskId: 'task-2', field: '公示信息', work: 'AUDIT' })).toMatchObject({
      status: 409,
      body: { code: 'institution-inactive' },
    })
    const page = await api.get<Items<{ name: string }>>('/v1/institutions?limit=1')
    const rest = await api.get<Items<{ name: string }>>(`/v1/institutions?limit=1&after=${page.body.next ?? ''}`)
    expect(rest.body.items).toHaveLength(1)
    const all = (await api.get<Items<{ name: string }>>('/v1/institutions?limit=500')).body.items.map(({ name }) => name)
    expect([...page.body.items, ...rest.body.items].map(({ name }) => name)).toEqual(all.slice(0, 2))
    expect(all).toEqual(expect.arrayContaining(['某会计师事务所', '某检测中心']))
  })
})

describe('published lists of drawn objects', () => {
  const roster = readFileSync(new URL('../../../libs/tables/tests-data/rosters/bengbu-2022-training.csv', import.meta.url))
  const unit = '340300-jyj'
  const names = ['蚌埠市龙子湖区北辰教育培训学校', '蚌埠市龙子湖区高新培训学校', '蚌埠市龙子湖区高新培训学校']

  it('DQ-04 imports a roster as published: every row stands in the report, its object found, and no result is made up', async () => {
    const api = await clerk(unit)
    const rows = names.map((name, index) =>
      objectRow(index, { code: creditCode(900 + index, '340302'), name, region: '340302', industry: 'P8391' }),
    )
    expect((await load('/v1/objects/import', objectsCsv(rows), unit)).body).toMatchObject({ created: 3 })
    const answer = await api.upload<ImportAnswer>('/v1/rosters/import', roster, 'text/csv')
    expect(answer).toMatchObject({
      status: 200,
      body: { received: 5, matched: 1, ambiguous: 1, unmatched: 3, resultsPending: 5, rejected: 0 },
    })
    const report = (await reportOf(answer, unit)).split('\r\n')
    const outcomes = [2, 3, 4, 5, 6].map((line) =>
      report.filter((each) => each.startsWith(`${line},抽查对象名称,`)).map((each) => each.split(',')[3]),
    )
    expect(outcomes).toEqual([['matched'], ['object-ambiguous'], ['object-unknown'], ['object-unknown'], ['object-unknown']])
    expect(report.filter((each) => each.includes('result-pending'))).toHaveLength(5)
    const stored = await api.get<{ rows: { result: string | null; initiators: string[]; objectIds: string[] }[] }>(
      `/v1/rosters/${answer.body.importId}`,
    )
    expect(stored.body.rows.map(({ objectIds }) => objectIds.length)).toEqual([1, 2, 0, 0, 0])
    expect(stored.body.rows.every(({ result, initiators }) => result === null && initiators[0] === '市教育局')).toBe(true)
    expect((await (await clerk()).get(`/v1/rosters/${answer.body.importId}`)).status).toBe(403)
    expect(await api.upload('/v1/rosters/import', '甲,乙\n', 'text/csv')).toMatchObject({
      status: 400,
      body: { code: 'import-refused' },
    })
  })
})
