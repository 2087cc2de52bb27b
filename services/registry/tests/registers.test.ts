import { eventually, stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, inspectorsCsv, itemHeader, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry()
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01' })
  for (const regionCode of ['230300', '230400']) {
    await admin.post('/v1/policy-bindings', { regionCode, preset: 'local/four-coal-cities', from: '2024-01-01' })
  }
})
afterAll(() => registry.dispose())

const clerk = () => registry.as(['REGISTRY_CLERK'])
const eventsOf = (type: string) => registry.events.filter((event) => event.type === `cn.dualrandom.registry.${type}.v1`)

async function importFile(path: string, file: string, api = clerk()) {
  return (await api).upload<ImportAnswer & { code?: string }>(path, file, 'text/csv')
}

async function reportOf({ body }: { readonly body: ImportAnswer }) {
  return (await (await clerk()).get<string>(body.reportUrl)).body
}

describe('units', () => {
  it('REG-39 refuses an office without its bureau, takes a parent of the same file', async () => {
    const file = [
      '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门',
      '230300-a-jg,甲机关,局机关,230300,230300-a,甲',
      '230300-a,甲局,局,230300,,甲',
      '230300-b-s1,乙所,市场监管所,230300,,乙',
      '',
    ].join('\n')
    const answer = await importFile('/v1/units/import', file)
    expect(answer.body).toMatchObject({ received: 3, created: 2, rejected: 1 })
    expect(await reportOf(answer)).toContain('parent-missing')
    expect((await importFile('/v1/units/import', file)).body).toMatchObject({ created: 0, unchanged: 2, rejected: 1 })
    await eventually(() =>
      expect(eventsOf('unit.registered').filter(({ aggregateId }) => aggregateId.startsWith('230300-a'))).toHaveLength(2),
    )
  })
})

describe('inspectors', () => {
  it('REG-33 SEC-04 masks the recusal scope, keeps it sealed in the store, and records who reads it', async () => {
    const api = await clerk()
    expect((await importFile('/v1/inspectors/import', inspectorsCsv)).body).toMatchObject({ received: 5, created: 5 })
    expect((await importFile('/v1/inspectors/import', inspectorsCsv)).body).toMatchObject({ unchanged: 5, changed: 0 })
    const { body } = await api.get<{ items: { inspectorId: string; subject: string; recusalScope: string }[] }>('/v1/inspectors')
    expect(body.items.map(({ subject, recusalScope }) => `${subject} ${recusalScope}`).sort()).toEqual([
      'li2 MASKED',
      'qian5 NONE',
      'wang3 MISSING',
      'zhang1 NONE',
      'zhao4 NONE',
    ])
    const masked = body.items.find(({ subject }) => subject === 'li2')
    const scope = await api.get(`/v1/inspectors/${masked?.inspectorId}/recusal-scope`)
    expect(scope.body).toEqual({ entries: [{ kind: 'OBJECT', target: creditCode(1), ground: '配偶任职' }] })
    expect(registry.sensitiveReads).toContainEqual(
      expect.objectContaining({
        what: 'recusal-scope',
        target: masked?.inspectorId,
        by: expect.objectContaining({ subject: '230300-scj-REGISTRY_CLERK' }),
      }),
    )
    const direct = new MongoClient(stackAddress().mongodbUri)
    const stored = await direct.db(registry.scope.database).collection('inspectors').find().toArray()
    await direct.close()
    expect(JSON.stringify(stored)).not.toContain(creditCode(1))
    expect(JSON.stringify(stored)).not.toContain('配偶任职')
  })

  it('REG-33 rejects a home unit that is not the importer’s', async () => {
    const answer = await importFile(
      '/v1/inspectors/import',
      inspectorsCsv.split('\n').slice(0, 2).join('\n').replace('230300-scj-jg', '230300-xfj').replace('SL001', 'SL009'),
    )
    expect(answer.body).toMatchObject({ received: 1, rejected: 1 })
    expect(await reportOf(answer)).toContain('home-unit-unknown')
  })

  it('REG-35 emits the status of who leaves', async () => {
    const line = `SL010,孙十,sun10,230300-scj-jg,食品,2029-12-31,无,行政执法类公务员,在岗,`
    const [header = ''] = inspectorsCsv.split('\n')
    await importFile('/v1/inspectors/import', `${header}\n${line}\n`)
    const retired = await importFile('/v1/inspectors/import', `${header}\n${line.replace('在岗,', '退休,2026-05-01')}\n`)
    expect(retired.body).toMatchObject({ changed: 1 })
    await eventually(() =>
      expect(eventsOf('inspector.changed').map(({ payload }) => payload)).toContainEqual(expect.objectContaining({ status: 'RETIRED' })),
    )
  })
})

