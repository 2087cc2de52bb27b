import { events } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness, poolOf } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { samr2024 } from './support/shipped.ts'

const line = (itemCode: string, start: string, end: string, more: object = {}) => ({
  taskName: `检查${itemCode}`,
  itemCodes: [itemCode],
  ratios,
  window: { start, end },
  ...more,
})
const unitsOf = (planType: string) => (planType === 'JOINT' ? { units: [{ unitId: '230300-scj' }, { unitId: '230300-gaj' }] } : {})
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const asPlanned = [...poolOf('G1', { A: 100, D: 4 }), ...poolOf('G2', { A: 10 })]

let harness: Harness
const planIds: Record<string, string> = {}

beforeAll(async () => {
  harness = await planningHarness({ objects: asPlanned })
  const planner = await harness.planner()
  for (const planType of ['INTERNAL', 'JOINT']) {
    const { body } = await planner.post<{ planId: string }>('/v1/plans', { year: 2026, planType, selection })
    const lines = [line('G1', '2026-02-01', '2026-03-31', unitsOf(planType)), line('G2', '2026-05-01', '2026-05-31', unitsOf(planType))]
    expect((await planner.post(`/v1/plans/${body.planId}/lines`, { lines })).status).toBe(201)
    expect((await planner.post(`/v1/plans/${body.planId}/file`, {})).status).toBe(200)
    planIds[planType] = body.planId
  }
})
afterAll(() => harness?.dispose())

