import { events } from '@dual-random/contracts'
import type { GetPublishedPlanResponse } from '@dual-random/contracts/planning'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PublicitySystem, publicitySystem } from './support/publicity-system.ts'
import { city, unit, type World, world } from './support/world.ts'

interface PlanBody {
  readonly planId: string
  readonly version: number
  readonly status: string
  readonly channels: readonly Readonly<Record<string, string>>[]
  readonly push?: { readonly attempts: number }
}

const scj = { unitId: unit, name: '鸡西市市场监督管理局' }
const gaj = { unitId: '230300-gaj', name: '鸡西市公安局' }

const inForce = (planId: string, planVersion: number, changes: Partial<GetPublishedPlanResponse> = {}): GetPublishedPlanResponse => ({
  planId,
  planVersion,
  regionCode: city,
  unit: scj,
  year: 2026,
  planType: 'PLAN_TYPE_JOINT',
  title: '鸡西市市场监督管理局2026年度“双随机、一公开”部门联合抽查工作计划',
  digest: String(planVersion).repeat(64),
  publishedAt: '2026-04-12T02:00:00.000Z',
  channels: ['publicitySystem'],
  lines: [
    {
      lineId: 'L01',
      taskName: '物流寄递企业联合检查',
      items: [{ itemCode: 'L001', name: '寄递安全检查' }],
      objectScope: '辖区内寄递企业',
      scope: { kinds: ['OBJECT_KIND_ENTERPRISE'], industryPrefixes: ['G60'], tags: [], regionCodes: [] },
      ratios: [{ stratum: 'ALL', ratio: { numerator: 1, denominator: 20 } }],
      windows: [{ start: '2026-05-01', end: '2026-10-31' }],
      batchScopes: [],
      initiator: scj,
      participants: [gaj],
    },
  ],
  ...changes,
})

let w: World
let website: PublicitySystem
let planner: Api

/** Planning publishes a version: it is in force there, and its event comes; the record is there once the event is applied. */
async function published(plan: GetPublishedPlanResponse): Promise<void> {
  w.peers.published(plan)
  await told(plan.planId, plan.planVersion)
}

async function told(planId: string, planVersion: number): Promise<void> {
  const { topic } = events.planning.planPublished
  const seq = await w.broker.publish(events.planning.planPublished, planId, {
    planId,
    regionCode: city,
    unitId: unit,
    year: 2026,
    planType: 'PLAN_TYPE_JOINT',
    planVersion,
    lines: [],
    policy: { preset: 'local/four-coal-cities', version: '1' },
    digest: String(planVersion).repeat(64),
  })
  await eventually(async () => expect(await w.inboxMarks(topic, planId)).toBe(seq), { timeoutMs: 90_000 })
}

const sweep = (): Promise<void> => w.service.runSweep('published-plans')
const record = async (planId: string): Promise<PlanBody> => (await planner.get<PlanBody>(`/v1/published-plans/${planId}`)).body

beforeAll(async () => {
  website = await publicitySystem()
  w = await world({ DR_CHANNEL_URLS: `departmentWebsite=${website.url}` })
  planner = await w.as(['PLANNER'])
})
afterAll(async () => {
  await w?.dispose()
  await website?.close()
})

