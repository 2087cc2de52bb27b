import { events, redrawPurposes } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { city, drawOf, fire, market, subjectOf, type TestDraw } from './support/draws.ts'
import type { Paged, TaskAnswer } from './support/entries.ts'
import { matched, startWorld, type World } from './support/world.ts'

const hegang = '230400'
const hegangMarket = `${hegang}-scj`
const hegangFire = `${hegang}-xfj`

/** 鸡西 organises, 鹤岗 takes part: of four objects the second and the fourth are 鹤岗's. */
const joint = ((): TestDraw => {
  const units = [
    { unitId: market, itemCodes: ['SCJG-01'] },
    { unitId: hegangMarket, itemCodes: ['SCJG-01', 'SCJG-02'] },
    { unitId: fire, itemCodes: ['XFJG-01'] },
    { unitId: hegangFire, itemCodes: ['XFJG-01'] },
  ]
  const draw = drawOf({ name: 'cities', codes: ['J-1', 'H-1', 'J-2', 'H-2'], units })
  const regionOfObject = (label: string): string => (draw.objects.get(label)?.objectCode.startsWith('H') ? hegang : city)
  const assignments = draw.assignments.map((assignment) => {
    const regionCode = regionOfObject(assignment.label)
    const teams = assignment.teams.filter(({ unitId }) => unitId.startsWith(regionCode))
    return { ...assignment, regionCode, teams, leaderLabel: teams[0]?.inspectorLabels[0] ?? '' }
  })
  const cities = [{ regionCode: hegang, initiatorUnitId: hegangMarket, unitIds: [hegangMarket, hegangFire] }]
  return {
    ...draw,
    line: { ...draw.line, joint: { merged: true, cities } },
    assignments,
    regionOf: (label) => draw.inspectors.get(label)?.unitId.slice(0, 6) ?? regionOfObject(label),
  }
})()

const { taskDispatched } = events.inspection

