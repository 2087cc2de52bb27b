import { appError } from '@dual-random/errors'
import { eventually } from '@dual-random/testkit'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspectorRecord, inspectorRegistered } from '../tests/support/events.ts'
import { type FakeTransport, fakeTransport } from '../tests/support/fake-transport.ts'
import { type MemoryParkedStore, memoryParkedStore } from '../tests/support/memory-parked-store.ts'
import type { ReceivedEvent } from './event.ts'
import { GroupConsumer } from './group-consumer.ts'
import { type MessagingMetrics, messagingMetrics } from './metrics.ts'
import { PausePartition } from './transport.ts'

const topic = inspectorRegistered.topic
const ids = (...names: readonly string[]) => names.map((name) => inspectorRecord(name.split(':')[0] ?? '', Number(name.split(':')[1])))
const away = appError('unavailable', 'store-unavailable')

describe('a consumer group', () => {
  let transport: FakeTransport
  let parked: MemoryParkedStore
  let consumer: GroupConsumer
  let metrics: MessagingMetrics
  let handled: string[]
  let handle: (event: ReceivedEvent) => Promise<void>

  const newConsumer = () =>
    new GroupConsumer({
      group: 'joint',
      subscriptions: [{ topic, handle: (event) => handle(event), marks: async () => new Map() }],
      parked,
      transport,
      logger: pino({ level: 'silent' }),
      metrics,
      concurrency: 2,
    })

  beforeEach(async () => {
    metrics = messagingMetrics(new Registry())
    transport = fakeTransport()
    parked = memoryParkedStore()
    handled = []
    handle = async ({ id }) => void handled.push(id)
    consumer = newConsumer()
    await consumer.start()
  })
  afterEach(() => consumer.stop())

  const gapsCounted = async () => (await metrics.gaps.get()).values[0]?.value
  const parkedIds = () => parked.records.map(({ eventId, attempts, reason }) => `${eventId} ${attempts} ${reason}`)

  it('handles the events of a key in order, and some keys beside each other', async () => {
    const doors = new Map<string, () => void>()
    const begun: string[] = []
    handle = ({ id }) => {
      begun.push(id)
      return new Promise((resolve) => doors.set(id, resolve))
    }
    const delivering = transport.deliver(ids('a:1', 'a:2', 'b:1', 'c:1'))
    await expect.poll(() => begun).toEqual(['a:1', 'b:1'])
    doors.get('b:1')?.()
    await expect.poll(() => begun).toEqual(['a:1', 'b:1', 'c:1'])
    doors.get('a:1')?.()
    await expect.poll(() => begun).toEqual(['a:1', 'b:1', 'c:1', 'a:2'])
    doors.get('c:1')?.()
    doors.get('a:2')?.()
    await delivering
  })

  it('INT-15 parks a failing event with the successors of its key, and the batch counts as done', async () => {
    handle = async ({ id }) => {
      if (id === 'bad:1') throw appError('failed-precondition', 'version-conflict')
      handled.push(id)
    }
    await transport.deliver(ids('bad:1', 'bad:2', 'good:1'))
    await transport.deliver(ids('bad:3', 'good:2'))
    expect(handled).toEqual(['good:1', 'good:2'])
    expect(parkedIds()).toEqual(['bad:1 1 version-conflict', 'bad:2 0 ', 'bad:3 0 '])
    expect(parked.records[0]).toMatchObject({ group: 'joint', topic, key: 'bad', seq: 1, origin: `${topic}/0@0` })
  })

  it('INT-15 parks one event once, however often it comes', async () => {
    handle = () => Promise.reject(new Error('bug'))
    await transport.deliver(ids('bad:1'))
    await transport.deliver(ids('bad:1'))
    expect(parkedIds()).toEqual(['bad:1 1 internal'])
  })

  it('does not take a peer’s store for its own: the event is parked, the partition goes on', async () => {
    handle = () => Promise.reject(away)
    await transport.deliver(ids('a:1'))
    expect(parkedIds()).toEqual(['a:1 1 store-unavailable'])
  })

  it('INT-15 leaves the batch uncommitted while its own store is away', async () => {
    handle = () => Promise.reject(away)
    parked.failure = away
    await expect(transport.deliver(ids('a:1', 'b:1'))).rejects.toBeInstanceOf(PausePartition)
    parked.failure = undefined
    handle = async ({ id }) => void handled.push(id)
    await transport.deliver(ids('a:1', 'b:1'))
    expect(handled).toEqual(['a:1', 'b:1'])
  })

  it('INT-15 sends what does not decode to the dead letters at once, and goes on with its key', async () => {
    const [good, broken] = ids('a:1', 'a:2')
    if (good === undefined || broken === undefined) throw new Error('two records')
    await transport.deliver([good, { ...broken, value: new TextEncoder().encode('{') }, { ...broken, key: 'x', headers: {} }])
    expect(handled).toEqual(['a:1'])
    const letters = transport.published.map(({ key, topic: to, headers }) => [
      key,
      to,
      headers['dlq_reason'],
      headers['dlq_attempts'],
      headers['dlq_origin'],
    ])
    expect(letters.sort()).toEqual([
      ['a', 'joint.dlq.v1', 'event-undecodable', '1', `${topic}/0@1`],
      ['x', 'joint.dlq.v1', 'event-undecodable', '1', `${topic}/0@2`],
    ])
  })

  it('leaves the batch uncommitted when a dead letter cannot be sent', async () => {
    transport.failure = new Error('broker gone')
    await expect(transport.deliver([{ topic, key: 'x', value: new Uint8Array(), headers: {} }])).rejects.toBeInstanceOf(PausePartition)
  })

  it('stops at the next event when the partition is taken away', async () => {
    let stale = false
    handle = async ({ id }) => {
      handled.push(id)
      stale = true
    }
    await transport.deliver(ids('a:1', 'a:2'), { isStale: () => stale })
    expect(handled).toEqual(['a:1'])
  })

  it('INT-15 learns what another member has parked before it handles what comes with new partitions', async () => {
    await parked.park({
      ...ids('a:1')[0],
      group: 'joint',
      topic,
      key: 'a',
      seq: 1,
      eventId: 'a:1',
      attempts: 1,
      reason: 'internal',
    } as never)
    const assigned = transport.assign()
    await transport.deliver(ids('a:2', 'b:1'))
    await assigned
    expect(handled).toEqual(['b:1'])
    expect(parkedIds()).toEqual(['a:1 1 internal', 'a:2 0 '])
  })

  it('leaves the batch uncommitted while it cannot learn what is parked', async () => {
    parked.failure = away
    await expect(transport.assign()).rejects.toThrow(away.message)
    await expect(transport.deliver(ids('b:1'))).rejects.toBeInstanceOf(PausePartition)
    parked.failure = undefined
    await transport.deliver(ids('b:1'))
    expect(handled).toEqual(['b:1'])
  })

  it('goes on with a key whose parked events another member has dealt with', async () => {
    handle = () => Promise.reject(new Error('bug'))
    await transport.deliver(ids('a:1'))
    const [record] = parked.records
    if (record !== undefined) await parked.finish(record, record.dueAt)
    handle = async ({ id }) => void handled.push(id)
    await transport.deliver(ids('a:2'))
    expect(handled).toEqual(['a:2'])
  })

  describe('a gap', () => {
    /** Applies in order of seq, as the inbox of a store does. */
    const inOrder = () => {
      const marks = new Map<string, number>()
      handle = async ({ aggregateId, seq, id }) => {
        const expected = (marks.get(aggregateId) ?? 0) + 1
        if (seq < expected) return
        if (seq > expected) throw appError('failed-precondition', 'sequence-gap', { meta: { expected, actual: seq } })
        marks.set(aggregateId, seq)
        handled.push(id)
      }
    }

    it('INT-15 reads the topic again for events that were skipped, and applies them before their successors', async () => {
      inOrder()
      transport.onlyOnTopic = ids('a:1', 'a:2', 'other:1')
      await transport.deliver(ids('a:3', 'b:1', 'a:4'))
      expect(handled).toEqual(['b:1'])
      await eventually(() => expect(handled).toEqual(['b:1', 'a:1', 'a:2', 'a:3', 'a:4']))
      expect(transport.rereads).toBe(1)
      expect(await gapsCounted()).toBe(1)
      await eventually(() => expect(parked.records).toEqual([]))
    })

    it('INT-15 does not read again behind a dead letter, which is the reason for the gap', async () => {
      inOrder()
      const [letter] = ids('a:1')
      if (letter === undefined) throw new Error('one record')
      await transport.deliver([{ ...letter, value: new TextEncoder().encode('{') }, ...ids('a:2', 'b:2')])
      transport.onlyOnTopic = ids('b:1')
      await eventually(() => expect(handled).toEqual(['b:1', 'b:2']))
      expect(transport.rereads).toBe(1)
      expect(parkedIds()).toEqual(['a:2 1 sequence-gap'])
      // Replayed, and with it what waited behind it.
      await transport.deliver([letter])
      expect(parkedIds()).toEqual(['a:2 1 sequence-gap', 'a:1 0 '])
    })

    it('keeps the successor when what is missing is not on the topic either', async () => {
      inOrder()
      await transport.deliver(ids('a:2'))
      await eventually(() => expect(transport.rereads).toBe(1))
      expect(handled).toEqual([])
      expect(parkedIds()).toEqual(['a:2 1 sequence-gap'])
    })
  })
})
