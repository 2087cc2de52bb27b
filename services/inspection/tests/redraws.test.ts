import { events, redrawPurposes } from '@dual-random/contracts'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, type TestDraw } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { matched, startWorld, type World } from './support/world.ts'

const units = [
  { unitId: fire, itemCodes: ['XFJG-01'] },
  { unitId: market, itemCodes: ['SCJG-01'] },
]
const draw = drawOf({ name: 'parent', codes: ['C-1', 'C-2', 'C-3'], units })
const purpose = (name: 'REPLACEMENT' | 'REMATCH' | 'ESCALATION') => redrawPurposes.toWire(name)
const redrawRef = (number: number, name: Parameters<typeof purpose>[0]) => ({ parentDrawId: draw.drawId, number, purpose: purpose(name) })

/** The market unit's team at C-1 changes: inspectors 5 and 6 come in the place of 1 and 2. */
const other = drawOf({ name: 'rematch', codes: ['0', '1', '2', '3', 'C-1'], units })
const rematch: TestDraw = {
  ...other,
  line: draw.line,
  redraw: redrawRef(1, 'REMATCH'),
  assignments: other.assignments.slice(4).map((assignment) => ({
    ...assignment,
    position: 1,
    label: draw.labelOf('C-1'),
    teams: assignment.teams.filter(({ unitId }) => unitId === market),
    leaderLabel: '',
    taskDrawId: draw.drawId,
  })),
}

const successor = drawOf({ name: 'replacement', codes: ['C-9'], units })
const replacement: TestDraw = {
  ...successor,
  line: draw.line,
  redraw: redrawRef(2, 'REPLACEMENT'),
  replaced: [{ label: draw.labelOf('C-2'), drawId: draw.drawId }],
}

const { taskDispatched, taskReassigned, taskWithdrawn } = events.inspection

describe('the tasks of a draw that is followed by redraws', () => {
  let world: World
  let dispatcher: Api

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(draw)
    dispatcher = await world.as(['DISPATCHER'])
  })
  afterAll(() => world?.dispose())

  const tell = async (redraw: TestDraw): Promise<void> => {
    world.peers.add(redraw)
    await world.bus.send([matched(world.bus, redraw)])
    await eventually(async () => expect(await world.applied(events.drawing.drawMatched.topic, redraw.drawId)).toBe(1))
  }
  const tasksOf = async (drawId: string) => (await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${drawId}`)).body.items
  const taskOn = async (code: string, drawId = draw.drawId): Promise<TaskAnswer> => {
    const found = (await tasksOf(drawId)).find(({ object, unitId }) => object.code === code && unitId === market)
    if (found === undefined) throw new Error(`no task on ${code}`)
    return found
  }

  it('DRW-14 a re-match gives the task another team, and makes none of its own', async () => {
    const before = await taskOn('C-1')
    await tell(rematch)
    const after = await taskOn('C-1')
    expect(after.taskId).toBe(before.taskId)
    const subjects = (task: TaskAnswer) => task.team.members.map(({ subject }) => subject)
    expect(subjects(before)).toEqual([`${market}-1`, `${market}-2`])
    expect(subjects(after)).toEqual([`${market}-5`, `${market}-6`])
    expect(await tasksOf(rematch.drawId)).toEqual([])
    await eventually(() =>
      expect(world.heard(taskReassigned.type).map(({ payload }) => payload)).toMatchObject([
        { taskId: before.taskId, teamDrawId: rematch.drawId },
      ]),
    )
  })

  it('DRW-30 a replacement withdraws the tasks of who leaves, and sends teams to the successor', async () => {
    const gone = await taskOn('C-2')
    await tell(replacement)
    const after = await taskOn('C-2')
    expect(after).toMatchObject({ taskId: gone.taskId, status: 'WITHDRAWN' })
    expect(await taskOn('C-9', replacement.drawId)).toMatchObject({ status: 'OPEN' })
    const inspector = await world.as(['INSPECTOR'], { subject: gone.team.members[0]?.subject ?? '' })
    const entered = await inspector.post<ProblemAnswer>(`/v1/tasks/${gone.taskId}/results`, entryOf('SCJG-01'))
    expect(entered).toMatchObject({ status: 409, body: { code: 'task-withdrawn' } })
    const raised = await dispatcher.post<ProblemAnswer>(`/v1/tasks/${gone.taskId}/recusals`, {
      raisedBy: 'OBJECT',
      inspectorIds: [gone.team.members[0]?.inspectorId],
      ground: 'KINSHIP',
      statement: '近亲属',
    })
    expect(raised).toMatchObject({ status: 409, body: { code: 'task-withdrawn' } })
    await eventually(() => {
      const told = world.heard(taskWithdrawn.type).map(({ payload }) => payload as { unitId: string; redrawId: string })
      expect(told.map(({ unitId, redrawId }) => [unitId, redrawId]).sort()).toEqual(
        [market, fire].map((unitId) => [unitId, replacement.drawId]).sort(),
      )
      expect(world.heard(taskDispatched.type)).toHaveLength(8)
    })
    expect((await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks?status=WITHDRAWN')).body.items).toHaveLength(1)
  })

  it('DRW-30 numbers the tasks of a redraw apart from those of the draw', async () => {
    const [parent, child] = [await taskOn('C-1'), await taskOn('C-9', replacement.drawId)]
    expect(parent.taskNumber).toContain('B1-00001-')
    expect(child.taskNumber).toContain('B1R2-00001-')
  })

  it('DRW-30 news that comes again changes nothing', async () => {
    const before = await tasksOf(draw.drawId)
    await world.bus.send([matched(world.bus, replacement), matched(world.bus, rematch)])
    const escalation = { ...drawOf({ name: 'more', codes: ['C-8'], units }), line: draw.line, redraw: redrawRef(3, 'ESCALATION') }
    await tell(escalation)
    expect(await tasksOf(draw.drawId)).toEqual(before)
    expect(await taskOn('C-8', escalation.drawId)).toMatchObject({ status: 'OPEN' })
    expect(world.heard(taskWithdrawn.type)).toHaveLength(2)
  })
})