describe('check-item lists', () => {
  const path = (query = '') => `/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01${query}`

  it('REG-02 REG-03 publishes no version while one item lacks a mandatory part or a ground', async () => {
    const noMethod = itemsCsv.replace('现场检查,,食品', ',,食品')
    const refused = await importFile(path(), noMethod)
    expect(refused.body).toMatchObject({ received: 2, created: 0, rejected: 1 })
    expect(refused.body.listVersion).toBeUndefined()
    expect(await reportOf(refused)).toContain('抽查方式')
    const noGround = await importFile(path(), itemsCsv.replace('现场检查,安全', '现场检查,'))
    expect(await reportOf(noGround)).toContain('key-ground-missing')
    expect((await (await clerk()).get<{ items: unknown[] }>('/v1/check-items?at=2026-06-01')).body.items).toEqual([])
  })

  it('REG-11 makes a version per change, never overwrites, and asks for the trigger', async () => {
    expect((await importFile(path(), itemsCsv)).body).toMatchObject({ created: 2, listVersion: 1 })
    expect((await importFile(path(), itemsCsv)).body).toMatchObject({ unchanged: 2, listVersion: 1 })
    const amended = itemsCsv.replace('经营过程', '经营过程与原料')
    const next = path().replace('effectiveFrom=2026-01-01', 'effectiveFrom=2026-07-01')
    expect(await importFile(next, amended)).toMatchObject({ status: 400, body: { code: 'list-trigger-missing' } })
    expect((await importFile(`${next}&trigger=AMEND`, amended)).body).toMatchObject({ changed: 1, unchanged: 1, listVersion: 2 })
    const api = await clerk()
    const contentAt = async (at: string) => {
      const { body } = await api.get<{ items: { code: string; checkContent: string }[] }>(`/v1/check-items?at=${at}`)
      return body.items.find(({ code }) => code === 'SP-01')?.checkContent
    }
    expect(await contentAt('2026-06-30')).toBe('经营过程')
    expect(await contentAt('2026-07-01')).toBe('经营过程与原料')
    expect((await api.get<{ items: unknown[] }>('/v1/check-item-lists/list-230300-scj?version=1')).body.items).toHaveLength(2)
    await eventually(() => expect(eventsOf('check-item-list.published')).toHaveLength(2))
  })

  it('REG-41 leaves a list to its owner', async () => {
    const other = registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect(await importFile(path('&trigger=AMEND'), itemsCsv, other)).toMatchObject({ status: 403, body: { code: 'owned-by-other-unit' } })
  })

  it('REG-07 REG-13 an item of the province is in force in the city, one of another city is not', async () => {
    const row = (code: string) => `${itemHeader}\n${code},事项,一般检查事项,法,部门,内容,现场检查,,,企业,,内部抽查\n`
    await importFile(
      '/v1/check-item-lists/import?listId=list-230400&businessLine=市&effectiveFrom=2026-01-01',
      row('HG-1'),
      registry.as(['REGISTRY_CLERK'], { unitId: '230400-scj' }),
    )
    await importFile(
      '/v1/check-item-lists/import?listId=list-230000&businessLine=省&effectiveFrom=2026-01-01',
      row('HLJ-1'),
      registry.as(['REGISTRY_CLERK'], { unitId: '230000-scj' }),
    )
    const { client, context } = await registry.grpc(['PLANNER'])
    const { items } = await client.unary('listCheckItems', { regionCode: '230300', at: '2026-06-01' }, context())
    expect(items.map(({ code }) => code)).toEqual(['HLJ-1', 'SP-01', 'TZ-01'])
    expect(items.find(({ code }) => code === 'TZ-01')).toMatchObject({
      itemClass: 'ITEM_CLASS_KEY',
      keyGrounds: ['SAFETY'],
      applicability: { industryPrefixes: ['C', 'H621'] },
    })
  })
})

