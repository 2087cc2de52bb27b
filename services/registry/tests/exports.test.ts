import type { Api } from '@dual-random/testkit'
import { eventually, stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  creditCode,
  type ImportAnswer,
  inspectorsCsv,
  itemsCsv,
  objectHeader,
  objectJson,
  objectRow,
  objectsCsv,
  unitsCsv,
  workbookLines,
} from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
let direct: MongoClient
let clerk: Api

beforeAll(async () => {
  registry = await startRegistry()
  direct = new MongoClient(stackAddress().mongodbUri)
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  for (const regionCode of ['230000', '230300', '230400']) {
    await admin.post('/v1/policy-bindings', { regionCode, preset: 'local/four-coal-cities', from: '2024-01-01' })
  }
  clerk = await registry.as(['REGISTRY_CLERK'])
})
afterAll(async () => {
  await direct.close()
  await registry.dispose()
})

/** How often the records of a collection were written, and how many events they told: neither may grow. */
async function writesOf(collection: string) {
  const found = await direct.db(registry.scope.database).collection<{ version: number; seq: number }>(collection).find().toArray()
  return found.map(({ _id, version, seq }) => `${String(_id)} ${version} ${seq}`).sort()
}

const mediaTypes = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
const formats = ['csv', 'ndjson', 'xlsx'] as const

/** Exports in one form, imports what came, and expects that nothing was written; `text` is the file, of a workbook the columns that are named. */
async function roundTrip(
  { get, upload }: { readonly get: Api; readonly upload: Api },
  paths: { readonly from: string; readonly to: string; readonly collection: string; readonly shown: readonly string[] },
  format: keyof typeof mediaTypes,
) {
  const before = await writesOf(paths.collection)
  const file = await get.get<string | Uint8Array>(`${paths.from}${paths.from.includes('?') ? '&' : '?'}format=${format}`)
  expect(file).toMatchObject({ status: 200 })
  expect(file.headers.get('content-type')).toContain(mediaTypes[format])
  const answer = await upload.upload<ImportAnswer>(paths.to, file.body, mediaTypes[format])
  expect(await writesOf(paths.collection)).toEqual(before)
  const text = typeof file.body === 'string' ? file.body : (await workbookLines(file.body, paths.shown)).join('\n')
  return { text, counts: answer.body }
}

