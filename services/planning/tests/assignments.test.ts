import { events } from '@dual-random/contracts'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { unit, units } from './support/lines.ts'
import { expectPaged } from './support/pages.ts'

interface Body {
  readonly code: string
  readonly planId: string
  readonly state: string
  readonly version: number
  readonly assignmentIds: readonly string[]
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
  readonly lines: readonly { readonly lineId: string; readonly taskName: string; readonly origin?: { readonly assignmentId: string } }[]
}

const city = '230300'
const window = { start: '2026-04-01', end: '2026-09-30' }
const task = (taskName: string, more: object = { ratios }) => ({ taskName, itemCodes: ['G1'], window, ...more })
const target = { regionCode: city, unitId: '230300-scj' }
const planId = 'plan-230300-2026-INTERNAL-230300-scj'

let harness: Harness

beforeAll(async () => {
  const superior = unit('230000-scj' as UnitId, { regionCode: '230000' as RegionCode })
  harness = await planningHarness({ units: [...units, superior] })
})
afterAll(() => harness.dispose())

const province = () => harness.as('province', '230000-scj', '230000', 'PLANNER')
const dispatch = async (body: object) =>
  (await province()).post<Body>('/v1/assignments', { year: 2026, planType: 'INTERNAL', targets: [target], ...body })
const onPlan = async (step: string, body: object = {}) => (await harness.planner()).post<Body>(`/v1/plans/${planId}/${step}`, body)
const report = async () =>
  (await (await province()).get<{ totals: object; items: readonly { status: string; lineId?: string }[] }>('/v1/assignments?year=2026'))
    .body

