import type { Instant } from '@dual-random/kernel'
import { projection, type Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppDeps, Draws } from '../../services/drawing/src/app/ports.ts'
import type { TaskOutcome } from '../../services/drawing/src/domain/outcomes.ts'
import { onInspectionTask } from '../../services/drawing/src/events/on-inspection-task.ts'
import { hear } from './support/consumer.ts'
import { golden } from './support/examples.ts'
import { testStore } from './support/test-store.ts'

/** Nothing was drawn here: a recusal finds no draw to ask a re-match of. */
const noDraws = { load: async () => undefined } as unknown as Draws
const noBlobs = {} as unknown as AppDeps['blobs']

describe('drawing hears inspection', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('drawing')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('learns which tasks were completed, and why one was not', async () => {
    const outcomes = projection<TaskOutcome>(store, { collection: 'task_outcomes', indexes: [] })
    await hear(
      [onInspectionTask(outcomes, { draws: noDraws, blobs: noBlobs, clock: () => '2026-03-02T01:00:00.000Z' as Instant })],
      'task-dispatched',
      'task-completed',
      'task-merged',
      'task-lapsed',
    )
    expect(await outcomes.get(golden('task-completed').subject)).toEqual({ completed: true })
    expect(await outcomes.get(golden('task-lapsed').subject)).toEqual({ completed: false, lapsed: golden('task-lapsed').data['reason'] })
  })
})
