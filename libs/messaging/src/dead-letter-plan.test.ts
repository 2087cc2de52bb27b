import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { DeadLetter, DeadLetterState } from './dead-letter-log.ts'
import { planDrop, planReplay } from './dead-letter-plan.ts'

const origin = 'registry.inspector.v1'
const topics = new Set([origin, 'registry.unit.v1'])
const dealtWith = (status: 'replayed' | 'dropped'): DeadLetterState => ({
  status,
  at: '2026-01-01T00:00:00.000Z' as Instant,
  by: '',
  reason: '',
})

/** `key:seq`, or a key alone for an event without seq, at the offset of its place in the list. */
const letters = (...ids: readonly (string | [string, Partial<DeadLetter> & { readonly topic?: string }])[]): readonly DeadLetter[] =>
  ids.map((given, offset) => {
    const [id, { topic = origin, ...changes }] = typeof given === 'string' ? [given, {}] : given
    const [key = '', seq] = id.split(':')
    return {
      position: `0@${offset}`,
      partition: 0,
      offset: String(offset),
      at: '2026-01-01T00:00:00.000Z' as Instant,
      cause: { group: 'joint', code: 'c', detail: 'd', attempts: 1, origin: `${topic}/0@1` },
      record: { topic, key, value: new Uint8Array(), headers: {} },
      eventId: id,
      type: undefined,
      seq: seq === undefined ? undefined : Number(seq),
      state: { status: 'waiting' },
      ...changes,
    }
  })

const at =
  (...offsets: readonly number[]) =>
  ({ position }: DeadLetter): boolean =>
    offsets.some((offset) => position === `0@${offset}`)
const replay = (of: readonly DeadLetter[], selected: (letter: DeadLetter) => boolean, force = false) => {
  const plan = planReplay(of, { selected, force, topics })
  return {
    replayed: plan.letters.map(({ eventId }) => eventId),
    refused: plan.refusals.map(({ letter, reason, earlier }) => [letter.eventId, reason, earlier?.eventId]),
  }
}

describe('planReplay', () => {
  it('replays the events of each key by seq, whatever order they were given up in', () => {
    expect(replay(letters('a:3', 'b:1', 'a:1', 'a:2'), () => true)).toEqual({ replayed: ['a:1', 'a:2', 'a:3', 'b:1'], refused: [] })
  })

  it('goes by seq as a number', () => {
    expect(replay(letters('a:10', 'a:9'), () => true).replayed).toEqual(['a:9', 'a:10'])
  })

  it('replays no event past an earlier one of its key that waits', () => {
    const all = letters('a:1', 'a:2', 'a:3', 'b:1')
    expect(replay(all, at(1, 2, 3))).toEqual({
      replayed: ['b:1'],
      refused: [
        ['a:2', 'earlier-waits', 'a:1'],
        ['a:3', 'earlier-waits', 'a:1'],
      ],
    })
    expect(replay(all, at(0, 2))).toEqual({ replayed: ['a:1'], refused: [['a:3', 'earlier-waits', 'a:2']] })
    expect(replay(all, at(0, 1))).toEqual({ replayed: ['a:1', 'a:2'], refused: [] })
    expect(replay(all, at(2), true)).toEqual({ replayed: ['a:3'], refused: [] })
  })

  it.each(['replayed', 'dropped'] as const)('lets no event wait for an earlier one that was %s', (status) => {
    expect(replay(letters(['a:1', { state: dealtWith(status) }], 'a:2'), at(1))).toEqual({ replayed: ['a:2'], refused: [] })
  })

  it('knows that a key of another topic is another aggregate', () => {
    expect(replay(letters(['a:1', { topic: 'registry.unit.v1' }], 'a:2'), at(1))).toEqual({ replayed: ['a:2'], refused: [] })
  })

  it('takes two letters of one event for no order', () => {
    expect(replay(letters('a:1', 'a:1', 'a:2'), at(1))).toEqual({ replayed: ['a:1'], refused: [] })
    expect(replay(letters('a:1', 'a:1', 'a:2'), at(1, 2)).refused).toEqual([['a:2', 'earlier-waits', 'a:1']])
  })

  it('puts an event without seq behind those that have one, and lets it hold up none', () => {
    expect(replay(letters('a', 'a:2'), () => true).replayed).toEqual(['a:2', 'a'])
    expect(replay(letters('a', 'a:2'), at(1))).toEqual({ replayed: ['a:2'], refused: [] })
    expect(replay(letters('a:1', 'a'), at(1))).toEqual({ replayed: ['a'], refused: [] })
  })

  it('does not replay twice, unless it is made to', () => {
    const all = letters(['a:1', { state: dealtWith('replayed') }], ['b:1', { state: dealtWith('dropped') }])
    expect(replay(all, () => true).refused).toEqual([
      ['a:1', 'not-waiting', undefined],
      ['b:1', 'not-waiting', undefined],
    ])
    expect(replay(all, () => true, true).replayed).toEqual(['a:1', 'b:1'])
  })

  it.each(['', 'gone.topic.v1'])('cannot replay onto “%s”, and what follows waits with it', (topic) => {
    const all = letters(['a:1', { topic }], ['a:2', { topic }])
    expect(replay(all, () => true, true)).toEqual({
      replayed: [],
      refused: [
        ['a:1', 'no-origin', undefined],
        ['a:2', 'no-origin', undefined],
      ],
    })
  })
})

describe('planDrop', () => {
  it('drops what waits, and says what does not', () => {
    const plan = planDrop(letters('a:1', ['a:2', { state: dealtWith('replayed') }], 'a:3'), at(0, 1))
    expect(plan.letters.map(({ eventId }) => eventId)).toEqual(['a:1'])
    expect(plan.refusals.map(({ letter, reason }) => [letter.eventId, reason])).toEqual([['a:2', 'not-waiting']])
  })
})
