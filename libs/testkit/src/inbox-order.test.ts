import { describe, expect, it } from 'vitest'
import { InboxOrder } from './inbox-order.ts'
import { textRecord } from './transport-bench.ts'

describe('InboxOrder', () => {
  const applied = (...records: readonly (readonly [string, number])[]): InboxOrder => {
    const order = new InboxOrder()
    for (const [key, seq] of records) order.apply(textRecord('topic', key, String(seq)))
    return order
  }

  it('drops what it has applied before', () => {
    const order = applied(['a', 1], ['a', 2], ['b', 1], ['a', 1], ['a', 2], ['a', 3])
    expect(order.last(['a', 'b', 'c'])).toEqual([3, 1, 0])
    expect(order.gaps).toEqual([])
  })

  it('names what came before its predecessors', () => {
    const order = applied(['a', 1], ['b', 1], ['a', 3], ['b', 2], ['c', 2])
    expect(order.gaps).toEqual(['a:3', 'c:2'])
  })
})