describe('a draw of several cities', () => {
  let world: World

  beforeAll(async () => {
    world = await startWorld()
    world.peers.add(joint)
    await world.bus.send([matched(world.bus, joint)])
    await eventually(() => expect(world.heard(taskDispatched.type)).toHaveLength(8), { timeoutMs: 30_000 })
  })
  afterAll(() => world?.dispose())

  const tasksOf = async (unitId: string) => {
    const dispatcher = await world.as(['DISPATCHER'], { unitId, regionCode: unitId.slice(0, 6) })
    const { items } = (await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${joint.drawId}`)).body
    return [...items].sort((a, b) => a.taskNumber.localeCompare(b.taskNumber))
  }

  it('DRW-26 gives the objects of each city to its own units alone, with the city’s region and its own teams', async () => {
    const [ours, theirs] = [await tasksOf(market), await tasksOf(hegangMarket)]
    expect(ours.map(({ object }) => object.code)).toEqual(['J-1', 'J-2'])
    expect(theirs.map(({ object }) => object.code)).toEqual(['H-1', 'H-2'])
    expect(theirs.map(({ items }) => items.map(({ itemCode }) => itemCode))).toEqual([
      ['SCJG-01', 'SCJG-02'],
      ['SCJG-01', 'SCJG-02'],
    ])
    expect(theirs[0]?.team).toMatchObject({ members: [{ subject: subjectOf(hegangMarket, 2), leader: true }, { leader: false }] })
    expect((await tasksOf(hegangFire)).map(({ object }) => object.code)).toEqual(['H-1', 'H-2'])
  })

  it('DRW-26 numbers a task in its own city, by the unit whose plan it is', async () => {
    const numbers = async (unitId: string) => (await tasksOf(unitId)).map(({ taskNumber }) => taskNumber)
    expect(await numbers(market)).toEqual(['2303002026-L-scj-L01B1-00001-01', '2303002026-L-scj-L01B1-00003-01'])
    expect(await numbers(hegangMarket)).toEqual(['2304002026-L-230300-scj-L01B1-00002-02', '2304002026-L-230300-scj-L01B1-00004-02'])
  })

  it('DRW-26 tells of each task in its region with the unit that checks', async () => {
    const told = world.heard(taskDispatched.type).map(({ payload }) => payload as { readonly regionCode: string; readonly unitId: string })
    const byUnit = Map.groupBy(told, ({ unitId, regionCode }) => `${regionCode} ${unitId}`)
    expect([...byUnit].map(([key, { length }]) => `${key} ${length}`).sort()).toEqual(
      [`${city} ${market} 2`, `${city} ${fire} 2`, `${hegang} ${hegangMarket} 2`, `${hegang} ${hegangFire} 2`].sort(),
    )
  })

  it('DRW-26 makes the visits of a city its own', async () => {
    interface VisitAnswer {
      readonly object: { readonly code: string }
      readonly unitIds: readonly string[]
    }
    const visitsOf = async (unitId: string, role = 'DISPATCHER') => {
      const reader = await world.as([role], { unitId, regionCode: unitId.slice(0, 6) })
      const { items } = (await reader.get<Paged<VisitAnswer>>('/v1/visits')).body
      return items.map(({ object, unitIds }) => `${object.code} ${unitIds.join(' ')}`).sort()
    }
    const ours = [`J-1 ${market} ${fire}`, `J-2 ${market} ${fire}`]
    const theirs = [`H-1 ${hegangMarket} ${hegangFire}`, `H-2 ${hegangMarket} ${hegangFire}`]
    expect(await visitsOf(market)).toEqual(ours)
    expect(await visitsOf(hegangMarket)).toEqual(theirs)
    expect(await visitsOf('230000-scj', 'AUDITOR')).toEqual([...theirs, ...ours])
  })

  describe('that one of them draws again', () => {
    const tell = async (redraw: TestDraw): Promise<void> => {
      world.peers.add(redraw)
      await world.bus.send([matched(world.bus, redraw)])
      await eventually(async () => expect(await world.applied(events.drawing.drawMatched.topic, redraw.drawId)).toBe(1))
    }
    const units = [
      { unitId: hegangMarket, itemCodes: ['SCJG-01', 'SCJG-02'] },
      { unitId: hegangFire, itemCodes: ['XFJG-01'] },
    ]
    const redrawOf = (name: string, codes: readonly string[], number: number, purpose: 'REMATCH' | 'REPLACEMENT'): TestDraw => ({
      ...drawOf({ name, codes, units }),
      regionCode: hegang,
      line: joint.line,
      redraw: { parentDrawId: joint.drawId, number, purpose: redrawPurposes.toWire(purpose) },
    })

    it('DRW-14 DRW-26 gives a task that a recusal suspended its team, in the city’s own redraw', async () => {
      const [task] = await tasksOf(hegangMarket)
      const dispatcher = await world.as(['DISPATCHER'], { unitId: hegangMarket, regionCode: hegang })
      const raised = await dispatcher.post(`/v1/tasks/${task?.taskId ?? ''}/recusals`, {
        raisedBy: 'OBJECT',
        inspectorIds: [task?.team.members[0]?.inspectorId],
        ground: 'KINSHIP',
        statement: '近亲属',
      })
      expect(raised.status).toBeLessThan(300)
      expect((await tasksOf(hegangMarket))[0]?.status).toBe('SUSPENDED')
      const again = redrawOf('cities-rematch', ['0', '1', '2', '3', 'H-1'], 1, 'REMATCH')
      const assignments = again.assignments.slice(4).map((assignment) => ({
        ...assignment,
        position: 1,
        label: joint.labelOf('H-1'),
        teams: assignment.teams.filter(({ unitId }) => unitId === hegangMarket),
        taskDrawId: joint.drawId,
      }))
      await tell({ ...again, assignments })
      const after = (await tasksOf(hegangMarket)).find(({ taskId }) => taskId === task?.taskId)
      expect(after?.team.members.map(({ subject }) => subject)).toEqual([subjectOf(hegangMarket, 5), subjectOf(hegangMarket, 6)])
      expect(after?.status).not.toBe('SUSPENDED')
    })

    it('DRW-26 DRW-30 sends teams of that city alone to who was drawn in the place of another', async () => {
      const successor = redrawOf('cities-replacement', ['H-9'], 2, 'REPLACEMENT')
      await tell({ ...successor, replaced: [{ label: joint.labelOf('H-2'), drawId: joint.drawId }] })
      const gone = (await tasksOf(hegangMarket)).find(({ object }) => object.code === 'H-2')
      expect(gone?.status).toBe('WITHDRAWN')
      const dispatcher = await world.as(['DISPATCHER'], { unitId: hegangMarket, regionCode: hegang })
      const { items } = (await dispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${successor.drawId}`)).body
      expect(items.map(({ object, status, taskNumber }) => [object.code, status, taskNumber])).toEqual([
        ['H-9', 'OPEN', '2304002026-L-230300-scj-L01B1R2-00001-02'],
      ])
    })
  })
})
