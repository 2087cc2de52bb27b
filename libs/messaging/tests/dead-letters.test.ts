import type { Instant } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  deadLetter,
  deadLetterTopic,
  dropDeadLetters,
  planReplay,
  readDeadLetters,
  readTopics,
  replayDeadLetters,
  type Transport,
  type TransportRecord,
} from '../src/index.ts'
import { type Bench, openBench } from './support/bench.ts'
import { inspectorRecord } from './support/events.ts'

const resolution = { by: 'li', at: '2026-03-02T01:00:00.000Z' as Instant, reason: 'repaired' }

describe('dead letters on the real broker', () => {
  let bench: Bench
  let transport: Transport
  let origin = ''

  beforeAll(async () => {
    bench = await openBench()
    transport = bench.transport()
    origin = await bench.topic(3)
  })
  afterAll(() => bench?.[Symbol.asyncDispose]())

  const place = () => ({ brokers: bench.brokers, topicPrefix: bench.scope.topicPrefix })
  const event = (key: string, seq: number): TransportRecord => ({ ...inspectorRecord(key, seq), topic: origin })
  const letterOf = (group: string, key: string, seq: number) =>
    deadLetter(event(key, seq), { group, code: 'sequence-gap', detail: 'gap', attempts: 4, origin: `${origin}/0@${seq}` })
  const groupWith = async (group: string, letters: readonly (readonly [string, number])[]): Promise<string> => {
    await bench.scope.createTopics([deadLetterTopic(group)], 1)
    if (letters.length > 0) await transport.publish(letters.map(([key, seq]) => letterOf(group, key, seq)))
    return group
  }

  it('wait until they are replayed as they were, in order of their seq', async () => {
    const group = await groupWith('replaying', [
      ['a', 2],
      ['b', 1],
      ['a', 1],
    ])
    const before = Date.now() - 60_000
    const letters = await readDeadLetters({ ...place(), group })
    expect(letters.map(({ position, eventId, state }) => [position, eventId, state.status])).toEqual([
      ['0@0', 'a:2', 'waiting'],
      ['0@1', 'b:1', 'waiting'],
      ['0@2', 'a:1', 'waiting'],
    ])
    for (const { at } of letters) expect(Date.parse(at)).toBeGreaterThan(before)

    const plan = planReplay(letters, { selected: ({ record }) => record.key === 'a', force: false, topics: new Set([origin]) })
    await replayDeadLetters({ transport, letters: plan.letters, resolution })
    const replayed = await readTopics({ ...place(), topics: [origin], group: 'replayed' })
    const [second, , first] = letters
    expect(replayed.map(({ key, value, headers }) => ({ key, value: new TextDecoder().decode(value), headers }))).toEqual(
      [first, second].map((letter) => ({
        key: 'a',
        value: new TextDecoder().decode(letter?.record.value),
        headers: letter?.record.headers,
      })),
    )
    expect(first?.record.headers).not.toHaveProperty('dlq_reason')
    expect(first?.record.headers).toMatchObject({ ce_id: 'a:1' })
    const states = (await readDeadLetters({ ...place(), group })).map(({ position, state }) => [position, state])
    expect(states).toEqual([
      ['0@0', { status: 'replayed', ...resolution }],
      ['0@1', { status: 'waiting' }],
      ['0@2', { status: 'replayed', ...resolution }],
    ])
  })

  it('can be dropped, and stay to be seen', async () => {
    const group = await groupWith('dropping', [['a', 1]])
    await dropDeadLetters({ transport, letters: await readDeadLetters({ ...place(), group }), resolution })
    expect((await readDeadLetters({ ...place(), group })).map(({ eventId, state }) => [eventId, state.status])).toEqual([
      ['a:1', 'dropped'],
    ])
  })

  it('are read without the payloads that nobody asked for', async () => {
    const group = await groupWith('light', [
      ['a', 1],
      ['b', 1],
    ])
    const counts: number[] = []
    const letters = await readDeadLetters({
      ...place(),
      group,
      keepsValue: ({ key }) => key === 'b',
      onRead: (count) => counts.push(count),
    })
    expect(letters.map(({ record }) => record.value.length > 0)).toEqual([false, true])
    expect(counts).toEqual([1, 2])
  })

  it('are none on an empty topic, and an error without one', async () => {
    expect(await readDeadLetters({ ...place(), group: await groupWith('spotless', []) })).toEqual([])
    await expect(readDeadLetters({ ...place(), group: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
      meta: { id: `${bench.scope.topicPrefix}nobody.dlq.v1` },
    })
  })

  it('leave no group behind on the broker', async () => {
    await readDeadLetters({ ...place(), group: await groupWith('tidy', [['a', 1]]) })
    const admin = bench.bare().admin()
    await admin.connect()
    const { groups } = await admin.listGroups()
    await admin.disconnect()
    expect(groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(`${bench.scope.topicPrefix}dual-random-dlq`))).toEqual([])
  })
})
