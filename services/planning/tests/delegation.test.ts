import { createHash } from 'node:crypto'
import type { Api } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { delegates, units } from './support/lines.ts'

interface PlanBody {
  readonly planId: string
  readonly code: string
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
  readonly lines: readonly { readonly units: readonly unknown[] }[]
}

const document = new TextEncoder().encode('关于委托鹤岗市市场监督管理局匹配检查人员的协商函')
const digest = createHash('sha256').update(document).digest('hex')

const lineFor = (delegation: object) => ({
  taskName: '商品质量检查',
  itemCodes: ['G1'],
  ratios,
  window: { start: '2026-03-01', end: '2026-12-31' },
  units: [{ unitId: '230300-scj', delegation }],
})
const below = { toUnitId: '230302-scj', toRegionCode: '230302' }
const beside = { toUnitId: '230400-scj', toRegionCode: '230400', reason: '特殊情况：本局人员均须回避' }

describe('delegating matching and checking in a plan line', () => {
  let harness: Harness
  let planner: Api
  let planId: string

  beforeAll(async () => {
    harness = await planningHarness({ units: [...units, ...delegates] })
    planner = await harness.planner()
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    planId = (await planner.post<PlanBody>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })).body.planId
  })
  afterAll(() => harness?.dispose())

  const add = (delegation: object) => planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [lineFor(delegation)] })
  const upload = async (bytes: Uint8Array, token: string) => {
    const response = await fetch(`${harness.baseUrl()}/v1/plans/${planId}/delegation-agreements`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/pdf' },
      body: Buffer.from(bytes),
    })
    return { status: response.status, body: (await response.json()) as { readonly digest: string; readonly code: string } }
  }
  const plannerToken = () => harness.token('planner', '230300-scj', '230300', 'PLANNER')

  it('DRW-11 Appendix F 13: same-level delegation without the written document is refused, with it it is taken', async () => {
    const refused = await add(beside)
    expect([refused.status, refused.body.errors.map(({ code, pointer }) => `${pointer} ${code}`)]).toEqual([
      400,
      ['/lines/0/units/0/delegation/agreement delegation-needs-agreement'],
    ])
    const agreement = { digest, title: '协商函' }
    expect((await add({ ...beside, agreement })).body.errors[0]?.code).toBe('agreement-unknown')
    expect(await upload(document, await plannerToken())).toMatchObject({ status: 201, body: { digest } })
    expect((await upload(new Uint8Array(), await plannerToken())).status).toBe(400)
    expect(await add({ ...beside, agreement })).toMatchObject({
      status: 201,
      body: { lines: [{ units: [{ unitId: '230300-scj', delegation: { ...beside, kind: 'SAME_LEVEL', agreement } }] }] },
    })
  })

  it('DRW-10 a superior delegates to a subordinate, and the published line gives organiser and delegate to the draw', async () => {
    expect((await add(below)).status).toBe(201)
    const reviewer = await harness.reviewer()
    for (const [api, step] of [[planner, 'file'] as const, [reviewer, 'accept'] as const, [planner, 'publish'] as const]) {
      expect((await api.post(`/v1/plans/${planId}/${step}`, {})).status).toBe(200)
    }
    expect(await harness.getPlanLine(planId, 'L01')).toMatchObject({
      initiatorUnitId: '230300-scj',
      units: [
        {
          unitId: '230300-scj',
          delegation: { toUnitId: '230400-scj', toRegionCode: '230400', kind: 'SAME_LEVEL', agreementDigest: digest },
        },
      ],
    })
    const { units: second } = await harness.getPlanLine(planId, 'L02')
    expect(second).toMatchObject([{ unitId: '230300-scj', delegation: { toUnitId: '230302-scj', kind: 'SUBORDINATE' } }])
    expect(second[0]?.delegation).not.toHaveProperty('agreementDigest', expect.anything())
    const given = (await harness.anonymous().get<PlanBody>(`/v1/public/plans/${planId}/lines/L01`)).body
    expect(JSON.stringify(given)).toContain(digest)
  })

  it('DRW-11 the agreement is read by the delegator, its superior and the delegate, by nobody else', async () => {
    const path = `/v1/plans/${planId}/delegation-agreements/${digest}`
    const statusFor = async (unitId: string, regionCode: string) =>
      (
        await fetch(`${harness.baseUrl()}${path}`, {
          headers: { authorization: `Bearer ${await harness.token('d', unitId, regionCode, 'DISPATCHER')}` },
        })
      ).status
    expect(await statusFor('230400-scj', '230400')).toBe(200)
    expect(await statusFor('230300-scj', '230300')).toBe(200)
    expect(await statusFor('230000-scj', '230000')).toBe(200)
    expect(await statusFor('230500-scj', '230500')).toBe(403)
    expect(await statusFor('230302-scj', '230302')).toBe(403)
    expect((await planner.get(`/v1/plans/${planId}/delegation-agreements/${'0'.repeat(64)}`)).status).toBe(404)
  })

  it('SEC-11 gives the delegate no right over the plan', async () => {
    const delegate = await harness.as('d', '230302-scj', '230302', 'PLANNER')
    const requests = [
      [`/v1/plans/${planId}/lines`, { lines: [lineFor(below)] }],
      [`/v1/plans/${planId}/adjustments`, { reason: '调整', add: [], cancel: ['L02'] }],
      [`/v1/plans/${planId}/close`, {}],
    ] as const
    for (const [path, body] of requests) expect((await delegate.post(path, body)).status, path).toBe(403)
    expect((await upload(document, await harness.token('d', '230302-scj', '230302', 'PLANNER'))).status).toBe(403)
  })
})
