import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type World, world } from './support/world.ts'

interface PublicPage {
  readonly items: readonly { readonly publicationId: string; readonly objectCode: string; readonly objectName: string }[]
  readonly next?: string
}

const market = '230300-scj'
const fire = '230300-xfj'
const mine = { objectCode: '91230300MA18XXXX0A', objectName: '鸡西市兴达煤矿机械有限公司', objectId: 'object-1' }
const shop = { objectCode: '92230300MA19YYYY1B', objectName: '鸡西市鸡冠区老王粮油店', objectId: 'object-2' }

let w: World
let publisher: Api
let firePublisher: Api

const publishAs = async (who: Api, resultId: string, unitId: string, changes: Parameters<World['recorded']>[1]): Promise<void> => {
  await w.recorded(resultId, { unitId, ...changes })
  await w.completed(`task-${resultId}`, [resultId], { unitId })
  await eventually(async () => {
    const { body } = await who.post<{ readonly results: readonly { readonly status: string }[] }>('/v1/publications/publish', {
      publicationIds: [`pub-${resultId}`],
    })
    expect(body.results[0]?.status).toBe('published')
  })
}

const search = async (query: string): Promise<PublicPage> => {
  const { status, body } = await w.public.get<PublicPage>(`/v1/public/results?${query}`)
  expect(status).toBe(200)
  return body
}
const idsOf = ({ items }: PublicPage): readonly string[] => items.map(({ publicationId }) => publicationId)

beforeAll(async () => {
  w = await world()
  publisher = await w.as(['PUBLISHER'])
  firePublisher = await w.as(['PUBLISHER'], { unitId: fire })
  await publishAs(publisher, 'r1', market, mine)
  await publishAs(firePublisher, 'r2', fire, mine)
  await publishAs(publisher, 'r3', market, { ...shop, objectKind: 'OBJECT_KIND_INDIVIDUAL_BUSINESS' })
})
afterAll(() => w.dispose())

describe('the public search', () => {
  it('PUB-13 finds published results by the beginning of a name or code, without signing in', async () => {
    expect(idsOf(await search(`q=${encodeURIComponent('鸡西市鸡冠区')}`))).toEqual(['pub-r3'])
    expect(idsOf(await search('q=9123'))).toEqual(['pub-r1', 'pub-r2'])
    expect(idsOf(await search('q=9223'))).toEqual(['pub-r3'])
    expect(idsOf(await search(`q=${encodeURIComponent('粮油店')}`))).toEqual([])
    expect(idsOf(await search('q=%24%7B.*'))).toEqual([])
  })

  it('PUB-14 collects what each department published under the same object', async () => {
    const { items } = await search(`q=${mine.objectCode}`)
    expect(items).toMatchObject([
      { publicationId: 'pub-r1', unitId: market, objectName: mine.objectName },
      { publicationId: 'pub-r2', unitId: fire, objectName: mine.objectName },
    ])
    expect(JSON.stringify(items)).not.toMatch(/object-1|visit|draw/)
  })

  it('goes page by page, and by region', async () => {
    const first = await search('limit=2')
    expect(idsOf(first)).toEqual(['pub-r1', 'pub-r2'])
    const second = await search(`limit=2&after=${first.next ?? ''}`)
    expect(idsOf(second)).toEqual(['pub-r3'])
    expect(second.next).toBeUndefined()
    const byName = await search(`limit=1&q=${encodeURIComponent('鸡西市')}`)
    expect(idsOf(byName)).toEqual(['pub-r1'])
    expect(idsOf(await search(`limit=5&q=${encodeURIComponent('鸡西市')}&after=pub-r1`))).toEqual(['pub-r2', 'pub-r3'])
    expect(idsOf(await search('regionCode=230000'))).toHaveLength(3)
    expect(idsOf(await search('regionCode=230400'))).toEqual([])
    expect((await w.public.get('/v1/public/results?regionCode=abc')).status).toBe(400)
  })
})