describe('a plan after the grades changed', () => {
  const reEvaluation = async (planType: string) =>
    (await (await harness.planner()).get<{ items: unknown[] }>(`/v1/plans/${planIds[planType]}/re-evaluation`)).body

  it('CRD-11 lists nothing while the grades are as they were', async () => {
    expect(await reEvaluation('INTERNAL')).toMatchObject({ version: 1, items: [], total: 0 })
  })

  it('CRD-11 CRD-12 lists the lines concerned, of the internal and of the joint plan, with the ratio they would have now', async () => {
    harness.registry.content.past = { until: harness.clock.now(), objects: asPlanned }
    harness.registry.content.objects = [...poolOf('G1', { A: 90, D: 14 }), ...poolOf('G2', { A: 10 })]
    harness.clock.advance(86_400_000)
    for (const planType of ['INTERNAL', 'JOINT']) {
      expect(await reEvaluation(planType)).toMatchObject({
        asOf: '2026-01-11T02:00:00.000Z',
        items: [
          {
            lineId: 'L01',
            since: '2026-01-10T02:00:00.000Z',
            before: { mapped: 104, planned: 7, ratio: '6.730769%' },
            now: { mapped: 104, planned: 17, ratio: '16.346153%' },
            changes: [
              { stratum: 'A', before: 100, now: 90, ratio: '3%' },
              { stratum: 'D', before: 4, now: 14, ratio: '100%' },
            ],
            moves: [{ from: 'A', to: 'D', objects: 10 }],
            entered: [],
            left: [],
          },
        ],
      })
    }
    const [planner, path] = [await harness.planner(), `/v1/plans/${planIds['INTERNAL']}/re-evaluation`]
    const whole = await reEvaluation('INTERNAL')
    expect((await planner.get(`${path}?limit=1`)).body).toEqual(whole)
    expect((await planner.get(`${path}?after=${planIds['INTERNAL']}/00000L01`)).body).toEqual({ ...whole, items: [] })
    for (const wrong of ['limit=0', 'limit=20001', 'after=']) expect((await planner.get(`${path}?${wrong}`)).status, wrong).toBe(400)
    const stranger = await harness.as('x', '230500-scj', '230500', 'PLANNER')
    expect((await stranger.get(`/v1/plans/${planIds['INTERNAL']}/re-evaluation`)).status).toBe(403)
  })

  it('CRD-11 names who moved, page by page, to the planner of the plan’s unit alone', async () => {
    const { content } = harness.registry
    const path = `/v1/plans/${planIds['INTERNAL']}/re-evaluation/L01/objects`
    const planner = await harness.planner()
    interface Moved {
      readonly items: readonly object[]
      readonly next?: string
    }
    const whole = await planner.get<Moved>(`${path}?limit=500`)
    expect(whole).toMatchObject({ status: 200, body: { version: 1, lineId: 'L01', since: '2026-01-10T02:00:00.000Z' } })
    // Ten stand in D that stood in A.
    expect(whole.body.items).toHaveLength(10)
    expect(whole.body.items[0]).toEqual({ objectId: '000090', objectCode: 'code-90', name: '企业90', from: 'A', to: 'D' })
    expect(whole.body.next).toBeUndefined()
    const first = await planner.get<Moved>(`${path}?limit=4`)
    expect(first.body).toMatchObject({ items: whole.body.items.slice(0, 4), next: '000093' })
    expect((await planner.get<Moved>(`${path}?limit=500&after=000093`)).body.items).toEqual(whole.body.items.slice(4))
    expect(content.movedRead?.[0]).toEqual({ planId: planIds['INTERNAL'], by: 'planner' })
    expect((await planner.get<Moved>(path.replace('L01', 'L02'))).body.items).toEqual([])
    expect(await planner.get(path.replace('L01', 'L09'))).toMatchObject({ status: 404, body: { code: 'line-not-in-plan' } })
    const reads = content.movedRead?.length
    const others = [
      await harness.as('x', '230300-gaj', '230300', 'PLANNER'),
      await harness.as('x', '230000-scj', '230000', 'PLANNER'),
      await harness.as('x', '230300-scj', '230300', 'AUDITOR'),
      await harness.reviewer(),
    ]
    for (const other of others) expect((await other.get(path)).status).toBe(403)
    expect(content.movedRead).toHaveLength(reads ?? 0)
  })

  it('CRD-11 lists a line when one object fell and another rose, came or went, and not when all is as it was again', async () => {
    const { content } = harness.registry
    const now = content.objects
    content.past = { until: '2026-01-10T02:00:00.000Z', objects: asPlanned }
    const linesWith = async (changed: Readonly<Record<number, object | undefined>>) => {
      content.objects = asPlanned.map((object, place) => ({ ...object, ...changed[place] }))
      return (await reEvaluation('INTERNAL')).items
    }
    expect(await linesWith({})).toEqual([])
    const same = { mapped: 104, planned: 7, ratio: '6.730769%' }
    expect(await linesWith({ 0: { grade: 'D' }, 100: { grade: 'A' } })).toMatchObject([
      {
        lineId: 'L01',
        before: same,
        now: same,
        changes: [],
        moves: [
          { from: 'A', to: 'D', objects: 1 },
          { from: 'D', to: 'A', objects: 1 },
        ],
      },
    ])
    expect(await linesWith({ 0: { left: true }, 1: { items: [] }, 104: { items: ['G1', 'G2'] } })).toMatchObject([
      { lineId: 'L01', moves: [], entered: [{ stratum: 'A', objects: 1 }], left: [{ stratum: 'A', objects: 2 }] },
    ])
    content.objects = now
  })

  it('CRD-12 holds the ratios of both plans against the same bands', async () => {
    const planner = await harness.planner()
    const outside = ratios.map((each) => (each.stratum === 'A' ? { stratum: 'A', ratio: '4%' } : each))
    for (const planType of ['INTERNAL', 'JOINT']) {
      const { body } = await planner.post<{ planId: string }>('/v1/plans', { year: 2027, planType, selection })
      const refused = await planner.post(`/v1/plans/${body.planId}/lines`, {
        lines: [line('G1', '2027-02-01', '2027-03-31', { ratios: outside, ...unitsOf(planType) })],
      })
      expect(refused).toMatchObject({ status: 409, body: { errors: [{ code: 'ratio-outside-band' }] } })
    }
  })

  it('CRD-11 PLN-09 goes on listing a line when others were adjusted after the grades changed', async () => {
    const [planner, reviewer] = [await harness.as('planner', '230300-gaj', '230300', 'PLANNER'), await harness.reviewer()]
    const { body: plan } = await planner.post<{ planId: string }>('/v1/plans', { year: 2027, planType: 'INTERNAL', selection })
    const path = `/v1/plans/${plan.planId}`
    const step = async (act: string, body: object = {}, by = planner) =>
      expect([200, 201]).toContain((await by.post(`${path}/${act}`, body)).status)
    await step('lines', { lines: [line('G1', '2027-02-01', '2027-03-31'), line('G2', '2027-05-01', '2027-05-31')] })
    const published = async () => {
      await step('file')
      await step('accept', {}, reviewer)
      await step('publish')
    }
    await published()
    const since = harness.clock.now()
    const { content } = harness.registry
    content.past = { until: since, objects: content.objects }
    content.objects = [...poolOf('G1', { A: 80, D: 24 }), ...poolOf('G2', { A: 10 })]
    harness.clock.advance(86_400_000)
    await step('adjustments', { reason: '人手不足', cancel: ['L02'] })
    await published()
    harness.clock.advance(86_400_000)
    expect((await planner.get(`${path}/re-evaluation`)).body).toMatchObject({ version: 2, items: [{ lineId: 'L01', since }], total: 1 })
  })
})

interface Reports {
  readonly items: readonly { readonly reportId: string; readonly plans: number; readonly exceptions: readonly object[] }[]
}

