import type { Api } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, itemHeader, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
let clerk: Api
let province: Api

const tagItem = (code: string, tags: string): string =>
  `${code},${code}检查,一般检查事项,《法》第一条,市场监管部门,经营过程,现场检查,,,企业,,内部抽查,${tags}`
const listPath = '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
const listOf = (...rows: readonly string[]): string => [`${itemHeader},适用标签`, ...rows, ''].join('\n')

beforeAll(async () => {
  registry = await startRegistry()
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  province = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await province.post('/v1/policy-bindings', { regionCode: '230000', preset: 'local/four-coal-cities', from: '2024-01-01' })
  clerk = await registry.as(['REGISTRY_CLERK'])
  const items = listOf(tagItem('WC-01', '业态:网络餐饮'), tagItem('XF-01', '消防重点'), tagItem('YT-01', '业态:堂食'))
  expect((await clerk.upload<ImportAnswer>(listPath, items, 'text/csv')).body).toMatchObject({ created: 3 })
})
afterAll(() => registry.dispose())

async function importObjects(...rows: readonly string[]) {
  return (await clerk.upload<ImportAnswer>('/v1/objects/import', objectsCsv(rows), 'text/csv')).body
}

const reportOf = async ({ reportUrl }: ImportAnswer) => (await clerk.get<string>(reportUrl)).body

