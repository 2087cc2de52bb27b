import { events } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, subjectOf } from './support/draws.ts'
import { type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { matched, startWorld, type World } from './support/world.ts'

const joint = drawOf({
  name: 'joint',
  codes: ['A-1', 'A-2', 'A-3'],
  units: [
    { unitId: market, itemCodes: ['SCJG-01', 'SCJG-02'] },
    { unitId: fire, itemCodes: ['XFJG-01'] },
  ],
})
/** The second object is none of the market unit's, which initiates; to the third only one of its items applies. */
const mixed = (() => {
  const units = [
    { unitId: market, itemCodes: ['SCJG-01', 'SCJG-02'] },
    { unitId: fire, itemCodes: ['XFJG-01'] },
  ]
  const draw = drawOf({ name: 'mixed', codes: ['M-1', 'M-2', 'M-3'], units, window: { start: '2026-05-01', end: '2026-05-31' } })
  const applying: Readonly<Record<string, string[]>> = { 'M-2': ['XFJG-01'], 'M-3': ['SCJG-02'] }
  const objects = [...draw.objects].map(
    ([label, object]) => [label, { ...object, itemCodes: applying[object.objectCode] ?? object.itemCodes }] as const,
  )
  return { ...draw, objects: new Map(objects) }
})()
const short = drawOf({ name: 'short', codes: ['B-1'], teamSize: 1 })
const clueTask = { taskId: 'clue-task-00ff00ff', clueIds: ['clue-1', 'clue-2'] }
const targeted = drawOf({ name: 'targeted', codes: ['T-1', 'T-2'], clueTask })

describe('dispatching a matched draw', () => {
  let world: World
  let ofMarket: readonly TaskAnswer[]

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(joint, short)
    const dispatcher = await world.as(['DISPATCHER'])
    ofMarket = (await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${joint.drawId}`)).body.items
  })
  afterAll(() => world?.dispose())

  it('INS-07 makes one task per drawn object and department, all of an object in one visit', async () => {
    const dispatcher = await world.as(['DISPATCHER'], { unitId: fire })
    const ofFire = (await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${joint.drawId}`)).body.items
    expect([ofMarket.length, ofFire.length]).toEqual([3, 3])
    const visitsOf = (tasks: readonly TaskAnswer[]) => new Map(tasks.map(({ object, visitId }) => [object.code, visitId]))
    expect([...visitsOf(ofFire)].sort()).toEqual([...visitsOf(ofMarket)].sort())
    expect(new Set(visitsOf(ofMarket).values()).size).toBe(3)
    expect(ofFire[0]?.items).toEqual([{ itemCode: 'XFJG-01', itemName: '公众聚集场所消防安全检查' }])
  })

  it('REG-28 gives an object exactly the items that apply to it, and a unit without one no task', async () => {
    world.peers.add(mixed)
    await world.bus.send([matched(world.bus, mixed)])
    await eventually(async () => expect(await world.applied(events.drawing.drawMatched.topic, mixed.drawId)).toBe(1))
    const tasksOf = async (unitId: string) => {
      const dispatcher = await world.as(['DISPATCHER'], { unitId })
      return (await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${mixed.drawId}`)).body.items
    }
    const itemsOf = (tasks: readonly TaskAnswer[]) =>
      Object.fromEntries(tasks.map(({ object, items }) => [object.code, items.map(({ itemCode }) => itemCode)]))
    const [byMarket, byFire] = [await tasksOf(market), await tasksOf(fire)]
    expect(itemsOf(byMarket)).toEqual({ 'M-1': ['SCJG-01', 'SCJG-02'], 'M-3': ['SCJG-02'] })
    expect(itemsOf(byFire)).toEqual({ 'M-1': ['XFJG-01'], 'M-2': ['XFJG-01'] })
    expect(byFire.find(({ object }) => object.code === 'M-2')?.taskNumber).toBe('2303002026-L-scj-L01B1-00002-02')

    const told = () =>
      world
        .heard(events.inspection.taskDispatched.type)
        .map(({ payload }) => payload as { readonly drawId: string; readonly taskId: string; readonly unitCount?: number })
        .filter(({ drawId }) => drawId === mixed.drawId)
    const codeOf = new Map([...byMarket, ...byFire].map(({ taskId, object }) => [taskId, object.code]))
    await eventually(() =>
      expect(
        told()
          .map(({ taskId, unitCount }) => `${codeOf.get(taskId)} ${unitCount}`)
          .sort(),
      ).toEqual(['M-1 2', 'M-1 2', 'M-2 1', 'M-3 1']),
    )
  })

  it('REG-28 DRW-18 has only units with a task in a visit', async () => {
    const auditor = await world.as(['AUDITOR'], { unitId: '230000-scj', regionCode: '230000' })
    const visits = (
      await auditor.get<Paged<{ readonly object: { readonly code: string }; readonly unitIds: readonly string[] }>>('/v1/visits')
    ).body.items
    const unitsOf = (code: string) => visits.find(({ object }) => object.code === code)?.unitIds
    expect(['M-1', 'M-2', 'M-3'].map(unitsOf)).toEqual([[market, fire], [fire], [market]])
  })

  it('DRW-02 has the team that was drawn: nobody names another by hand', async () => {
    const dispatcher = await world.as(['DISPATCHER'])
    const [task] = ofMarket
    const named = { inspectorIds: ['i1', 'i3'], leaderId: 'i1' }
    const answer = await dispatcher.post<{ code: string }>(`/v1/tasks/${task?.taskId}/team`, named)
    expect([answer.status, answer.body.code]).toEqual([409, 'team-of-draw'])
    const after = await dispatcher.get<TaskAnswer>(`/v1/tasks/${task?.taskId}`)
    expect(after.body.team).toEqual(task?.team)
  })

  it('INS-29 tells the object, the items and the team with its leader', () => {
    const task = ofMarket.find(({ object }) => object.code === 'A-1')
    expect(task).toMatchObject({
      taskNumber: '2303002026-L-scj-L01B1-00001-01',
      object: { name: '示例企业 A-1', grade: 'C', tags: ['示例标签'] },
      items: [{ itemCode: 'SCJG-01' }, { itemCode: 'SCJG-02' }],
      status: 'OPEN',
    })
    expect(task?.team).toMatchObject({
      members: [
        { subject: subjectOf(market, 1), leader: true },
        { subject: subjectOf(market, 2), leader: false },
      ],
      short: false,
      experts: [],
    })
  })

  it('shows where the draw found fewer inspectors than the line asks for', async () => {
    const dispatcher = await world.as(['DISPATCHER'])
    const [task] = (await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${short.drawId}`)).body.items
    expect(task?.team).toMatchObject({ members: [{ subject: subjectOf(market, 1) }], short: true })
  })

  it('SEC-05 DRW-34 tells others of draw, task and unit, never of an object or an inspector', () => {
    const told = JSON.stringify(world.heard(events.inspection.taskDispatched.type).map(({ payload }) => payload))
    expect(world.heard(events.inspection.taskDispatched.type)).toHaveLength(11)
    const secrets = [...joint.objects.values(), ...joint.inspectors.values()].flatMap((each) =>
      'objectCode' in each
        ? [each.objectId, each.objectCode, each.name, each.label]
        : [each.inspectorId, each.subject, each.name, each.label],
    )
    for (const secret of secrets) expect(told).not.toContain(secret)
  })

  it('INS-26 does nothing twice when the draw is told again', async () => {
    const before = world.peers.openingsAsked()
    await world.bus.send([matched(world.bus, joint)])
    await eventually(() => expect(world.peers.openingsAsked()).toBe(before + 1))
    const sentinel = drawOf({ name: 'sentinel', codes: ['C-1'] })
    await world.dispatch(sentinel)
    expect(world.heard(events.inspection.taskDispatched.type)).toHaveLength(12)
    const dispatcher = await world.as(['DISPATCHER'])
    expect((await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${joint.drawId}`)).body.items).toEqual(ofMarket)
  })

  it('lists the tasks of an inspector page by page', async () => {
    const inspector = await world.as(['INSPECTOR'], { subject: subjectOf(market, 2) })
    const all = (await inspector.get<Paged<TaskAnswer>>('/v1/my/tasks?status=OPEN')).body.items.map(({ taskId }) => taskId)
    expect(all.length).toBeGreaterThan(1)
    const first = (await inspector.get<Paged<TaskAnswer>>('/v1/my/tasks?limit=1')).body
    const rest = (await inspector.get<Paged<TaskAnswer>>(`/v1/my/tasks?after=${first.next}`)).body
    expect([...first.items, ...rest.items].map(({ taskId }) => taskId)).toEqual(all)
    expect(rest.next).toBeUndefined()
    expect((await inspector.get<Paged<TaskAnswer>>('/v1/my/tasks?status=COMPLETED')).body.items).toEqual([])
  })

  it('INS-29 lets the dispatcher of the unit attach an expert', async () => {
    const [task] = ofMarket
    const expert = { name: '赵教授', institution: '示例大学', speciality: '特种设备' }
    const dispatcher = await world.as(['DISPATCHER'])
    const attached = await dispatcher.post<TaskAnswer>(`/v1/tasks/${task?.taskId}/experts`, expert)
    expect(attached.body.team.experts).toMatchObject([{ ...expert, kind: 'EXPERT' }])
    const other = await world.as(['DISPATCHER'], { unitId: fire })
    expect((await other.post<ProblemAnswer>(`/v1/tasks/${task?.taskId}/experts`, expert)).status).toBe(403)
  })

  it('DRW-25 TGT-01 TGT-12 makes tasks of a draw on clues that say so: targeted, with trigger and clues as their ground, of no plan', async () => {
    world.peers.add(targeted)
    await world.bus.send([matched(world.bus, targeted)])
    await eventually(async () => expect(await world.applied(events.drawing.drawMatched.topic, targeted.drawId)).toBe(1))
    const tasks = (await (await world.as(['DISPATCHER'])).get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${targeted.drawId}`)).body.items
    expect(tasks.map(({ object }) => object.code).sort()).toEqual(['T-1', 'T-2'])
    for (const task of tasks) {
      expect(task).toMatchObject({ supervisionMode: 'TARGETED', clueTask: { ...clueTask, trigger: 'MANY_COMPLAINTS' } })
      expect(task).not.toHaveProperty('planId')
      expect(task.taskNumber).toMatch(/^2303002026-X-scj-00FF00FFB1-0000\d-01$/)
    }
    expect(ofMarket[0]).toMatchObject({ supervisionMode: 'DOUBLE_RANDOM', planId: 'plan-joint' })
    await eventually(() => {
      const told = world
        .heard(events.inspection.taskDispatched.type)
        .map(({ payload }) => payload as Readonly<Record<string, unknown>>)
        .filter(({ drawId }) => drawId === targeted.drawId)
      expect(told.map((task) => [task['clueTask'], task['planId']])).toEqual([
        [clueTask, undefined],
        [clueTask, undefined],
      ])
    })
  })
})
