import { GetPublishedPlanResponse } from '@dual-random/contracts/planning'
import type { Instant, LineId, LocalDate, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { processSubscription, type Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NamedPublishedPlan } from '../../services/planning/src/app/published-plan.ts'
import type { Plan, PublishedVersion } from '../../services/planning/src/domain/plan.ts'
import { onPlanDelivery } from '../../services/planning/src/events/on-plan-delivery.ts'
import { tell } from '../../services/planning/src/events/publish.ts'
import { publishedPlanMessage } from '../../services/planning/src/grpc/published-plan.ts'
import { planStore } from '../../services/planning/src/store/plan-store.ts'
import { sweepPublishedPlans } from '../../services/publication/src/app/deliver-plans.ts'
import type { PublicChannel, PublicRecord } from '../../services/publication/src/app/ports.ts'
import { publicPlan } from '../../services/publication/src/domain/public-plan.ts'
import { onPlanPublished } from '../../services/publication/src/events/on-plan-published.ts'
import { tellPlanDelivery } from '../../services/publication/src/events/publish-plan-delivery.ts'
import { readPlanOf } from '../../services/publication/src/peers/published-plan-peer.ts'
import { publishedPlanStore } from '../../services/publication/src/store/published-plan-store.ts'
import { hear } from './support/consumer.ts'
import { inGoldenForm } from './support/emitted.ts'
import { golden } from './support/examples.ts'
import { listeningOutbox, testStore } from './support/test-store.ts'

const { data } = golden('plan-published')
const planId = data['planId'] as PlanId
const scj = '230300-scj' as UnitId
const gaj = '230300-gaj' as UnitId
const day = (text: string): LocalDate => text as LocalDate

/** The golden plan as planning keeps it, with what the golden event leaves out of its lines. */
const version = {
  number: 2,
  state: 'PUBLISHED',
  changes: [],
  publication: {
    by: 'zhao.liu',
    at: golden('plan-published').time as Instant,
    channels: ['publicitySystem'],
    digest: String(data['digest']),
  },
  lines: [
    {
      lineId: 'L01' as LineId,
      taskName: '物流寄递企业联合检查',
      objectScope: '寄递企业',
      scope: { kinds: ['ENTERPRISE'], industryPrefixes: ['G60'], tags: ['PRODUCT:粉尘'], regionCodes: [] },
      itemCodes: ['L001'],
      ratios: [{ stratum: 'ALL', ratio: { numerator: 1, denominator: 20 } }],
      initiatorUnitId: scj,
      units: [{ unitId: scj }, { unitId: gaj }],
      batches: [{ number: 1, window: { start: day('2026-03-01'), end: day('2026-06-30') } }],
      reasons: [{ rule: 'CREDIT_RATIO_BANDS', reason: '内部说明', by: 'zhao.liu', at: '2026-01-01T00:00:00.000Z' }],
    },
  ],
  undrawn: [
    {
      lineId: 'L02' as LineId,
      kind: 'KEY_SUPERVISION',
      taskName: '电梯使用单位全覆盖检查',
      objectScope: '电梯使用单位',
      objects: { kinds: [], industryPrefixes: [], tags: [] },
      itemCodes: ['L007'],
      initiatorUnitId: scj,
      unitIds: [scj, gaj],
      window: { start: day('2026-04-01'), end: day('2026-11-30') },
      reasons: [],
    },
  ],
} as unknown as PublishedVersion

const plan: Plan = {
  planId,
  regionCode: '230300' as RegionCode,
  unitId: scj,
  year: 2026,
  planType: 'JOINT',
  policy: { preset: 'p', version: '1' },
  policyDigest: 'f'.repeat(64),
  rationale: '内部考虑',
  drafted: { by: 'zhao.liu', at: '2026-01-01T00:00:00.000Z' as Instant },
  updatedAt: '2026-01-20T01:00:00.000Z' as Instant,
  nextLine: 3,
  versions: [version],
}

const names: NamedPublishedPlan['names'] = {
  item: (code) => `事项${code}`,
  unit: (id) => (id === scj ? '鸡西市市场监督管理局' : '鸡西市公安局'),
}
const sent = (): GetPublishedPlanResponse =>
  GetPublishedPlanResponse.decode(GetPublishedPlanResponse.encode(publishedPlanMessage({ plan, version, names })).finish())

describe('publication takes plans that planning published to their channels', () => {
  let store: Store
  let now = ''
  const clock = () => now as Instant
  const outbox = listeningOutbox()

  beforeAll(async () => {
    store = await testStore('plans')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('PLN-08 reads of planning what the public is to see, and nothing of how it came about', () => {
    const read = readPlanOf(sent())
    expect(publicPlan(read, 'publicitySystem')).toEqual({
      publicationId: planId,
      version: 2,
      regionCode: '230300',
      unitId: scj,
      unitName: '鸡西市市场监督管理局',
      year: 2026,
      planType: 'JOINT',
      title: '鸡西市市场监督管理局2026年度“双随机、一公开”部门联合抽查工作计划',
      digest: data['digest'],
      publishedAt: golden('plan-published').time,
      channel: 'publicitySystem',
      lines: [
        {
          lineId: 'L01',
          taskName: '物流寄递企业联合检查',
          items: [{ code: 'L001', name: '事项L001' }],
          objectScope: '寄递企业',
          scope: { kinds: ['ENTERPRISE'], industryPrefixes: ['G60'], tags: ['PRODUCT:粉尘'], regionCodes: [] },
          ratios: [{ stratum: 'ALL', ratio: '5%' }],
          windows: [{ start: '2026-03-01', end: '2026-06-30' }],
          initiator: { unitId: scj, name: '鸡西市市场监督管理局' },
          participants: [{ unitId: gaj, name: '鸡西市公安局' }],
        },
        {
          lineId: 'L02',
          taskName: '电梯使用单位全覆盖检查',
          items: [{ code: 'L007', name: '事项L007' }],
          objectScope: '电梯使用单位',
          windows: [{ start: '2026-04-01', end: '2026-11-30' }],
          initiator: { unitId: scj, name: '鸡西市市场监督管理局' },
          participants: [{ unitId: gaj, name: '鸡西市公安局' }],
          undrawnKind: 'KEY_SUPERVISION',
        },
      ],
    })
    expect(JSON.stringify(read)).not.toMatch(/zhao\.liu|内部/)
  })

  it.each([
    ['unit', { unit: undefined }],
    ['publishedAt', { publishedAt: undefined }],
    ['planType', { planType: 'PLAN_TYPE_UNSPECIFIED' as const }],
    ['regionCode', { regionCode: '' }],
  ])('PLN-08 takes no plan without its %s', (field, members) => {
    expect(() => readPlanOf({ ...sent(), ...members })).toThrow(field)
  })

  it('PLN-08 hears the version, tells that it has no address of its channel, and then its proof, which planning takes onto the version', async () => {
    const plans = publishedPlanStore(store, { relay: outbox.relay, clock, tell: tellPlanDelivery })
    let systemNow = golden('published-plan-undelivered').time as Instant
    const published = processSubscription(store, {
      topic: 'planning.plan.v1',
      on: [onPlanPublished({ plans, systemClock: () => systemNow })],
    })
    await hear([published], 'plan-published')
    const records = new Map<string, PublicRecord>()
    const channel: PublicChannel = {
      put: async (record) => void records.set(record.publicationId, record),
      read: async (id) => ({ ...records.get(id), reference: golden('published-plan-delivered').data['channelReference'] }),
      remove: async () => undefined,
    }
    const sweep = (planChannels: ReadonlyMap<string, PublicChannel>) =>
      sweepPublishedPlans(
        { plans, readPublishedPlan: async () => readPlanOf(sent()), planChannels, clock, systemClock: () => systemNow },
        new AbortController().signal,
      )
    now = golden('published-plan-undelivered').time
    await sweep(new Map())
    now = golden('published-plan-delivered').time
    systemNow = now as Instant
    await sweep(new Map([['publicitySystem', channel]]))
    expect((await outbox.published()).map(inGoldenForm)).toEqual([golden('published-plan-undelivered'), golden('published-plan-delivered')])

    const kept = planStore(store, { relay: outbox.relay, clock }, tell)
    await kept.change(planId, () => [{ type: 'drafted', plan }])
    const deliveries = async () =>
      (await kept.load(planId))?.versions.map((each) => ('publication' in each ? each.publication.deliveries : []))
    await hear([onPlanDelivery(store, { plans: kept })], 'published-plan-undelivered')
    expect(await deliveries()).toEqual([
      [{ channel: 'publicitySystem', undeliveredSince: '2026-01-20T01:00:05.000Z', failure: 'no-channel' }],
    ])
    await hear([onPlanDelivery(store, { plans: kept })], 'published-plan-undelivered', 'published-plan-delivered')
    expect(await deliveries()).toEqual([
      [{ channel: 'publicitySystem', deliveredAt: '2026-01-20T02:00:00.000Z', reference: 'gsxt-2026-000017' }],
    ])
  })
})
