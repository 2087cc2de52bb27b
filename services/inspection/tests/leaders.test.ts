import { events, redrawPurposes } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, subjectOf, type TestDraw } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, pointersOf, type TaskAnswer } from './support/entries.ts'
import { policyOf } from './support/policies.ts'
import { type Caller, matched, startWorld, type World } from './support/world.ts'

interface LeaderAnswer {
  readonly from: string
  readonly candidates: readonly { readonly inspectorId: string; readonly name: string; readonly unitId: string }[]
  readonly designated?: { readonly inspectorId: string; readonly by: string; readonly at: string }
}

const units = [
  { unitId: market, itemCodes: ['SCJG-01'] },
  { unitId: fire, itemCodes: ['XFJG-01'] },
]
const unled = (draw: TestDraw): TestDraw => ({
  ...draw,
  assignments: draw.assignments.map((assignment) => ({ ...assignment, leaderLabel: '' })),
})
const draw = unled(drawOf({ name: 'led', codes: ['D-1', 'D-2'], units }))
const alone = drawOf({ name: 'alone', codes: ['D-3'] })

/** The fire unit's team at D-1 changes: inspectors 5 and 6 come in the place of 1 and 2. */
const other = unled(drawOf({ name: 'led anew', codes: ['0', '1', '2', '3', 'D-1'], units }))
const rematch: TestDraw = {
  ...other,
  line: draw.line,
  redraw: { parentDrawId: draw.drawId, number: 1, purpose: redrawPurposes.toWire('REMATCH') },
  assignments: other.assignments.slice(4).map((assignment) => ({
    ...assignment,
    position: 1,
    label: draw.labelOf('D-1'),
    teams: assignment.teams.filter(({ unitId }) => unitId === fire),
    taskDrawId: draw.drawId,
  })),
}

