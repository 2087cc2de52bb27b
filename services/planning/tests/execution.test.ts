import { events } from '@dual-random/contracts'
import type { RegionCode } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { item, items } from './support/lines.ts'
import { expectPaged } from './support/pages.ts'

const { drawFrozen, drawCommitted, drawDrawn } = events.drawing
const { taskDispatched, taskOpened, taskCompleted } = events.inspection

const city = '230300' as RegionCode
const scj = '230300-scj'
const planId = 'plan-230300-2026-INTERNAL-230300-scj'
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const lineOf = (itemCode: string) => ({
  taskName: `检查${itemCode}`,
  itemCodes: [itemCode],
  ratios,
  window: { start: '2026-03-01', end: '2026-08-31' },
  times: 2,
})

const campaign = {
  kind: 'CAMPAIGN',
  taskName: '预付卡专项整治',
  field: '预付卡',
  objectScope: '预付卡发卡企业',
  objects: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] },
  itemCodes: [],
  unitIds: [scj],
  window: { start: '2026-04-01', end: '2026-06-30' },
  basis: '市局部署',
}

let harness: Harness

beforeAll(async () => {
  const canteen = item('C1', { listType: 'JOINT', supervisionMatter: '集中用餐单位' })
  harness = await planningHarness({ items: [...items, canteen] })
})
afterAll(() => harness.dispose())

const coordinator = () => harness.as('coordinator', scj, city, 'JOINT_COORDINATOR')
const ask = async <T>(path: string): Promise<T> => (await (await coordinator()).get<T>(path)).body

