import { events } from '@dual-random/contracts'
import { type Api, eventually } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { afterEach, describe, expect, it } from 'vitest'
import { city, drawOf, market } from './support/draws.ts'
import { entryOf, type Paged, type TaskAnswer, toCorrect } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

const dayMs = 86_400_000

describe('what is not done in time', () => {
  let world: World
  let dispatcher: Api

  const begin = async (preset: string, codes: readonly string[]): Promise<ReadonlyMap<string, TaskAnswer>> => {
    world = await startWorld({ policy: policyOf(preset), now: '2026-04-29T02:00:00.000Z' })
    dispatcher = await world.as(['DISPATCHER'])
    await world.dispatch(drawOf({ name: 'late', codes, units: [{ unitId: market, itemCodes: ['SCJG-01'] }] }))
    return tasks()
  }
  const tasks = async () =>
    new Map((await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks')).body.items.map((task) => [task.object.code, task] as const))
  const enter = async (task: TaskAnswer | undefined, changes = {}) =>
    (await world.as(['INSPECTOR'], { subject: task?.team.members[0]?.subject ?? '' })).post<{
      resultId: string
      followUpId: string
      enteredLate: boolean
    }>(`/v1/tasks/${task?.taskId}/results`, entryOf('SCJG-01', changes))
  const tellOverdue = (taskId: string, resultId: string) =>
    world.bus.send([
      world.bus.tell(events.publication.publicationOverdue, `pub-${resultId}`, {
        publicationId: `pub-${resultId}`,
        resultId,
        taskId,
        regionCode: city,
        unitId: market,
        dueDate: '2026-05-28',
      }),
    ])
  const lapses = (taskId = '') =>
    world.heard(events.inspection.taskLapsed.type, taskId).map(({ payload }) => (payload as { reason: string }).reason)

  afterEach(() => world?.dispose())

  it('INS-25 PUB-05 a missing entry makes a task not completed once its window has ended; a late entry is taken and flagged', async () => {
    const at = await begin('local/four-coal-cities', ['L-1', 'L-2', 'L-3'])
    await enter(at.get('L-1'))
    world.clock.advance(dayMs + 13 * 3_600_000)
    await world.service.runSweep('entries')
    expect((await tasks()).get('L-2')?.notCompleted).toBeUndefined()
    world.clock.advance(3_600_000)
    // The 1st of May has begun in China: one entry comes late, one is found missing by the sweep.
    expect((await enter(at.get('L-3'))).body.enteredLate).toBe(true)
    await world.service.runSweep('entries')
    await world.service.runSweep('entries')
    const after = await tasks()
    expect(after.get('L-1')).toMatchObject({ status: 'COMPLETED' })
    expect(after.get('L-1')?.notCompleted).toBeUndefined()
    expect(after.get('L-2')).toMatchObject({ status: 'OPEN', notCompleted: { reason: 'ENTRY_MISSING' } })
    expect(after.get('L-3')).toMatchObject({ status: 'COMPLETED', notCompleted: { reason: 'ENTRY_MISSING' } })
    await eventually(() => {
      expect(['L-1', 'L-2', 'L-3'].map((code) => lapses(at.get(code)?.taskId))).toEqual([[], ['ENTRY_MISSING'], ['ENTRY_MISSING']])
    })
  })

  it('Appendix F 3 4: entry in time, publication overdue – not completed under heilongjiang', async () => {
    const at = await begin('local/four-coal-cities', ['P-1', 'P-2'])
    const task = at.get('P-1')
    const { resultId } = (await enter(task)).body
    await enter(at.get('P-2'))
    await tellOverdue(task?.taskId ?? '', resultId)
    await tellOverdue(task?.taskId ?? '', 'another')
    await eventually(async () => expect((await tasks()).get('P-1')?.notCompleted?.reason).toBe('PUBLICATION_MISSING'))
    expect((await tasks()).get('P-1')?.status).toBe('COMPLETED')
    expect((await tasks()).get('P-2')?.notCompleted).toBeUndefined()
    await eventually(() => expect(lapses(task?.taskId)).toEqual(['PUBLICATION_MISSING']))
  })

  it('Appendix F 4: the same task is completed, unpublished, under samr-2023-draft, where a missing entry alone counts', async () => {
    const at = await begin('samr-2023-draft', ['Q-1', 'Q-2'])
    const task = at.get('Q-1')
    const { resultId } = (await enter(task)).body
    await tellOverdue(task?.taskId ?? '', resultId)
    world.clock.advance(3 * dayMs)
    await world.service.runSweep('entries')
    await eventually(() => expect(lapses(at.get('Q-2')?.taskId)).toEqual(['ENTRY_MISSING']))
    await eventually(async () => expect(await world.applied(events.publication.publicationOverdue.topic, `pub-${resultId}`)).toBe(1))
    expect((await tasks()).get('Q-1')).toMatchObject({ status: 'COMPLETED' })
    expect((await tasks()).get('Q-1')?.notCompleted).toBeUndefined()
  })

  it('PUB-05 nothing lapses where no document says what a missed deadline does', async () => {
    const at = await begin('samr-2024', ['N-1'])
    world.clock.advance(30 * dayMs)
    await world.service.runSweep('entries')
    expect((await tasks()).get('N-1')?.notCompleted).toBeUndefined()
    expect(lapses(at.get('N-1')?.taskId)).toEqual([])
  })

  it('FUP-11 an order to correct still open after its date is escalated to the superior, once', async () => {
    const at = await begin('local/four-coal-cities', ['E-1'])
    const { followUpId } = (await enter(at.get('E-1'), toCorrect)).body
    await eventually(async () => expect((await dispatcher.get(`/v1/follow-ups/${followUpId}`)).status).toBe(200))
    world.clock.advance(Date.parse('2026-05-20T15:59:59.999Z') - Date.parse(world.clock.now()))
    await world.service.runSweep('follow-ups')
    const escalated = async () => (await dispatcher.get<Paged<{ followUpId: string }>>('/v1/follow-ups?escalated=true')).body.items
    expect(await escalated()).toEqual([])
    world.clock.advance(1)
    await world.service.runSweep('follow-ups')
    await world.service.runSweep('follow-ups')
    expect(await escalated()).toMatchObject([{ followUpId, status: 'OPEN', escalated: { toRegionCode: '230000' } }])
    const [heard, ...more] = await eventually(() => {
      const found = world.heard(events.inspection.followUpEscalated.type, followUpId)
      expect(found.length).toBeGreaterThan(0)
      return found
    })
    expect(more).toEqual([])
    expect(heard?.payload).toMatchObject({ dueDate: '2026-05-20', escalatedToRegionCode: '230000' })
  })
})
