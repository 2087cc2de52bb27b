import { appError } from '@dual-random/errors'
import type { Instant, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { ReadPlan } from '../domain/public-plan.ts'
import type { ChannelDelivery, PublishedPlan } from '../domain/published-plan.ts'
import { type PlanDeliveryDependencies, planLeaseMs, sweepPublishedPlans } from './deliver-plans.ts'
import { hearPlan } from './hear-plan.ts'
import type { PublicChannel, PublicRecord, PublishedPlans } from './ports.ts'

const planId = 'plan-1' as PlanId
const planOf = (version: number, changes: Partial<ReadPlan> = {}): ReadPlan => ({
  planId,
  version,
  regionCode: '230300' as RegionCode,
  unit: { unitId: '230300-scj' as UnitId, name: '鸡西市市场监督管理局' },
  year: 2026,
  planType: 'INTERNAL',
  title: '鸡西市市场监督管理局2026年度“双随机、一公开”抽查工作计划',
  digest: `d${version}`,
  publishedAt: '2026-01-20T01:00:00.000Z',
  channels: ['publicitySystem'],
  lines: [
    {
      lineId: 'L01',
      taskName: '商品质量检查',
      items: [{ code: 'G1', name: '商品质量' }],
      ratios: [{ stratum: 'ALL', ratio: '5%' }],
      windows: [{ start: '2026-03-01', end: '2026-12-31' }],
      initiator: { unitId: '230300-scj', name: '鸡西市市场监督管理局' },
      participants: [],
    },
  ],
  ...changes,
})

/** One plan in memory, a channel that keeps what it gets, and planning, which says what is in force. */
function office(inForce: () => ReadPlan) {
  let kept: PublishedPlan | undefined
  const told: ChannelDelivery[] = []
  const records = new Map<string, PublicRecord>()
  let now = Date.parse('2026-01-20T01:00:00.000Z')
  const clock = (): Instant => new Date(now).toISOString() as Instant
  const plans: PublishedPlans = {
    load: async () => kept,
    change: async (_id, decide) => {
      const change = decide(kept)
      kept = change?.plan ?? kept
      told.push(...(change?.events ?? []))
      return kept
    },
    list: async () => [],
    duePushes: async (systemNow) => (kept?.status === 'pending' && kept.push.retryAt <= systemNow ? [planId] : []),
    pendingSince: async () => undefined,
  }
  const channel = {
    put: async (record: PublicRecord) => void records.set(record.publicationId, record),
    read: async (id: string): Promise<Readonly<Record<string, unknown>> | undefined> => structuredClone({ ...records.get(id) }),
    remove: async () => undefined,
  } satisfies PublicChannel
  const dependencies: PlanDeliveryDependencies = {
    plans,
    readPublishedPlan: async () => inForce(),
    planChannels: new Map([['publicitySystem', channel]]),
    clock,
    systemClock: clock,
  }
  return {
    channel,
    records,
    told,
    kept: () => kept,
    pass: (ms: number) => {
      now += ms
    },
    hear: (version: number) =>
      hearPlan(dependencies, {
        planId,
        regionCode: '230300' as RegionCode,
        unitId: '230300-scj' as UnitId,
        version,
        digest: `d${version}`,
      }),
    sweep: async (more: Partial<PlanDeliveryDependencies> = {}) =>
      Object.fromEntries(await sweepPublishedPlans({ ...dependencies, ...more }, new AbortController().signal)),
  }
}

describe('the delivery of published plans', () => {
  it('PLN-08 PUB-25 puts the plan on its channel, and believes it when every member comes back, also inside its lines', async () => {
    const there = office(() => planOf(1))
    await there.hear(1)
    const read = there.channel.read
    there.channel.read = async (id) => {
      const record = structuredClone(await read(id)) as { lines: { taskName: string }[] }
      for (const line of record.lines) line.taskName = '…'
      return record
    }
    expect(await there.sweep()).toEqual({ 'channel-differs': 1 })
    expect(there.kept()).toMatchObject({ status: 'pending' })
    there.channel.read = async (id) => ({ ...(await read(id)), reference: 'gsxt-17' })
    there.pass(999)
    expect(await there.sweep()).toEqual({})
    expect(there.kept()).toMatchObject({ status: 'pending' })
    there.pass(1)
    await there.sweep()
    expect(there.kept()).toMatchObject({ status: 'delivered', deliveries: [{ delivered: { reference: 'gsxt-17' } }] })
    expect(there.records.get(planId)).toMatchObject({
      publicationId: planId,
      version: 1,
      title: planOf(1).title,
      unitId: '230300-scj',
      unitName: '鸡西市市场监督管理局',
      channel: 'publicitySystem',
      lines: planOf(1).lines,
    })
    expect(there.told).toHaveLength(1)
  })

  it('PLN-10 sends what is in force where its event is still to come, and never what it took the place of', async () => {
    const there = office(() => planOf(2))
    await there.hear(1)
    await there.sweep()
    expect(there.kept()).toMatchObject({ version: 2, status: 'delivered', digest: 'd2' })
    expect(there.records.get(planId)).toMatchObject({ version: 2 })
    await there.hear(2)
    expect(there.kept()).toMatchObject({ status: 'delivered' })
    expect(there.told).toHaveLength(1)
  })

  it.each([
    ['an earlier version', planOf(1)],
    ['another digest', planOf(2, { digest: 'other' })],
  ])('PLN-08 sends nothing where planning answers %s than it told of', async (_what, answer) => {
    const there = office(() => answer)
    await there.hear(2)
    expect(await there.sweep()).toEqual({ 'peer-answer-incomplete': 1 })
    expect(there.records.size).toBe(0)
    expect(there.kept()).toMatchObject({ version: 2, status: 'pending', push: { failure: 'peer-answer-incomplete' } })
  })

  it('PLN-08 says plainly which channel has no address here, while the others get the plan once', async () => {
    const there = office(() => planOf(1, { channels: ['publicitySystem', 'enforcementPlatform'] }))
    await there.hear(1)
    expect(await there.sweep()).toEqual({ 'no-channel': 1 })
    expect(there.told).toMatchObject([{ channel: 'publicitySystem' }, { channel: 'enforcementPlatform', failure: 'no-channel' }])
    let puts = 0
    there.channel.put = async () => void puts++
    there.pass(1000)
    await there.sweep({
      planChannels: new Map([
        ['publicitySystem', there.channel],
        ['enforcementPlatform', there.channel],
      ]),
    })
    expect(puts).toBe(1)
  })

  it('PUB-25 takes over a push whose process ended, once its time is up', async () => {
    const there = office(() => planOf(1))
    await there.hear(1)
    const dying = there.sweep({ readPublishedPlan: () => new Promise(() => undefined) })
    await there.sweep()
    expect(there.kept()).toMatchObject({ status: 'pending' })
    there.pass(planLeaseMs - 1)
    await there.sweep()
    expect(there.kept()).toMatchObject({ status: 'pending' })
    there.pass(1)
    await there.sweep()
    expect(there.kept()).toMatchObject({ status: 'delivered' })
    expect(await Promise.race([dying, Promise.resolve('gone')])).toBe('gone')
  })

  it('PUB-25 tries planning again when it is away', async () => {
    const there = office(() => planOf(1))
    await there.hear(1)
    const away = async () => {
      throw appError('unavailable', 'service-unavailable', { meta: { service: 'planning' } })
    }
    expect(await there.sweep({ readPublishedPlan: away })).toEqual({ 'service-unavailable': 1 })
    there.pass(1000)
    await there.sweep()
    expect(there.kept()).toMatchObject({ status: 'delivered' })
  })
})
