import { events } from '@dual-random/contracts'
import type { Api } from '@dual-random/testkit'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { city, drawOf, fire, market, subjectOf } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface Proposal {
  readonly proposalId: string
  readonly objectCode: string
  readonly visitIds: readonly string[]
  readonly unitIds: readonly string[]
  readonly survivingVisitId: string
  readonly status: string
  readonly reason?: string
}

interface VisitAnswer {
  readonly visitId: string
  readonly mergedInto?: string
  readonly object: { readonly code: string }
  readonly tasks: readonly { readonly unitId: string; readonly items: readonly { readonly itemCode: string }[]; readonly team?: unknown }[]
}

const window = { start: '2026-04-01', end: '2026-05-31' }
const summer = { start: '2026-06-01', end: '2026-07-31' }
const laterWindow = `${city}-2026-W02`

const fireItems = [{ unitId: fire, itemCodes: ['XFJG-01'] }]
const first = drawOf({ name: 'first', codes: ['A', 'B', 'C', 'D', 'E'], window })
const again = drawOf({ name: 'again', codes: ['A', 'X'], window })
const other = drawOf({ name: 'other', codes: ['A', 'B', 'C', 'D'], units: fireItems, window })
const disjoint = drawOf({ name: 'disjoint', codes: ['E'], units: fireItems, window: summer, mergeWindowId: laterWindow })

