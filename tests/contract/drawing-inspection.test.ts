import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeFollowUp } from '../../services/inspection/src/domain/follow-up.ts'
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
      const decided = closeFollowUp(followUp, request, { by: 'zhang.san', at: now as Instant })
      return decided.ok ? decided.value : undefined
    })
    expect((await toldOf('follow-up-closed')).at(-1)).toEqual(closed)
  })
})