describe('credit results', () => {
  it('CRD-01 CRD-02 counts received, matched, unmatched, rejected, and keeps professional results beside the general one', async () => {
    await importFile('/v1/objects/import', objectsCsv([objectRow(1), objectRow(2)]))
    const credit = registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
    const file = [
      '统一社会信用代码,等级,结果类别,领域',
      `${creditCode(1)},A,,`,
      `${creditCode(1)},C,专业分类结果,食品`,
      `${creditCode(2)},E,,`,
      `${creditCode(3)},B,,`,
      `${creditCode(2)},B,专业分类结果,`,
      '',
    ].join('\n')
    const answer = await importFile('/v1/credit-results/import?asOf=2026-01-31', file, credit)
    expect(answer.body).toMatchObject({ received: 5, created: 1, changed: 1, unmatched: 1, rejected: 2 })
    const report = (await (await credit).get<string>(answer.body.reportUrl)).body
    expect(report).toMatch(/4,等级,E,unknown-word/)
    expect(report).toMatch(/5,统一社会信用代码,\w+,object-unknown/)
    expect(report).toMatch(/6,领域,,field-missing/)
    expect((await importFile('/v1/credit-results/import?asOf=2026-01-31', file, credit)).body).toMatchObject({
      unchanged: 2,
      created: 0,
      changed: 0,
    })
    const api = await clerk()
    const { body } = await api.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(1)}`)
    const results = await api.get<{ results: unknown[] }>(`/v1/objects/${body.items[0]?.objectId}/credit-results`)
    expect(results.body.results).toMatchObject([
      { source: 'GENERAL_RESULT', field: '', grade: 'A', asOf: '2026-01-30T16:00:00.000Z' },
      { source: 'PROFESSIONAL_RESULT', field: '食品', grade: 'C' },
    ])
    await eventually(() => expect(eventsOf('credit-result.recorded')).toHaveLength(2))
  })

  it('DQ-10 results carry origin and quality: those of the classification system itself are verified', async () => {
    await importFile('/v1/objects/import', objectsCsv([objectRow(4)]))
    const credit = registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
    const push = async (query: string) =>
      (await importFile(`/v1/credit-results/import?asOf=2026-01-31${query}`, `统一社会信用代码,等级\n${creditCode(4)},A\n`, credit)).body
    expect(await push('&source=SELF_BUILT')).toMatchObject({ created: 1 })
    expect(await push('&source=CREDIT_CLASSIFICATION')).toMatchObject({ changed: 1 })
    expect(await push('')).toMatchObject({ unchanged: 1 })
    const api = await clerk()
    const { body } = await api.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(4)}`)
    const results = await api.get<{ results: unknown[] }>(`/v1/objects/${body.items[0]?.objectId}/credit-results`)
    expect(results.body.results).toMatchObject([
      { receivedFrom: 'SELF_BUILT', quality: 'UNVERIFIED' },
      { receivedFrom: 'CREDIT_CLASSIFICATION', quality: 'VERIFIED' },
    ])
  })
})