describe('withholding', () => {
  it('PUB-08 keeps a statutory case from publication and from its deadline', async () => {
    await w.recorded('secret')
    await w.completed('task-secret', ['secret'])
    const path = '/v1/publications/pub-secret/exempt'
    const body = { legalBasis: '《中华人民共和国保守国家秘密法》第二十七条', approver: 'wang.wu' }
    await eventually(async () =>
      expect((await publisher.get<{ status: string }>('/v1/publications/pub-secret')).body.status).toBe('scheduled'),
    )
    expect((await publisher.post(path, { legalBasis: body.legalBasis })).status).toBe(400)
    expect(await publisher.post(path, { ...body, approver: 'li.si' })).toMatchObject({
      status: 400,
      body: { code: 'approver-is-applicant' },
    })
    expect((await firePublisher.post(path, body)).status).toBe(403)
    expect(await publisher.post(path, body)).toMatchObject({
      status: 200,
      body: { status: 'exempt', exemption: { ...body, requestedBy: 'li.si' } },
    })
    expect((await publisher.post(path, body)).status).toBe(200)
    w.clock.advance(60 * 86_400_000)
    await w.service.runSweep('deadlines')
    expect(await publisher.post('/v1/publications/publish', { publicationIds: ['pub-secret'] })).toMatchObject({
      body: { results: [{ status: 'refused', reason: 'publication-exempt' }] },
    })
    await eventually(() => expect(w.broker.of('pub-secret')).toEqual(['scheduled', 'exempted']))
  })

  it('PUB-24 hides a stopped record from channel and public, and keeps it with reason and time', async () => {
    await publishAs(publisher, 'stopping', market, { ...mine, resultType: 'RESULT_TYPE_NOT_PUBLICIZED' })
    const path = '/v1/publications/pub-stopping/stop'
    w.channel.mood = 'down'
    expect((await publisher.post(path, { reason: '信用修复完成' })).status).toBe(503)
    expect((await w.public.get('/v1/public/results/pub-stopping')).status).toBe(200)
    w.channel.mood = 'well'
    expect(await publisher.post(path, { reason: '信用修复完成' })).toMatchObject({
      status: 200,
      body: { status: 'stopped', stop: { reason: '信用修复完成', by: 'li.si', at: w.clock.now() } },
    })
    expect((await w.public.get('/v1/public/results/pub-stopping')).status).toBe(404)
    expect(idsOf(await search('q=9123'))).not.toContain('pub-stopping')
    expect(w.channel.records.has('pub-stopping')).toBe(false)
    expect((await publisher.post(path, { reason: '信用修复完成' })).status).toBe(200)
    expect(await publisher.post('/v1/publications/pub-secret/stop', { reason: '无' })).toMatchObject({
      status: 409,
      body: { code: 'publication-not-published' },
    })
    await eventually(() => expect(w.broker.of('pub-stopping').at(-1)).toBe('stopped'))
  })
})

describe('objections', () => {
  it('PUB-28 come from anyone and are logged with their outcome', async () => {
    const path = '/v1/public/results/pub-r1/objections'
    const filed = await w.public.post<{ objectionId: string }>(path, { text: '检查日期有误', contact: '0467-1234567' }, { key: 'k1' })
    expect(filed).toMatchObject({ status: 201, body: { status: 'open' } })
    expect(
      (await w.public.post<{ objectionId: string }>(path, { text: '检查日期有误', contact: '0467-1234567' }, { key: 'k1' })).body,
    ).toEqual(filed.body)
    expect((await w.public.post('/v1/public/results/pub-none/objections', { text: '无' })).status).toBe(404)
    const { objectionId } = filed.body
    const auditor = await w.as(['AUDITOR'], { unitId: '230000-scj', regionCode: '230000' })
    const seen = await auditor.get<{ items: readonly object[] }>('/v1/objections?status=open')
    expect(seen.body.items).toMatchObject([{ objectionId, publicationId: 'pub-r1', unitId: market, status: 'open' }])
    expect(seen.body.items[0]).not.toHaveProperty('contact')
    expect((await publisher.get<{ items: readonly object[] }>('/v1/objections')).body.items[0]).toHaveProperty('contact')
    const decide = `/v1/objections/${objectionId}/decide`
    expect((await firePublisher.post(decide, { outcome: 'REJECTED', explanation: '属实' })).status).toBe(403)
    expect(await publisher.post(decide, { outcome: 'REJECTED', explanation: '经核实无误' })).toMatchObject({
      status: 200,
      body: { status: 'decided', decision: { outcome: 'REJECTED' } },
    })
    expect((await publisher.post(decide, { outcome: 'UPHELD', explanation: '有误' })).status).toBe(409)
    expect((await publisher.post('/v1/objections/obj-none/decide', { outcome: 'UPHELD', explanation: '有误' })).status).toBe(404)
    await eventually(() => expect(w.broker.of(objectionId)).toEqual(['filed', 'decided']))
  })
})

describe('who sees which records', () => {
  it('SEC-02 is the own unit, or the region and below for an overseer', async () => {
    const ids = async (who: Api, query = ''): Promise<readonly string[]> =>
      (await who.get<{ items: readonly { publicationId: string }[] }>(`/v1/publications?status=published${query}`)).body.items.map(
        ({ publicationId }) => publicationId,
      )
    expect(await ids(firePublisher)).toEqual(['pub-r2'])
    expect((await firePublisher.get(`/v1/publications?unitId=${market}`)).status).toBe(403)
    expect((await firePublisher.get('/v1/publications/pub-r1')).status).toBe(403)
    const evaluator = await w.as(['EVALUATOR'], { unitId: '230000-scj', regionCode: '230000' })
    expect(await ids(evaluator)).toEqual(['pub-r1', 'pub-r2', 'pub-r3'])
    expect(await ids(evaluator, `&unitId=${fire}`)).toEqual(['pub-r2'])
    expect((await evaluator.get('/v1/publications/pub-r1')).status).toBe(200)
    const elsewhere = await w.as(['AUDITOR'], { unitId: '230400-scj', regionCode: '230400' })
    expect(await ids(elsewhere)).toEqual([])
    expect((await elsewhere.get('/v1/publications/pub-r1')).status).toBe(403)
    expect((await elsewhere.get('/v1/publications/pub-none')).status).toBe(404)
    expect((await (await w.as(['PLANNER'])).get('/v1/publications')).status).toBe(403)
  })
})
