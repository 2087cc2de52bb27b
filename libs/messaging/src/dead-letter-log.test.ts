import { type Instant, instantOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { inspectorRecord } from '../tests/support/events.ts'
import { deadLetter } from './dead-letter.ts'
import { lettersOf, parsePosition } from './dead-letter-log.ts'
import { type ResolutionKind, resolutionRecord } from './dead-letter-resolution.ts'
import type { StoredRecord, TransportRecord } from './transport.ts'

const at = (offset: number): Instant => instantOf(offset * 1000)
const stored = (record: TransportRecord, offset: number, partition = 0): StoredRecord => ({
  ...record,
  partition,
  offset: String(offset),
  at: at(offset),
})
const cause = { group: 'joint', code: 'sequence-gap', detail: 'gap', attempts: 4, origin: 'registry.inspector.v1/2@17' }
const letter = (key: string, seq: number, offset: number): StoredRecord => stored(deadLetter(inspectorRecord(key, seq), cause), offset)

const resolved = (of: StoredRecord, kind: ResolutionKind, offset: number): StoredRecord => {
  const [found] = lettersOf([of])
  if (found === undefined) throw new Error('no letter')
  return stored(resolutionRecord(found, { kind, by: 'li', at: at(offset), reason: `${kind} at ${offset}` }), offset)
}

describe('lettersOf', () => {
  it('reads what a letter says', () => {
    const record = inspectorRecord('i1', 3)
    expect(lettersOf([stored(deadLetter(record, cause), 7)])).toEqual([
      {
        position: '0@7',
        partition: 0,
        offset: '7',
        at: at(7),
        cause,
        record,
        eventId: 'i1:3',
        type: record.headers['ce_type'],
        seq: 3,
        state: { status: 'waiting' },
      },
    ])
  })

  it.each(['replayed', 'dropped'] as const)('says by whom, when and why a letter was %s', (kind) => {
    const first = letter('i1', 1, 0)
    expect(lettersOf([first, letter('i1', 2, 1), resolved(first, kind, 2)]).map(({ position, state }) => [position, state])).toEqual([
      ['0@0', { status: kind, at: at(2), by: 'li', reason: `${kind} at 2` }],
      ['0@1', { status: 'waiting' }],
    ])
  })

  it('believes the last resolution', () => {
    const first = letter('i1', 1, 0)
    expect(lettersOf([first, resolved(first, 'dropped', 1), resolved(first, 'replayed', 2)])[0]?.state.status).toBe('replayed')
  })

  it('takes the same event given up again for a letter of its own', () => {
    const first = letter('i1', 1, 0)
    expect(lettersOf([first, resolved(first, 'replayed', 1), letter('i1', 1, 2)]).map(({ state }) => state.status)).toEqual([
      'replayed',
      'waiting',
    ])
  })

  it('shows no resolution as a letter, though its letter has expired or its kind is of tomorrow', () => {
    const first = letter('i1', 1, 0)
    const resolution = resolved(first, 'dropped', 1)
    expect(lettersOf([resolution])).toEqual([])
    const unknown = { ...resolution, headers: { ...resolution.headers, dlq_resolution: 'archived' } }
    expect(lettersOf([first, unknown]).map(({ state }) => state.status)).toEqual(['waiting'])
  })

  it('goes by partition, then by number and not by text', () => {
    const records = [
      [1, 2],
      [0, 10],
      [0, 9],
    ].map(([partition = 0, offset = 0]) => stored(letter('i1', 1, 0), offset, partition))
    expect(lettersOf(records).map(({ position }) => position)).toEqual(['0@9', '0@10', '1@2'])
  })

  it('finds the seq in the id of an event where the envelope lacks it, and none in a broken one', () => {
    const seqOf = (headers: Record<string, string>) => lettersOf([{ ...letter('i1', 3, 0), headers }])[0]?.seq
    expect(seqOf({ ce_sequence: '3', ce_id: 'i1:4' })).toBe(3)
    expect(seqOf({ ce_id: 'i1:4' })).toBe(4)
    expect(seqOf({ ce_sequence: 'three' })).toBeUndefined()
    expect(seqOf({ ce_sequence: '0' })).toBeUndefined()
    expect(seqOf({})).toBeUndefined()
  })
})

describe('parsePosition', () => {
  it('reads what a list shows', () => {
    expect(parsePosition('0@0')).toEqual({ partition: 0, offset: '0' })
    expect(parsePosition('11@9223372036854775807')).toEqual({ partition: 11, offset: '9223372036854775807' })
  })

  it.each(['', '0', '@', '0@', '@1', '-1@0', '0@-1', '00@1', '0@01', 'a@1', '0@1 ', '0@1@2'])('refuses “%s”', (text) => {
    expect(parsePosition(text)).toBeUndefined()
  })
})
