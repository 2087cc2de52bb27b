import { events } from '@dual-random/contracts'
import { appError } from '@dual-random/errors'
import { deadLetterTopic, GroupConsumer, type Subscription } from '@dual-random/messaging'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AggregateStore,
  handler,
  newEvent,
  parkedStore,
  processSubscription,
  projection,
  projectionSubscription,
} from '../src/index.ts'
import { type Bench, type Counter, counterState, openBench } from './support.ts'

const { inspectorRegistered, inspectorChanged, unitRegistered } = events.registry
const inspectorTopic = inspectorRegistered.topic
const group = 'delivery'
const registered = (id: string) => newEvent(inspectorRegistered, { inspectorId: id, regionCode: '230300', unitId: 'u1' })
const moved = (id: string) => newEvent(inspectorChanged, { inspectorId: id, regionCode: '230300', unitId: 'u1', status: 'RETIRED' })

describe('from an outbox to an inbox over the real broker', () => {
  let bench: Bench
  let counters: AggregateStore<Counter>
  const consumers: GroupConsumer[] = []

  beforeAll(async () => {
    bench = await openBench([
      inspectorTopic,
      unitRegistered.topic,
      deadLetterTopic(group),
      deadLetterTopic('poisoned'),
      deadLetterTopic('undecodable'),
    ])
    counters = bench.counters()
    await bench.store.ensureIndexes()
    await bench.relay.start()
  })

  afterAll(async () => {
    for (const consumer of consumers) await consumer.stop()
    await bench[Symbol.asyncDispose]()
  })

  const consume = async (name: string, subscriptions: readonly Subscription[]) => {
    const { transport, logger, metrics, store } = bench
    const consumer = new GroupConsumer({ group: name, subscriptions, parked: parkedStore(store), transport, logger, metrics })
    await bench.store.ensureIndexes()
    await consumer.start()
    consumers.push(consumer)
    return consumer
  }

  it('INT-15 carries each event of an aggregate once and in order, and empties the outbox', async () => {
    const seen = projection<string[]>(bench.store, { collection: 'seen', indexes: [] })
    await consume(group, [
      projectionSubscription({ topic: inspectorTopic, projection: seen, evolve: (state, event) => [...(state ?? []), event.id] }),
    ])
    await counters.create('a', counterState(1), [registered('a'), moved('a')])
    await counters.update('a', () => ({ state: counterState(2), events: [moved('a')] }))
    await eventually(async () => expect(await seen.get('a')).toEqual(['a:1', 'a:2', 'a:3']))
    await eventually(async () => expect(await counters.count({ 'outbox.0': { $exists: true } })).toBe(0))
    expect(await seen.marks(['a', 'nobody'])).toEqual(new Map([['a', 3]]))
  })

  it('INT-15 parks a failing event with its successors while other keys go on, and applies them in order later', async () => {
    const applied: string[] = []
    let failures = 1
    const fails = async (id: string) => {
      if (id.startsWith('bad') && failures-- > 0) throw appError('failed-precondition', 'version-conflict')
      applied.push(id)
    }
    await consume('poisoned', [
      processSubscription(bench.store, {
        topic: inspectorTopic,
        on: [handler(inspectorRegistered, (_data, event) => fails(event.id)), handler(inspectorChanged, (_data, event) => fails(event.id))],
      }),
    ])
    await counters.create('bad', counterState(1), [registered('bad'), moved('bad')])
    await counters.create('good', counterState(1), [registered('good')])
    await eventually(async () => expect(applied).toContain('good:1'))
    expect(applied.filter((id) => id.startsWith('bad'))).toEqual([])
    await eventually(async () => expect(applied.filter((id) => id.startsWith('bad'))).toEqual(['bad:1', 'bad:2']), { timeoutMs: 15_000 })
  })

  it('INT-15 sends what does not decode to the dead letters, and the rest goes on', async () => {
    const applied: string[] = []
    await consume('undecodable', [
      processSubscription(bench.store, {
        topic: unitRegistered.topic,
        on: [handler(unitRegistered, async (_data, event) => void applied.push(event.id))],
      }),
    ])
    const letters: { readonly key: string; readonly headers: Readonly<Record<string, string>> }[] = []
    const reader = await bench.transport.consume({
      group: 'letters',
      topics: [deadLetterTopic('undecodable')],
      handle: async (batch) => void letters.push(...batch.records),
      onAssigned: async () => undefined,
    })
    await bench.transport.publish([
      { topic: unitRegistered.topic, key: 'x', value: new TextEncoder().encode('{'), headers: {} },
      {
        topic: unitRegistered.topic,
        key: 'y',
        value: new TextEncoder().encode('{"unitId":"y","kind":"UNIT_KIND_OF_TOMORROW"}'),
        headers: {
          ce_specversion: '1.0',
          ce_id: 'y:1',
          ce_type: unitRegistered.type,
          ce_time: '2026-01-01T00:00:00.000Z',
          ce_sequence: '1',
          ce_regioncode: '230300',
        },
      },
    ])
    const good = newEvent(unitRegistered, {
      unitId: 'z',
      regionCode: '230300',
      name: '局',
      kind: 'UNIT_KIND_BUREAU',
      department: '市场监管',
    })
    await counters.create('z', counterState(1), [good])
    await eventually(async () => expect(applied).toEqual(['z:1']))
    await eventually(async () => expect(letters.map(({ key }) => key).sort()).toEqual(['x', 'y']))
    expect(letters.every(({ headers }) => headers['dlq_reason'] === 'event-undecodable')).toBe(true)
    await reader.stop()
  })

  it('publishes after a restart what a crash left in the outbox', async () => {
    const document = {
      seq: 1,
      type: unitRegistered.type,
      topic: unitRegistered.topic,
      at: '2026-01-01T00:00:00.000Z',
      traceId: '',
      storedAt: '2026-01-01T00:00:00.000Z',
    }
    const { json } = newEvent(unitRegistered, {
      unitId: 'w',
      regionCode: '230300',
      name: '局',
      kind: 'UNIT_KIND_BUREAU',
      department: '市场监管',
    })
    await bench.store.connection.db?.collection<{ _id: string }>('counters').insertOne({
      _id: 'w',
      version: 1,
      seq: 1,
      regionCode: '230300',
      unitId: 'u1',
      state: counterState(1),
      outbox: [{ ...document, json }],
    } as never)
    await bench.relay.start()
    await eventually(async () => expect(await counters.count({ 'outbox.0': { $exists: true } })).toBe(0))
  })
})
