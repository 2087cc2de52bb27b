import { events } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, jointHarness } from './support/harness.ts'
import type { PublishedLine } from './support/planning-peer.ts'

const { drawMatched } = events.drawing
const { taskDispatched, taskCompleted } = events.inspection
const { jointTaskOpened, jointTaskCompleted } = events.joint

const tobacco = '230300-ycj'
const post = '230300-yzj'
const police = '230300-gaj'

const line: PublishedLine = {
  planType: 'JOINT',
  taskName: '涉烟经营活动检查',
  initiatorUnitId: tobacco,
  units: [
    { unitId: tobacco, itemCodes: ['Y1', 'Y2'] },
    { unitId: post, itemCodes: ['Y3'] },
    { unitId: police, itemCodes: ['Y4'] },
  ],
}
const departments = line.units.map(({ unitId }) => unitId)

interface JointTaskView {
  readonly status: string
  readonly objectCount: number
  readonly participants: readonly {
    readonly unitId: string
    readonly itemCodes: readonly string[]
    readonly completedTasks?: number
    readonly status?: string
  }[]
}

describe('joint tasks', () => {
  let joint: Harness

  beforeAll(async () => {
    joint = await jointHarness()
    joint.registry.bind('230300', policyOf('samr-2024'))
    joint.planning.publish('plan-j', 'L01', line)
    joint.planning.publish('plan-i', 'L01', { ...line, planType: 'INTERNAL' })
  })
  afterAll(() => joint?.[Symbol.asyncDispose]())

  const match = (drawId: string, drawn: number, planId = 'plan-j') =>
    joint.bus.publish(drawMatched, drawId, {
      drawId,
      regionCode: '230300',
      unitId: tobacco,
      planId,
      lineId: 'L01',
      batch: 1,
      drawn,
      shortOfTeam: 0,
      transcriptDigest: 'd',
    })

  const taskIdOf = (drawId: string, object: number, unitId: string) => `t-${drawId}-${object}-${unitId}`

  const dispatch = (drawId: string, object: number, unitId: string, planType: 'JOINT' | 'INTERNAL' = 'JOINT', unitCount?: number) => {
    const taskId = taskIdOf(drawId, object, unitId)
    return joint.bus.publish(taskDispatched, taskId, {
      taskId,
      taskNumber: taskId,
      regionCode: '230300',
      unitId,
      drawId,
      visitId: 'v',
      planId: 'plan-j',
      lineId: 'L01',
      planType: `PLAN_TYPE_${planType}`,
      itemCodes: ['Y1'],
      window: { start: '2026-03-01', end: '2026-06-30' },
      mergeWindowId: 'w',
      ...(unitCount === undefined ? {} : { unitCount }),
    })
  }

  const complete = (drawId: string, object: number, unitId: string) => {
    const taskId = taskIdOf(drawId, object, unitId)
    return joint.bus.publish(taskCompleted, taskId, {
      taskId,
      regionCode: '230300',
      unitId,
      drawId,
      visitId: 'v',
      checkEndedAt: '2026-04-01T00:00:00.000Z',
      completedAt: '2026-04-01T00:00:00.000Z',
      resultIds: [],
      clueIds: [],
    })
  }

  const forAll = async (objects: number, act: (object: number, unitId: string) => Promise<unknown>) => {
    for (let object = 0; object < objects; object++) for (const unitId of departments) await act(object, unitId)
  }

  const departmentsOf = async (drawId: string) =>
    (await read(drawId)).body.participants.map(({ completedTasks, status }) => [completedTasks, status])
  const read = async (drawId: string) =>
    (await joint.as(post, 'INSPECTOR')).get<JointTaskView & { readonly code?: string }>(`/v1/joint-tasks/jt-${drawId}`)
  const told = (drawId: string) => joint.bus.heard.filter((event) => event.aggregateId === `jt-${drawId}`).map(({ type }) => type)

  it('JNT-11 opens one for a joint line’s draw: one initiator, the departments with their items, one drawn list', async () => {
    await match('one', 4)
    await eventually(() => expect(told('one')).toEqual([jointTaskOpened.type]))
    expect((await read('one')).body).toMatchObject({ taskName: line.taskName, initiatorUnitId: tobacco, objectCount: 4, status: 'OPEN' })
    expect((await read('one')).body.participants).toEqual(
      line.units.map((unit) => ({ ...unit, tasks: 0, completedTasks: 0, status: 'OPEN' })),
    )
    expect(joint.bus.heard.find(({ aggregateId }) => aggregateId === 'jt-one')?.payload).toMatchObject({
      participantUnitIds: departments,
      objectCount: 4,
    })
  })

  it('DRW-25 JNT-11 opens one for a targeted draw of several departments, by its task on clues', async () => {
    const clueTask = { taskId: 'clue-task-1', clueIds: ['clue-1', 'clue-2'] }
    joint.planning.accept(clueTask.taskId, { ...line, taskName: '涉烟定向抽查' })
    const facts = { drawId: 'targeted', regionCode: '230300', unitId: tobacco, batch: 1, drawn: 2, shortOfTeam: 0, transcriptDigest: 'd' }
    await joint.bus.publish(drawMatched, 'targeted', { ...facts, planId: '', lineId: '', clueTask })
    await eventually(() => expect(told('targeted')).toEqual([jointTaskOpened.type]))
    const { body } = await read('targeted')
    expect(body).toMatchObject({ taskName: '涉烟定向抽查', objectCount: 2, clueTask })
    expect(body).not.toHaveProperty('planId')
    const opened = joint.bus.heard.find(({ aggregateId }) => aggregateId === 'jt-targeted')
    expect(opened?.payload).toMatchObject({ clueTask })
  })

  it('JNT-11 opens none for an internal line’s draw', async () => {
    const seq = await match('internal', 4, 'plan-i')
    await joint.applied(drawMatched.topic, 'internal', seq)
    expect(await read('internal')).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  it('JNT-11 is completed by the last department’s last task, and has meanwhile a status per department', async () => {
    await match('two', 2)
    await forAll(2, (object, unitId) => dispatch('two', object, unitId))
    await complete('two', 0, tobacco)
    await complete('two', 1, tobacco)
    await complete('two', 0, post)
    await complete('two', 1, post)
    const seq = await complete('two', 0, police)
    await joint.applied(taskCompleted.topic, taskIdOf('two', 0, police), seq)
    expect((await read('two')).body.status).toBe('OPEN')
    expect(await departmentsOf('two')).toEqual([
      [2, 'COMPLETED'],
      [2, 'COMPLETED'],
      [1, 'OPEN'],
    ])
    await complete('two', 1, police)
    await eventually(() => expect(told('two')).toEqual([jointTaskOpened.type, jointTaskCompleted.type]))
    expect((await read('two')).body.status).toBe('COMPLETED')
    expect((await departmentsOf('two'))[2]).toEqual([2, 'COMPLETED'])
  })

  it('JNT-11 is completed once also where the tasks are done before the news of the draw arrives', async () => {
    await forAll(1, (object, unitId) => dispatch('three', object, unitId))
    await forAll(1, (object, unitId) => complete('three', object, unitId))
    await joint.applied(taskCompleted.topic, taskIdOf('three', 0, police), 2)
    expect(told('three')).toEqual([])
    await match('three', 1)
    await eventually(() => expect(told('three')).toEqual([jointTaskOpened.type, jointTaskCompleted.type]))
  })

  it('JNT-11 REG-28 is completed where a department has nothing to check at some objects, and not before all tasks are known', async () => {
    await match('partly', 2)
    await dispatch('partly', 0, tobacco, 'JOINT', 2)
    await dispatch('partly', 0, post, 'JOINT', 2)
    await complete('partly', 0, tobacco)
    const seq = await complete('partly', 0, post)
    await joint.applied(taskCompleted.topic, taskIdOf('partly', 0, post), seq)
    expect((await read('partly')).body.status).toBe('OPEN')
    await dispatch('partly', 1, tobacco, 'JOINT', 1)
    await complete('partly', 1, tobacco)
    await eventually(() => expect(told('partly')).toEqual([jointTaskOpened.type, jointTaskCompleted.type]))
    expect(await departmentsOf('partly')).toEqual([
      [2, 'COMPLETED'],
      [1, 'COMPLETED'],
      [0, 'COMPLETED'],
    ])
  })

  it('JNT-11 does not count the tasks of internal lines', async () => {
    await match('four', 1)
    await dispatch('four', 0, tobacco)
    await dispatch('four', 0, post)
    await dispatch('four', 0, police, 'INTERNAL')
    await forAll(1, (object, unitId) => complete('four', object, unitId))
    await joint.applied(taskCompleted.topic, taskIdOf('four', 0, police), 2)
    expect((await read('four')).body.status).toBe('OPEN')
  })

  it('JNT-11 is completed once where the draw and the last tasks arrive together', async () => {
    const draws = Array.from({ length: 8 }, (_, index) => `race-${index}`)
    for (const drawId of draws) await forAll(1, (object, unitId) => dispatch(drawId, object, unitId))
    await Promise.all(
      draws.flatMap((drawId, index) => {
        const completions = departments.map((unitId) => () => complete(drawId, 0, unitId))
        const all = index % 2 === 0 ? [() => match(drawId, 1), ...completions] : [...completions, () => match(drawId, 1)]
        return all.map((send) => send())
      }),
    )
    for (const drawId of draws) {
      await eventually(() => expect(told(drawId)).toEqual([jointTaskOpened.type, jointTaskCompleted.type]))
    }
  })

  it('INT-15 does nothing twice where the mark was not written before a crash: what was done comes as new', async () => {
    await match('two', 2)
    const task = taskIdOf('two', 1, police)
    await dispatch('two', 1, police)
    const seq = await complete('two', 1, police)
    await joint.applied(taskCompleted.topic, task, seq)
    await joint.applied(drawMatched.topic, 'two', 2)
    expect((await departmentsOf('two'))[2]).toEqual([2, 'COMPLETED'])
    expect(told('two')).toEqual([jointTaskOpened.type, jointTaskCompleted.type])
  })

  it('INT-15 changes nothing when every event comes again', async () => {
    const before = joint.bus.heard.length
    await joint.bus.repeat()
    await match('five', 1)
    await eventually(() => expect(told('five')).toEqual([jointTaskOpened.type]))
    await forAll(1, (object, unitId) => dispatch('five', object, unitId))
    await forAll(1, (object, unitId) => complete('five', object, unitId))
    await eventually(() => expect(told('five')).toEqual([jointTaskOpened.type, jointTaskCompleted.type]))
    expect(joint.bus.heard).toHaveLength(before + 2)
  })

  it('INT-15 waits for planning without holding up the others', async () => {
    await match('six', 1, 'plan-late')
    await match('seven', 1)
    await eventually(() => expect(told('seven')).toEqual([jointTaskOpened.type]))
    expect(told('six')).toEqual([])
    joint.planning.publish('plan-late', 'L01', line)
    await eventually(() => expect(told('six')).toEqual([jointTaskOpened.type]), { timeoutMs: 20_000 })
  })

  it('JNT-21 is open to every department of the region, SEC-02 and to no other region', async () => {
    for (const unitId of [...departments, '230300-scj', '230000-scj']) {
      const list = await (await joint.as(unitId, 'PLANNER')).get<{ readonly items: readonly unknown[] }>(
        '/v1/joint-tasks?regionCode=230300&limit=2',
      )
      expect(list).toMatchObject({
        status: 200,
        body: { items: [{ jointTaskId: 'jt-five' }, { jointTaskId: 'jt-four' }], next: 'jt-four' },
      })
    }
    const neighbour = await joint.as('230400-scj', 'PLANNER')
    expect(await neighbour.get('/v1/joint-tasks?regionCode=230300')).toMatchObject({ status: 403 })
    expect(await neighbour.get('/v1/joint-tasks/jt-two')).toMatchObject({ status: 403 })
    expect(await (await joint.as(tobacco, 'PUBLISHER')).get('/v1/joint-tasks/jt-two')).toMatchObject({ status: 403 })
  })

  it('SEC-02 shows a county’s department the joint task of its city that it takes part in, and no other', async () => {
    const county = '230302-scj'
    const units = [
      { unitId: tobacco, itemCodes: ['Y1'] },
      { unitId: county, itemCodes: ['Y2'] },
    ]
    joint.planning.publish('plan-county', 'L01', { ...line, units })
    await match('with-county', 1, 'plan-county')
    await eventually(() => expect(told('with-county')).toEqual([jointTaskOpened.type]))
    const ids = async (unitId: string, regionCode: string) => {
      const reader = await joint.as(unitId, 'PLANNER')
      const list = await reader.get<{ readonly items: readonly { readonly jointTaskId: string }[] }>(
        `/v1/joint-tasks?regionCode=${regionCode}&limit=500`,
      )
      return list.status === 200 ? list.body.items.map(({ jointTaskId }) => jointTaskId) : list.status
    }
    expect(await ids(county, '230302')).toEqual(['jt-with-county'])
    expect(await ids(county, '230300')).toBe(403)
    expect(await ids('230302-gaj', '230302')).toEqual([])
    expect(await ids('230300-scj', '230300')).toContain('jt-with-county')
    const inspector = await joint.as(county, 'INSPECTOR')
    expect(await inspector.get('/v1/joint-tasks/jt-with-county')).toMatchObject({ status: 200, body: { status: 'OPEN' } })
    expect(await inspector.get('/v1/joint-tasks/jt-two')).toMatchObject({ status: 403 })
    expect(await (await joint.as('230302-gaj', 'INSPECTOR')).get('/v1/joint-tasks/jt-with-county')).toMatchObject({ status: 403 })
  })
})
