import { readFileSync } from 'node:fs'
import { eventually, stackAddress } from '@dual-random/testkit'
import iconv from 'iconv-lite'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, objectHeader, objectRow, objectsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

interface Objects {
  readonly items: readonly {
    readonly objectId: string
    readonly objectCode: string
    readonly name: string
    readonly kind: string
    readonly status: string
    readonly tags: readonly string[]
  }[]
}

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.dispose())

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const eventsOf = (type: string) => registry.events.filter((event) => event.type === `cn.dualrandom.registry.object.${type}.v1`)

const clerk = () => registry.as(['REGISTRY_CLERK'])

async function importFile(body: string | Uint8Array, mediaType = 'text/csv') {
  return (await clerk()).upload<ImportAnswer>('/v1/objects/import', body, mediaType)
}

async function byCode(code: string) {
  const { body } = await (await clerk()).get<Objects>(`/v1/objects?objectCode=${code}`)
  return body.items[0]
}

const reportOf = async ({ body }: { readonly body: ImportAnswer }) => (await (await clerk()).get<string>(body.reportUrl)).body

describe('object import over HTTP', () => {
  it('DQ-04 keeps good rows, reports bad ones, emits one event per object and none for the same file again', async () => {
    const code = creditCode(3)
    const wrong = `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`
    const file = objectsCsv([objectRow(1), objectRow(2), objectRow(3, { code: wrong })])
    const first = await importFile(file)
    expect(first).toMatchObject({ status: 200, body: { received: 3, created: 2, changed: 0, unchanged: 0, rejected: 1 } })
    expect(await reportOf(first)).toContain(`4,统一社会信用代码,${wrong},object-code-wrong-check-character`)
    await eventually(() => expect(eventsOf('registered')).toHaveLength(2))

    expect(await importFile(file)).toMatchObject({ status: 200, body: { received: 3, created: 0, changed: 0, unchanged: 2, rejected: 1 } })
    const changed = await importFile(objectsCsv([objectRow(1, { name: '新名称' }), objectRow(2)]))
    expect(changed.body).toMatchObject({ created: 0, changed: 1, unchanged: 1 })
    await eventually(() => expect(eventsOf('changed')).toHaveLength(1))
    expect(eventsOf('registered')).toHaveLength(2)
    expect(JSON.stringify(registry.events)).not.toContain(creditCode(1))
  })

  it('DQ-04 answers a repeated request with the same key alike', async () => {
    const api = await clerk()
    const options = { key: 'same-upload' }
    const first = await api.upload<ImportAnswer>('/v1/objects/import', objectsCsv([objectRow(10)]), 'text/csv', options)
    const again = await api.upload<ImportAnswer>('/v1/objects/import', objectsCsv([objectRow(10)]), 'text/csv', options)
    expect(again.body).toEqual(first.body)
    const other = await api.upload<{ code: string }>('/v1/objects/import', objectsCsv([objectRow(11)]), 'text/csv', options)
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } })
  })

  it('REG-21 REG-23 takes every kind of object in one file, labelled by classification, into one pool', async () => {
    const kinds = {
      企业: 'ENTERPRISE',
      个体工商户: 'INDIVIDUAL_BUSINESS',
      其他主体: 'OTHER_SUBJECT',
      产品: 'PRODUCT',
      项目: 'PROJECT',
      行为: 'ACTIVITY',
    }
    const codes = [creditCode(17), creditCode(18), creditCode(19), 'CP-1', 'XM-1', 'XW-1']
    const rows = Object.keys(kinds).map((kind, at) =>
      objectRow(17, { kind, code: codes[at] ?? '', industry: at < 2 ? 'H6210' : '', tags: '业务类别:标注' }),
    )
    const unkinded = objectRow(17, { kind: '', code: 'XX-1', industry: '' })
    const answer = await importFile(objectsCsv([...rows, unkinded]))
    expect(answer.body).toMatchObject({ received: 7, created: 6, rejected: 1 })
    expect(await reportOf(answer)).toMatch(/^8,类型,/m)
    const kept = await Promise.all(codes.map(byCode))
    expect(kept.map((object) => object?.kind)).toEqual(Object.values(kinds))
    expect(kept.every((object) => object?.tags.join() === '业务类别:标注')).toBe(true)
  })

  it('REG-23 reads GB18030 with characters beyond GBK', async () => {
    const name = '𠮷林食品厂'
    const answer = await importFile(iconv.encode(objectsCsv([objectRow(20, { name })]), 'gb18030'))
    expect(answer.body).toMatchObject({ created: 1, rejected: 0 })
    expect((await byCode(creditCode(20)))?.name).toBe(name)
  })

  it('REG-23 reads a byte order mark and NDJSON', async () => {
    expect((await importFile(`\ufeff${objectsCsv([objectRow(21)])}`)).body).toMatchObject({ created: 1 })
    const object = {
      objectCode: creditCode(22),
      name: '甲',
      kind: 'ENTERPRISE',
      industry: '6210',
      regionCode: '230302',
      address: '乙',
      tags: ['业态:网络餐饮', '规模:大型'],
    }
    const answer = await importFile(`${JSON.stringify(object)}\nnot json\n`, 'application/x-ndjson')
    expect(answer.body).toMatchObject({ received: 2, created: 1, rejected: 1 })
    expect(await reportOf(answer)).toContain('2,,,not-an-object')
    expect((await byCode(creditCode(22)))?.tags).toEqual(['业态:网络餐饮', '规模:大型'])
  })

  it('REG-23 reads a workbook', async () => {
    // Objects 23 and 24, the second of an unknown kind; written by openpyxl.
    const workbook = readFileSync(new URL('data/objects.xlsx', import.meta.url))
    const answer = await importFile(new Uint8Array(workbook), workbookType)
    expect(answer.body).toMatchObject({ received: 2, created: 1, rejected: 1 })
    expect(await reportOf(answer)).toContain('3,类型,公司,unknown-word')
    expect(await importFile(new Uint8Array([0x50, 0x4b, 3, 4]), workbookType)).toMatchObject({
      status: 400,
      body: { code: 'import-refused', detail: expect.stringContaining('工作簿') },
    })
  })

  it('DQ-04 says in a trial what would become of each row, and does nothing', async () => {
    await importFile(objectsCsv([objectRow(25), objectRow(26)]))
    const file = objectsCsv([objectRow(25), objectRow(26, { name: '新名称' }), objectRow(27), objectRow(28, { kind: '公司' })])
    const trial = await (await clerk()).upload<ImportAnswer>('/v1/objects/import?trial=true', file, 'text/csv')
    expect(trial.body).toMatchObject({ received: 4, created: 1, changed: 1, unchanged: 1, rejected: 1 })
    expect(await reportOf(trial)).toContain('5,类型,公司,unknown-word')
    expect(await byCode(creditCode(27))).toBeUndefined()
    expect((await byCode(creditCode(26)))?.name).toBe('示例企业26')
    expect((await importFile(file)).body).toMatchObject({ created: 1, changed: 1, unchanged: 1, rejected: 1 })
  })

  it('REG-41 refuses rows outside the region that was named, and a region that is not the caller’s', async () => {
    const api = await clerk()
    const file = objectsCsv([objectRow(31, { region: '230302' }), objectRow(32, { region: '230303' })])
    const answer = await api.upload<ImportAnswer>('/v1/objects/import?regionCode=230302', file, 'text/csv')
    expect(answer.body).toMatchObject({ created: 1, rejected: 1 })
    expect(await reportOf(answer)).toContain('3,行政区划,230303,region-outside')
    expect(await api.upload('/v1/objects/import?regionCode=230400', file, 'text/csv')).toMatchObject({ status: 403 })
  })

  it('DQ-04 exports a pool that imports without a change, and gives an empty file to fill in', async () => {
    const api = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-ylj' })
    const rows = [
      objectRow(33, { name: "'=1+1", tags: '业态:网络餐饮；规模:大型' }),
      objectRow(34, { kind: '其他主体', industry: '', status: '注销' }),
    ]
    await api.upload('/v1/objects/import', objectsCsv(rows), 'text/csv')
    const { body, headers } = await api.get<string>('/v1/objects/export')
    expect(headers.get('content-disposition')).toContain('objects.csv')
    expect(body).toContain("'=1+1")
    expect((await api.upload<ImportAnswer>('/v1/objects/import', body, 'text/csv')).body).toMatchObject({ received: 2, unchanged: 2 })
    expect((await api.get<string>('/v1/import-templates/objects')).body).toBe(`${objectHeader}\r\n`)
    expect((await api.get<string>('/v1/import-templates/inspectors')).body).toMatch(/^执法证号,姓名,/)
    expect(await api.get('/v1/import-templates/anything')).toMatchObject({ status: 400 })
  })

  it('DQ-04 refuses a file without a required column, and names the column', async () => {
    const answer = await importFile(`${objectHeader.replace('名称', '名字')}\n${objectRow(30)}\n`)
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 'import-refused',
        errors: expect.arrayContaining([{ pointer: '/1/名称', code: 'import-problem', detail: expect.stringContaining('名称') }]),
      },
    })
    expect(await byCode(creditCode(30))).toBeUndefined()
  })

  it('DQ-04 refuses a file without rows', async () => {
    expect(await importFile(`${objectHeader}\n`)).toMatchObject({
      status: 400,
      body: { code: 'import-refused', detail: expect.stringContaining('没有数据行') },
    })
    expect(await importFile('')).toMatchObject({ status: 400, body: { code: 'import-refused' } })
  })

  it.each([
    ['a short row', objectRow(40).split(',').slice(0, 5).join(','), 'short-row'],
    ['a formula in a cell', objectRow(41, { name: '=1+1' }), 'formula-cell'],
    ['an unknown kind', objectRow(42, { kind: '公司' }), 'unknown-word'],
    ['an industry that does not exist', objectRow(43, { industry: '9999' }), 'industry-unknown'],
    ['an enterprise without industry', objectRow(44, { industry: '' }), 'industry-missing'],
    ['a region outside the importer’s', objectRow(45, { region: '230402' }), 'region-outside'],
    ['a county the city does not have', objectRow(46, { region: '230399' }), 'region-unknown'],
    ['an unknown tag dimension', objectRow(47, { tags: '颜色:红' }), 'tag-malformed'],
  ])('DQ-04 rejects %s and keeps the rows around it', async (_name, row, code) => {
    const answer = await importFile(objectsCsv([objectRow(48), row, objectRow(49)]))
    expect(answer.body).toMatchObject({ received: 3, rejected: 1 })
    const report = await reportOf(answer)
    expect(report.split('\r\n')[1]).toMatch(new RegExp(`^3,.*${code}`))
  })

  it('DQ-04 takes the first of two rows of one object', async () => {
    const answer = await importFile(objectsCsv([objectRow(50), objectRow(50, { name: '另名' })]))
    expect(answer.body).toMatchObject({ received: 2, created: 1, rejected: 1 })
    expect((await byCode(creditCode(50)))?.name).toBe('示例企业50')
  })

  it('REG-41 leaves an object to the unit that owns it', async () => {
    await importFile(objectsCsv([objectRow(60)]))
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    const answer = await other.upload<ImportAnswer>('/v1/objects/import', objectsCsv([objectRow(60, { name: '改名' })]), 'text/csv')
    expect(answer.body).toMatchObject({ rejected: 1, changed: 0 })
    expect((await other.get<string>(answer.body.reportUrl)).body).toContain('owned-by-other-unit')
    const foreign = await other.upload<{ code: string }>('/v1/objects/import?unitId=230300-scj', objectsCsv([objectRow(60)]), 'text/csv')
    expect(foreign).toMatchObject({ status: 403, body: { code: 'unit-not-allowed' } })
  })

  it('SEC-03 lets only a clerk import', async () => {
    const planner = await registry.as(['PLANNER'])
    expect(await planner.upload('/v1/objects/import', objectsCsv([objectRow(61)]), 'text/csv')).toMatchObject({ status: 403 })
  })

  it('SEC-02 hides the pool of another unit and of another region', async () => {
    await importFile(objectsCsv([objectRow(62)]))
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-jyj' })
    expect((await other.get<Objects>(`/v1/objects?objectCode=${creditCode(62)}`)).body.items).toEqual([])
    expect(await other.get('/v1/objects?regionCode=230400')).toMatchObject({ status: 403 })
    const { objectId } = (await byCode(creditCode(62))) ?? { objectId: '' }
    expect(await other.get(`/v1/objects/${objectId}`)).toMatchObject({ status: 403 })
  })

  it('REG-30 records a deregistration and emits its status', async () => {
    await importFile(objectsCsv([objectRow(70)]))
    const { objectId } = (await byCode(creditCode(70))) ?? { objectId: '' }
    const api = await clerk()
    expect(await api.post(`/v1/objects/${objectId}/status`, { status: 'DEREGISTERED' })).toMatchObject({
      status: 200,
      body: { status: 'DEREGISTERED' },
    })
    const { body } = await api.get<{ versions: { content: { status: string } }[] }>(`/v1/objects/${objectId}`)
    expect(body.versions.map(({ content }) => content.status)).toEqual(['ACTIVE', 'DEREGISTERED'])
    await eventually(() =>
      expect(eventsOf('changed').map(({ payload }) => payload)).toContainEqual(
        expect.objectContaining({ objectId, status: 'DEREGISTERED' }),
      ),
    )
  })

  it('REG-24 lists what pool and source lack of each other', async () => {
    const api = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-swj' })
    await api.upload('/v1/objects/import', objectsCsv([objectRow(80), objectRow(81), objectRow(83, { status: '注销' })]), 'text/csv')
    const { body } = await api.upload<ImportAnswer>(
      '/v1/objects/reconciliation',
      `统一社会信用代码\n${creditCode(81)}\n${creditCode(82)}\n`,
      'text/csv',
    )
    expect(body).toMatchObject({ received: 2, absentFromPool: 1, absentFromSource: 1 })
    const report = (await api.get<string>(body.reportUrl)).body
    expect(report).toContain(`${creditCode(82)},absent-from-pool`)
    expect(report).toContain(`${creditCode(80)},absent-from-source`)
    for (const agreed of [81, 83]) expect(report).not.toContain(creditCode(agreed))
  })

  it('DQ-04 imports 20,000 rows, one event each, and nothing on the second time', async () => {
    const file = objectsCsv(Array.from({ length: 20_000 }, (_, serial) => objectRow(100_000 + serial)))
    expect((await importFile(file)).body).toMatchObject({ received: 20_000, created: 20_000, rejected: 0 })
    expect((await importFile(file)).body).toMatchObject({ received: 20_000, unchanged: 20_000 })
    const direct = new MongoClient(stackAddress().mongodbUri)
    const stored = await direct.db(registry.scope.database).collection('objects').countDocuments()
    await direct.close()
    await eventually(() => expect(eventsOf('registered')).toHaveLength(stored), { timeoutMs: 40_000 })
    expect(new Set(eventsOf('registered').map(({ aggregateId }) => aggregateId)).size).toBe(stored)
  })
})