describe('the export of inspectors', () => {
  const paths = {
    from: '/v1/inspectors/export',
    to: '/v1/inspectors/import',
    collection: 'inspectors',
    shown: ['姓名', '回避范围', '人员性质'],
  }

  beforeAll(async () => {
    expect((await clerk.upload<ImportAnswer>(paths.to, inspectorsCsv, 'text/csv')).body).toMatchObject({ created: 5 })
  })

  it.each(formats)('DQ-04 SEC-04 keeps recusal scopes sealed, and imports again without a change (%s)', async (format) => {
    registry.sensitiveReads.length = 0
    const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, paths, format)
    expect(registry.sensitiveReads).toMatchObject([{ what: 'inspector-export', target: '230300-scj', count: 5 }])
    expect(counts).toMatchObject({ received: 5, unchanged: 5, rejected: 0 })
    expect(text).toContain('已密封')
    expect(text).not.toContain('配偶任职')
    expect(text).toContain('行政执法类公务员')
  })

  it.each(formats)(
    'SEC-04 opens them when asked for, imports again without a change, and records who read them, once a call (%s)',
    async (format) => {
      registry.sensitiveReads.length = 0
      const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, { ...paths, from: `${paths.from}?recusalScope=open` }, format)
      expect(counts).toMatchObject({ received: 5, unchanged: 5, rejected: 0 })
      expect(text).toContain(`对象:${creditCode(1)}=配偶任职`)
      const by = { subject: '230300-scj-REGISTRY_CLERK', unitId: '230300-scj', roles: ['REGISTRY_CLERK'] }
      expect(registry.sensitiveReads).toMatchObject([
        { what: 'recusal-scope-export', target: '230300-scj', regionCode: '230300', count: 1, by },
      ])
    },
  )

  it('SEC-04 a sealed scope goes on with what else the row says, and is refused where none is recorded', async () => {
    const { body } = await clerk.get<string>(paths.from)
    const [header = '', ...rows] = body.split('\r\n')
    const li2 = rows.find((row) => row.includes('li2')) ?? ''
    const changed = `${header}\n${li2.replace('李二', '李二二')}\n${li2.replace('SL002', 'SL099').replace('li2', 'li99')}\n`
    const answer = await clerk.upload<ImportAnswer>(paths.to, changed, 'text/csv')
    expect(answer.body).toMatchObject({ changed: 1, rejected: 1 })
    expect((await clerk.get<string>(answer.body.reportUrl)).body).toContain('3,回避范围,已密封,recusal-not-recorded')
    const { body: shown } = await clerk.get<{ items: { inspectorId: string; subject: string; name: string }[] }>('/v1/inspectors')
    const found = shown.items.find(({ subject }) => subject === 'li2')
    expect(found?.name).toBe('李二二')
    expect(await clerk.get(`/v1/inspectors/${found?.inspectorId}/recusal-scope`)).toMatchObject({
      body: { entries: [{ kind: 'OBJECT', target: creditCode(1), ground: '配偶任职' }] },
    })
  })

  it('SEC-02 SEC-03 is for clerks and auditors of the pool; scopes open to the owner’s clerk and the auditor alone', async () => {
    const [fire, other, auditor, elsewhere, planner] = await Promise.all([
      registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' }),
      registry.as(['REGISTRY_CLERK'], { unitId: '230400-scj' }),
      registry.as(['AUDITOR'], { unitId: '230300-sjj' }),
      registry.as(['AUDITOR'], { unitId: '230400-sjj' }),
      registry.as(['PLANNER']),
    ])
    const of = (query: string) => `${paths.from}?unitId=230300-scj${query}`
    expect(await auditor.get(of('&recusalScope=open'))).toMatchObject({ status: 200 })
    expect(await planner.get(of(''))).toMatchObject({ status: 403, body: { code: 'role-required' } })
    for (const stranger of [fire, other]) expect(await stranger.get(of(''))).toMatchObject({ status: 403 })
    expect(await elsewhere.get(of(''))).toMatchObject({ status: 403, body: { code: 'unit-not-allowed' } })
    expect(await elsewhere.get('/v1/inspectors?unitId=230300-scj')).toMatchObject({ status: 403, body: { code: 'unit-not-allowed' } })
    expect(await clerk.get(`${paths.from}?format=xls`)).toMatchObject({ status: 400 })
  })

  it('DQ-04 refuses a value that would begin a cell like a formula, however it stands in a list', async () => {
    const [header = '', first = ''] = inspectorsCsv.split('\n')
    const row = first.replace('食品；特种设备', '食品；=cmd()').replace('SL001', 'SL077')
    const answer = await clerk.upload<ImportAnswer>(paths.to, `${header}\n${row}\n`, 'text/csv')
    expect(answer.body).toMatchObject({ rejected: 1 })
    expect((await clerk.get<string>(answer.body.reportUrl)).body).toContain('2,业务专长,食品；=cmd(),formula-cell')
  })
})

