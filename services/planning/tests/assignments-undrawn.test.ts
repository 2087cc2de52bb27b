import { events } from '@dual-random/contracts'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { unit, units } from './support/lines.ts'
import { fourCoalCities } from './support/shipped.ts'
import { withLineFields } from './support/taking-in.ts'
import { lifts, listed } from './support/undrawn.ts'

interface Body {
  readonly code: string
  readonly planId: string
  readonly state: string
  readonly assignmentIds: readonly string[]
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
  readonly lines: readonly object[]
  readonly undrawn: readonly { readonly lineId: string; readonly taskName: string; readonly origin?: { readonly assignmentId: string } }[]
  readonly items: readonly { readonly status: string; readonly assignmentId: string; readonly task: object }[]
}

const city = '230300'
const other = '230400'
const target = { regionCode: city, unitId: '230300-scj' }
const planId = 'plan-230300-2026-INTERNAL-230300-scj'
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const window = { start: '2026-04-01', end: '2026-09-30' }
const key = { kind: 'KEY_SUPERVISION', taskName: '全省电梯重点监管', matterId: 'ZD-01', stages: ['使用'], window }
const special = {
  kind: 'SPECIAL_CHECK',
  taskName: '校园周边专项检查',
  field: '文具',
  objectScope: '校园周边文具店',
  objects: { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: [] },
  itemCodes: [],
  window,
}
const campaign = { ...special, kind: 'CAMPAIGN', taskName: '全省文具专项整治', basis: '省局方案', unitIds: ['230000-scj'] }
const reasons = [{ rule: 'CHECK_WITHOUT_DRAW', reason: '省局部署', legalBasis: '条例第一条' }]

let harness: Harness

beforeAll(async () => {
  const elsewhere = [
    unit('230000-scj' as UnitId, { regionCode: '230000' as RegionCode }),
    unit('230400-scj' as UnitId, { regionCode: other as RegionCode }),
  ]
  harness = await planningHarness({
    units: [...units, ...elsewhere],
    items: listed,
    keyMatters: [lifts],
    elsewhere: { [other]: { items: [], objects: [] } },
  })
})
afterAll(() => harness.dispose())

const province = () => harness.as('province', '230000-scj', '230000', 'PLANNER')
const dispatch = async (body: object, targets: readonly object[] = [target]) =>
  (await province()).post<Body>('/v1/assignments', { year: 2026, planType: 'INTERNAL', targets, ...body })
const onPlan = async (step: string, body: object = {}) => (await harness.planner()).post<Body>(`/v1/plans/${planId}/${step}`, body)
const report = async () => (await (await province()).get<Body>('/v1/assignments?year=2026')).body

const checkOpened = (lineId: string) =>
  harness.publish(events.inspection.taskOpened, 'task-1', 1, {
    taskId: 'task-1',
    taskNumber: 'task-1',
    regionCode: city,
    unitId: '230300-scj',
    visitId: 'visit-1',
    supervisionMode: 'TARGETED',
    ground: 'PLANNED_LINE',
    itemCodes: ['LINE-0a1b2c3d4e5f'],
    window,
    clueIds: [],
    clueSource: undefined,
    duty: undefined,
    keyCheck: undefined,
    plannedCheck: { planId, lineId, objectMark: 'mark-1' },
    openedBy: 'li.si',
    openedAt: '2026-04-01T00:00:00.000Z',
  })