describe('tasks dispatched by a superior', () => {
  it('PLN-15 are merged into the local plan with their origin, and a plan that drops one is not filed', async () => {
    const { status, body } = await dispatch({ tasks: [task('省派一'), task('省派二', {})] })
    expect(status).toBe(201)
    const [first = '', second = ''] = body.assignmentIds
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    await (await harness.planner()).post('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const local = { taskName: '本地任务', itemCodes: ['G2'], ratios, window }
    expect((await onPlan('lines', { lines: [local] })).status).toBe(201)
    expect((await report()).totals).toEqual({ dispatched: 2, takenIn: 0, open: 2, withdrawn: 0 })
    expect((await onPlan('file')).body).toMatchObject({ code: 'assignment-not-taken-in' })

    // The second leaves its quantity to the city.
    expect((await onPlan('assignments')).body.errors).toMatchObject([{ code: 'quantity-missing', pointer: '/assignments/1/ratios' }])
    expect((await onPlan('assignments', { assignments: [{ assignmentId: first }] })).body.lines).toHaveLength(2)
    expect((await onPlan('file')).body).toMatchObject({ code: 'assignment-not-taken-in' })
    const taken = await onPlan('assignments', { assignments: [{ assignmentId: second, ratios }] })
    expect(taken.body.lines.map(({ taskName, origin }) => [taskName, origin?.assignmentId])).toEqual([
      ['本地任务', undefined],
      ['省派一', first],
      ['省派二', second],
    ])
    await expectPaged(await province(), '/v1/assignments?year=2026')
    // Out of the draft and in again with other terms; without it nothing is filed.
    expect((await onPlan('lines/L03/remove')).body.lines).toHaveLength(2)
    expect((await report()).totals).toMatchObject({ takenIn: 1, open: 1 })
    expect((await onPlan('file')).body).toMatchObject({ code: 'assignment-not-taken-in' })
    const again = await onPlan('assignments', { assignments: [{ assignmentId: second, ratios, checkBatches: 2 }] })
    expect(again.body.lines.at(-1)).toMatchObject({ lineId: 'L04', checkBatches: 2, origin: { assignmentId: second } })
    // Again changes nothing.
    expect((await onPlan('assignments')).body.lines).toHaveLength(3)
    expect((await onPlan('file')).body.state).toBe('FILED')
    expect(await report()).toMatchObject({
      totals: { dispatched: 2, takenIn: 2, open: 0 },
      items: [{ status: 'FILED', lineId: 'L02' }, { status: 'FILED' }],
    })
  })

  it('PLN-15 that come after the filing do not hold up its publication, and are taken in by an adjustment', async () => {
    harness.clock.advance(1000)
    const [third = ''] = (await dispatch({ tasks: [task('省派三')] })).body.assignmentIds
    expect((await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})).status).toBe(200)
    expect((await onPlan('publish')).body.state).toBe('PUBLISHED')
    expect((await report()).totals).toEqual({ dispatched: 3, takenIn: 2, open: 1, withdrawn: 0 })
    const taken = await onPlan('assignments')
    expect(taken.body).toMatchObject({ state: 'ADJUSTING', version: 2, changes: [{ kind: 'ADD', reason: '纳入上级派发的任务' }] })
    expect(taken.body.lines.at(-1)?.origin).toMatchObject({ assignmentId: third, regionCode: '230000', unitId: '230000-scj' })
  })

  it('PLN-15 stay in the published plan until the superior takes them back', async () => {
    const cancel = async () => onPlan('adjustments', { reason: '人手不足', cancel: ['L02'] })
    expect((await cancel()).body).toMatchObject({ code: 'line-was-assigned' })
    const { items } = (
      await (await province()).get<{ items: readonly { assignmentId: string; lineId: string }[] }>('/v1/assignments?year=2026')
    ).body
    const found = items.find(({ lineId }) => lineId === 'L02')
    const path = `/v1/assignments/${found?.assignmentId}/withdraw`
    expect((await (await harness.planner()).post<Body>(path, { reason: '不想查' })).body.code).toBe('unit-not-allowed')
    expect((await (await province()).post(path, { reason: '并入专项' })).status).toBe(200)
    expect((await cancel()).body).toMatchObject({ state: 'ADJUSTING' })
    expect((await report()).totals).toEqual({ dispatched: 2, takenIn: 2, open: 0, withdrawn: 1 })
  })

  it('PLN-15 that have batches arrive in these, may be narrowed within each, and are refused in others', async () => {
    const share = (numerator: number) => ({ numerator, denominator: 3 })
    const batches = [
      { window: { start: '2026-04-01', end: '2026-06-30' }, share: share(1) },
      { window: { start: '2026-07-01', end: '2026-09-30' }, share: share(2) },
    ]
    const uneven = await dispatch({ tasks: [task('省派四', { ratios, batches: batches.slice(1) })] })
    expect(uneven.body.errors).toMatchObject([{ code: 'shares-not-whole', pointer: '/tasks/0/batches' }])
    const dispatched = await dispatch({ tasks: [task('省派四', { ratios, batches, checkBatches: 2 })] })
    const [assignmentId = ''] = dispatched.body.assignmentIds
    const takeIn = (terms: object) => onPlan('assignments', { assignments: [{ assignmentId, ...terms }] })
    const problem = (pointer: string) => [{ code: 'assigned-batches-fixed', pointer: `/assignments/0${pointer}` }]
    expect((await takeIn({ times: 3 })).body.errors).toMatchObject(problem('/times'))
    expect((await takeIn({ batches: [{ window }] })).body.errors).toMatchObject(problem('/batches'))
    const scope = { kinds: [], industryPrefixes: [], tags: ['甲'], regionCodes: [] }
    const scoped = batches.map((each) => ({ window: each.window, scope }))
    expect((await takeIn({ batches: scoped })).status).toBe(400)
    expect((await takeIn({ scope })).body.errors).toMatchObject([{ code: 'assigned-scope-fixed', pointer: '/assignments/0/scope' }])
    const narrower = [{ start: '2026-05-01', end: '2026-06-30' }, batches[1]?.window]
    const taken = await takeIn({ batches: narrower.map((each) => ({ window: each })) })
    expect(taken.body.lines.at(-1)).toMatchObject({
      batches: [
        { number: 1, window: narrower[0], share: share(1) },
        { number: 2, window: narrower[1], share: share(2) },
      ],
      checkBatches: 2,
    })
  })

  it('PLN-15 PLN-13 whose words for their objects may narrow them are taken in with what they mean here, and never as all there is', async () => {
    const objectScope = '规模以上食品生产企业'
    const scope = { kinds: [], industryPrefixes: ['C14'], tags: [], regionCodes: [] }
    const { body } = await dispatch({ tasks: [task('省派六', { ratios, objectScope }), task('省派七', { ratios, objectScope, scope })] })
    const [open = '', settled = ''] = body.assignmentIds
    const takeIn = (assignmentId: string, terms: object = {}) => onPlan('assignments', { assignments: [{ assignmentId, ...terms }] })
    expect(await takeIn(open)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'object-scope-unclear', pointer: '/assignments/0/objectScope' }] },
    })
    expect((await takeIn(open, { scope })).body.lines.at(-1)).toMatchObject({ taskName: '省派六', scope })
    expect((await takeIn(settled, { scope })).body.errors).toMatchObject([
      { code: 'assigned-scope-fixed', pointer: '/assignments/0/scope' },
    ])
    expect((await takeIn(settled)).body.lines.at(-1)).toMatchObject({ taskName: '省派七', scope })
  })

  it('PLN-15 are told as they are dispatched, taken in and withdrawn, each once', async () => {
    const stream = await harness.collect(events.planning.assignmentDispatched.topic)
    const [assignmentId = ''] = (await dispatch({ tasks: [task('省派五')] })).body.assignmentIds
    for (const _again of [1, 2]) expect((await onPlan('assignments', { assignments: [{ assignmentId }] })).status).toBe(200)
    const path = `/v1/assignments/${assignmentId}/withdraw`
    for (const reason of ['并入专项', '再次撤回']) expect((await (await province()).post(path, { reason })).status).toBe(200)
    const told = () =>
      stream.received.filter(({ id }) => id.startsWith(`${assignmentId}:`)).map(({ id, type }) => [id, type.split('.').at(-2)])
    const once = [
      [`${assignmentId}:1`, 'dispatched'],
      [`${assignmentId}:2`, 'taken-in'],
      [`${assignmentId}:3`, 'withdrawn'],
    ]
    await eventually(() => expect(told()).toEqual(once))
    await stream.stop()
    const { items } = (await (await province()).get<{ items: readonly { assignmentId: string }[] }>('/v1/assignments?year=2026')).body
    expect(items.find((item) => item.assignmentId === assignmentId)).toMatchObject({
      status: 'WITHDRAWN',
      takenIn: { planId, version: 2 },
      withdrawn: { reason: '并入专项' },
    })
  })

  it('PLN-15 are dispatched from the lines of the superior’s own plan, in their items, quantity and days', async () => {
    const gaj = { regionCode: city, unitId: '230300-gaj' }
    const superior = await province()
    const county = await harness.as('county', '230302-scj', '230302', 'PLANNER')
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    const drafted = await superior.post<Body>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const line = { ...task('全省检查'), objectScope: '全省商超', scope: {}, times: 2 }
    expect((await superior.post(`/v1/plans/${drafted.body.planId}/lines`, { lines: [line] })).status).toBe(201)
    const whole = { year: 2026, planType: 'INTERNAL', targets: [gaj], from: { planId: drafted.body.planId, lineIds: ['L01'] } }
    expect((await superior.post('/v1/assignments', whole)).status).toBe(201)
    expect((await superior.get<{ items: unknown[] }>('/v1/assignments?year=2026&unitId=230300-gaj')).body.items).toMatchObject([
      {
        status: 'OPEN',
        task: {
          taskName: '全省检查',
          objectScope: '全省商超',
          itemCodes: ['G1'],
          ratios,
          window,
          batches: [
            { window: { start: '2026-04-01', end: '2026-06-30' }, share: { numerator: 1, denominator: 2 } },
            { window: { start: '2026-07-01', end: '2026-09-30' }, share: { numerator: 1, denominator: 2 } },
          ],
        },
        source: { planId: drafted.body.planId, lineId: 'L01' },
      },
    ])
    const from = { planId, lineIds: ['L01'] }
    // Only of a plan of one’s own, and only downwards.
    expect((await superior.post<Body>('/v1/assignments', { year: 2026, planType: 'INTERNAL', targets: [gaj], from })).body.code).toBe(
      'unit-not-allowed',
    )
    const upwards = await county.post<Body>('/v1/assignments', { year: 2026, planType: 'INTERNAL', targets: [gaj], tasks: [task('x')] })
    expect(upwards.body.errors).toMatchObject([{ code: 'assignment-not-below', pointer: '/targets/0/regionCode' }])
    const sideways = await harness.planner()
    const own = await sideways.post<Body>('/v1/assignments', { year: 2026, planType: 'INTERNAL', targets: [gaj], from })
    expect(own.body.errors).toMatchObject([{ code: 'assignment-not-below' }])
    const unknown = await dispatch({ targets: [{ regionCode: city, unitId: '230300-nobody' }], tasks: [task('x')] })
    expect(unknown.body.errors).toMatchObject([{ code: 'unit-unknown', pointer: '/targets/0/unitId' }])
  })
})
