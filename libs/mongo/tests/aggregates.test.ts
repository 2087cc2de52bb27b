import { events } from '@dual-random/contracts'
import { instantOf } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AggregateStore, aggregates, newEvent } from '../src/index.ts'
import { type Bench, type Counter, counterState, openBench } from './support.ts'

const changed = (id: string) => newEvent(events.registry.inspectorRegistered, { inspectorId: id, regionCode: '230300', unitId: 'u1' })

describe('aggregates on the real store', () => {
  let bench: Bench
  let counters: AggregateStore<Counter>

  beforeAll(async () => {
    bench = await openBench([])
    // Nothing is published here: the outboxes are looked at as they were written.
    await bench.relay.stop()
    counters = bench.counters()
    await bench.store.ensureIndexes()
  })

  afterAll(async () => {
    await bench[Symbol.asyncDispose]()
  })

  const outboxOf = async (id: string) => {
    const document = await bench.store.connection.db
      ?.collection<{ _id: string; outbox: { seq: number }[] }>('counters')
      .findOne({ _id: id })
    return document?.outbox.map(({ seq }) => seq)
  }

  it('INT-15 writes state and events in one document, seq without gaps beside version', async () => {
    expect(await counters.create('a', counterState(1), [changed('a'), changed('a')])).toBe('created')
    expect(await counters.create('a', counterState(9), [])).toBe('exists')
    const first = await counters.load('a')
    expect(first).toEqual({ id: 'a', version: 1, seq: 2, state: counterState(1) })
    if (first === undefined) return
    await counters.save(first, counterState(2), [])
    const second = await counters.load('a')
    expect(second).toMatchObject({ version: 2, seq: 2 })
    if (second === undefined) return
    await counters.save(second, counterState(3), [changed('a')])
    expect(await counters.load('a')).toMatchObject({ version: 3, seq: 3, state: { value: 3 } })
    expect(await outboxOf('a')).toEqual([1, 2, 3])
  })

  it('refuses a save on a version that has moved on, and writes nothing of it', async () => {
    await counters.create('b', counterState(1), [])
    const stale = await counters.load('b')
    if (stale === undefined) throw new Error('not created')
    await counters.save(stale, counterState(2), [])
    await expect(counters.save(stale, counterState(3), [changed('b')])).rejects.toMatchObject({ kind: 'version-conflict' })
    expect(await counters.load('b')).toMatchObject({ version: 2, seq: 0, state: { value: 2 } })
  })

  it('decides anew on a conflict, so that no update is lost', async () => {
    await counters.create('c', counterState(0), [])
    const increments = Array.from({ length: 4 }, () =>
      counters.update('c', (current) => ({ state: counterState((current?.state.value ?? 0) + 1), events: [changed('c')] })),
    )
    await Promise.all(increments)
    expect(await counters.load('c')).toMatchObject({ seq: 4, state: { value: 4 } })
  })

  it('loses no update of the sixteen that a consumer group may make at once', async () => {
    await counters.create('busy', counterState(0), [])
    const increments = Array.from({ length: 16 }, () =>
      counters.update('busy', (current) => ({ state: counterState((current?.state.value ?? 0) + 1), events: [changed('busy')] })),
    )
    await Promise.all(increments)
    expect(await counters.load('busy')).toMatchObject({ seq: 16, state: { value: 16 } })
  })

  it('takes no event that the broker would refuse for its size, which would hold up all others', () => {
    const plan = (lines: number) => ({
      planId: 'p',
      regionCode: '230300',
      unitId: 'u',
      year: 2026,
      planType: 'PLAN_TYPE_INTERNAL' as const,
      planVersion: 1,
      lines: Array.from({ length: lines }, () => ({
        lineId: 'L01',
        taskName: '检'.repeat(300),
        itemCodes: [],
        initiatorUnitId: 'u',
        participantUnitIds: [],
        batches: [],
      })),
      policy: { preset: 'p', version: '1' },
      digest: 'd',
    })
    expect(() => newEvent(events.planning.planPublished, plan(800))).not.toThrow()
    expect(() => newEvent(events.planning.planPublished, plan(1000))).toThrow('bytes')
  })

  it('saves many at once and names those that existed or had moved on', async () => {
    await counters.create('d1', counterState(1), [])
    await counters.create('d2', counterState(1), [])
    const d1 = await counters.load('d1')
    const d2 = await counters.load('d2')
    if (d1 === undefined || d2 === undefined) throw new Error('not created')
    await counters.save(d1, counterState(5), [])
    const outcome = await counters.saveMany([
      { id: 'd1', previous: d1, state: counterState(2), events: [changed('d1')] },
      { id: 'd2', previous: d2, state: counterState(2), events: [changed('d2')] },
      { id: 'd2', state: counterState(9), events: [] },
      { id: 'd3', state: counterState(3), events: [changed('d3')] },
    ])
    expect(outcome.written).toBe(2)
    expect([...outcome.conflicts].sort()).toEqual(['d1', 'd2'])
    expect(await counters.load('d1')).toMatchObject({ state: { value: 5 }, seq: 0 })
    expect(await counters.load('d3')).toMatchObject({ state: { value: 3 }, seq: 1 })
  })

  it('creates in order, up to the first that is taken by its id or in a unique index', async () => {
    const places = aggregates<{ readonly place: number }>(bench.store, {
      collection: 'places',
      scopeOf: () => ({ regionCode: '230300', unitId: 'u1' }),
      indexes: [{ fields: { 'state.place': 1 }, unique: true }],
      service: 'registry',
      relay: bench.relay,
      clock: () => instantOf(Date.now()),
    })
    await bench.store.ensureIndexes()
    const at = (id: string, place: number) => ({ id, state: { place }, events: [changed(id)] })
    expect(await places.createInOrder([])).toBe(0)
    expect(await places.createInOrder([at('p1', 1), at('p2', 2)])).toBe(2)
    expect(await places.createInOrder([at('p3', 3), at('p1', 4), at('p5', 5)])).toBe(1)
    expect(await places.createInOrder([at('p6', 4), at('p7', 2), at('p8', 6)])).toBe(1)
    expect(await places.createInOrder([at('p9', 1)])).toBe(0)
    expect((await places.find({})).map(({ id, seq, state: { place } }) => [id, seq, place])).toEqual([
      ['p1', 1, 1],
      ['p2', 1, 2],
      ['p3', 1, 3],
      ['p6', 1, 4],
    ])
  })

  it('takes no more events while a thousand of an aggregate wait', async () => {
    await counters.create(
      'e',
      counterState(0),
      Array.from({ length: 1000 }, () => changed('e')),
    )
    const full = await counters.load('e')
    if (full === undefined) throw new Error('not created')
    await expect(counters.save(full, counterState(1), [changed('e')])).rejects.toMatchObject({ kind: 'exhausted', code: 'backlog-full' })
    await counters.save(full, counterState(1), [])
  })

  it('INT-15 applies an event once to the aggregate it changes, the mark inside the same document', async () => {
    const event = {
      id: 's1:1',
      type: events.registry.inspectorRegistered.type,
      source: '/230300/registry',
      aggregateId: 's1',
      seq: 1,
      at: '2026-01-01T00:00:00.000Z',
      regionCode: '230300',
      topic: 'registry.inspector.v1',
      traceId: '',
      payload: {},
    } as never
    const count = (current: { state: Counter } | undefined) => ({ state: counterState((current?.state.value ?? 0) + 1), events: [] })
    expect(await counters.applyEvent(event, 'f', count)).toBe('applied')
    expect(await counters.applyEvent(event, 'f', count)).toBe('duplicate')
    expect(await counters.load('f')).toMatchObject({ state: { value: 1 } })
  })

  it('finds, counts and scans by state', async () => {
    expect((await counters.find({ 'state.value': { $gte: 4 } })).map(({ id }) => id)).toEqual(['busy', 'c', 'd1'])
    expect(await counters.count({ 'state.value': 4 })).toBe(1)
    const seen: string[] = []
    for await (const { id } of counters.scan({}, { batch: 2 })) seen.push(id)
    expect(seen).toEqual(['a', 'b', 'busy', 'c', 'd1', 'd2', 'd3', 'e', 'f'])
  })

  it('reads of a state only the fields that are asked for, of all that match or by id', async () => {
    await counters.create('slim-1', counterState(901), [changed('slim-1')])
    await counters.create('slim-2', counterState(902), [])
    const filter = { 'state.value': { $gt: 900 } }
    const seen: object[] = []
    for await (const part of counters.scanFields<{ value: number }>(filter, ['state.value'])) seen.push(part)
    expect(seen).toHaveLength(2)
    expect(seen).toEqual(expect.arrayContaining([{ value: 901 }, { value: 902 }]))
    expect(await counters.fieldsOf(['slim-2', 'absent'], ['state.value'])).toEqual([{ value: 902 }])
    expect(await counters.fieldsOf([], ['state.value'])).toEqual([])
  })
})
