import { events } from '@dual-random/contracts'
import type { PublicationPublished } from '@dual-random/contracts/publication'
import { fromRecord, KafkajsTransport, type ReceivedEvent, type TransportRecord, toRecord } from '@dual-random/messaging'
import { documents, newEvent, openStore } from '@dual-random/mongo'
import { createLogger } from '@dual-random/runtime'
import { api, type EventBus, eventBus, eventually, testScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedStore } from '../src/store/feed-store.ts'
import { type FeedFollower, followFeed } from './support/feed-reader.ts'
import { gatewayHarness, type Harness } from './support/harness.ts'

const { drawFrozen, drawDrawn, drawMatched } = events.drawing
const { planFiled, planPublished } = events.planning
const { publicationScheduled, publicationPublished, publicationStopped } = events.publication

const unit = (regionCode: string) => ({ regionCode, unitId: `${regionCode}-scj` })
const draw = (drawId: string, regionCode: string) => ({ drawId, ...unit(regionCode) })
const frozen = (id: string, regionCode: string) => ({
  ...draw(id, regionCode),
  planId: 'p',
  lineId: 'L01',
  planVersion: 1,
  batch: 1,
  attempt: 1,
  asOf: '2026-03-02T01:00:00.000Z',
})
const drawn = (id: string, regionCode: string) => ({ ...draw(id, regionCode), strata: [], drawn: 3 })
const matched = (id: string, regionCode: string) => ({
  ...draw(id, regionCode),
  planId: 'p',
  lineId: 'L01',
  batch: 1,
  drawn: 3,
  shortOfTeam: 0,
  transcriptDigest: 'd',
})
const publication = (id: string) => ({ publicationId: id, resultId: `r-${id}`, taskId: 't', ...unit('230300') })
const published = (id: string): PublicationPublished => ({
  ...publication(id),
  publishedAt: '2026-04-20T06:00:00.000Z',
  onTime: true,
  channel: 'publicitySystem',
  channelReference: 'x',
  objectCode: '91230300MA18B7XQ8Q',
  objectName: '示例企业',
  itemCode: 'L001',
  itemName: '检查',
  resultType: 'RESULT_TYPE_NO_PROBLEM',
  negative: false,
})

