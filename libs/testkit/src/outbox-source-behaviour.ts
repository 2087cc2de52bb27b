import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import { beforeEach, describe, expect, it } from 'vitest'

/** The shape of `OutboxSource` in libs/messaging, which tests with this package and therefore cannot be imported here. */
export interface OutboxSourceShape {
  pending(aggregateIds: readonly string[], perAggregate: number): Promise<readonly { readonly aggregateId: string; readonly seq: number }[]>
  remove(acknowledged: ReadonlyMap<string, number>): Promise<void>
  stale(before: Instant, limit: number): Promise<readonly { readonly aggregateId: string; readonly owner: string }[]>
}

/** Outboxes of one collection, empty at first, and a way to write into them. */
export interface OutboxBench {
  readonly source: OutboxSourceShape
  /** Appends so many events to the outbox of an aggregate, in the name of this relay. */
  add(aggregateId: string, count: number, owner: string): Promise<void>
}

/** What every `OutboxSource` must do. */
export function outboxSourceBehaviour(name: string, factory: () => Promise<OutboxBench>): void {
  describe(`${name} as a source of outboxes`, () => {
    let bench: OutboxBench
    beforeEach(async () => {
      bench = await factory()
    })

    const pending = async (ids: readonly string[], perAggregate = 100): Promise<readonly string[]> =>
      (await bench.source.pending(ids, perAggregate)).map(({ aggregateId, seq }) => `${aggregateId}:${seq}`)

    it('INT-15 gives the first events of each aggregate that was asked for, in order', async () => {
      for (const id of ['a', 'b', 'c']) await bench.add(id, 3, 'r1')
      const found = await pending(['a', 'c', 'unknown'], 2)
      expect(found.filter((event) => event.startsWith('a'))).toEqual(['a:1', 'a:2'])
      expect(found.filter((event) => event.startsWith('c'))).toEqual(['c:1', 'c:2'])
      expect(found).toHaveLength(4)
      expect(await pending([])).toEqual([])
    })

    it('INT-15 removes what was acknowledged and nothing else, and once more does no harm', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await bench.add(id, 3, 'r1')
      const acknowledged = new Map([
        ['a', 2],
        ['b', 3],
        ['c', 2],
        ['unknown', 1],
      ])
      await bench.source.remove(acknowledged)
      await bench.add('b', 1, 'r1')
      await bench.source.remove(acknowledged)
      await bench.source.remove(new Map())
      expect([...(await pending(['a', 'b', 'c', 'd']))].sort()).toEqual(['a:3', 'b:4', 'c:3', 'd:1', 'd:2', 'd:3'])
    })

    it('INT-15 names what was stored by then and still waits, with the owner of its first event', async () => {
      await bench.add('a', 1, 'r1')
      await bench.add('b', 1, 'r2')
      await bench.add('b', 1, 'r3')
      await bench.add('done', 1, 'r1')
      await bench.source.remove(new Map([['done', 1]]))
      const soon = addMs(instantOf(Date.now()), 1000)
      const stale = [...(await bench.source.stale(soon, 10))].sort((one, other) => one.aggregateId.localeCompare(other.aggregateId))
      expect(stale).toEqual([
        { aggregateId: 'a', owner: 'r1' },
        { aggregateId: 'b', owner: 'r2' },
      ])
      expect(await bench.source.stale(soon, 1)).toHaveLength(1)
      expect(await bench.source.stale(addMs(soon, -3_600_000), 10)).toEqual([])
    })
  })
}
