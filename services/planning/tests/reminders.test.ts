import { events } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { type MessageGateway, messageGateway } from './support/message-gateway.ts'

const dayMs = 24 * 3_600_000

interface Row {
  readonly key: string
  readonly kind: string
  readonly unitId?: string
  readonly addressees: readonly { readonly unitId?: string; readonly roles: readonly string[] }[]
  readonly text: string
  readonly place: number
  readonly delivery: { readonly status: string; readonly failures?: number; readonly lastFailure?: string }
}

let harness: Harness
let gateway: MessageGateway

beforeAll(async () => {
  gateway = await messageGateway()
  gateway.status = 503
  const transport = { DR_REMINDER_URL: `${gateway.url}/`, DR_REMINDER_TOKEN: 'secret', DR_REMINDER_SWEEP_MS: '3600000' }
  // Noon of 16 March in China.
  harness = await planningHarness({}, '2026-03-16T04:00:00.000Z', transport)
  await harness.publish(events.registry.unitRegistered, '230300-scj', 1, {
    unitId: '230300-scj',
    regionCode: '230300',
    name: '鸡西市市场监督管理局',
    kind: 'UNIT_KIND_DEPARTMENT',
    department: '市场监管',
  })
})
afterAll(async () => {
  await harness.dispose()
  await gateway.close()
})

const coordinator = () => harness.as('coordinator', '230300-scj', '230300', 'JOINT_COORDINATOR')

async function raised(query = 'year=2026'): Promise<readonly Row[]> {
  await harness.runSweep('reminders')
  return (await (await coordinator()).get<{ items: readonly Row[] }>(`/v1/reminders?${query}`)).body.items
}
const kinds = (rows: readonly Row[]) => rows.map(({ kind, unitId }) => `${kind} ${unitId ?? '-'}`)