describe('the live feed', () => {
  let gateway: Harness
  let bus: EventBus<TransportRecord, ReceivedEvent>
  const following: FeedFollower[] = []

  beforeAll(async () => {
    gateway = await gatewayHarness()
    bus = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, gateway.scope, [])
  })
  afterAll(async () => {
    for (const follower of following) follower.leave()
    await bus?.close()
    await gateway?.[Symbol.asyncDispose]()
  })

  const follow = async (query = '', lastEventId?: string): Promise<FeedFollower> => {
    const follower = await followFeed(`${gateway.url}/v1/feed${query}`, lastEventId)
    follower.ended.catch(() => undefined)
    following.push(follower)
    return follower
  }
  const ids = ({ messages }: FeedFollower) => messages.map(({ data }) => data.id)

  it('brings public events as they come, and no others', async () => {
    const reader = await follow()
    await bus.publish(planFiled, 'plan-a', {
      planId: 'plan-a',
      ...unit('230300'),
      planVersion: 1,
      filedToRegionCode: '230000',
      filedAt: '2026-01-12T02:00:00.000Z',
      onTime: true,
    })
    await bus.publish(planPublished, 'plan-a', {
      planId: 'plan-a',
      ...unit('230300'),
      year: 2026,
      planType: 'PLAN_TYPE_INTERNAL',
      planVersion: 1,
      lines: [],
      policy: { preset: 'local/four-coal-cities', version: '1' },
      digest: 'd',
    })
    await bus.publish(drawFrozen, 'draw-a', frozen('draw-a', '230300'))
    await bus.publish(drawDrawn, 'draw-a', drawn('draw-a', '230300'))
    await bus.publish(publicationScheduled, 'pub-a', { ...publication('pub-a'), dueDate: '2026-05-09', provisional: false })
    await bus.publish(publicationPublished, 'pub-a', published('pub-a'))
    await eventually(() => expect(ids(reader).sort()).toEqual(['draw-a:2', 'plan-a:2', 'pub-a:2']))
    const message = reader.messages.find(({ data }) => data.id === 'draw-a:2')
    expect(message).toMatchObject({ event: drawDrawn.type, data: { type: drawDrawn.type, regionCode: '230300', data: { drawn: 3 } } })
  })

  it('brings each reader only its region, with what lies below, and the types it asks for', async () => {
    const [city, province, county, matches, either] = await Promise.all([
      follow('?regionCode=230400'),
      follow('?regionCode=230000'),
      follow('?regionCode=230402'),
      follow(`?types=${drawMatched.type}`),
      follow(`?types=${drawMatched.type}&types=${drawDrawn.type}&regionCode=230400`),
    ])
    await bus.publish(drawDrawn, 'draw-b', drawn('draw-b', '230400'))
    await bus.publish(drawMatched, 'draw-b', matched('draw-b', '230400'))
    await bus.publish(drawDrawn, 'draw-c', drawn('draw-c', '230500'))
    await eventually(() => expect(ids(province).sort()).toEqual(['draw-b:1', 'draw-b:2', 'draw-c:1']))
    await eventually(() => {
      expect(ids(city).sort()).toEqual(['draw-b:1', 'draw-b:2'])
      expect(ids(either).sort()).toEqual(['draw-b:1', 'draw-b:2'])
      expect(ids(matches)).toEqual(['draw-b:2'])
    })
    expect(ids(county)).toEqual([])
  })

  it('goes on after Last-Event-ID, and from now without one', async () => {
    const first = await follow('?regionCode=230600')
    for (const id of ['draw-d', 'draw-e', 'draw-f']) await bus.publish(drawDrawn, id, drawn(id, '230600'))
    await eventually(() => expect(first.messages).toHaveLength(3))
    const [one, ...later] = first.messages
    const resumed = await follow('?regionCode=230600', one?.id)
    await eventually(() => expect(resumed.messages).toEqual(later))
    const fresh = await follow('?regionCode=230600')
    await bus.publish(drawMatched, 'draw-d', matched('draw-d', '230600'))
    await eventually(() => expect(ids(fresh)).toEqual(['draw-d:2']))
    expect(ids(resumed)).toEqual([...later.map(({ data }) => data.id), 'draw-d:2'])
  })

  it('brings an event once, however often it was published', async () => {
    const reader = await follow('?regionCode=230700')
    await bus.publish(drawDrawn, 'draw-g', drawn('draw-g', '230700'))
    await bus.repeat()
    await bus.publish(drawMatched, 'draw-g', matched('draw-g', '230700'))
    await eventually(() => expect(ids(reader)).toContain('draw-g:2'))
    expect(ids(reader)).toEqual(['draw-g:1', 'draw-g:2'])
  })

  it('PUB-24 says that a result is no longer public, and does not show it again', async () => {
    const reader = await follow()
    await bus.publish(publicationPublished, 'pub-b', published('pub-b'))
    await eventually(() => expect(ids(reader)).toEqual(['pub-b:1']))
    await bus.publish(publicationStopped, 'pub-b', { ...publication('pub-b'), reason: '信用修复', stoppedAt: '2026-05-01T00:00:00.000Z' })
    await eventually(() => expect(ids(reader)).toEqual(['pub-b:1', 'pub-b:2']))
    const late = await follow(`?types=${publicationPublished.type},${publicationStopped.type}`, '2026-01-01T00:00:00.000Z')
    await eventually(() => expect(ids(late)).toContain('pub-b:2'))
    expect(ids(late)).not.toContain('pub-b:1')
  })

  it('refuses a region and a position that are none', async () => {
    expect(await api(gateway.url).get('/v1/feed?regionCode=2303')).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect(await api(gateway.url).get('/v1/feed', { headers: { 'last-event-id': '0' } })).toMatchObject({ status: 400 })
  })

  it('ends its streams when the gateway does', async () => {
    const ending = await gatewayHarness()
    const reader = await followFeed(`${ending.url}/v1/feed`)
    await ending.service[Symbol.asyncDispose]()
    await reader.ended
    expect(reader.messages).toEqual([])
    await ending[Symbol.asyncDispose]()
  })
})

describe('entries of two copies of the gateway', () => {
  it('are read in order of position, also when the earlier one was stored later', async () => {
    await using scope = await testScope('gateway')
    const { env, database } = scope
    const logger = createLogger({ service: 'test', level: 'silent' })
    await using store = await openStore({ uri: env['MONGODB_URI'] ?? '', database, logger })
    const collection = documents<{ readonly id: string; readonly position: string }>(store, { collection: 'feed_entries', indexes: [] })
    const feed = feedStore(store)
    const insert = (id: string, ageMs: number) =>
      collection.insertMissing([{ id, position: `${new Date(Date.now() - ageMs).toISOString()}|${id}` }])
    const read: string[] = []
    let position = '2026'
    const readOn = async (): Promise<void> => {
      const upTo = feed.settled()
      read.push(...(await feed.between(position, upTo, 500)).map(({ id }) => id))
      position = upTo
    }
    await insert('second', 100)
    await readOn()
    await insert('first', 200)
    await eventually(async () => {
      await readOn()
      expect(read).toEqual(['first', 'second'])
    })
  })
})