describe('mapping and overviews', () => {
  it('REG-28 finds the objects of an item and the items of an object', async () => {
    await importFile(
      '/v1/objects/import',
      objectsCsv([objectRow(50), objectRow(51, { industry: 'C2319' }), objectRow(52, { industry: 'F5211' })]),
    )
    const api = await clerk()
    const found = await api.get<{ items: { objectCode: string; objectId: string }[] }>('/v1/check-items/TZ-01/objects?limit=500')
    const codes = found.body.items.map(({ objectCode }) => objectCode)
    expect(codes).toContain(creditCode(50))
    expect(codes).toContain(creditCode(51))
    expect(codes).not.toContain(creditCode(52))
    const shop = await api.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(51)}`)
    const items = await api.get<{ items: { code: string }[] }>(`/v1/objects/${shop.body.items[0]?.objectId}/check-items`)
    expect(items.body.items.map(({ code }) => code)).toEqual(['HLJ-1', 'TZ-01'])
    expect(await api.get('/v1/check-items/NO-1/objects')).toMatchObject({ status: 409, body: { code: 'item-not-in-force' } })
  })

  it('REG-28 pages through the objects of an item, past those that it no longer fits', async () => {
    const serials = Array.from({ length: 12 }, (_, index) => 60 + index)
    await importFile('/v1/objects/import', objectsCsv(serials.map((serial) => objectRow(serial))))
    // What once was a restaurant is a candidate still, and none of its objects.
    const left = serials.filter((serial) => serial % 4 !== 0)
    await importFile('/v1/objects/import', objectsCsv(left.map((serial) => objectRow(serial, { industry: 'F5211' }))))
    const api = await clerk()
    const pageAfter = async (limit: number, after?: string) =>
      (
        await api.get<{ items: { objectCode: string }[]; next?: string }>(
          `/v1/check-items/SP-01/objects?limit=${limit}${after === undefined ? '' : `&after=${after}`}`,
        )
      ).body
    const whole = (await pageAfter(500)).items.map(({ objectCode }) => objectCode)
    for (const serial of serials) expect(whole.includes(creditCode(serial))).toBe(!left.includes(serial))
    const single: string[] = []
    for (let page = await pageAfter(1); ; page = await pageAfter(1, page.next)) {
      single.push(...page.items.map(({ objectCode }) => objectCode))
      if (page.next === undefined) break
    }
    expect(single).toEqual(whole)
  })

  it('DQ-01 REG-01 shows owner, loads, completeness, and which of the four parts a line lacks', async () => {
    const api = await clerk()
    interface Overview {
      readonly pool: string
      readonly unitId: string
      readonly version: number
      readonly updatedAt: string
      readonly counts: Record<string, number>
    }
    const instant = /^2\d{3}-\d{2}-\d{2}T.*Z$/
    const poolOf = async (pool: string) => {
      const { body } = await api.get<{ pools: Overview[] }>('/v1/pools')
      return body.pools.find((each) => each.pool === pool && each.unitId === '230300-scj')
    }
    const inspectors = await poolOf('INSPECTORS')
    expect(inspectors).toMatchObject({ updatedAt: expect.stringMatching(instant), counts: { total: 6, active: 4, withRecusalScope: 5 } })
    const objects = await poolOf('OBJECTS')
    expect(objects).toMatchObject({ updatedAt: expect.stringMatching(instant) })
    await importFile('/v1/objects/import', objectsCsv([objectRow(90, { tags: '' })]))
    const later = await poolOf('OBJECTS')
    expect(later).toMatchObject({ version: (objects?.version ?? 0) + 1, counts: { total: (objects?.counts['total'] ?? 0) + 1 } })
    expect(later?.counts['tagged']).toBe(objects?.counts['tagged'])
    expect((later?.updatedAt ?? '') > (objects?.updatedAt ?? '')).toBe(true)
    const { lists } = (await api.get<{ lists: unknown[] }>('/v1/check-item-lists')).body
    expect(lists).toContainEqual(
      expect.objectContaining({
        listId: 'list-230300-scj',
        unitId: '230300-scj',
        listVersion: 2,
        updatedAt: expect.stringMatching(instant),
        itemCount: 2,
      }),
    )
    const lines = async () => (await api.get<{ businessLines: unknown[] }>('/v1/business-lines')).body.businessLines
    expect(await lines()).toEqual([{ businessLine: '市场监管', unitIds: expect.arrayContaining(['230300-scj']), missing: ['GUIDELINE'] }])
    const guideline = { businessLine: '市场监管', title: '抽查工作指引', effectiveFrom: '2026-01-01', text: '指引正文' }
    expect(await api.post('/v1/guidelines', guideline)).toMatchObject({ status: 200, body: { version: 1 } })
    expect(await api.post('/v1/guidelines', guideline)).toMatchObject({ body: { version: 1 } })
    expect(await lines()).toMatchObject([{ missing: [] }])
  })
})