describe('reminders', () => {
  it('PLN-04 of plans come fourteen days before they are due, to whoever has none, over a restart, once', async () => {
    const stream = await harness.collect(events.planning.reminderRaised.topic)
    // Nobody has drafted the joint plan, which was due in January.
    await eventually(async () => expect(kinds(await raised())).toEqual(['PLAN_OVERDUE -']))
    harness.clock.advance(dayMs)
    const expected = ['PLAN_OVERDUE -', 'PLAN_DUE 230300-gaj', 'PLAN_DUE 230300-scj']
    expect(kinds(await raised())).toEqual(expected)
    await harness.restart()
    harness.clock.advance(dayMs)
    expect(kinds(await raised())).toEqual(expected)
    await eventually(() => expect(stream.received).toHaveLength(3))
    expect(stream.received.map(({ id }) => id).sort()).toEqual((await raised()).map(({ key }) => `${key}:1`).sort())
    await stream.stop()
  })

  it('PLN-04 come in the order in which they were raised: who has the first reads on behind it, whatever the keys', async () => {
    const [first, ...later] = await raised()
    expect([first?.place, ...later.map(({ place }) => place)]).toEqual([1, 2, 3])
    expect(later.every(({ key }) => key < (first?.key ?? ''))).toBe(true)
    expect(await raised(`year=2026&after=${first?.place}`)).toEqual(later)
    expect(await raised('year=2026&after=3')).toEqual([])
    const reader = await coordinator()
    const page = (await reader.get<{ next?: string }>('/v1/reminders?year=2026&limit=2')).body
    expect(page).toMatchObject({ items: [first, later[0]], next: '2' })
    expect((await reader.get('/v1/reminders?year=2026&limit=3')).body).toEqual({ items: [first, ...later] })
    for (const after of ['', '0', '1.5', 'reminder-PLAN_DUE', '9'.repeat(16)]) {
      expect((await reader.get(`/v1/reminders?after=${after}`)).status, after).toBe(400)
    }
  })

  it('PLN-04 are given to the message gateway until it takes them, each time with the key as idempotency id', async () => {
    // Delays are of real time.
    const deliveries = async (expected: (rows: readonly Row[]) => void): Promise<void> =>
      eventually(async () => {
        await harness.runSweep('reminder-deliveries')
        expected(await raised())
      })
    const failure = (lastFailure: string) => ({ delivery: { status: 'WAITING', failures: expect.any(Number), lastFailure } })
    await deliveries((rows) => expect(rows).toMatchObject(rows.map(() => failure('reminders-unavailable'))))
    gateway.status = 400
    await deliveries((rows) => expect(rows).toMatchObject(rows.map(() => failure('reminder-refused'))))
    expect(gateway.messages.size).toBe(0)
    gateway.status = 202
    await deliveries((rows) => expect(rows).toMatchObject(rows.map(() => ({ delivery: { status: 'DELIVERED' } }))))
    const rows = await raised()
    expect(rows).toHaveLength(3)
    expect(Object.fromEntries(gateway.messages)).toEqual(Object.fromEntries(rows.map(({ delivery: _delivery, ...row }) => [row.key, row])))
    for (const { key } of rows) {
      const attempts = gateway.received.filter(({ idempotencyId }) => idempotencyId === key)
      expect(attempts.length).toBeGreaterThan(2)
      expect(new Set(attempts.map(({ from }) => from))).toEqual(new Set(['Bearer secret']))
    }
    const given = gateway.received.length
    await harness.runSweep('reminder-deliveries')
    expect(gateway.received).toHaveLength(given)
  })

  it('PLN-04 of an overdue plan come from the day after, to the coordinator as well; who has filed gets none', async () => {
    const planner = await harness.planner()
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    const { body: plan } = await planner.post<{ planId: string }>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const line = { taskName: '商品质量检查', itemCodes: ['G1'], ratios, window: { start: '2026-05-01', end: '2026-06-30' } }
    expect((await planner.post(`/v1/plans/${plan.planId}/lines`, { lines: [line] })).status).toBe(201)
    expect((await planner.post(`/v1/plans/${plan.planId}/file`, {})).status).toBe(200)
    harness.clock.advance(14 * dayMs)
    const rows = await raised('year=2026&kind=PLAN_OVERDUE&unitId=230300-gaj')
    expect(rows).toMatchObject([{ addressees: [{ unitId: '230300-gaj', roles: ['PLANNER'] }, { roles: ['JOINT_COORDINATOR'] }] }])
    expect(await raised('year=2026&kind=PLAN_OVERDUE&unitId=230300-scj')).toEqual([])
    // The filing waits for fourteen days, of which the superior is told.
    expect(await raised('kind=FILING_UNDECIDED')).toMatchObject([
      { planId: plan.planId, addressees: [{ regionCode: '230000', roles: ['FILING_REVIEWER'] }] },
    ])
  })

  it('PLN-08 PLN-24 of a plan accepted and not published come, and of a window before it opens, before it ends and after it ended with nothing drawn', async () => {
    const planId = 'plan-230300-2026-INTERNAL-230300-scj'
    expect((await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})).status).toBe(200)
    harness.clock.advance(7 * dayMs)
    expect(kinds(await raised('kind=ACCEPTED_UNPUBLISHED'))).toEqual(['ACCEPTED_UNPUBLISHED 230300-scj'])
    expect((await (await harness.planner()).post(`/v1/plans/${planId}/publish`, {})).status).toBe(200)
    const windows = async () => kinds(await raised('unitId=230300-scj')).filter((kind) => kind.startsWith('WINDOW'))
    harness.clock.advance(16 * dayMs)
    expect(await windows()).toEqual(['WINDOW_OPENS 230300-scj'])
    harness.clock.advance(60 * dayMs)
    expect(await windows()).toEqual(['WINDOW_OPENS 230300-scj', 'WINDOW_ENDS_UNDRAWN 230300-scj'])
    harness.clock.advance(8 * dayMs)
    expect(await windows()).toEqual(['WINDOW_OPENS 230300-scj', 'WINDOW_ENDS_UNDRAWN 230300-scj', 'WINDOW_ENDED_UNDRAWN 230300-scj'])
  })

  it('TGT-07 TGT-15 of a clue come before it is due and once it is overdue, without its object; of a settled one none', async () => {
    const planner = await harness.planner()
    const body = {
      source: 'COMPLAINT',
      receivedAt: harness.clock.now(),
      matter: '反映预付卡退费难',
      object: { code: '91230300MA19XXXX6K', name: '示例健身有限公司' },
    }
    const record = async () => (await planner.post<{ clueId: string; due: { date: string } }>('/v1/clues', body)).body
    const [clue, settled] = [await record(), await record()]
    expect((await planner.post(`/v1/clues/${settled.clueId}/close`, { reason: '重复投诉' })).status).toBe(200)
    expect(await raised('kind=CLUE_DUE')).toEqual([])
    harness.clock.advance(Date.parse(`${clue.due.date}T04:00:00.000Z`) - Date.parse(harness.clock.now()))
    const addressees = [{ unitId: '230300-scj', roles: ['DISPATCHER', 'PLANNER'] }]
    expect(await raised('kind=CLUE_DUE')).toMatchObject([{ clueId: clue.clueId, addressees }])
    expect(await raised('kind=CLUE_OVERDUE')).toEqual([])
    harness.clock.advance(dayMs)
    const overdue = await raised('kind=CLUE_OVERDUE')
    expect(overdue).toMatchObject([{ clueId: clue.clueId, addressees }])
    expect(JSON.stringify(overdue)).not.toMatch(/91230300MA19XXXX6K|示例健身|预付卡/)
  })

  it('SEC-01 are read by who may read plans of the region, and by nobody of another', async () => {
    const inspector = await harness.as('x', '230300-scj', '230300', 'INSPECTOR')
    expect((await inspector.get('/v1/reminders')).status).toBe(403)
    const neighbour = await harness.as('x', '230400-scj', '230400', 'PLANNER')
    expect((await neighbour.get('/v1/reminders?regionCode=230300')).body).toMatchObject({ code: 'region-not-allowed' })
    expect((await neighbour.get<{ items: unknown[] }>('/v1/reminders')).body.items).toEqual([])
  })
})