describe('joint checks whose leader the initiator designates', () => {
  let world: World

  beforeAll(async () => {
    const teamLeader = { from: 'DRAWN_INSPECTORS', by: 'INITIATOR' }
    world = await startWorld({ policy: policyOf('heilongjiang', { 'joint.teamLeader': teamLeader }) })
    await world.dispatch(draw, alone)
  })
  afterAll(() => world?.dispose())

  const taskOn = async (code: string, unitId = market): Promise<TaskAnswer & { readonly leaderBy?: string }> => {
    const { items } = (await (await world.as(['DISPATCHER'], { unitId })).get<Paged<TaskAnswer>>('/v1/tasks')).body
    const found = items.find(({ object }) => object.code === code)
    if (found === undefined) throw new Error(`no task on ${code}`)
    return found
  }
  const read = async (taskId: string, caller: Caller = {}, role = 'DISPATCHER') =>
    (await world.as([role], caller)).get<LeaderAnswer & ProblemAnswer>(`/v1/tasks/${taskId}/leader`)
  const designate = async (taskId: string, inspectorId: string, caller: Caller = {}, role = 'DISPATCHER') =>
    (await world.as([role], caller)).post<LeaderAnswer & ProblemAnswer>(`/v1/tasks/${taskId}/leader`, { inspectorId })
  const asMember = async (unitId: string, number: number) => world.as(['INSPECTOR'], { subject: subjectOf(unitId, number), unitId })
  const idOf = (task: TaskAnswer, place: number): string => task.team.members[place]?.inspectorId ?? ''

  it('DRW-23 nobody leads before; neither notice nor result is taken, of any of the units', async () => {
    const [ours, theirs] = [await taskOn('D-1'), await taskOn('D-1', fire)]
    expect([ours, theirs].flatMap(({ team }) => team.members.map(({ leader }) => leader))).toEqual([false, false, false, false])
    expect([ours.leaderBy, theirs.leaderBy]).toEqual(['INITIATOR', 'INITIATOR'])
    for (const [task, unitId, itemCode] of [
      [ours, market, 'SCJG-01'],
      [theirs, fire, 'XFJG-01'],
    ] as const) {
      const inspector = await asMember(unitId, 1)
      const missing = { status: 409, body: { code: 'leader-not-designated' } }
      expect(await inspector.post(`/v1/tasks/${task.taskId}/notice`, {})).toMatchObject(missing)
      expect(await inspector.post(`/v1/tasks/${task.taskId}/results`, entryOf(itemCode))).toMatchObject(missing)
    }
  })

  it('DRW-23 DRW-34 the initiator’s clerk reads who may be designated; no other unit’s does, nor an inspector', async () => {
    const [ours, theirs] = [await taskOn('D-1'), await taskOn('D-1', fire)]
    const { status, body } = await read(theirs.taskId)
    expect([status, body.from, body.designated]).toEqual([200, 'DRAWN_INSPECTORS', undefined])
    expect(body.candidates).toEqual(
      [ours, theirs].flatMap(({ team }) =>
        team.members.map(({ inspectorId, unitId, subject }) => ({ inspectorId, unitId, name: `检查员 ${subject}` })),
      ),
    )
    expect((await read(ours.taskId, {}, 'DRAW_ORGANISER')).status).toBe(200)
    const foreign = { status: 403, body: { code: 'unit-not-allowed' } }
    expect(await read(theirs.taskId, { unitId: fire })).toMatchObject(foreign)
    expect(await designate(theirs.taskId, idOf(theirs, 0), { unitId: fire })).toMatchObject(foreign)
    expect((await read(ours.taskId, { subject: subjectOf(market, 1) }, 'INSPECTOR')).status).toBe(403)
    expect((await designate(ours.taskId, idOf(ours, 0), { subject: subjectOf(market, 1) }, 'INSPECTOR')).status).toBe(403)
  })

  it('DRW-23 takes nobody but a drawn inspector of the object’s own teams', async () => {
    const [ours, elsewhere] = [await taskOn('D-1'), await taskOn('D-2')]
    const stranger = elsewhere.team.members.find(({ inspectorId }) => !ours.team.members.some((one) => one.inspectorId === inspectorId))
    const refused = await designate(ours.taskId, stranger?.inspectorId ?? '')
    expect([refused.status, pointersOf(refused.body)]).toEqual([400, ['/inspectorId leader-not-drawn']])
    expect((await read(ours.taskId)).body.designated).toBeUndefined()
  })

  it('DRW-23 designates one inspector of any unit, and another one before the check begins; not after', async () => {
    const [ours, theirs] = [await taskOn('D-1'), await taskOn('D-1', fire)]
    const leaders = async () =>
      [await taskOn('D-1'), await taskOn('D-1', fire)].flatMap(({ team }) =>
        team.members.filter(({ leader }) => leader).map(({ subject }) => subject),
      )
    expect((await designate(ours.taskId, idOf(ours, 1))).status).toBe(200)
    expect(await leaders()).toEqual([subjectOf(market, 2)])
    const act = { by: `${market}-DISPATCHER`, at: '2026-04-01T02:00:00.000Z' }
    const changed = await designate(theirs.taskId, idOf(theirs, 0))
    expect(changed).toMatchObject({ status: 200, body: { designated: { inspectorId: idOf(theirs, 0), ...act } } })
    expect(await leaders()).toEqual([subjectOf(fire, 1)])
    const detail = await (await asMember(market, 1)).get<{ readonly trace: readonly { what: string }[] }>(`/v1/tasks/${ours.taskId}`)
    expect(detail.body.trace.filter(({ what }) => what === 'LEADER_DESIGNATED')).toEqual([
      { what: 'LEADER_DESIGNATED', ...act },
      { what: 'LEADER_DESIGNATED', ...act },
    ])

    expect((await (await asMember(market, 1)).post(`/v1/tasks/${ours.taskId}/notice`, {})).status).toBe(200)
    expect(await designate(ours.taskId, idOf(ours, 1))).toMatchObject({ status: 409, body: { code: 'leader-check-begun' } })
    expect((await designate(ours.taskId, idOf(theirs, 0))).status).toBe(200)
    expect(await leaders()).toEqual([subjectOf(fire, 1)])
  })

  it('DRW-23 DRW-14 a re-match that takes the leader away asks for a new designation; a result waits for it', async () => {
    world.peers.add(rematch)
    await world.bus.send([matched(world.bus, rematch)])
    await eventually(async () => expect(await world.applied(events.drawing.drawMatched.topic, rematch.drawId)).toBe(1))
    const [ours, theirs] = [await taskOn('D-1'), await taskOn('D-1', fire)]
    expect(theirs.team.members.map(({ subject, leader }) => [subject, leader])).toEqual([
      [subjectOf(fire, 5), false],
      [subjectOf(fire, 6), false],
    ])
    const enter = async () => (await asMember(market, 1)).post<ProblemAnswer>(`/v1/tasks/${ours.taskId}/results`, entryOf('SCJG-01'))
    expect(await enter()).toMatchObject({ status: 409, body: { code: 'leader-not-designated' } })
    expect((await read(ours.taskId)).body.designated).toBeUndefined()
    expect(await designate(ours.taskId, idOf(theirs, 1))).toMatchObject({
      status: 200,
      body: { designated: { inspectorId: idOf(theirs, 1) } },
    })
    expect((await taskOn('D-1', fire)).team.members.map(({ leader }) => leader)).toEqual([false, true])
    expect((await enter()).status).toBe(201)
  })

  it('DRW-23 a unit that checks alone has its leader by ticket: nobody designates, and nothing waits', async () => {
    const task = await taskOn('D-3')
    expect(task.team.members.map(({ leader }) => leader)).toEqual([true, false])
    expect(task.leaderBy).toBeUndefined()
    expect(await read(task.taskId)).toMatchObject({ status: 409, body: { code: 'leader-by-ticket' } })
    expect(await designate(task.taskId, idOf(task, 1))).toMatchObject({ status: 409, body: { code: 'leader-by-ticket' } })
    expect((await (await asMember(market, 1)).post(`/v1/tasks/${task.taskId}/notice`, {})).status).toBe(200)
  })
})