describe('one visit for all tasks on an object', () => {
  let world: World
  let dispatcher: Api
  let fireDispatcher: Api

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(first, again, other, disjoint)
    dispatcher = await world.as(['DISPATCHER'])
    fireDispatcher = await world.as(['DISPATCHER'], { unitId: fire })
  })
  afterAll(() => world?.dispose())

  const tasksOn = async (code: string, by: Api = dispatcher): Promise<readonly TaskAnswer[]> =>
    (await by.get<Paged<TaskAnswer>>('/v1/tasks?limit=200')).body.items.filter(({ object }) => object.code === code)

  const visitOn = async (code: string, by: Api = dispatcher): Promise<string> => (await tasksOn(code, by))[0]?.visitId ?? ''

  const proposalOn = async (code: string): Promise<Proposal | undefined> =>
    (await dispatcher.get<Paged<Proposal>>('/v1/merge-proposals')).body.items.find(({ objectCode }) => objectCode === code)

  const idOn = async (code: string): Promise<string> => (await proposalOn(code))?.proposalId ?? ''

  it('DRW-18 two draws of one unit share the visit of an object by themselves', async () => {
    const tasks = await tasksOn('A')
    expect(tasks).toHaveLength(2)
    expect(new Set(tasks.map(({ visitId }) => visitId)).size).toBe(1)
  })

  it('DRW-18 another unit’s draw has a visit of its own, and both units see the proposal to merge', async () => {
    expect(await visitOn('A', fireDispatcher)).not.toBe(await visitOn('A'))
    const proposals = (await fireDispatcher.get<Paged<Proposal>>('/v1/merge-proposals?status=PROPOSED')).body.items
    expect(proposals.map(({ objectCode }) => objectCode).sort()).toEqual(['A', 'B', 'C', 'D'])
    for (const { visitIds, unitIds, survivingVisitId } of proposals) {
      expect([...unitIds].sort()).toEqual([market, fire].sort())
      expect(survivingVisitId).toBe([...visitIds].sort()[0])
    }
  })

  it('PLN-25 Appendix F 7: disjoint windows give no proposal, however the object is the same', async () => {
    expect(await tasksOn('E', fireDispatcher)).toHaveLength(1)
    expect(await proposalOn('E')).toBeUndefined()
    expect(await visitOn('E', fireDispatcher)).not.toBe(await visitOn('E'))
  })

  it('INS-07 accepting brings all tasks of the object into one visit, and every moved task tells of it', async () => {
    const proposalId = await idOn('A')
    const accepted = await fireDispatcher.post<Proposal>(`/v1/merge-proposals/${proposalId}/accept`, {})
    expect(accepted).toMatchObject({ status: 200, body: { status: 'ACCEPTED' } })
    const tasks = [...(await tasksOn('A')), ...(await tasksOn('A', fireDispatcher))]
    expect(tasks).toHaveLength(3)
    expect(tasks.map(({ visitId }) => visitId)).toEqual(Array(3).fill(accepted.body.survivingVisitId))

    const visit = (await dispatcher.get<VisitAnswer>(`/v1/visits/${accepted.body.survivingVisitId}`)).body
    expect(visit.tasks.flatMap(({ items }) => items.map(({ itemCode }) => itemCode)).sort()).toEqual([
      'SCJG-01',
      'SCJG-01',
      'SCJG-02',
      'SCJG-02',
      'XFJG-01',
    ])
    const [absorbed] = accepted.body.visitIds.filter((id) => id !== accepted.body.survivingVisitId)
    expect((await dispatcher.get<VisitAnswer>(`/v1/visits/${absorbed}`)).body).toMatchObject({
      mergedInto: accepted.body.survivingVisitId,
      tasks: [],
    })
    const moved = await eventually(() => {
      const heard = world.heard(events.inspection.taskMerged.type)
      expect(heard.length).toBeGreaterThan(0)
      return heard
    })
    for (const { payload } of moved) expect(payload).toMatchObject({ visitId: accepted.body.survivingVisitId })
  })

  it('DRW-18 accepting again answers the same and moves nothing; declining then is refused', async () => {
    const proposalId = await idOn('A')
    const before = world.heard(events.inspection.taskMerged.type).length
    expect((await dispatcher.post<Proposal>(`/v1/merge-proposals/${proposalId}/accept`, {})).body.status).toBe('ACCEPTED')
    const declined = await dispatcher.post<ProblemAnswer>(`/v1/merge-proposals/${proposalId}/decline`, { reason: '各查各的' })
    expect([declined.status, declined.body.code]).toEqual([409, 'proposal-decided'])
    expect(world.heard(events.inspection.taskMerged.type)).toHaveLength(before)
  })

  it('DRW-18 declining keeps the visits apart, with its reason', async () => {
    const proposalId = await idOn('B')
    const decline = (reason: string) => dispatcher.post<Proposal & ProblemAnswer>(`/v1/merge-proposals/${proposalId}/decline`, { reason })
    expect((await decline('时间不合')).body).toMatchObject({ status: 'DECLINED', reason: '时间不合' })
    expect((await decline('时间不合')).status).toBe(200)
    expect((await decline('另有原因')).status).toBe(409)
    expect((await dispatcher.post<ProblemAnswer>(`/v1/merge-proposals/${proposalId}/accept`, {})).body.code).toBe('proposal-decided')
    expect(await visitOn('B', fireDispatcher)).not.toBe(await visitOn('B'))
  })

  it('DRW-18 is for the dispatchers of the two units alone', async () => {
    const proposalId = await idOn('C')
    const stranger = await world.as(['DISPATCHER'], { unitId: '230300-gaj' })
    expect((await stranger.post<ProblemAnswer>(`/v1/merge-proposals/${proposalId}/accept`, {})).status).toBe(403)
    expect((await stranger.get<Paged<Proposal>>('/v1/merge-proposals')).body.items).toEqual([])
    expect((await dispatcher.post<ProblemAnswer>('/v1/merge-proposals/mp-none/accept', {})).status).toBe(404)
  })

  it('DRW-18 refuses once one of the visits has a result', async () => {
    const [task] = await tasksOn('C')
    const inspector = await world.as(['INSPECTOR'], { subject: task?.team.members[0]?.subject ?? '' })
    expect((await inspector.post(`/v1/tasks/${task?.taskId}/results`, entryOf('SCJG-01'))).status).toBe(201)
    const accepted = await fireDispatcher.post<ProblemAnswer>(`/v1/merge-proposals/${await idOn('C')}/accept`, {})
    expect([accepted.status, accepted.body.code]).toEqual([409, 'visit-begun'])
  })

  it('INS-28 links the other tasks of the visit; DRW-34 shows no other unit’s inspectors before the visit', async () => {
    const [task] = await tasksOn('A', fireDispatcher)
    const subject = task?.team.members[0]?.subject ?? ''
    const inspector = await world.as(['INSPECTOR'], { unitId: fire, subject })
    const detail = (await inspector.get<{ linkedTasks: readonly { unitId: string }[] }>(`/v1/tasks/${task?.taskId}`)).body
    expect(detail.linkedTasks.map(({ unitId }) => unitId)).toEqual([market, market])
    const visit = (await inspector.get<VisitAnswer>(`/v1/visits/${task?.visitId}`)).body
    expect(visit.tasks.map(({ unitId, team }) => [unitId, team !== undefined]).sort()).toEqual(
      [
        [market, false],
        [market, false],
        [fire, true],
      ].sort(),
    )
    expect(JSON.stringify(visit)).not.toContain(`${market}-`)
    const outsider = await world.as(['INSPECTOR'], { subject: subjectOf(market, 8) })
    expect((await outsider.get<ProblemAnswer>(`/v1/visits/${task?.visitId}`)).status).toBe(403)
  })

  it('lists the visits of a unit, by merge window', async () => {
    const listed = (await fireDispatcher.get<Paged<VisitAnswer>>(`/v1/visits?mergeWindowId=${laterWindow}`)).body.items
    expect(listed.map(({ object }) => object.code)).toEqual(['E'])
    const all = (await fireDispatcher.get<Paged<VisitAnswer>>('/v1/visits')).body.items.map(({ object }) => object.code)
    expect([...new Set(all)].sort()).toEqual(['A', 'B', 'C', 'D', 'E'])
  })
})