describe('the export of credit-risk results', () => {
  const paths = {
    from: '/v1/credit-results/export',
    to: '/v1/credit-results/import',
    collection: 'credit_records',
    shown: ['统一社会信用代码', '等级', '结果类别'],
  }
  let creditSystem: Api

  beforeAll(async () => {
    creditSystem = await registry.as(['CREDIT_SYSTEM'], { unitId: '230300-xyb' })
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(1), objectRow(2)]), 'text/csv')
    const fire = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    await fire.upload('/v1/objects/import', objectsCsv([objectRow(3)]), 'text/csv')
    const push = (asOf: string, ...rows: readonly string[]) =>
      creditSystem.upload(`${paths.to}?asOf=${asOf}`, `统一社会信用代码,等级,结果类别,领域\n${rows.join('\n')}\n`, 'text/csv')
    await push('2026-01-01', `${creditCode(1)},A,,`, `${creditCode(2)},B,,`, `${creditCode(3)},C,,`)
    await push('2026-02-01', `${creditCode(1)},C,,`, `${creditCode(1)},B,专业分类结果,食品`)
    // A correction of what was pushed before, which the record keeps beside it.
    await push('2026-02-01', `${creditCode(1)},D,,`)
  })

  it.each(formats)(
    'CRD-01 CRD-02 says what counts now, general beside professional, and is no push that changes anything (%s)',
    async (format) => {
      const { text, counts } = await roundTrip({ get: creditSystem, upload: creditSystem }, paths, format)
      expect(counts).toMatchObject({ received: 4, matched: 4, unchanged: 4, unmatched: 0, rejected: 0 })
      expect(text).toContain('专业分类结果')
      expect(
        text
          .trim()
          .split('\n')
          .filter((line) => line.includes(creditCode(1))),
      ).toHaveLength(2)
    },
  )

  it('CRD-02 gives every result that was not corrected with its history, and that changes nothing either', async () => {
    const { text, counts } = await roundTrip(
      { get: creditSystem, upload: creditSystem },
      { ...paths, from: `${paths.from}?history=true` },
      'csv',
    )
    expect(counts).toMatchObject({ received: 5, unchanged: 5 })
    const general = text.split('\r\n').filter((line) => line.startsWith(creditCode(1)) && line.includes('通用结果'))
    expect(general.map((line) => line.split(',')[1]).sort()).toEqual(['A', 'D'])
  })

  it('SEC-02 SEC-03 gives a clerk the results of its own pool, an auditor those of the region, others none', async () => {
    const own = (await clerk.get<string>(paths.from)).body
    expect([own.includes(creditCode(2)), own.includes(creditCode(3))]).toEqual([true, false])
    const auditor = await registry.as(['AUDITOR'], { unitId: '230300-sjj' })
    expect((await auditor.get<string>(paths.from)).body).toContain(creditCode(3))
    expect((await auditor.get<string>(`${paths.from}?unitId=230300-scj`)).body).not.toContain(creditCode(3))
    expect(await clerk.get(`${paths.from}?unitId=230300-xfj`)).toMatchObject({ status: 403 })
    const planner = await registry.as(['PLANNER'])
    expect(await planner.get(paths.from)).toMatchObject({ status: 403 })
    const elsewhere = await registry.as(['CREDIT_SYSTEM'], { unitId: '230400-xyb' })
    expect((await elsewhere.get<string>(paths.from)).body.trim().split('\r\n')).toHaveLength(1)
  })
})

describe('the export of objects', () => {
  const paths = { from: '/v1/objects/export', to: '/v1/objects/import', collection: 'objects', shown: objectHeader.split(',') }

  it.each(formats)('DQ-04 REG-23 imports again without a change, whatever its cells begin with (%s)', async (format) => {
    const strange = objectJson(10, { address: "甲路1号\r\n-18℃冷库\n\u0001'=2_x0041_<&>" })
    const rows = [objectJson(9, { tags: ['规模:大型', '业态:堂食'] }), strange, objectJson(11, { name: "'=1+1" })]
    expect((await clerk.upload<ImportAnswer>(paths.to, rows.join('\n'), 'application/x-ndjson')).body).toMatchObject({ rejected: 0 })
    const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, paths, format)
    const { body } = await clerk.get<{ items: unknown[] }>('/v1/objects?limit=200')
    expect(counts).toMatchObject({ received: body.items.length, unchanged: body.items.length, changed: 0, rejected: 0 })
    const list = { csv: '业态:堂食；规模:大型', ndjson: '"tags":["业态:堂食","规模:大型"]', xlsx: '业态:堂食；规模:大型' }
    expect(text).toContain(list[format])
    const region = { csv: ',230302,', ndjson: '"230302"', xlsx: ',230302,' }
    expect(text).toContain(region[format])
    expect(await clerk.get(`/v1/objects?objectCode=${creditCode(10)}`)).toMatchObject({
      body: { items: [{ address: "甲路1号\n-18℃冷库\n\u0001'=2_x0041_<&>" }] },
    })
  })

  it('DQ-04 is told a row that no file could give back', async () => {
    const rows = [
      objectJson(12, { name: '甲\0乙' }),
      objectJson(13, { tags: Array.from({ length: 200 }, (_, index) => `${index}`.padEnd(170, '签')) }),
    ]
    const { body } = await clerk.upload<ImportAnswer>(paths.to, rows.join('\n'), 'application/x-ndjson')
    expect(body).toMatchObject({ received: 2, rejected: 2 })
    const report = (await clerk.get<string>(body.reportUrl)).body
    expect(report).toContain('nul-character')
    expect(report).toMatch(/2,tags,[^,]*,cell-too-long/)
  })
})

