import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { inspectorRecord } from '../tests/support/events.ts'
import { fakeTransport } from '../tests/support/fake-transport.ts'
import { deadLetter } from './dead-letter.ts'
import { type DeadLetter, lettersOf } from './dead-letter-log.ts'
import { dropDeadLetters, replayDeadLetters } from './dead-letter-resolve.ts'

const at = '2026-03-02T01:00:00.000Z' as Instant
const resolution = { by: 'li', at, reason: 'repaired' }
const cause = { group: 'joint', code: 'c', detail: 'd', attempts: 1, origin: 'registry.inspector.v1/0@1' }
const lettersUpTo = (count: number): readonly DeadLetter[] =>
  lettersOf(
    Array.from({ length: count }, (_, index) => ({
      ...deadLetter(inspectorRecord('i1', index + 1), cause),
      partition: 0,
      offset: String(index),
      at,
    })),
  )

describe('replayDeadLetters', () => {
  it('puts the record as it was onto its topic, then notes by whom, when and why', async () => {
    const transport = fakeTransport()
    const letters = lettersUpTo(1)
    await replayDeadLetters({ transport, letters, resolution })
    expect(transport.published).toEqual([
      letters[0]?.record,
      {
        topic: 'joint.dlq.v1',
        key: 'i1',
        value: new Uint8Array(),
        headers: {
          dlq_resolution: 'replayed',
          dlq_resolves: '0@0',
          dlq_resolved_by: 'li',
          dlq_resolved_at: at,
          dlq_resolved_reason: 'repaired',
          dlq_group: 'joint',
        },
      },
    ])
  })

  it('notes nothing that the broker has not acknowledged', async () => {
    const published: string[] = []
    const done: number[] = []
    const transport = {
      publish: async (records: readonly { readonly topic: string }[]) => {
        if (published.length === 2) throw new Error('no broker')
        published.push(`${records.length} ${records[0]?.topic}`)
      },
    }
    const replaying = replayDeadLetters({ transport, letters: lettersUpTo(250), resolution, onResolved: (count) => done.push(count) })
    await expect(replaying).rejects.toThrow('no broker')
    expect(published).toEqual(['100 registry.inspector.v1', '100 joint.dlq.v1'])
    expect(done).toEqual([100])
  })

  it('says how far it is', async () => {
    const done: number[] = []
    await replayDeadLetters({ transport: fakeTransport(), letters: lettersUpTo(101), resolution, onResolved: (count) => done.push(count) })
    expect(done).toEqual([100, 101])
  })
})

describe('dropDeadLetters', () => {
  it('notes the letters and publishes no event', async () => {
    const transport = fakeTransport()
    await dropDeadLetters({ transport, letters: lettersUpTo(2), resolution })
    expect(transport.published.map(({ topic, headers }) => [topic, headers['dlq_resolution'], headers['dlq_resolves']])).toEqual([
      ['joint.dlq.v1', 'dropped', '0@0'],
      ['joint.dlq.v1', 'dropped', '0@1'],
    ])
  })
})
