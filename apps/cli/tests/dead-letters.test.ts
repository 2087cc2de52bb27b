import { events } from '@dual-random/contracts'
import { appError } from '@dual-random/errors'
import * as messaging from '@dual-random/messaging'
import {
  deadLetter,
  deadLetterTopic,
  GroupConsumer,
  KafkajsTransport,
  messagingMetrics,
  type TransportRecord,
} from '@dual-random/messaging'
import { handler, newEvent, openStore, parkedStore, processSubscription, type Store } from '@dual-random/mongo'
import { createLogger, createMetrics } from '@dual-random/runtime'
import { type EventBus, eventBus, eventually, type TestScope, testScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callJson } from './support/called.ts'

const { inspectorRegistered, inspectorChanged } = events.registry
const origin = inspectorRegistered.topic
const logger = createLogger({ service: 'test', level: 'silent' })

describe('dual-random dlq', () => {
  let scope: TestScope
  let brokers: readonly string[]
  let store: Store
  let transport: KafkajsTransport
  let bus: EventBus<TransportRecord, messaging.ReceivedEvent>
  let aggregates = 0

  beforeAll(async () => {
    scope = await testScope('cli')
    await scope.createTopics([origin])
    store = await openStore({ uri: scope.env['MONGODB_URI'] ?? '', database: scope.database, logger })
    brokers = (scope.env['KAFKA_BROKERS'] ?? '').split(',')
    transport = new KafkajsTransport({ brokers, clientId: 'test', topicPrefix: scope.topicPrefix, logger })
    bus = await eventBus({ ...messaging, newEvent }, scope, [origin])
  })
  afterAll(async () => {
    await bus?.close()
    await transport?.close()
    await store?.[Symbol.asyncDispose]()
    await scope?.dispose()
  })

  const registered = (id: string): TransportRecord =>
    bus.tell(inspectorRegistered, id, { inspectorId: id, regionCode: '230300', unitId: 'u1' })
  const changed = (id: string): TransportRecord =>
    bus.tell(inspectorChanged, id, { inspectorId: id, regionCode: '230300', unitId: 'u1', status: 'RETIRED' })
  /** The first events of a new aggregate, published nowhere yet. */
  const eventsOf = (count: number): readonly TransportRecord[] => {
    const id = `inspector-${aggregates++}`
    return Array.from({ length: count }, (_, index) => (index === 0 ? registered(id) : changed(id)))
  }
  const bury = async (group: string, records: readonly TransportRecord[], code = 'sequence-gap'): Promise<void> => {
    await scope.createTopics([deadLetterTopic(group)], 1)
    const cause = { group, code, detail: 'Gap', attempts: 4 }
    await transport.publish(records.map((record, index) => deadLetter(record, { ...cause, origin: `${record.topic}/0@${index}` })))
  }
  const list = async (group: string, ...words: readonly string[]) => (await callJson(scope.env, 'dlq', 'list', group, ...words)).lines
  const states = async (group: string) => (await list(group)).map(({ position, state }) => [position, (state as { status: string }).status])
  const published = () => messaging.countPublished({ brokers, topicPrefix: scope.topicPrefix, topics: [origin] })
  const heard = (key: string) => bus.heard.filter(({ aggregateId }) => aggregateId === key).map(({ seq }) => seq)

  it('replays an event that a group has refused: it is applied once, in its turn', async () => {
    const group = 'refusing'
    await scope.createTopics([deadLetterTopic(group)], 1)
    const applied: string[] = []
    let isMended = false
    const consumer = new GroupConsumer({
      group,
      subscriptions: [
        processSubscription(store, {
          topic: origin,
          on: [
            handler(inspectorRegistered, async (_data, event) => void applied.push(event.id)),
            handler(inspectorChanged, async (_data, event) => {
              if (!isMended) throw appError('invalid', 'event-undecodable', { meta: { reason: '/status' } })
              applied.push(event.id)
            }),
          ],
        }),
      ],
      parked: parkedStore(store),
      transport,
      logger,
      metrics: messagingMetrics(createMetrics('test').registry),
    })
    await store.ensureIndexes()
    await consumer.start()
    try {
      const [first, second] = eventsOf(2)
      const key = first?.key ?? ''
      await bus.send([first, second].filter((record) => record !== undefined))
      await eventually(async () => expect(await list(group)).toHaveLength(1))
      expect(applied).toEqual([`${key}:1`])
      expect(await list(group)).toMatchObject([
        {
          position: '0@0',
          eventId: `${key}:2`,
          type: inspectorChanged.type,
          key,
          seq: 2,
          reason: 'event-undecodable',
          attempts: 1,
          origin: expect.stringMatching(`^${origin.replaceAll('.', '\\.')}/\\d+@1$`) as string,
          at: expect.stringMatching(/\+08:00$/) as string,
          state: { status: 'waiting' },
        },
      ])

      isMended = true
      expect(await callJson(scope.env, 'dlq', 'replay', group, '0@0', '--reason', 'mended')).toMatchObject({
        exitCode: 0,
        lines: [{ position: '0@0', eventId: `${key}:2`, outcome: 'replayed' }],
      })
      await eventually(() => expect(applied).toEqual([`${key}:1`, `${key}:2`]))
      expect(await list(group)).toMatchObject([
        { state: { status: 'replayed', by: 'li@desk', at: '2026-03-02T09:00:00.000+08:00', reason: 'mended' } },
      ])

      // Forced once more it changes nothing: the group knows the seq. What comes next shows that it has passed.
      expect((await call(scope.env, 'dlq', 'replay', group, '0@0', '--force')).exitCode).toBe(0)
      const third = changed(key)
      await bus.send([third])
      await eventually(() => expect(applied).toContain(`${key}:3`))
      expect(applied).toEqual([`${key}:1`, `${key}:2`, `${key}:3`])
      await eventually(() => expect(heard(key)).toEqual([1, 2, 2, 2, 3]))
    } finally {
      await consumer.stop()
    }
  })

  it('replays the events of a key in order of their seq, and none past an earlier one that waits', async () => {
    const group = 'ordering'
    const [a1, a2, a3] = eventsOf(3)
    const [b1] = eventsOf(1)
    if (a1 === undefined || a2 === undefined || a3 === undefined || b1 === undefined) throw new Error('no events')
    await bury(group, [a3, a1, b1, a2])

    const refused = await callJson(scope.env, 'dlq', 'replay', group, '0@0', '0@2')
    expect(refused).toMatchObject({
      exitCode: 1,
      lines: [
        { position: '0@0', outcome: 'refused', reason: 'earlier-waits', earlier: '0@1' },
        { position: '0@2', outcome: 'replayed' },
      ],
    })
    const dry = await callJson(scope.env, 'dlq', 'replay', group, '--key', a1.key, '--dry-run')
    expect(dry.lines.map(({ position, outcome }) => [position, outcome])).toEqual([
      ['0@1', 'would-be-replayed'],
      ['0@3', 'would-be-replayed'],
      ['0@0', 'would-be-replayed'],
    ])
    expect(await states(group)).toEqual([
      ['0@0', 'waiting'],
      ['0@1', 'waiting'],
      ['0@2', 'replayed'],
      ['0@3', 'waiting'],
    ])

    expect((await call(scope.env, 'dlq', 'replay', group, '--all')).exitCode).toBe(0)
    await eventually(() => expect(heard(a1.key)).toEqual([1, 2, 3]))
    await eventually(() => expect(heard(b1.key)).toEqual([1]))
    expect(new Set((await states(group)).map(([, status]) => status))).toEqual(new Set(['replayed']))

    const again = await call(scope.env, 'dlq', 'replay', group, '--all')
    expect(again).toMatchObject({ exitCode: 0, out: ['已重放 / replayed: 0; 拒绝 / refused: 0'] })
    expect((await callJson(scope.env, 'dlq', 'replay', group, '0@1')).lines).toMatchObject([{ outcome: 'refused', reason: 'not-waiting' }])
  })

  it('replays past an earlier event when it is forced to', async () => {
    const group = 'forcing'
    const records = eventsOf(2)
    await bury(group, records)
    expect((await call(scope.env, 'dlq', 'replay', group, '0@1', '--force')).exitCode).toBe(0)
    expect(await states(group)).toEqual([
      ['0@0', 'waiting'],
      ['0@1', 'replayed'],
    ])
    await eventually(() => expect(heard(records[0]?.key ?? '')).toEqual([2]))
  })

  it('refuses to replay onto a topic that does not exist', async () => {
    const group = 'homeless'
    await bury(
      group,
      eventsOf(1).map((record) => ({ ...record, topic: 'gone.thing.v1' })),
    )
    expect(await callJson(scope.env, 'dlq', 'replay', group, '--all')).toMatchObject({ exitCode: 1, lines: [{ reason: 'no-origin' }] })
    expect(await states(group)).toEqual([['0@0', 'waiting']])
  })

  it('drops with a reason, publishes nothing, and remembers who it was', async () => {
    const group = 'dropping'
    const [record] = eventsOf(1)
    await bury(group, record === undefined ? [] : [record])
    const before = await published()
    const drop = ['dlq', 'drop', group, '0@0', '--reason', '测试数据', '--by', '王']
    expect((await callJson(scope.env, ...drop, '--dry-run')).lines).toMatchObject([{ outcome: 'would-be-dropped' }])
    expect(await states(group)).toEqual([['0@0', 'waiting']])
    expect(await callJson(scope.env, ...drop)).toMatchObject({ exitCode: 0, lines: [{ position: '0@0', outcome: 'dropped' }] })
    expect(await list(group)).toMatchObject([{ state: { status: 'dropped', by: '王', reason: '测试数据' } }])
    expect(await callJson(scope.env, ...drop)).toMatchObject({ exitCode: 1, lines: [{ outcome: 'refused', reason: 'not-waiting' }] })
    expect(await published()).toBe(before)
  })

  it('lists page by page, and by reason, key and state', async () => {
    const group = 'paging'
    const records = eventsOf(4)
    await bury(group, records)
    await bury(group, eventsOf(1), 'not-found')
    const paged = async (...words: readonly string[]) => {
      const { lines, err } = await callJson(scope.env, 'dlq', 'list', group, ...words)
      return { positions: lines.map(({ position }) => position), more: err.filter((line) => line.includes('--after')) }
    }
    expect(await paged('--limit', '2')).toEqual({ positions: ['0@0', '0@1'], more: ['还有 3 封，继续 / 3 more, go on with: --after 0@1'] })
    expect(await paged('--limit', '3', '--after', '0@1')).toEqual({ positions: ['0@2', '0@3', '0@4'], more: [] })
    expect((await paged('--reason', 'not-found')).positions).toEqual(['0@4'])
    expect((await paged('--key', records[0]?.key ?? '', '--after', '0@2')).positions).toEqual(['0@3'])
    await call(scope.env, 'dlq', 'drop', group, '0@0', '--reason', 'test')
    expect((await paged('--state', 'waiting')).positions).toEqual(['0@1', '0@2', '0@3', '0@4'])
    expect((await paged('--state', 'dropped')).positions).toEqual(['0@0'])
    const { out } = await call(scope.env, 'dlq', 'list', group, '--state', 'dropped')
    expect(out[0]).toContain(`0@0  ${records[0]?.key}:1`)
    expect(out[1]).toContain('已丢弃 / dropped, 2026-03-02T09:00:00.000+08:00, li@desk: test')
    expect(out.at(-1)).toContain('5 in the group: 4 waiting, 0 replayed, 1 dropped')
  })

  it('shows all of a letter', async () => {
    const group = 'showing'
    const [record] = eventsOf(1)
    if (record === undefined) throw new Error('no event')
    await bury(group, [record, { ...record, value: new Uint8Array([0xde, 0xad]) }])
    expect((await callJson(scope.env, 'dlq', 'show', group, '0@0')).lines).toMatchObject([
      {
        position: '0@0',
        topic: origin,
        headers: record.headers,
        payload: { kind: 'message', message: { inspectorId: record.key, regionCode: '230300', unitId: 'u1' } },
      },
    ])
    const { exitCode, out } = await call(scope.env, 'dlq', 'show', group, '0@1')
    expect(exitCode).toBe(0)
    expect(out).toContain('dead')
  })

  it('says which letters and groups there are not', async () => {
    await bury('present', eventsOf(1))
    const absent = await call(scope.env, 'dlq', 'list', 'absent')
    expect(absent.exitCode).toBe(1)
    expect(absent.err.join('\n')).toContain('present')
    for (const words of [
      ['show', 'present', '0@7'],
      ['replay', 'present', '0@0', '0@7'],
      ['replay', 'present', '--key', 'nobody'],
    ]) {
      const { exitCode, err } = await call(scope.env, 'dlq', ...words)
      expect({ words, exitCode }).toEqual({ words, exitCode: 1 })
      expect(err[0]).toContain(words.at(-1))
    }
    expect(await states('present')).toEqual([['0@0', 'waiting']])
  })
})
