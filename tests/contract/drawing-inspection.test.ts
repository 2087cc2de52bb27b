import { events } from '@dual-random/contracts'
import type { DrawId, Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveFeedback } from '../../services/inspection/src/domain/feedback.ts'
import { closeFollowUp } from '../../services/inspection/src/domain/follow-up.ts'
import { reassign } from '../../services/inspection/src/domain/reassign.ts'
import { raiseRecusal, rejectRecusal } from '../../services/inspection/src/domain/recusal.ts'
import { withdraw } from '../../services/inspection/src/domain/task.ts'
import { hear } from './support/consumer.ts'
import { inGoldenForm } from './support/emitted.ts'
import { golden } from './support/examples.ts'
import { goldenResult, type InspectionWorld, inspectionWorld } from './support/inspection-world.ts'
import { testStore } from './support/test-store.ts'

describe('inspection hears drawing, and its own results', () => {
  let store: Store
  let world: InspectionWorld
  let now = golden('task-dispatched').time

  beforeAll(async () => {
    store = await testStore('inspection')
    world = inspectionWorld(store, () => now)
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  /** What was published of a golden event's aggregate. */
  const toldOf = async (name: string) =>
    (await world.outbox.published()).filter(({ key }) => key === golden(name).subject).map(inGoldenForm)

  it('INS-07 dispatches one task per drawn object and unit of a matched draw, once', async () => {
    await hear(world.subscriptions, 'draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched')
    await hear(world.subscriptions, 'draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched')
    const { taskDispatched } = events.inspection
    const dispatched = (await world.outbox.published()).filter(({ headers }) => headers['ce_type'] === taskDispatched.type)
    expect(dispatched).toHaveLength(2 * Number(golden('draw-matched').data['drawn']))
    expect(await toldOf('task-dispatched')).toEqual([golden('task-dispatched')])
  })

  it('INS-23 completes the task with its result, and opens and closes its follow-up', async () => {
    now = golden('result-recorded').time
    await world.results.record(goldenResult)
    expect(await toldOf('result-recorded')).toEqual([golden('result-recorded')])

    await hear(world.subscriptions, 'result-recorded')
    expect(await toldOf('task-completed')).toEqual([golden('task-dispatched'), golden('task-completed')])
    expect(await toldOf('follow-up-opened')).toMatchObject([{ ...golden('follow-up-opened'), time: now }])

    const closed = golden('follow-up-closed')
    now = closed.time
    await world.followUps.change(closed.subject, (followUp) => {
      const request = { outcome: String(closed.data['outcome']), decision: '已整改', proof: [{ description: '照片' }] }
      const decided = closeFollowUp(followUp, request, { by: 'zhang.san', at: now as Instant, municipalities: [] })
      return decided.ok ? decided.value : undefined
    })
    expect((await toldOf('follow-up-closed')).at(-1)).toEqual(closed)
  })
  it('DRW-12 tells of the feedback of a delegate', async () => {
    const given = golden('task-feedback-given')
    now = given.time
    await world.tasks.change(given.subject, (task) => {
      const delegation = { toUnitId: '230302-scj' as UnitId, toRegionCode: '230302' as RegionCode, kind: 'SUBORDINATE' } as const
      const dueOf = () => ({ date: '2026-03-19' as LocalDate, provisional: false })
      const decided = giveFeedback({ ...task, delegation }, { text: '未发现问题' }, { by: 'd', at: now as Instant, dueOf })
      return decided.ok ? decided.value : undefined
    })
    expect((await toldOf('task-feedback-given')).at(-1)).toEqual(given)
  })

  it('DRW-14 tells of a recusal, of its rejection and of the team that takes over, by labels', async () => {
    await hear(world.subscriptions, 'draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched')
    const taskId = golden('task-recused').subject
    const request = { raisedBy: 'OBJECT', ground: 'KINSHIP', statement: '近亲属' } as const
    const step = (name: string) => {
      now = golden(name).time
      return now as Instant
    }
    const raisedAt = step('task-recused')
    await world.tasks.change(taskId, (task) => {
      const inspectorIds = task.team.members.map(({ inspectorId }) => inspectorId)
      const raised = raiseRecusal(task, { ...request, inspectorIds }, { by: 'wang.wu', at: raisedAt, grounds: undefined })
      return raised.ok ? raised.value.change : undefined
    })
    const rejectedAt = step('task-recusal-rejected')
    await world.tasks.change(taskId, (task) => {
      const rejection = { recusalId: task.recusals[0]?.recusalId ?? '', reasons: '无此关系' }
      const rejected = rejectRecusal(task, rejection, { by: 'zhao.liu', at: rejectedAt })
      return rejected.ok ? rejected.value : undefined
    })
    const reassignedAt = step('task-reassigned')
    const drawId = golden('task-reassigned').data['teamDrawId'] as DrawId
    await world.tasks.change(taskId, (task) => reassign(task, { drawId, members: [], short: true }, reassignedAt))
    const withdrawnAt = step('task-withdrawn')
    await world.tasks.change(taskId, (task) => withdraw(task, golden('task-withdrawn').data['redrawId'] as DrawId, withdrawnAt))
    const [, ...told] = await toldOf('task-recused')
    expect(told).toEqual(['task-recused', 'task-recusal-rejected', 'task-reassigned', 'task-withdrawn'].map(golden))
  })
})
