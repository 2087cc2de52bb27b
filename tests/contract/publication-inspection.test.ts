import type { Instant, VisitId } from '@dual-random/kernel'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveToVisit } from '../../services/inspection/src/domain/task.ts'
import { hear } from './support/consumer.ts'
import { inGoldenForm } from './support/emitted.ts'
import { golden } from './support/examples.ts'
import { goldenResult, inspectionWorld } from './support/inspection-world.ts'
import { testStore } from './support/test-store.ts'

describe('inspection hears publication', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('inspection_late')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('PUB-05 counts a task as not completed when a result of it is overdue', async () => {
    let now = golden('task-merged').time
    const { outbox, tasks, subscriptions } = inspectionWorld(store, () => now)
    const { taskId } = golden('publication-overdue').data
    await hear(subscriptions, 'draw-matched')
    await tasks.change(String(taskId), (task) => moveToVisit(task, golden('task-merged').data['visitId'] as VisitId, now as Instant))
    now = golden('result-recorded').time
    await tasks.change(String(taskId), (task) => ({
      task: { ...task, status: 'COMPLETED' },
      events: [{ type: 'completed', checkEndedAt: goldenResult.checkedAt, completedAt: goldenResult.enteredAt }],
    }))

    now = golden('task-lapsed').time
    await hear(subscriptions, 'publication-scheduled', 'publication-overdue')
    const told = (await outbox.published()).filter(({ key }) => key === taskId).map(inGoldenForm)
    expect(told[1]).toEqual(golden('task-merged'))
    expect(told[3]).toEqual(golden('task-lapsed'))
    expect(told).toHaveLength(4)
    expect(await tasks.get(String(golden('publication-scheduled').data['taskId']))).not.toHaveProperty('lapse')
  })
})
