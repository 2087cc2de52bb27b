import { contractOf, events } from '@dual-random/contracts'
import { fromRecord, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import type { Store } from '@dual-random/mongo'
import { afterEach, describe, expect, it } from 'vitest'
import type { FeedEntry } from '../../services/gateway/src/domain/feed.ts'
import { feedSubscriptions } from '../../services/gateway/src/events/feed-subscriptions.ts'
import { contributionSubscriptions } from '../../services/oversight/src/events/contribution-subscriptions.ts'
import { contributionStores } from '../../services/oversight/src/store/contribution-stores.ts'
import { onDraw } from '../../services/planning/src/events/on-draw.ts'
import { drawProjection, drawsOf } from '../../services/planning/src/store/draw-projection.ts'
import { toldDraw } from '../../services/registry/src/events/on-draw.ts'
import { hearEvents } from './support/consumer.ts'
import { golden, outgoing } from './support/examples.ts'
import { inspectionWorld } from './support/inspection-world.ts'
import { jointWorld } from './support/joint-world.ts'
import { testStore } from './support/test-store.ts'

const clueTask = {
  taskId: golden('clue-task-accepted').subject,
  clueIds: golden('clue-task-accepted').data['clueIds'] as readonly string[],
}

/** The golden draw as one for a task on clues: it names no plan. */
const steps: readonly ReceivedEvent[] = ['draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched'].map((name, index) => {
  const event = golden(name)
  const { planId, lineId: _lineId, planVersion: _planVersion, ...data } = event.data
  const named = planId === undefined ? event.data : { ...data, clueTask }
  const read = fromRecord(toRecord({ ...outgoing({ ...event, data: named }), seq: index + 1 }))
  if (!read.ok) throw read.error
  return read.value
})

const payloadOf = (value: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(value))

describe('a draw for a task on clues, which is in no plan', () => {
  const stores: Store[] = []
  const storeFor = async (name: string): Promise<Store> => {
    const store = await testStore(name)
    stores.push(store)
    return store
  }
  afterEach(async () => {
    for (const store of stores.splice(0)) await store[Symbol.asyncDispose]()
  })
  const { drawId, drawn, regionCode } = golden('draw-matched').data

  it('DRW-25 its events are whole without plan and line', () => {
    for (const { type, payload } of steps) {
      const contract = contractOf(type)
      expect(contract?.message.toJSON(contract.message.fromJSON(payload) as never), type).toEqual(payload)
    }
  })

  it('DRW-25 planning knows it by its task, and counts it in no plan', async () => {
    const draws = drawProjection(await storeFor('clue_planning'))
    await hearEvents([onDraw(draws)], steps)
    expect(await draws.get(String(drawId))).toMatchObject({ clueTaskId: clueTask.taskId, state: 'DRAWN' })
    expect(await drawsOf(draws).clueTaskOf(String(drawId))).toBe(clueTask.taskId)
    expect(await drawsOf(draws).ofPlans([''])).toEqual([])
  })

  it('DRW-25 TGT-01 inspection dispatches its tasks as targeted supervision, with trigger and clues as their ground', async () => {
    const store = await storeFor('clue_inspection')
    const world = inspectionWorld(store, () => golden('task-dispatched').time)
    await hearEvents(world.subscriptions, steps)
    const told = (await world.outbox.published()).filter(({ headers }) => headers['ce_type'] === events.inspection.taskDispatched.type)
    expect(told).toHaveLength(2 * Number(drawn))
    for (const { value } of told) {
      const data = payloadOf(value)
      expect(data).toMatchObject({ clueTask, drawId })
      expect(data).not.toHaveProperty('planId')
    }
    const [task] = await world.tasks.list({ grounds: [{ kind: 'ANY' }], drawId: String(drawId) }, { limit: 1 })
    expect(task).toMatchObject({ clueTask: { ...clueTask, trigger: 'MANY_COMPLAINTS' } })
  })

  it('DRW-25 JNT-11 joint opens its joint task where several departments check', async () => {
    const { subscriptions, tasks, outbox } = jointWorld(await storeFor('clue_joint'), () => golden('joint-task-opened').time)
    await hearEvents(subscriptions, steps)
    const [opened] = (await tasks.find({}, { limit: 2 })).map(({ state }) => state)
    expect(opened).toMatchObject({ drawId, clueTask, objectCount: drawn })
    expect(opened).not.toHaveProperty('planId')
    expect(payloadOf((await outbox.published())[0]?.value)).toMatchObject({ clueTask })
  })

  it('DRW-25 oversight counts it, registry knows that it was made, the public feed tells of it', async () => {
    const contributions = contributionStores(await storeFor('clue_oversight'))
    await hearEvents(contributionSubscriptions(contributions), steps)
    expect(await contributions.draws.get(String(drawId))).toMatchObject({ regionCode, drawn: golden('draw-drawn').data['drawn'] })
    const entries: FeedEntry[] = []
    await hearEvents(
      feedSubscriptions(await storeFor('clue_gateway'), async (entry) => void entries.push(entry)),
      steps,
    )
    expect(entries.at(-1)?.data).toMatchObject({ clueTask })
    const made = steps.reduce<ReturnType<typeof toldDraw>>(toldDraw, undefined)
    expect(made).toMatchObject({ drawId, regionCode })
  })
})
