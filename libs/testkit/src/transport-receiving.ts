import { describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { keysOf, type TransportBench, textRecord } from './transport-bench.ts'
import type { MakePause } from './transport-shape.ts'

/** Where a group begins, what counts as consumed, and what a failing handler holds up. */
export function receivingBehaviour(benchOf: () => TransportBench, pauseOf: MakePause): void {
  describe('receiving', () => {
    it('P8 begins a new group with the oldest record', async () => {
      const bench = benchOf()
      const topic = await bench.topic(3)
      await bench.transport().publish(keysOf(10).map((key) => textRecord(topic, key)))
      const member = await bench.join({ group: 'beginning', topics: [topic] })
      await eventually(() => expect([...member.keys].sort()).toEqual([...keysOf(10)].sort()))
      expect(member.assignments).toBeGreaterThan(0)
    })

    it('P8 takes the oldest left, never the newest, where the record it stood at is gone', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      await bench.transport().publish(keysOf(6).map((key) => textRecord(topic, key)))
      await bench.setOffset('late', topic, 1)
      await bench.deleteBefore(topic, 4)
      const member = await bench.join({ group: 'late', topics: [topic] })
      await eventually(() => expect(member.keys).toEqual(['k4', 'k5']))
    })

    it('P12 commits what was handled and nothing else, and delivers the rest again', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      await bench.transport().publish(keysOf(3).map((key) => textRecord(topic, key)))
      let failed = 0
      const failing = await bench.join({
        group: 'committing',
        topics: [topic],
        before: async () => {
          failed++
          throw new Error('store away')
        },
      })
      await eventually(() => expect(failed).toBeGreaterThan(1))
      await failing.stop()
      expect(await bench.committed('committing', topic)).toEqual([-1])

      const working = await bench.join({ group: 'committing', topics: [topic] })
      await eventually(async () => expect(await bench.committed('committing', topic)).toEqual([3]))
      expect(working.keys).toEqual(keysOf(3))
      await working.stop()

      const late = await bench.join({ group: 'committing', topics: [topic] })
      await bench.transport().publish([textRecord(topic, 'k3')])
      await eventually(() => expect(late.keys).toEqual(['k3']))
    })

    it('delivers a batch again in order to a member whose handler threw', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      await bench.transport().publish(keysOf(4).map((key) => textRecord(topic, key)))
      let failures = 2
      const member = await bench.join({
        group: 'throwing',
        topics: [topic],
        before: async () => {
          if (failures-- > 0) throw new Error('not yet')
        },
      })
      await eventually(() => expect(member.keys).toEqual(keysOf(4)))
      await eventually(async () => expect(await bench.committed('throwing', topic)).toEqual([4]))
    })

    it('lets a partition wait uncommitted while the others go on, and tries it again after the pause', async () => {
      const bench = benchOf()
      const topic = await bench.topic(12)
      const transport = bench.transport()
      let refused = 0
      let open = false
      const member = await bench.join({
        group: 'waiting',
        topics: [topic],
        before: async ({ records }) => {
          if (open || !records.some(({ key }) => key === 'abc')) return
          refused++
          throw pauseOf(200, new Error('store away'))
        },
      })
      await transport.publish([textRecord(topic, 'abc'), textRecord(topic, 'foobar')])
      await eventually(() => expect(refused).toBeGreaterThan(2))
      await transport.publish([textRecord(topic, 'foobar'), textRecord(topic, '21')])
      await eventually(() => expect([...member.keys].sort()).toEqual(['21', 'foobar', 'foobar']))
      // By the golden table of P11 `abc` is in partition 3.
      await eventually(async () => expect((await bench.committed('waiting', topic))[6]).toBe(2))
      expect((await bench.committed('waiting', topic))[3]).toBe(-1)
      open = true
      await eventually(() => expect(member.keys).toContain('abc'))
      await eventually(async () => expect((await bench.committed('waiting', topic))[3]).toBe(1))
      expect(member.keys.filter((key) => key === 'abc')).toHaveLength(1)
    })

    it('a poison record holds up its own partition and no other, for ever', async () => {
      const bench = benchOf()
      const topic = await bench.topic(12)
      const transport = bench.transport()
      let refused = 0
      const member = await bench.join({
        group: 'poisoned',
        topics: [topic],
        before: async ({ records }) => {
          if (!records.some(({ key }) => key === 'abc')) return
          refused++
          throw pauseOf(100, new Error('poison'))
        },
      })
      await transport.publish([textRecord(topic, 'abc')])
      for (let round = 0; round < 10; round++) {
        const before = refused
        await transport.publish([textRecord(topic, 'abc'), textRecord(topic, 'foobar'), textRecord(topic, '21')])
        await eventually(() => expect(refused).toBeGreaterThan(before))
      }
      await eventually(() => expect(member.keys).toHaveLength(20))
      expect(member.keys).not.toContain('abc')
      expect((await bench.committed('poisoned', topic))[3]).toBe(-1)
    })

    it('says how much is left behind a batch', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      await bench.transport().publish(keysOf(10).map((key) => textRecord(topic, key)))
      const left: number[] = []
      const member = await bench.join({
        group: 'lagging',
        topics: [topic],
        before: async ({ records, lag }) => {
          left.push(Number(records.at(-1)?.offset) + 1 + lag)
        },
      })
      await eventually(() => expect(member.keys).toHaveLength(10))
      expect(new Set(left)).toEqual(new Set([10]))
    })

    it('reads the records of some keys again, beside the groups', async () => {
      const bench = benchOf()
      const topic = await bench.topic(3)
      const transport = bench.transport()
      for (const value of ['1', '2']) await transport.publish(keysOf(30).map((key) => textRecord(topic, key, value)))
      const found: string[] = []
      await transport.reread({
        topic,
        keys: new Set(['k3', 'k7']),
        each: async ({ key, value }) => void found.push(`${key}=${new TextDecoder().decode(value)}`),
      })
      expect(found.filter((text) => text.startsWith('k3'))).toEqual(['k3=1', 'k3=2'])
      expect(found.filter((text) => text.startsWith('k7'))).toEqual(['k7=1', 'k7=2'])
      expect(found).toHaveLength(4)
      await transport.reread({ topic: await bench.topic(), keys: new Set(['k3']), each: () => Promise.reject(new Error('empty')) })
    })
  })
}
