import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onTask } from '../../services/planning/src/events/on-task.ts'
import { taskStore } from '../../services/planning/src/store/task-store.ts'
import { hear } from './support/consumer.ts'
import { golden } from './support/examples.ts'
import { testStore } from './support/test-store.ts'

describe('planning hears inspection', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('planning')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('DQ-03 counts each dispatched task once with what its plan says of it', async () => {
    const tasks = taskStore(store)
    await hear([onTask(store, tasks)], 'task-dispatched', 'task-completed')
    await hear([onTask(store, tasks)], 'task-dispatched')
    const { planId, drawId, unitId, itemCodes, window, unitCount } = golden('task-dispatched').data
    expect(await tasks.groupsOf(String(planId))).toEqual([{ drawId, unitId, itemCodes, window, unitCount, tasks: 1 }])
    expect(await tasks.groupsOf('another')).toEqual([])
  })
})