async function idOf(serial: number): Promise<string> {
  const { body } = await clerk.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(serial)}`)
  return body.items[0]?.objectId ?? ''
}

interface Tags {
  readonly tags: readonly { readonly tag: string; readonly text: string; readonly sources: readonly unknown[] }[]
}
const tagsOf = async (serial: number) => clerk.get<Tags>(`/v1/objects/${await idOf(serial)}/tags`)

/** Whether an item has the object and the object the item: the two must always agree. */
async function isMapped(itemCode: string, serial: number): Promise<boolean> {
  const objects = await clerk.get<{ items: { objectCode: string }[] }>(`/v1/check-items/${itemCode}/objects?limit=500`)
  const items = await clerk.get<{ items: { code: string }[] }>(`/v1/objects/${await idOf(serial)}/check-items`)
  const found = objects.body.items.some(({ objectCode }) => objectCode === creditCode(serial))
  expect(items.body.items.some(({ code }) => code === itemCode)).toBe(found)
  return found
}

const netCatering = (nameContains: string, status = 'ACTIVE') => ({
  itemCode: 'WC-01',
  tag: '业态:网络餐饮',
  condition: { industryPrefixes: ['62'], nameContains: [nameContains] },
  status,
})
const rule = '/v1/tag-rules/net-catering'

describe('tagging rules', () => {
  it('REG-27 REG-28 tag an object in the write that changes it, and the mapping follows both ways', async () => {
    expect(await clerk.put(rule, netCatering('网络'))).toMatchObject({ status: 200, body: { version: 1, unitId: '230300-scj' } })
    await importObjects(
      objectRow(1, { name: '网络饭店' }),
      objectRow(2, { name: '普通饭店' }),
      objectRow(3, { name: '网络书店', industry: 'F5243' }),
    )
    expect([await isMapped('WC-01', 1), await isMapped('WC-01', 2), await isMapped('WC-01', 3)]).toEqual([true, false, false])
    expect((await tagsOf(1)).body.tags).toEqual([
      { tag: '业态:网络餐饮', text: '业态:网络餐饮', sources: [{ from: 'RULE', ruleId: 'net-catering' }] },
    ])
    await importObjects(objectRow(1, { name: '堂食饭店' }), objectRow(2, { name: '网络饭店二' }))
    expect([await isMapped('WC-01', 1), await isMapped('WC-01', 2)]).toEqual([false, true])
  })

  it('REG-27 a changed rule reaches the objects there are; a tag that a person gave is not undone', async () => {
    await importObjects(objectRow(10, { name: '网络快餐' }), objectRow(11, { name: '外卖快餐' }), objectRow(12, { name: '网络小吃' }))
    expect(await clerk.put(`/v1/objects/${await idOf(12)}/tags`, { tags: ['业态:网络餐饮'] })).toMatchObject({ status: 200 })
    expect((await clerk.put(rule, netCatering('外卖'))).status).toBe(200)
    await registry.service.runSweep('tag-rules')
    expect([await isMapped('WC-01', 10), await isMapped('WC-01', 11), await isMapped('WC-01', 12)]).toEqual([false, true, true])
    expect((await tagsOf(12)).body.tags).toMatchObject([{ sources: [{ from: 'UNIT', unitId: '230300-scj' }] }])
    expect((await clerk.put(rule, netCatering('外卖', 'RETIRED'))).status).toBe(200)
    await registry.service.runSweep('tag-rules')
    expect([await isMapped('WC-01', 11), await isMapped('WC-01', 12)]).toEqual([false, true])
    await importObjects(objectRow(12, { name: '改名' }))
    expect(await isMapped('WC-01', 12)).toBe(true)
  })

  it('REG-27 DQ-04 tag every batch of a large file in the write that makes the object, and none in a trial', async () => {
    const rows = 3500
    expect((await clerk.put(rule, netCatering('网络'))).status).toBe(200)
    const file = objectsCsv(Array.from({ length: rows }, (_, index) => objectRow(1000 + index, { name: `网络饭店${index}` })))
    const trial = await clerk.upload<ImportAnswer>('/v1/objects/import?trial=true', file, 'text/csv')
    expect(trial.body).toMatchObject({ received: rows, created: rows })
    expect(await idOf(1000)).toBe('')
    expect((await clerk.upload<ImportAnswer>('/v1/objects/import', file, 'text/csv')).body).toMatchObject({ created: rows })
    // The first and the last of each batch.
    for (const serial of [1000, 1999, 2000, 2999, 3000, 3999, 4000, 4499]) {
      const { body, headers } = await tagsOf(serial)
      expect(body.tags).toMatchObject([{ tag: '业态:网络餐饮', sources: [{ from: 'RULE', ruleId: 'net-catering' }] }])
      expect(headers.get('etag')).toBe('"1"')
    }
    expect((await clerk.upload<ImportAnswer>('/v1/objects/import', file, 'text/csv')).body).toMatchObject({ created: 0, unchanged: rows })
  })

  it('REG-27 a rule rests when its item is put off the list, and comes back with it', async () => {
    await clerk.put('/v1/tag-rules/dine-in', { itemCode: 'YT-01', tag: '消防重点', condition: { nameContains: ['酒楼'] } })
    await importObjects(objectRow(20, { name: '示例酒楼' }))
    expect(await isMapped('XF-01', 20)).toBe(true)
    const fewer = listOf(tagItem('WC-01', '业态:网络餐饮'), tagItem('XF-01', '消防重点'))
    expect((await clerk.upload<ImportAnswer>(`${listPath}&trigger=REPEAL`, fewer, 'text/csv')).body).toMatchObject({ removed: 1 })
    await registry.service.runSweep('tag-rules')
    expect(await isMapped('XF-01', 20)).toBe(false)
    const again = listOf(tagItem('WC-01', '业态:网络餐饮'), tagItem('XF-01', '消防重点'), tagItem('YT-01', '业态:堂食'))
    await clerk.upload(`${listPath}&trigger=ENACT`, again, 'text/csv')
    await registry.service.runSweep('tag-rules')
    expect(await isMapped('XF-01', 20)).toBe(true)
  })

  it('REG-27 refuses a rule for an item that is not in force, without condition, of another unit, and over a version nobody saw', async () => {
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect(await clerk.put('/v1/tag-rules/x', { ...netCatering('店'), itemCode: 'NO-1' })).toMatchObject({
      body: { code: 'item-not-in-force' },
    })
    expect(await clerk.put('/v1/tag-rules/x', { ...netCatering('店'), condition: {} })).toMatchObject({
      status: 400,
      body: { code: 'tag-rule-without-condition' },
    })
    expect(await clerk.put('/v1/tag-rules/x', { ...netCatering('店'), tag: '颜色:红' })).toMatchObject({
      body: { code: 'tag-not-readable' },
    })
    expect(await other.put('/v1/tag-rules/dine-in', netCatering('店'))).toMatchObject({
      status: 403,
      body: { code: 'owned-by-other-unit' },
    })
    const stale = { headers: { 'if-match': '"7"' } }
    expect(await clerk.put('/v1/tag-rules/dine-in', netCatering('店'), stale)).toMatchObject({
      status: 412,
      body: { code: 'version-conflict' },
    })
    const planner = await registry.as(['PLANNER'])
    expect(await planner.put('/v1/tag-rules/x', netCatering('店'))).toMatchObject({ status: 403 })
    const listed = await planner.get<{ items: { ruleId: string }[]; next?: string }>('/v1/tag-rules?limit=1')
    expect(listed.body).toMatchObject({ items: [{ ruleId: 'dine-in', itemCode: 'YT-01' }], next: 'dine-in' })
  })
})

describe('tag dimensions', () => {
  const change = (body: object, api = province, headers = {}) => api.post<{ code?: string }>('/v1/tag-scheme/changes', body, { headers })

  it('REG-26 are added, renamed and retired as data: files, objects and mapping follow', async () => {
    const row = objectRow(30, { tags: '经营形态:堂食；消防等级:一级' })
    const refused = await importObjects(row)
    expect(refused).toMatchObject({ rejected: 1 })
    expect(await reportOf(refused)).toContain('tag-malformed')
    const seen = await clerk.get<{ version: number }>('/v1/tag-scheme')
    expect(seen.headers.get('etag')).toBe('"1"')
    expect(
      await change({ action: 'ADD', dimensionId: 'FIRE_LEVEL', name: '消防等级', reason: '消防部门需要' }, province, { 'if-match': '"1"' }),
    ).toMatchObject({
      status: 200,
      body: { version: 2, regionCode: '230000' },
    })
    await change({ action: 'RENAME', dimensionId: 'BUSINESS_FORM', name: '经营形态', reason: '规范更新' })
    expect(await importObjects(row)).toMatchObject({ created: 1 })
    expect((await tagsOf(30)).body.tags.map(({ text }) => text).sort()).toEqual(['消防等级:一级', '经营形态:堂食'].sort())
    expect(await isMapped('YT-01', 30)).toBe(true)

    await change({ action: 'RETIRE', dimensionId: 'BUSINESS_FORM', reason: '并入业务类别' })
    const late = await importObjects(objectRow(31, { tags: '业态:堂食' }))
    expect(await reportOf(late)).toContain('tag-dimension-retired')
    expect(await isMapped('YT-01', 30)).toBe(true)
    // A file from before it was retired loses no row: what the object has stays, and goes when the file says so, and does not come back.
    expect(await importObjects(row)).toMatchObject({ received: 1, unchanged: 1, rejected: 0 })
    const renamed = objectRow(30, { tags: '经营形态:堂食；消防等级:一级', name: '新名称' })
    expect(await importObjects(renamed)).toMatchObject({ changed: 1, rejected: 0 })
    const more = await importObjects(objectRow(30, { tags: '业态:堂食；业态:外卖' }))
    expect(more).toMatchObject({ changed: 0, rejected: 1 })
    expect(await reportOf(more)).toContain('2,标签,业态:外卖,tag-dimension-retired')
    expect(await importObjects(objectRow(30, { tags: '消防等级:一级' }))).toMatchObject({ changed: 1 })
    expect(await importObjects(row)).toMatchObject({ changed: 0, rejected: 1 })
    const { body } = await clerk.get<{ version: number; versions: { change: { action: string }; by: object; reason: string }[] }>(
      '/v1/tag-scheme',
    )
    expect(body.version).toBe(4)
    expect(body.versions.map((version) => version.change.action)).toEqual(['ADD', 'RENAME', 'RETIRE'])
    expect(body.versions[0]).toMatchObject({ reason: '消防部门需要', by: { unitId: '230000-scj' } })
  })

  it('REG-26 stay where a unit or a list gave them before they were retired, and are given to nothing else', async () => {
    await change({ action: 'ADD', dimensionId: 'SEASON', name: '时令', reason: '试' })
    await importObjects(objectRow(50), objectRow(51))
    const labels = (serial: number, tags: string) =>
      clerk.upload<ImportAnswer>('/v1/objects/labels/import', `统一社会信用代码,标签\n${creditCode(serial)},${tags}\n`, 'text/csv')
    const list = (code: string, content: string) =>
      clerk.upload<ImportAnswer>(
        '/v1/check-item-lists/import?listId=seasonal&businessLine=时令&effectiveFrom=2026-01-01&trigger=AMEND',
        `${itemHeader},适用标签\n${code},时令检查,一般检查事项,法,部门,${content},现场检查,,,企业,,内部抽查,时令:夏\n`,
        'text/csv',
      )
    expect((await labels(50, '时令:夏')).body).toMatchObject({ changed: 1 })
    expect((await list('SL-01', '甲')).body).toMatchObject({ created: 1 })
    await change({ action: 'RETIRE', dimensionId: 'SEASON', reason: '试' })

    expect((await labels(50, '时令:夏')).body).toMatchObject({ unchanged: 1, rejected: 0 })
    expect((await labels(50, '时令:夏；重点')).body).toMatchObject({ changed: 1, rejected: 0 })
    const other = await labels(51, '时令:夏')
    expect(other.body).toMatchObject({ changed: 0, rejected: 1 })
    expect(await reportOf(other.body)).toContain('2,标签,时令:夏,tag-dimension-retired')

    const put = async (serial: number, ...tags: string[]) => clerk.put(`/v1/objects/${await idOf(serial)}/tags`, { tags })
    expect(await put(50, '时令:夏')).toMatchObject({ status: 200 })
    expect(await put(50, '时令:夏', '时令:秋')).toMatchObject({
      status: 400,
      body: { code: 'tag-dimension-retired', detail: expect.stringContaining('时令:秋') as string },
    })

    expect((await list('SL-01', '乙')).body).toMatchObject({ changed: 1, rejected: 0 })
    const another = await list('SL-02', '乙')
    expect(another.body).toMatchObject({ created: 0, rejected: 1 })
    expect(await reportOf(another.body)).toContain('2,适用标签,时令:夏,tag-dimension-retired')
  })

  it('REG-26 are the province’s to change, one version after the other', async () => {
    const add = { action: 'ADD', dimensionId: 'OTHER', name: '其他', reason: '试' }
    const city = await registry.as(['POLICY_ADMIN'])
    expect(await change(add, city)).toMatchObject({ status: 403, body: { code: 'tag-scheme-is-provincial' } })
    expect(await change(add, clerk)).toMatchObject({ status: 403 })
    expect(await change(add, province, { 'if-match': '"1"' })).toMatchObject({ status: 412 })
    expect(await change({ ...add, name: '业态' })).toMatchObject({ status: 409, body: { code: 'tag-dimension-name-taken' } })
    for (const name of ['其:他', '＝其他', '-其他']) expect(await change({ ...add, name })).toMatchObject({ status: 400 })
  })
})

it('describes the routes of tags, identity, reports and sources in its OpenAPI document', async () => {
  const { body } = await clerk.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json')
  const routes = [
    ['/v1/tag-scheme/changes', 'post'],
    ['/v1/tag-rules/{ruleId}', 'put'],
    ['/v1/objects/{objectId}/tags', 'put'],
    ['/v1/objects/{objectId}/merge', 'post'],
    ['/v1/objects/labels/import', 'post'],
    ['/v1/pools/members', 'get'],
    ['/v1/reports', 'get'],
    ['/v1/draws/{drawId}/sources', 'get'],
  ] as const
  for (const [path, method] of routes) expect(body.paths[path]?.[method], `${method} ${path}`).toBeDefined()
})
