import { describe, expect, it } from 'vitest'
import { bySource, operationsOf } from './read-back.ts'

describe('operationsOf', () => {
  it('takes for acknowledged what was, and for unknown what failed or was never answered', () => {
    expect(
      operationsOf([
        { at: 1, invoked: 'w.0', aggregateId: 'a', events: 2 },
        { at: 2, acknowledged: 'w.0', from: 4 },
        { at: 3, invoked: 'w.1', aggregateId: 'a', events: 1 },
        { at: 4, unknown: 'w.1', because: 'store-unavailable' },
        { at: 5, effect: 'a:1', topic: 't' },
        { at: 6, invoked: 'w.2', aggregateId: 'b', events: 1 },
      ]),
    ).toEqual([
      { name: 'w.0', aggregateId: 'a', contents: ['w.0/1', 'w.0/2'], acknowledgedFrom: 4 },
      { name: 'w.1', aggregateId: 'a', contents: ['w.1/1'], acknowledgedFrom: undefined },
      { name: 'w.2', aggregateId: 'b', contents: ['w.2/1'], acknowledgedFrom: undefined },
    ])
  })
})

describe('bySource', () => {
  it('keeps the order of each source', () => {
    expect(bySource(['a:1', 'b:1', 'a:3', 'a:2'])).toEqual(
      new Map([
        ['a', [1, 3, 2]],
        ['b', [1]],
      ]),
    )
  })
})
