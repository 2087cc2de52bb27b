import { events } from '@dual-random/contracts'
import type { DrawId, InspectorId, UnitId } from '@dual-random/kernel'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, subjectOf } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, pointersOf, type TaskAnswer } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface RecusalAnswer extends ProblemAnswer {
  readonly recusalId: string
  readonly taskId: string
  readonly status: string
  readonly taskStatus: string
  readonly enteredBy: string
}

interface Detail extends TaskAnswer {
  readonly trace: readonly { readonly what: string; readonly by?: string }[]
  readonly earlierTeams?: readonly { readonly members: readonly { readonly subject: string }[] }[]
}

/** The fire unit organises; the market unit checks the same objects with inspectors of its own. */
const draw = drawOf({
  name: 'recused',
  codes: ['C-1', 'C-2', 'C-3', 'C-4'],
  units: [
    { unitId: fire, itemCodes: ['XFJG-01'] },
    { unitId: market, itemCodes: ['SCJG-01'] },
  ],
})

const { taskRecused, taskRecusalRejected, taskReassigned, taskCompleted } = events.inspection

describe('a recusal raised after the draw', () => {
  let world: World
  let dispatcher: Api
  let organiser: Api
  let tasks: readonly TaskAnswer[]

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(draw)
    dispatcher = await world.as(['DISPATCHER'])
    organiser = await world.as(['DRAW_ORGANISER'], { unitId: fire })
    tasks = (await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks')).body.items
  })
  afterAll(() => world?.dispose())

  const taskOn = (code: string): TaskAnswer => {
    const found = tasks.find(({ object }) => object.code === code)
    if (found === undefined) throw new Error(`no task on ${code}`)
    return found
  }
  const memberOf = (code: string, index: number) => {
    const found = taskOn(code).team.members[index]
    if (found === undefined) throw new Error(`${code} has no inspector ${index}`)
    return found
  }
  const inspectorOf = (code: string, index = 0): Promise<Api> => world.as(['INSPECTOR'], { subject: memberOf(code, index).subject })
  const requestOn = (code: string, changes: Readonly<Record<string, unknown>> = {}) => ({
    raisedBy: 'OBJECT',
    inspectorIds: [memberOf(code, 0).inspectorId],
    ground: 'KINSHIP',
    statement: '检查人员系法定代表人的近亲属',
    ...changes,
  })
  const raise = (api: Api, code: string, changes: Readonly<Record<string, unknown>> = {}) =>
    api.post<RecusalAnswer>(`/v1/tasks/${taskOn(code).taskId}/recusals`, requestOn(code, changes))
  const detailOf = async (code: string, api = dispatcher): Promise<Detail> =>
    (await api.get<Detail>(`/v1/tasks/${taskOn(code).taskId}`)).body
  const recusalsFor = async (api: Api, query = '') => (await api.get<Paged<RecusalAnswer>>(`/v1/recusals${query}`)).body.items

  it('DRW-14 the object’s, entered by the dispatcher, suspends the task: no result is taken', async () => {
    const raised = await raise(dispatcher, 'C-1')
    expect(raised).toMatchObject({ status: 201, body: { status: 'PENDING', taskStatus: 'SUSPENDED' } })
    expect((await raise(dispatcher, 'C-1')).status).toBe(200)
    const entered = await (await inspectorOf('C-1', 1)).post<ProblemAnswer>(`/v1/tasks/${taskOn('C-1').taskId}/results`, entryOf('SCJG-01'))
    expect(entered).toMatchObject({ status: 409, body: { code: 'task-suspended' } })
    expect((await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks?status=SUSPENDED')).body.items).toMatchObject([{ object: { code: 'C-1' } }])
    expect((await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks?status=OPEN')).body.items).toHaveLength(3)
  })

  it('DRW-14 tells drawing by labels, without the object or a person', async () => {
    const { taskId } = taskOn('C-1')
    const [told] = await eventually(() => {
      const heard = world.heard(taskRecused.type, taskId)
      expect(heard).toHaveLength(1)
      return heard
    })
    const labelOf = [...draw.inspectors].find(([, { subject }]) => subject === memberOf('C-1', 0).subject)?.[0]
    expect(told?.payload).toMatchObject({
      drawId: draw.drawId,
      teamDrawId: draw.drawId,
      label: draw.labelOf('C-1'),
      unitId: market,
      raisedBy: 'OBJECT',
      ground: 'KINSHIP',
      recusedLabels: [labelOf],
    })
    const text = JSON.stringify(told?.payload)
    for (const secret of [memberOf('C-1', 0).inspectorId, memberOf('C-1', 0).subject, 'C-1', '近亲属']) expect(text).not.toContain(secret)
  })

  it('DRW-34 is read by whom it concerns, the organiser and the unit that checks; others see only that the task waits', async () => {
    const everyone = [
      dispatcher,
      organiser,
      await inspectorOf('C-1', 0),
      await inspectorOf('C-1', 1),
      await world.as(['DISPATCHER'], { unitId: `${market}x` }),
      await world.as(['DRAW_ORGANISER']),
    ]
    const { taskId } = taskOn('C-1')
    const seen = await Promise.all(everyone.map(async (api) => (await recusalsFor(api, `?taskId=${taskId}&status=PENDING`)).length))
    expect(seen).toEqual([1, 1, 1, 0, 0, 0])
    const auditor = await world.as(['AUDITOR'], { unitId: '230000-scj', regionCode: '230000' })
    expect((await auditor.get('/v1/recusals')).status).toBe(403)
    const detail = await detailOf('C-1', auditor)
    expect(detail).toMatchObject({ status: 'SUSPENDED', trace: [{ what: 'DISPATCHED' }, { what: 'SUSPENDED' }] })
    expect(JSON.stringify(detail)).not.toMatch(/KINSHIP|近亲属/)
  })

  it('DRW-14 the organiser rejects it with reasons, nobody else, and the same team goes on', async () => {
    const { taskId } = taskOn('C-1')
    const [recusal] = await recusalsFor(organiser, `?taskId=${taskId}`)
    const path = `/v1/tasks/${taskId}/recusals/${recusal?.recusalId}/reject`
    expect((await dispatcher.post(path, { reasons: '无此关系' })).status).toBe(403)
    expect((await organiser.post<ProblemAnswer>(path, {})).status).toBe(400)
    expect(await organiser.post(path, { reasons: '经核实无此关系' })).toMatchObject({
      status: 200,
      body: { status: 'REJECTED', reasons: '经核实无此关系', taskStatus: 'OPEN' },
    })
    expect(await organiser.post(path, { reasons: '另一理由' })).toMatchObject({ status: 409, body: { code: 'recusal-decided' } })
    expect((await organiser.post(`/v1/tasks/${taskId}/recusals/rc-0/reject`, { reasons: '无' })).status).toBe(404)
    await eventually(() => expect(world.heard(taskRecusalRejected.type, taskId)).toHaveLength(1))
    const entered = await (await inspectorOf('C-1')).post(`/v1/tasks/${taskId}/results`, entryOf('SCJG-01'))
    expect(entered.status).toBe(201)
    expect(await raise(dispatcher, 'C-1', { statement: '再次申请' })).toMatchObject({ status: 409, body: { code: 'task-completed' } })
  })

  it('DRW-14 an inspector raises one of their own only, a stranger none', async () => {
    const inspector = await inspectorOf('C-2', 0)
    const own = { raisedBy: 'INSPECTOR', ground: 'INTEREST', statement: '持有检查对象的股份' }
    const other = memberOf('C-2', 1).inspectorId
    expect((await raise(inspector, 'C-2', { ...own, inspectorIds: [other] })).body.code).toBe('recusal-of-another')
    expect((await raise(inspector, 'C-2', {})).body.code).toBe('unit-not-allowed')
    expect((await raise(dispatcher, 'C-2', own)).body.code).toBe('inspector-not-assigned')
    const stranger = await world.as(['INSPECTOR'], { subject: subjectOf(market, 8) })
    expect((await raise(stranger, 'C-2', own)).body.code).toBe('inspector-not-assigned')
    const unknown = await raise(dispatcher, 'C-2', { inspectorIds: [other, 'i-unknown'] })
    expect([unknown.status, pointersOf(unknown.body)]).toEqual([400, ['/inspectorIds/1 inspector-not-in-team']])
    expect((await raise(inspector, 'C-2', own)).body).toMatchObject({ status: 'PENDING', enteredBy: memberOf('C-2', 0).subject })
    expect((await detailOf('C-2')).trace.map(({ what }) => what)).toEqual(['DISPATCHED', 'SUSPENDED'])
  })

  it('DRW-14 another team takes the task on; the old one has no part in it, and stays in the history', async () => {
    const { taskId } = taskOn('C-2')
    const redraw = 'f'.repeat(64) as DrawId
    const members = [6, 7].map((number, index) => ({
      inspectorId: `new-${number}` as InspectorId,
      label: `label ${number}`,
      name: `检查员 ${number}`,
      unitId: market as UnitId,
      subject: subjectOf(market, number),
      leader: index === 0,
    }))
    const tell = () => world.reassign(taskId, { drawId: redraw, members, short: false })
    await tell()
    await tell()
    expect(await detailOf('C-2')).toMatchObject({
      status: 'OPEN',
      team: { drawId: redraw, members: [{ subject: subjectOf(market, 6) }, { subject: subjectOf(market, 7) }] },
      earlierTeams: [{ members: taskOn('C-2').team.members }],
    })
    const [told] = await eventually(() => {
      const heard = world.heard(taskReassigned.type, taskId)
      expect(heard).toHaveLength(1)
      return heard
    })
    expect(told?.payload).toMatchObject({ drawId: draw.drawId, teamDrawId: redraw, label: draw.labelOf('C-2') })

    const former = await inspectorOf('C-2', 0)
    expect((await former.get(`/v1/tasks/${taskId}`)).status).toBe(403)
    expect((await former.post(`/v1/tasks/${taskId}/results`, entryOf('SCJG-01'))).status).toBe(403)
    expect(await recusalsFor(former)).toMatchObject([{ taskId, status: 'UPHELD' }])
    const present = await world.as(['INSPECTOR'], { subject: subjectOf(market, 6) })
    expect((await detailOf('C-2', present)).earlierTeams).toBeUndefined()
    expect((await present.post(`/v1/tasks/${taskId}/results`, entryOf('SCJG-01'))).status).toBe(201)
    await eventually(() => expect(world.heard(taskCompleted.type, taskId)).toHaveLength(1))
  })
})
