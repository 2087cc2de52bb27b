import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { regionSubscriptions } from '../../services/joint/src/events/joint-subscriptions.ts'
import { hear } from './support/consumer.ts'
import { inGoldenForm } from './support/emitted.ts'
import { golden } from './support/examples.ts'
import { jointWorld } from './support/joint-world.ts'
import { testStore } from './support/test-store.ts'

describe('joint hears drawing and inspection', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('joint_tasks')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('JNT-11 opens a joint task for a matched draw and completes it with the last task of its departments', async () => {
    let now = golden('joint-task-opened').time
    const { outbox, ports, subscriptions, tasks } = jointWorld(store, () => now)
    const taskId = golden('joint-task-opened').subject

    await hear(subscriptions, 'draw-matched', 'task-dispatched')
    expect((await outbox.published()).map(inGoldenForm)).toEqual([golden('joint-task-opened')])

    now = golden('joint-task-completed').time
    await hear(subscriptions, 'task-dispatched', 'task-completed')
    expect((await tasks.load(taskId))?.state.status).toBe('OPEN')
    expect(await ports.departmentTasks.countCompleted(String(golden('draw-matched').data['drawId']))).toBe(1)

    // The other 31 of 16 objects and two departments, as if they had been heard of before.
    const objects = Number(golden('joint-task-opened').data['objectCount'])
    const size = Number(golden('task-dispatched').data['unitCount'])
    const departmentTasks = {
      ...ports.departmentTasks,
      countCompleted: async () => objects,
      countOfUnit: async () => objects,
      countOfSize: async (_drawId: string, unitCount: number | undefined) => (unitCount === size ? size * objects : 0),
    }
    const done = { ...ports, departmentTasks }
    const fresh = await testStore('joint_again')
    await hear(regionSubscriptions(fresh, done), 'task-dispatched', 'task-completed')
    await fresh[Symbol.asyncDispose]()
    expect((await outbox.published()).map(inGoldenForm)).toEqual([golden('joint-task-opened'), golden('joint-task-completed')])
  })
})