describe('the export of a check-item list', () => {
  const paths = {
    from: '/v1/check-item-lists/exported/export',
    to: '/v1/check-item-lists/import?listId=exported&businessLine=市场监管&effectiveFrom=2026-01-01&trigger=AMEND',
    collection: 'check_item_lists',
    shown: ['事项编码', '事项名称', '重点事由', '适用行业'],
  }

  it.each(formats)('DQ-04 REG-11 is a file that makes no new version (%s)', async (format) => {
    await clerk.upload(paths.to, itemsCsv.replace('经营过程', '"经营过程\n-原料"'), 'text/csv')
    const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, paths, format)
    expect(counts).toMatchObject({ received: 2, unchanged: 2, changed: 0, listVersion: 1 })
    const list = { csv: 'C；H621', ndjson: '"industryPrefixes":["C","H621"]', xlsx: 'C；H621' }
    expect(text).toContain(list[format])
    expect(await clerk.get('/v1/check-item-lists/nowhere/export')).toMatchObject({ status: 404 })
  })
})

it('describes every form of an export in its OpenAPI document', async () => {
  type Operation = { readonly responses: Record<string, { readonly content: object }> }
  const { body } = await clerk.get<{ paths: Record<string, { get: Operation }> }>('/openapi.json')
  const formsOf = (path: string) => Object.keys(body.paths[path]?.get.responses['200']?.content ?? {}).map((type) => type.split(';')[0])
  for (const register of ['objects', 'tags', 'inspectors', 'credit-results', 'check-item-lists/{listId}'])
    expect(formsOf(`/v1/${register}/export`)).toEqual(Object.values(mediaTypes))
  expect(formsOf('/v1/import-templates/{register}')).toEqual([mediaTypes.csv, mediaTypes.xlsx])
})

describe('a template', () => {
  it('DQ-04 comes as a workbook too, whose cells are texts', async () => {
    const { body, headers } = await clerk.get<Uint8Array>('/v1/import-templates/objects?format=xlsx')
    expect(headers.get('content-disposition')).toBe('attachment; filename="objects.xlsx"')
    expect(headers.get('content-type')).toContain(mediaTypes.xlsx)
    expect(await clerk.upload('/v1/objects/import', body, mediaTypes.xlsx)).toMatchObject({
      status: 400,
      body: { code: 'import-refused', detail: expect.stringContaining('没有数据行') as string },
    })
    expect(await clerk.get('/v1/import-templates/objects?format=ndjson')).toMatchObject({ status: 400 })
  })
})