async function publishedPlan(): Promise<void> {
  const planner = await harness.planner()
  await planner.post('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
  for (const step of [
    () => planner.post(`/v1/plans/${planId}/lines`, { lines: [lineOf('G1')] }),
    () => planner.post(`/v1/plans/${planId}/undrawn-lines`, { lines: [campaign] }),
    () => planner.post(`/v1/plans/${planId}/file`, {}),
    async () => (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {}),
    () => planner.post(`/v1/plans/${planId}/publish`, {}),
  ]) {
    expect((await step()).status).toBeLessThan(300)
  }
}

async function drawn(drawId: string, batch: number, count: number): Promise<void> {
  const head = { drawId, regionCode: city, unitId: scj }
  const asOf = '2026-03-02T01:00:00.000Z'
  await harness.publish(drawFrozen, drawId, 1, { ...head, planId, lineId: 'L01', batch, planVersion: 1, attempt: 1, asOf })
  await harness.publish(drawCommitted, drawId, 2, { ...head, commitmentDigest: 'c', committedAt: asOf, beaconSource: 'self', round: 7n })
  await harness.publish(drawDrawn, drawId, 3, { ...head, strata: [], drawn: count })
}

const taskOf = (taskId: string, drawId: string) => ({ taskId, regionCode: city, unitId: scj, drawId, visitId: `visit-${taskId}` })

const dispatched = (taskId: string, drawId: string) =>
  harness.publish(taskDispatched, taskId, 1, {
    ...taskOf(taskId, drawId),
    taskNumber: taskId,
    planId,
    lineId: 'L01',
    planType: 'PLAN_TYPE_INTERNAL',
    itemCodes: ['G1'],
    window: { start: '2026-03-01', end: '2026-05-31' },
    mergeWindowId: 'w',
    unitCount: 1,
  })

const completed = (taskId: string, drawId: string) => {
  const at = '2026-04-01T01:00:00.000Z'
  return harness.publish(taskCompleted, taskId, 2, {
    ...taskOf(taskId, drawId),
    checkEndedAt: at,
    completedAt: at,
    resultIds: [],
    clueIds: [],
  })
}

const opened = (taskId: string) =>
  harness.publish(taskOpened, taskId, 1, {
    taskId,
    taskNumber: taskId,
    regionCode: city,
    unitId: scj,
    visitId: `visit-${taskId}`,
    supervisionMode: 'TARGETED',
    ground: 'PLANNED_LINE',
    itemCodes: ['LINE-0a1b2c3d4e5f'],
    window: campaign.window,
    clueIds: [],
    clueSource: undefined,
    duty: undefined,
    keyCheck: undefined,
    plannedCheck: { planId, lineId: 'L02', objectMark: taskId },
    openedBy: 'li.si',
    openedAt: '2026-04-01T00:00:00.000Z',
  })

describe('what becomes of plans', () => {
  it('PLN-24 progress per line and batch follows draws and check tasks; what was planned and not executed appears', async () => {
    expect(await ask(`/v1/plans/${planId}/progress`)).toMatchObject({ code: 'not-found' })
    await publishedPlan()
    const progress = () => ask<object>(`/v1/plans/${planId}/progress`)
    expect(await progress()).toMatchObject({
      version: 1,
      total: 1,
      items: [
        {
          lineId: 'L01',
          planned: 8,
          drawn: 0,
          tasks: 0,
          done: 0,
          deadline: '2026-08-31',
          batches: [{ status: 'NOT_OPEN' }, { status: 'NOT_OPEN' }],
        },
      ],
      undrawn: [{ lineId: 'L02', tasks: 0, done: 0, status: 'NOT_OPEN' }],
    })
    // Lines without a draw stand on the first page alone.
    const further = await ask<object>(`/v1/plans/${planId}/progress?limit=1&after=${planId}/00000L01`)
    expect(further).toEqual({ planId, version: 1, items: [], total: 1 })
    expect(await ask(`/v1/plans/${planId}/progress?limit=20001`)).toMatchObject({ status: 400 })
    await drawn('d1', 1, 2)
    await dispatched('t1', 'd1')
    await dispatched('t2', 'd1')
    await completed('t1', 'd1')
    await eventually(async () => {
      expect(await progress()).toMatchObject({ items: [{ drawn: 2, tasks: 2, done: 1, batches: [{ status: 'UNDER_WAY' }, {}] }] })
    })
    await completed('t2', 'd1')
    await eventually(async () => {
      expect(await progress()).toMatchObject({
        items: [
          {
            done: 2,
            batches: [
              { number: 1, status: 'DONE' },
              { number: 2, drawn: 0 },
            ],
          },
        ],
      })
    })
    await opened('o1')
    await opened('o2')
    await completed('o1', '')
    await eventually(async () => {
      expect(await progress()).toMatchObject({ undrawn: [{ lineId: 'L02', kind: 'CAMPAIGN', tasks: 2, done: 1, status: 'UNDER_WAY' }] })
    })
    await completed('o2', '')
    const { content } = harness.registry
    const all = content.objects
    await eventually(async () => {
      const objects = { total: all.length, checked: 2 }
      expect(await progress()).toMatchObject({ undrawn: [{ tasks: 2, done: 2, status: 'UNDER_WAY', objects }] })
    })
    // As many as there are, who need not be the same: it stays under way until its window has ended.
    content.objects = all.slice(0, 2)
    expect(await progress()).toMatchObject({ undrawn: [{ status: 'UNDER_WAY', objects: { total: 2, checked: 2 } }] })
    content.objects = all
    expect(await ask('/v1/progress?year=2026')).toMatchObject({ counts: { DONE: 1, UNDER_WAY: 1 } })
    harness.clock.advance(240 * 24 * 3_600_000)
    expect(await ask('/v1/progress?year=2026&status=NOT_EXECUTED')).toMatchObject({
      counts: { DONE: 2, NOT_EXECUTED: 1, LATE: 0 },
      items: [{ planId, lineId: 'L01', number: 2, deadline: '2026-08-31', drawn: 0 }],
    })
    expect((await ask<{ items: unknown[] }>('/v1/progress?year=2026')).items).toHaveLength(3)
    await expectPaged(await coordinator(), '/v1/progress?year=2026', { behind: `${planId}/00000L02/999` })
    for (const after of ['no-place', planId, `${planId}/L01/001`]) {
      expect((await (await coordinator()).get(`/v1/progress?year=2026&after=${after}`)).status, after).toBe(400)
    }
    // What is counted over all plans stands on the first page alone.
    const { next } = await ask<{ next: string }>('/v1/progress?year=2026&limit=2')
    expect(Object.keys(await ask<object>(`/v1/progress?year=2026&limit=2&after=${next}`))).toEqual(['items'])
    // Counts are of all batches, whichever rows were asked for.
    expect(await ask('/v1/progress?year=2026&status=DONE&limit=1')).toMatchObject({ counts: { DONE: 2, NOT_EXECUTED: 1 }, total: 2 })
  })

  it('PLN-23 the coordinator sees who has not made, filed or executed the internal plan', async () => {
    const { items: standings, ...rest } = await ask<{ items: readonly object[] }>('/v1/internal-plans?year=2026')
    expect(rest).toEqual({ lacking: { PLAN: 1, FILING: 0, EXECUTION: 1 }, total: 2, ofNobody: [] })
    await expectPaged(await coordinator(), '/v1/internal-plans?year=2026')
    expect(standings).toMatchObject([
      { unitId: '230300-gaj', items: 1, filing: 'OVERDUE', lacks: ['PLAN'] },
      { unitId: scj, planId, filing: 'ON_TIME', batches: { planned: 3, done: 2, notExecuted: 1 }, lacks: ['EXECUTION'] },
    ])
    const neighbour = await harness.as('x', '230400-scj', '230400', 'JOINT_COORDINATOR')
    expect((await neighbour.get('/v1/internal-plans?year=2026&regionCode=230300')).status).toBe(403)
  })

  it('PLN-27 JNT-06 the annual plans of the matters that market regulators lead are made and filed', async () => {
    const matters = () => ask<{ items: readonly object[] }>('/v1/matter-plans?year=2027')
    expect((await matters()).items).toMatchObject([
      { matter: '大型游乐设施', lacks: ['ITEMS', 'PLAN'] },
      { matter: '客运索道', lacks: ['ITEMS', 'PLAN'] },
      { matter: '集中用餐单位', itemCodes: ['C1'], lacks: ['PLAN'] },
    ])
    const planner = await harness.planner()
    await expectPaged(planner, '/v1/matter-plans?year=2027')
    const { body: plan } = await planner.post<{ planId: string }>('/v1/plans', { year: 2027, planType: 'JOINT', selection })
    const units = [{ unitId: scj }, { unitId: '230300-gaj' }]
    const line = { ...lineOf('C1'), units, window: { start: '2027-03-01', end: '2027-08-31' } }
    expect((await planner.post(`/v1/plans/${plan.planId}/lines`, { lines: [line] })).status).toBe(201)
    expect((await matters()).items.at(-1)).toMatchObject({ plans: [{ planId: plan.planId, ledLineIds: ['L01'] }], lacks: ['FILING'] })
    expect((await planner.post(`/v1/plans/${plan.planId}/file`, {})).status).toBe(200)
    expect((await matters()).items.at(-1)).toMatchObject({ plans: [{ state: 'FILED' }], lacks: [] })
  })
})