describe('tasks without a draw that a superior dispatches', () => {
  let ids: readonly string[] = []

  it('PLN-15 TGT-03 go from the lines of its own plan and beside them, and are refused for a target that cannot plan them', async () => {
    const superior = await province()
    const { body: own } = await superior.post<Body>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const lines = [campaign, { ...key, unitIds: ['230000-scj'] }]
    expect((await superior.post(`/v1/plans/${own.planId}/undrawn-lines`, { lines })).status).toBe(201)
    const from = { planId: own.planId, lineIds: ['L02', 'L01'] }
    // Key supervision is of items that the other city does not have on its lists.
    const refused = await dispatch({ from }, [target, { regionCode: other, unitId: '230400-scj' }])
    expect(refused.body.errors).toMatchObject([
      { pointer: '/targets/1/regionCode', code: 'assignment-not-plannable' },
      { pointer: '/from/lineIds/0', code: 'item-not-on-list' },
    ])
    const unknown = await dispatch({ undrawnTasks: [{ ...key, matterId: 'ZD-99' }] })
    expect(unknown.body.errors).toMatchObject([{ pointer: '/undrawnTasks/0/matterId', code: 'key-matter-not-in-force' }])
    expect((await report()).items).toEqual([])

    const stream = await harness.collect(events.planning.assignmentDispatched.topic)
    const sent = await dispatch({ undrawnTasks: [special], from })
    expect(sent.status).toBe(201)
    ids = sent.body.assignmentIds
    expect((await report()).items).toMatchObject([
      { status: 'OPEN', task: { ...special } },
      { status: 'OPEN', task: { kind: 'KEY_SUPERVISION', itemCodes: ['T1'], matter: { listId: 'hlj-key', stages: ['使用'] } } },
      { status: 'OPEN', task: { kind: 'CAMPAIGN', basis: '省局方案' }, source: { planId: own.planId, lineId: 'L01' } },
    ])
    await eventually(() => expect(stream.received).toHaveLength(3))
    const told = stream.received.map(({ payload }) => payload as { assignmentId: string; undrawn: object })
    expect(told.find(({ assignmentId }) => assignmentId === ids[1])).toMatchObject({
      taskName: '全省电梯重点监管',
      objectScope: '电梯使用单位',
      itemCodes: ['T1'],
      undrawn: { kind: 'KEY_SUPERVISION', field: '特种设备', matter: { matterId: 'ZD-01', stages: ['使用'] } },
    })
    await stream.stop()
  })

  it('PLN-15 keep the plan from being filed until each stands in it, with what the local planner decides', async () => {
    await (await harness.planner()).post('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const local = { taskName: '本地任务', itemCodes: ['G2'], ratios, window }
    expect((await onPlan('lines', { lines: [local] })).status).toBe(201)
    expect((await onPlan('file')).body).toMatchObject({ code: 'assignment-not-taken-in' })
    const bare = await onPlan('assignments')
    expect([bare.status, bare.body.errors]).toMatchObject([409, [{ pointer: '/assignments/0/undrawn/kind', code: 'check-without-draw' }]])
    const [first = '', second = '', third = ''] = ids
    const narrowed = { start: '2026-05-01', end: '2026-09-30' }
    const terms = [
      { assignmentId: first, undrawn: { reasons } },
      { assignmentId: second, undrawn: { unitIds: ['230300-gaj', '230300-scj'], initiatorUnitId: '230300-gaj', window: narrowed } },
    ]
    const wide = { ...terms[1], undrawn: { window: { start: '2026-03-31', end: '2026-09-30' } } }
    expect((await onPlan('assignments', { assignments: [wide] })).body.errors).toMatchObject([
      { pointer: '/assignments/0/undrawn/window', code: 'window-outside-assignment' },
    ])
    expect((await onPlan('assignments', { assignments: [{ assignmentId: second, count: 3 }] })).body.errors).toMatchObject([
      { pointer: '/assignments/0/count', code: 'assigned-terms-misplaced' },
    ])
    expect((await onPlan('assignments', { assignments: terms })).status).toBe(200)
    expect((await onPlan('file')).body).toMatchObject({ code: 'assignment-not-taken-in' })
    const taken = await onPlan('assignments')
    expect(taken.body.undrawn.map(({ lineId, taskName, origin }) => [lineId, taskName, origin?.assignmentId])).toEqual([
      ['L02', '校园周边专项检查', first],
      ['L03', '全省电梯重点监管', second],
      ['L04', '全省文具专项整治', third],
    ])
    expect(taken.body.undrawn[1]).toMatchObject({
      initiatorUnitId: '230300-gaj',
      window: narrowed,
      itemCodes: ['T1'],
      matter: { matterId: 'ZD-01', stages: ['使用'] },
    })
    // Out of the draft and in again.
    expect((await onPlan('lines/L04/remove')).body.undrawn).toHaveLength(2)
    expect((await onPlan('file')).body).toMatchObject({ code: 'assignment-not-taken-in' })
    expect((await onPlan('assignments')).body.undrawn.at(-1)).toMatchObject({ lineId: 'L05', origin: { assignmentId: third } })
    expect((await onPlan('file')).body.state).toBe('FILED')
    expect((await report()).items.map(({ status }) => status)).toEqual(['FILED', 'FILED', 'FILED'])
  })

  it('PLN-15 stand in the published plan until they are withdrawn, in every form of it, and the superior sees how far they are', async () => {
    expect((await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})).status).toBe(200)
    expect((await onPlan('publish')).body.state).toBe('PUBLISHED')
    expect(await report()).toMatchObject({
      totals: { dispatched: 3, takenIn: 3, open: 0, withdrawn: 0 },
      items: [
        { status: 'PUBLISHED', planId, lineId: 'L02' },
        { status: 'PUBLISHED', planId, lineId: 'L03' },
        { status: 'PUBLISHED', planId, lineId: 'L05' },
      ],
    })
    const shown = await harness.anonymous().get<Body>(`/v1/public/plans/${planId}`)
    expect(shown.body.undrawn).toMatchObject(ids.map((assignmentId) => ({ origin: { assignmentId, regionCode: '230000' } })))
    expect(await harness.getUndrawnLine(planId, 'L03')).toMatchObject({ kind: 'KEY_SUPERVISION', matter: { matterId: 'ZD-01' } })

    await checkOpened('L05')
    const superior = await province()
    await eventually(async () => {
      const { body } = await superior.get<Body>('/v1/progress?year=2026')
      expect(body.items).toMatchObject([{}, {}, {}, { planId, lineId: 'L05', kind: 'CAMPAIGN', tasks: 1, done: 0 }])
    })

    const cancel = async () => onPlan('adjustments', { reason: '人手不足', cancel: ['L05'] })
    expect((await cancel()).body).toMatchObject({ code: 'line-was-assigned' })
    expect((await superior.post(`/v1/assignments/${ids[2]}/withdraw`, { reason: '并入日常' })).status).toBe(200)
    expect((await cancel()).body).toMatchObject({ state: 'ADJUSTING', undrawn: [{ lineId: 'L02' }, { lineId: 'L03' }] })
    const planner = await harness.planner()
    harness.clock.advance(2 * 24 * 3_600_000)
    const then = await planner.get<Body>(`/v1/plans/${planId}?asOf=2026-01-10`)
    expect(then.body.undrawn.map(({ origin }) => origin?.assignmentId)).toEqual(ids)
    const table = await planner.get<string>(`/v1/plans/${planId}/export?format=csv&table=undrawn&version=1`)
    for (const word of ['校园周边文具店', '全省电梯重点监管', '省局方案']) expect(table.body).toContain(word)
  })
})