describe('the register of tags', () => {
  const paths = { from: '/v1/tags/export', to: '/v1/tags/import', collection: 'objects', shown: ['统一社会信用代码', '维度', '标签'] }
  const header = '统一社会信用代码,维度,标签,状态'
  const importTags = async (api: Api, ...rows: readonly string[]) =>
    (await api.upload<ImportAnswer>(paths.to, [header, ...rows, ''].join('\n'), 'text/csv')).body
  const reportOf = async ({ reportUrl }: ImportAnswer) => (await clerk.get<string>(reportUrl)).body
  const tagsOf = async (serial: number, api = clerk) => {
    const { body } = await api.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(serial)}`)
    const found = await api.get<{ version: number; tags: { tag: string; sources: unknown[] }[] }>(
      `/v1/objects/${body.items[0]?.objectId}/tags`,
    )
    return { ...found.body, objectId: body.items[0]?.objectId ?? '' }
  }
  const changedEvents = (objectId: string) =>
    registry.events.filter(({ type, aggregateId }) => type === 'cn.dualrandom.registry.object.changed.v1' && aggregateId === objectId)

  beforeAll(async () => {
    await clerk.upload(
      '/v1/objects/import',
      objectsCsv([objectRow(40, { tags: '载体:商场' }), objectRow(41), objectRow(42), objectRow(43)]),
      'text/csv',
    )
    // Behind its dimension the value begins no cell.
    expect(await importTags(clerk, `${creditCode(43)},,规模:-18℃,`)).toMatchObject({ changed: 1 })
  })

  it('REG-25 REG-27 gives a tag a row, in a version and an event of the object; the same file again writes nothing', async () => {
    const rows = [
      `${creditCode(40)},业态,堂食,`,
      `${creditCode(40)},,重点关注,有效`,
      `${creditCode(41)},SCALE,大型,`,
      `${creditCode(42)},,规模:小型,`,
    ]
    expect(await importTags(clerk, ...rows)).toMatchObject({ received: 4, changed: 4, unchanged: 0, unmatched: 0, rejected: 0 })
    const own = [{ from: 'UNIT', unitId: '230300-scj' }]
    const { tags, version, objectId } = await tagsOf(40)
    expect(tags).toMatchObject([
      { tag: '业态:堂食', sources: own },
      { tag: '载体:商场', sources: [{ from: 'RECORD' }] },
      { tag: '重点关注', sources: own },
    ])
    expect((await tagsOf(42)).tags).toMatchObject([{ tag: '规模:小型', sources: own }])
    // Both rows of one object are one write.
    expect(version).toBe(2)
    await eventually(() => expect(changedEvents(objectId).length).toBeGreaterThan(0))
    const before = await writesOf('objects')
    expect(await importTags(clerk, ...rows)).toMatchObject({ received: 4, changed: 0, unchanged: 4 })
    expect(await writesOf('objects')).toEqual(before)
  })

  it('REG-27 withdraws what a row says, once, and leaves alone what the file does not name', async () => {
    expect(await importTags(clerk, `${creditCode(40)},,重点关注,撤销`, `${creditCode(40)},载体,商场,撤销`)).toMatchObject({
      changed: 1,
      unchanged: 1,
    })
    expect((await tagsOf(40)).tags.map(({ tag }) => tag)).toEqual(['业态:堂食', '载体:商场'])
    expect(await importTags(clerk, `${creditCode(40)},,重点关注,撤销`)).toMatchObject({ changed: 0, unchanged: 1 })
  })

  it('DQ-04 says of each bad row what is wrong with it and what to do', async () => {
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    const bad = await importTags(
      clerk,
      `${creditCode(40)},颜色,红,`,
      `${creditCode(40)},,颜色:红,`,
      `${creditCode(40)},业态,外卖,停用`,
      `${creditCode(40)},业态,=cmd(),`,
      `${creditCode(40)},业态,,`,
      `${creditCode(99)},业态,外卖,`,
      `${creditCode(41)},业态,外卖,`,
      `${creditCode(41)},业态,外卖,撤销`,
    )
    expect(bad).toMatchObject({ received: 8, changed: 1, unmatched: 1, rejected: 6 })
    const report = await reportOf(bad)
    for (const line of [
      '2,维度,颜色,tag-dimension-unknown',
      '3,标签,颜色:红,tag-malformed',
      '4,状态,停用,unknown-word',
      "5,标签,'=cmd(),formula-cell",
      '6,标签,,missing-value',
      `7,统一社会信用代码,${creditCode(99)},object-unknown`,
      '9,标签,,duplicate-row',
    ]) {
      expect(report).toContain(line)
    }
    const foreign = await importTags(other, `${creditCode(41)},业态,外卖,`)
    expect(foreign).toMatchObject({ changed: 0, rejected: 1 })
    expect((await other.get<string>(foreign.reportUrl)).body).toContain('object-not-in-pool')
    const planner = await registry.as(['PLANNER'])
    expect(await planner.upload(paths.to, `${header}\n`, 'text/csv')).toMatchObject({ status: 403 })
  })

  it.each(formats)(
    'DQ-04 REG-26 exports the tags of the unit, and the file changes nothing, even of a dimension that was retired (%s)',
    async (format) => {
      const province = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
      const change = (action: string) => province.post('/v1/tag-scheme/changes', { action, dimensionId: 'SCALE', reason: '试' })
      expect(await change('RETIRE')).toMatchObject({ status: 200 })
      const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, paths, format)
      expect(text).toContain('大型')
      expect(text).toContain('规模:-18℃')
      expect(counts).toMatchObject({ received: text.trim().split('\n').length - (format === 'csv' ? 1 : 0), changed: 0, rejected: 0 })
      const late = await importTags(clerk, `${creditCode(41)},规模,小型,`, `${creditCode(42)},规模,小型,撤销`)
      expect(late).toMatchObject({ changed: 1, rejected: 1 })
      expect(await reportOf(late)).toContain('2,维度,规模,tag-dimension-retired')
      expect(await change('REINSTATE')).toMatchObject({ status: 200 })
      expect(await importTags(clerk, `${creditCode(42)},规模,小型,`)).toMatchObject({ changed: 1 })
    },
  )

  it('SEC-02 exports only what the caller’s unit gave, and refuses a tag that would begin a cell like a formula', async () => {
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect((await other.get<string>(paths.from)).body).not.toContain(creditCode(40))
    expect(await other.get(`${paths.from}?unitId=230300-scj`)).toMatchObject({ status: 403 })
    const { objectId } = await tagsOf(40)
    expect(await clerk.put(`/v1/objects/${objectId}/tags`, { tags: ['=cmd()'] })).toMatchObject({
      status: 400,
      body: { code: 'tag-like-formula' },
    })
    expect((await clerk.get<string>('/v1/import-templates/tags')).body).toBe(`${header},行政区划\r\n`)
  })
})