describe('a published plan', () => {
  it('PLN-08 PUB-25 stands on the publicity system as the public reads it, counts once it is read back, and is told of with its proof', async () => {
    w.channel.mood = 'forgetful'
    await published(inForce('plan-a', 1))
    await sweep()
    expect(await record('plan-a')).toMatchObject({
      status: 'pending',
      channels: [{ channel: 'publicitySystem', status: 'pending', lastFailure: 'channel-differs' }],
      push: { attempts: 1 },
    })
    expect(w.broker.of('plan-a')).toEqual([])
    w.channel.mood = 'well'
    await eventually(async () => {
      await sweep()
      expect(await record('plan-a')).toMatchObject({
        status: 'delivered',
        version: 1,
        channels: [{ channel: 'publicitySystem', status: 'delivered', channelReference: 'ref-plan-a', deliveredAt: w.clock.now() }],
      })
    })
    expect(w.channel.records.get('plan-a')).toEqual({
      publicationId: 'plan-a',
      version: 1,
      regionCode: city,
      unitId: unit,
      unitName: scj.name,
      year: 2026,
      planType: 'JOINT',
      title: '鸡西市市场监督管理局2026年度“双随机、一公开”部门联合抽查工作计划',
      digest: '1'.repeat(64),
      publishedAt: '2026-04-12T02:00:00.000Z',
      channel: 'publicitySystem',
      lines: [
        {
          lineId: 'L01',
          taskName: '物流寄递企业联合检查',
          items: [{ code: 'L001', name: '寄递安全检查' }],
          objectScope: '辖区内寄递企业',
          scope: { kinds: ['ENTERPRISE'], industryPrefixes: ['G60'], tags: [], regionCodes: [] },
          ratios: [{ stratum: 'ALL', ratio: '5%' }],
          windows: [{ start: '2026-05-01', end: '2026-10-31' }],
          initiator: scj,
          participants: [gaj],
        },
      ],
    })
    const { type } = events.publication.publishedPlanDelivered
    await eventually(() =>
      expect(w.broker.heard.find((event) => event.type === type && event.aggregateId === 'plan-a')?.payload).toMatchObject({
        planVersion: 1,
        digest: '1'.repeat(64),
        channel: 'publicitySystem',
        channelReference: 'ref-plan-a',
      }),
    )
  })

  it('PLN-10 is replaced under its id by a later version, and an old one told of again changes nothing', async () => {
    await published(inForce('plan-a', 2, { title: '调整后的计划' }))
    await sweep()
    expect(w.channel.records.get('plan-a')).toMatchObject({ version: 2, title: '调整后的计划' })
    const puts = w.channel.puts('plan-a')
    await told('plan-a', 1)
    await sweep()
    expect(w.channel.puts('plan-a')).toBe(puts)
    expect(await record('plan-a')).toMatchObject({ version: 2, status: 'delivered' })
  })

  it('PUB-25 waits for planning, and is taken up again by itself', async () => {
    await told('plan-b', 1)
    await sweep()
    expect(await record('plan-b')).toMatchObject({
      status: 'pending',
      channels: [],
      push: { attempts: 1, lastFailure: 'plan-not-published' },
    })
    w.peers.published(inForce('plan-b', 1))
    await eventually(async () => {
      await sweep()
      expect((await record('plan-b')).status).toBe('delivered')
    })
  })

  it('PLN-08 goes to every channel of its policy, and what this deployment has no address of is told plainly', async () => {
    await published(inForce('plan-c', 1, { channels: ['departmentWebsite', 'enforcementPlatform'] }))
    await sweep()
    expect(website.records.get('plan-c')).toMatchObject({ channel: 'departmentWebsite' })
    expect(w.channel.records.has('plan-c')).toBe(false)
    expect((await record('plan-c')).channels).toMatchObject([
      { channel: 'departmentWebsite', status: 'delivered' },
      { channel: 'enforcementPlatform', status: 'no-channel', lastFailure: 'no-channel' },
    ])
    const { type } = events.publication.publishedPlanUndelivered
    await eventually(() =>
      expect(w.broker.heard.find((event) => event.type === type)?.payload).toMatchObject({
        planId: 'plan-c',
        channel: 'enforcementPlatform',
        failure: 'no-channel',
      }),
    )
    const metrics = await (await fetch(`http://127.0.0.1:${w.service.httpPort}/metrics`)).text()
    const since = /^dr_published_plan_undelivered_since_timestamp_seconds(?:\{[^}]*\})? (\S+)$/m.exec(metrics)?.[1]
    expect(Number(since)).toBeGreaterThan(0)
  })

  it('PLN-08 SEC-02 is listed for its unit and its overseers, page by page, and for nobody else', async () => {
    const ids = async (api: Api, query = '') => (await api.get<{ items: PlanBody[]; next?: string }>(`/v1/published-plans${query}`)).body
    expect((await ids(planner)).items.map(({ planId }) => planId)).toEqual(['plan-a', 'plan-b', 'plan-c'])
    expect(await ids(planner, '?limit=2')).toMatchObject({ items: [{ planId: 'plan-a' }, { planId: 'plan-b' }], next: 'plan-b' })
    expect((await ids(planner, '?after=plan-b')).items.map(({ planId }) => planId)).toEqual(['plan-c'])
    expect((await ids(planner, '?status=pending')).items.map(({ planId }) => planId)).toEqual(['plan-c'])
    const auditor = await w.as(['AUDITOR'], { unitId: '230000-scj', regionCode: '230000' })
    expect((await ids(auditor)).items).toHaveLength(3)
    const other = await w.as(['PLANNER'], { unitId: '230300-gaj' })
    expect((await ids(other)).items).toEqual([])
    expect((await other.get('/v1/published-plans/plan-a')).status).toBe(403)
    expect((await (await w.as(['AUDITOR'], { regionCode: '230400' })).get('/v1/published-plans/plan-a')).status).toBe(403)
    expect((await (await w.as(['INSPECTOR'])).get('/v1/published-plans')).status).toBe(403)
    expect(await planner.get('/v1/published-plans/plan-z')).toMatchObject({ status: 404, body: { code: 'published-plan-unknown' } })
  })
})