describe('a dispatched task whose objects are said to be all', () => {
  it('PLN-15 PLN-13 is told so, and is not asked about again where it is taken in; one of which nothing is said is', async () => {
    const stream = await harness.collect(events.planning.assignmentDispatched.topic)
    const task = { taskName: '省派', objectScope: '规模以上食品生产企业', itemCodes: ['G1'], ratios, window }
    const { body } = await dispatch({ tasks: [{ ...task, scope: {} }, task] })
    const [whole = '', open = ''] = body.assignmentIds
    const told = (id: string) => stream.received.find(({ payload }) => (payload as { assignmentId: string }).assignmentId === id)?.payload
    await eventually(() => {
      expect(told(whole)).toHaveProperty('scope', {})
      expect(told(open)).toMatchObject({ taskName: '省派' })
    })
    expect(told(open)).not.toHaveProperty('scope')
    await stream.stop()
    const takeIn = (assignmentId: string) => onPlan('assignments', { assignments: [{ assignmentId }] })
    expect((await takeIn(open)).body.errors).toMatchObject([{ code: 'object-scope-unclear', pointer: '/assignments/0/objectScope' }])
    expect((await takeIn(whole)).body.lines.at(-1)).toMatchObject({ taskName: '省派', origin: { assignmentId: whole } })
  })
})

describe('a dispatched number of objects', () => {
  it('PLN-15 PLN-13 is refused where the target’s policy has every line state its ratio', async () => {
    const { content } = harness.registry
    const before = content.policy
    content.policy = withLineFields(fourCoalCities)
    const targets = [{ regionCode: city, unitId: '230300-gaj' }]
    const task = { taskName: '省派定量', itemCodes: ['G1'], count: 9, window }
    const refused = await dispatch({ tasks: [task] }, targets)
    expect([refused.status, refused.body.errors]).toMatchObject([
      400,
      [
        { pointer: '/targets/0/regionCode', code: 'assignment-not-plannable' },
        { pointer: '/tasks/0/count', code: 'rule-not-by-default' },
      ],
    ])
    expect((await dispatch({ tasks: [{ ...task, count: undefined, ratios }] }, targets)).status).toBe(201)
    content.policy = before
  })
})
