import { events } from '@dual-random/contracts'
import { AppError } from '@dual-random/errors'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'

interface PlanBody {
  readonly planId: string
  readonly updatedAt: string
  readonly published: { readonly digest: string; readonly deliveries: readonly object[] }
}

const line = {
  taskName: '商品质量检查',
  objectScope: '辖区内商品零售企业',
  scope: { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] },
  itemCodes: ['G1'],
  ratios,
  window: { start: '2026-03-01', end: '2026-12-31' },
}

let harness: Harness
let planId: string

const plan = async (version?: number): Promise<PlanBody> =>
  (await (await harness.planner()).get<PlanBody>(`/v1/plans/${planId}${version === undefined ? '' : `/versions/${version}`}`)).body

const told = async (seq: number, outcome: { readonly failure: string } | { readonly reference: string }): Promise<void> => {
  const { digest } = (await plan(1)).published
  const head = { planId, regionCode: '230300', unitId: '230300-scj', planVersion: 1, digest, channel: 'publicitySystem' }
  const { publishedPlanDelivered, publishedPlanUndelivered } = events.publication
  if ('failure' in outcome)
    await harness.publish(publishedPlanUndelivered, planId, seq, { ...head, ...outcome, toldAt: '2026-01-10T02:05:00.000Z' })
  else
    await harness.publish(publishedPlanDelivered, planId, seq, {
      ...head,
      channelReference: outcome.reference,
      deliveredAt: '2026-01-11T02:00:00.000Z',
    })
}

beforeAll(async () => {
  harness = await planningHarness()
  const [planner, reviewer] = [await harness.planner(), await harness.reviewer()]
  const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING', note: '人员集中在局机关' }
  planId = (await planner.post<PlanBody>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })).body.planId
  expect((await planner.post(`/v1/plans/${planId}/lines`, { lines: [line] })).body).toMatchObject({ lines: [{ lineId: 'L01' }] })
  const code = await harness.getPublishedPlan(planId).catch((error: unknown) => (error instanceof AppError ? error.code : error))
  expect(code).toBe('plan-not-published')
  await planner.post(`/v1/plans/${planId}/file`, {})
  await reviewer.post(`/v1/plans/${planId}/accept`, {})
  expect((await planner.post(`/v1/plans/${planId}/publish`, {})).body).toMatchObject({ state: 'PUBLISHED' })
})
afterAll(() => harness.dispose())

describe('the proof of publication', () => {
  it('PLN-08 gives the version in force to publication as the public is to read it, with the channels of its policy', async () => {
    const { published } = await plan()
    expect(await harness.getPublishedPlan(planId)).toMatchObject({
      planId,
      planVersion: 1,
      regionCode: '230300',
      unit: { unitId: '230300-scj' },
      year: 2026,
      planType: 'PLAN_TYPE_INTERNAL',
      title: expect.stringContaining('2026年度“双随机、一公开”抽查工作计划'),
      digest: published.digest,
      publishedAt: '2026-01-10T02:00:00.000Z',
      channels: ['publicitySystem'],
      lines: [
        {
          lineId: 'L01',
          taskName: '商品质量检查',
          objectScope: '辖区内商品零售企业',
          items: [{ itemCode: 'G1' }],
          windows: [{ start: '2026-03-01', end: '2026-12-31' }],
          initiator: { unitId: '230300-scj' },
          participants: [],
        },
      ],
    })
  })

  it('PLN-08 shows of each channel whether the version is there, with time and reference once it is, and changes nothing else', async () => {
    const before = await plan()
    expect(before.published.deliveries).toEqual([{ channel: 'publicitySystem', status: 'PENDING' }])
    await told(1, { failure: 'no-channel' })
    await eventually(async () =>
      expect((await plan()).published.deliveries).toEqual([
        { channel: 'publicitySystem', status: 'UNDELIVERED', undeliveredSince: '2026-01-10T02:05:00.000Z', failure: 'no-channel' },
      ]),
    )
    const ofPublic = async () => (await harness.anonymous().get<{ deliveries: object[] }>(`/v1/public/plans/${planId}`)).body.deliveries
    expect(await ofPublic()).toEqual([{ channel: 'publicitySystem', status: 'PENDING' }])
    await told(2, { reference: 'gsxt-1' })
    await told(2, { reference: 'gsxt-1' })
    const proof = { channel: 'publicitySystem', status: 'DELIVERED', deliveredAt: '2026-01-11T02:00:00.000Z', reference: 'gsxt-1' }
    await eventually(async () => expect((await plan()).published.deliveries).toEqual([proof]))
    expect(await ofPublic()).toEqual([proof])
    expect({ ...(await plan()), published: {} }).toEqual({ ...before, published: {} })
  })
})