describe('the daily report of plan against tasks', () => {
  const reports = async (query = '') => (await (await harness.planner()).get<Reports>(`/v1/consistency-reports${query}`)).body.items

  it('DQ-03 PLN-11 is made once a day where the preset says so, and names each task and batch that does not match', async () => {
    const planId = planIds['INTERNAL'] ?? ''
    await harness.reviewer().then((reviewer) => reviewer.post(`/v1/plans/${planId}/accept`, {}))
    expect((await (await harness.planner()).post(`/v1/plans/${planId}/publish`, {})).status).toBe(200)
    await harness.publish(events.drawing.drawFrozen, 'd9', 1, {
      drawId: 'd9',
      regionCode: '230300',
      unitId: '230300-scj',
      planId,
      lineId: 'L09',
      planVersion: 1,
      batch: 1,
      attempt: 1,
      asOf: '2026-02-01T01:00:00.000Z',
    })
    harness.clock.advance(80 * 86_400_000)
    await eventually(async () => {
      // The draw may not have been heard of when the report of a day is made; the next day's has it.
      harness.clock.advance(86_400_000)
      await harness.runSweep('consistency-reports')
      const [latest] = await reports()
      expect(latest?.exceptions).toEqual([
        { planId, lineId: 'L09', code: 'LINE_NOT_PUBLISHED', batch: 1, drawIds: ['d9'] },
        { planId, lineId: 'L01', code: 'BATCH_NOT_DRAWN', batch: 1, drawIds: [] },
      ])
    })
    const [latest] = await reports()
    await harness.runSweep('consistency-reports')
    expect((await reports())[0]).toEqual(latest)
    const older = await reports(`?after=${latest?.reportId}`)
    expect(older.filter(({ reportId }) => reportId >= (latest?.reportId ?? ''))).toEqual([])
    const inspector = await harness.as('x', '230300-scj', '230300', 'INSPECTOR')
    expect((await inspector.get('/v1/consistency-reports')).status).toBe(403)
  })

  it('DQ-03 PLN-11 compares the published line with the check tasks that inspection dispatched', async () => {
    const planId = planIds['INTERNAL'] ?? ''
    const draw = { drawId: 'd10', regionCode: '230300', unitId: '230300-scj' }
    const asOf = '2026-02-01T01:00:00.000Z'
    await harness.publish(events.drawing.drawFrozen, 'd10', 1, {
      ...draw,
      planId,
      lineId: 'L01',
      planVersion: 1,
      batch: 1,
      attempt: 1,
      asOf,
    })
    await harness.publish(events.drawing.drawCommitted, 'd10', 2, {
      ...draw,
      commitmentDigest: 'c',
      committedAt: asOf,
      beaconSource: 'self',
      round: 7n,
    })
    await harness.publish(events.drawing.drawDrawn, 'd10', 3, { ...draw, strata: [], drawn: 2 })
    await harness.publish(events.inspection.taskDispatched, 't1', 1, {
      ...draw,
      taskId: 't1',
      taskNumber: '1',
      visitId: 'v1',
      planId,
      lineId: 'L01',
      planType: 'PLAN_TYPE_INTERNAL',
      itemCodes: ['NOT-PLANNED'],
      window: { start: '2027-02-01', end: '2027-03-31' },
      mergeWindowId: 'w',
      unitCount: 1,
    })
    await eventually(async () => {
      harness.clock.advance(86_400_000)
      await harness.runSweep('consistency-reports')
      const of = (await reports())[0]?.exceptions.filter((each) => (each as { drawIds: string[] }).drawIds.includes('d10'))
      expect(of).toEqual([
        expect.objectContaining({ planId, lineId: 'L01', code: 'FEWER_DRAWN_THAN_PLANNED', drawIds: ['d10'], drawn: 2 }),
        { planId, lineId: 'L01', code: 'TASKS_DIFFER', batch: 1, drawIds: ['d10'], tasks: 1, differences: ['ITEMS', 'WINDOW'] },
        { planId, lineId: 'L01', code: 'OBJECTS_WITHOUT_TASK', batch: 1, drawIds: ['d10'], drawn: 2, tasked: 1 },
      ])
    })
  })

  it('DQ-03 PLN-11 TGT-05 names the checks of key supervision whose line the plan does not publish', async () => {
    const planId = planIds['INTERNAL'] ?? ''
    await harness.publish(events.inspection.taskOpened, 't2', 1, {
      taskId: 't2',
      taskNumber: 't2',
      regionCode: '230300',
      unitId: '230300-scj',
      visitId: 'v2',
      supervisionMode: 'KEY_SUPERVISION',
      ground: 'KEY_LIST_MATTER',
      itemCodes: ['G1'],
      window: { start: '2026-05-01', end: '2026-05-31' },
      clueIds: [],
      clueSource: undefined,
      duty: undefined,
      openedBy: 'li.si',
      openedAt: '2026-05-01T02:00:00.000Z',
      keyCheck: { planId, lineId: 'L08', matterId: 'ZD-01', objectMark: 'a' },
      plannedCheck: undefined,
    })
    await eventually(async () => {
      harness.clock.advance(86_400_000)
      await harness.runSweep('consistency-reports')
      const of = (await reports())[0]?.exceptions.filter((each) => (each as { lineId: string }).lineId === 'L08')
      expect(of).toEqual([{ planId, lineId: 'L08', code: 'LINE_NOT_PUBLISHED', drawIds: [], tasks: 1 }])
    })
  })

  it('DQ-03 is not made where the preset asks for none', async () => {
    harness.registry.content.policy = samr2024
    const before = await reports('?limit=500')
    expect(before.length).toBeGreaterThan(0)
    harness.clock.advance(86_400_000)
    await harness.runSweep('consistency-reports')
    expect(await reports('?limit=500')).toEqual(before)
  })
})
