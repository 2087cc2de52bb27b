import type { Instant } from '@dual-random/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BulkDecision, Records, Stored } from '../ports.ts'
import { type RowChange, type RowWriter, rowWriter } from './write-rows.ts'

const clock = () => '2026-03-02T01:00:00.000Z' as Instant

describe('writing rows', () => {
  let stored: Map<string, Stored<string>>
  let looks: number[]
  let write: RowWriter<string>

  const records: Pick<Records<string>, 'loadMany' | 'saveMany'> = {
    loadMany: async (ids) => {
      looks.push(ids.length)
      return new Map(ids.flatMap((id) => (stored.has(id) ? [[id, stored.get(id) as Stored<string>] as const] : [])))
    },
    saveMany: async (changes) => {
      const conflicts = changes.filter(({ id, previous }) => stored.get(id)?.version !== previous?.version).map(({ id }) => id)
      for (const change of changes) if (!conflicts.includes(change.id)) keep(change)
      return { conflicts }
    },
  }
  const keep = ({ id, previous, state, events }: BulkDecision<string>): void =>
    void stored.set(id, { id, version: (previous?.version ?? 0) + 1, seq: (previous?.seq ?? 0) + events.length, state })
  const row = (line: number, id: string, value = 'new'): RowChange<string> => ({
    line,
    id,
    decide: (state) =>
      state === value ? { outcome: 'unchanged' } : { outcome: state === undefined ? 'created' : 'changed', state: value, events: [] },
  })
  const rows = (from: number, count: number): RowChange<string>[] =>
    Array.from({ length: count }, (_, index) => row(from + index, `r${from + index}`))
  const outcomes = async (batch: readonly RowChange<string>[]) => (await write(batch)).map(({ outcome }) => outcome)

  beforeEach(() => {
    stored = new Map()
    looks = []
    write = rowWriter(records, clock)
  })

  it('DQ-04 looks before it writes, until hardly any row was there before', async () => {
    expect(await outcomes(rows(0, 10))).toEqual(Array.from({ length: 10 }, () => 'created'))
    await write(rows(10, 10))
    expect(looks).toEqual([10])
    expect(stored.size).toBe(20)
  })

  it('DQ-04 looks again where rows taken for new were there, and at all of the next', async () => {
    await write(rows(0, 10))
    await write(rows(10, 10))
    expect(await outcomes([...rows(5, 2), row(90, 'r3', 'other'), ...rows(20, 1)])).toEqual([
      'unchanged',
      'unchanged',
      'changed',
      'created',
    ])
    expect(looks).toEqual([10, 3])
    expect(stored.get('r3')).toMatchObject({ version: 2, state: 'other' })
    await write(rows(0, 4))
    expect(looks).toEqual([10, 3, 4])
  })

  it('decides rows of one record one after the other', async () => {
    expect(await outcomes([row(2, 'a'), row(3, 'a'), row(4, 'a', 'other')])).toEqual(['created', 'unchanged', 'changed'])
    expect(stored.get('a')).toMatchObject({ version: 1, state: 'other' })
  })

  it('gives up on a record that others write all the time', async () => {
    const busy = rowWriter({ ...records, saveMany: async (changes) => ({ conflicts: changes.map(({ id }) => id) }) }, clock)
    await expect(busy(rows(0, 1))).rejects.toThrow('written by others')
  })
})
