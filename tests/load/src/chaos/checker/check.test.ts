import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { Operation, Recording, TopicRecord } from './recording.ts'

const record = (key: string, seq: number, content: string): TopicRecord => ({ partition: 0, key, seq, content })

const one = record('a', 1, 'w.0/1')
const two = record('a', 2, 'w.1/1')
const three = record('a', 3, 'w.1/2')

/** Two acknowledged operations on one aggregate, three events, each on the topic and applied once. */
const clean: Recording = {
  operations: [
    { name: 'w.0', aggregateId: 'a', contents: ['w.0/1'], acknowledgedFrom: 1 },
    { name: 'w.1', aggregateId: 'a', contents: ['w.1/1', 'w.1/2'], acknowledgedFrom: 2 },
  ],
  written: 'inspectors',
  streams: [
    {
      name: 'inspectors',
      aggregates: new Map([['a', { seq: 3, contents: ['w.0/1', 'w.1/1', 'w.1/2'], waiting: [] }]]),
      records: [one, two, three],
    },
  ],
  effects: [{ name: 'ledgers', stream: 'inspectors', expects: () => true, applied: new Map([['a', [1, 2, 3]]]) }],
  deadLetters: [],
}

const withStream = (change: Partial<Recording['streams'][number]>): Recording => ({
  ...clean,
  streams: clean.streams.map((stream) => ({ ...stream, ...change })),
})
const withRecords = (...records: readonly TopicRecord[]): Recording => withStream({ records })
const withApplied = (...seqs: readonly number[]): Recording => ({
  ...clean,
  effects: clean.effects.map((effects) => ({ ...effects, applied: new Map([['a', seqs]]) })),
})
const withOperation = (operation: Operation): Recording => ({ ...clean, operations: [...clean.operations, operation] })
const found = (recording: Recording): readonly string[] => check(recording).map(({ kind, where, what }) => `${kind} ${where} ${what}`)

describe('the checker', () => {
  it('has nothing to say of a clean run', () => {
    expect(found(clean)).toEqual([])
  })

  it('lets a record stand on its topic again behind its first copy', () => {
    expect(found(withRecords(one, two, one, two, three))).toEqual([])
  })

  it('lets an operation of unknown outcome be there or not', () => {
    expect(found(withOperation({ name: 'w.2', aggregateId: 'a', contents: ['w.2/1'], acknowledgedFrom: undefined }))).toEqual([])
    const operations = clean.operations.map((operation) => ({ ...operation, acknowledgedFrom: undefined }))
    expect(found({ ...clean, operations })).toEqual([])
  })

  it('finds an operation of unknown outcome that is there twice', () => {
    const doubled: Recording = {
      ...withStream({
        aggregates: new Map([['a', { seq: 3, contents: ['w.0/1', 'w.1/1', 'w.1/1'], waiting: [] }]]),
        records: [record('a', 1, 'w.0/1'), record('a', 2, 'w.1/1'), record('a', 3, 'w.1/1')],
      }),
      operations: [{ name: 'w.1', aggregateId: 'a', contents: ['w.1/1'], acknowledgedFrom: undefined }],
    }
    expect(found(doubled)).toEqual(['duplicated operations w.1'])
  })

  it('finds what was acknowledged and is absent, its document behind or gone', () => {
    const late: Operation = { name: 'w.2', aggregateId: 'a', contents: ['w.2/1'], acknowledgedFrom: 4 }
    expect(found(withOperation(late))).toEqual(['absent operations w.2'])
    expect(found(withOperation({ ...late, aggregateId: 'b', acknowledgedFrom: 1 }))).toEqual(['absent operations w.2'])
    expect(found(withOperation({ ...late, acknowledgedFrom: 3 }))).toEqual(['absent operations w.2'])
  })

  it('finds an event that is lost between its document and the topic, in the middle or at the end', () => {
    expect(found(withRecords(one, three))).toEqual(['lost inspectors a:2'])
    expect(found(withRecords(one, two))).toEqual(['lost inspectors a:3'])
  })

  it('does not call lost what waits in its outbox', () => {
    const aggregates = new Map([['a', { seq: 3, contents: ['w.0/1', 'w.1/1', 'w.1/2'], waiting: [3] }]])
    expect(found(withStream({ aggregates, records: [one, two] }))).toEqual([])
  })

  it('finds an event without its effect', () => {
    expect(found(withApplied(1, 2))).toEqual(['lost ledgers a:3'])
    expect(found({ ...clean, effects: clean.effects.map((effects) => ({ ...effects, applied: new Map() })) })).toHaveLength(3)
  })

  it('asks only for the effects that an event has', () => {
    const effects = clean.effects.map((each) => ({ ...each, expects: (seq: number) => seq === 3 }))
    expect(found({ ...clean, effects: effects.map((each) => ({ ...each, applied: new Map([['a', [3]]]) })) })).toEqual([])
    expect(found({ ...clean, effects: effects.map((each) => ({ ...each, applied: new Map() })) })).toEqual(['lost ledgers a:3'])
  })

  it('finds an effect that happened twice, at once or later', () => {
    expect(found(withApplied(1, 2, 2, 3))).toEqual(['duplicated ledgers a:2'])
    expect(found(withApplied(1, 2, 3, 1))).toEqual(['duplicated ledgers a:1'])
  })

  it('finds effects in the wrong order', () => {
    expect(found(withApplied(1, 3, 2))).toEqual(['inverted ledgers a:2'])
  })

  it('finds events first published in the wrong order, and a key in two partitions', () => {
    expect(found(withRecords(one, three, two))).toEqual(['inverted inspectors a:2'])
    expect(found(withRecords(one, two, { partition: 1, key: 'a', seq: 3, content: 'w.1/2' }))).toEqual(['inverted inspectors a:3'])
  })

  it('finds what was published or applied and is not in its document', () => {
    expect(found(withRecords(one, two, three, record('a', 4, 'w.2/1'), record('b', 1, 'w.3/1')))).toEqual([
      'absent inspectors a:4',
      'absent inspectors b:1',
    ])
    expect(found(withApplied(1, 2, 3, 4))).toEqual(['absent ledgers a:4'])
  })

  it('finds a record that says something else than its document', () => {
    expect(found(withRecords(one, two, record('a', 3, 'w.9/1')))).toEqual(['diverged inspectors a:3'])
  })

  it('finds a document whose seq is not the count of its events', () => {
    const aggregates = new Map([['a', { seq: 3, contents: ['w.0/1', 'w.1/1', 'w.1/2', 'w.2/1'], waiting: [] }]])
    expect(found(withStream({ aggregates }))).toEqual(['gap inspectors a:3'])
  })

  it('finds a dead letter that nothing explains', () => {
    const deadLetters = [{ group: 'first', key: 'a', seq: 2, reason: 'sequence-gap' }]
    expect(found({ ...clean, deadLetters })).toEqual(['dead-letter first a:2'])
  })
})
