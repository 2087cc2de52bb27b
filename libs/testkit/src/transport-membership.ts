import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { InboxOrder } from './inbox-order.ts'
import { keysOf, type TransportBench, textRecord } from './transport-bench.ts'
import type { BatchShape, MakePause } from './transport-shape.ts'

/** Longer than any transport's session: a member that sends no heartbeats is out of its group by then. */
const outlastingMs = 8000

/** A killed member's partitions move within this time at the very latest; by default the clients take 30 s. */
const takeoverMs = 15_000

/** Who has which partitions, and for how long. */
export function membershipBehaviour(benchOf: () => TransportBench, pauseOf: MakePause): void {
  describe('membership', () => {
    it('P6 keeps its partitions through a batch that takes longer than the session', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      let stale = false
      const begun: string[] = []
      const member = (name: string) =>
        bench.join({
          group: 'long',
          topics: [topic],
          before: async ({ isStale }) => {
            begun.push(name)
            await pause(outlastingMs)
            stale ||= isStale()
          },
        })
      const members = [await member('a'), await member('b')]
      await eventually(async () => expect(await bench.members('long')).toBe(2))
      await bench.transport().publish([textRecord(topic, 'long')])
      await eventually(async () => expect(await bench.committed('long', topic)).toEqual([1]), { timeoutMs: 3 * outlastingMs })
      expect(begun).toHaveLength(1)
      expect(stale).toBe(false)
      expect(members.flatMap(({ keys }) => keys)).toEqual(['long'])
    })

    it('P5 leaves the group before stop returns, so that another member takes over at once', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const transport = bench.transport()
      const members = [await bench.join({ group: 'leaving', topics: [topic] }), await bench.join({ group: 'leaving', topics: [topic] })]
      await transport.publish([textRecord(topic, 'before')])
      const owner = await eventually(() => {
        const found = members.find(({ keys }) => keys.length > 0)
        if (found === undefined) throw new Error('nobody has handled it')
        return found
      })
      await owner.stop()
      expect(await bench.members('leaving')).toBe(1)
      await transport.publish([textRecord(topic, 'after')])
      const other = members.find((member) => member !== owner)
      await eventually(() => expect(other?.keys.at(-1)).toBe('after'), { timeoutMs: 5000 })
      expect(owner.keys).toEqual(['before'])
    })

    it('P5 gives a dead member’s batch to another one, and takes no late commit from it', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const transport = bench.transport()
      const proxy = await bench.proxy()
      await transport.publish(keysOf(5).map((key) => textRecord(topic, key)))
      let release = (): void => undefined
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      let begun = 0
      let stale = false
      const dying = await bench.join({
        group: 'dying',
        topics: [topic],
        transport: bench.transport(proxy),
        before: async ({ isStale }) => {
          // Again after its return.
          if (begun++ > 0) return
          await released
          stale = isStale()
        },
      })
      await eventually(() => expect(begun).toBe(1))
      proxy.refuse()
      const inherited: string[] = []
      const before = async ({ records }: BatchShape) => void inherited.push(...records.map(({ key }) => key))
      const joining = bench.join({ group: 'dying', topics: [topic], before })
      await eventually(() => expect(inherited).toEqual(keysOf(5)), { timeoutMs: takeoverMs })
      await joining
      await transport.publish([textRecord(topic, 'k5')])
      await eventually(async () => expect(await bench.committed('dying', topic)).toEqual([6]))

      proxy.accept()
      release()
      await eventually(() => expect(dying.keys).toEqual(keysOf(5)))
      expect(stale).toBe(true)
      await eventually(async () => expect(await bench.members('dying')).toBe(2), { timeoutMs: takeoverMs })
      expect(await bench.committed('dying', topic)).toEqual([6])
    })

    it('loses and inverts nothing while members come and go during long batches, whose stale work stops', async () => {
      const bench = benchOf()
      const topic = await bench.topic(4)
      const transport = bench.transport()
      const applied = new InboxOrder()
      const keys = keysOf(16)
      const send = async (from: number, to: number): Promise<void> => {
        for (let seq = from; seq <= to; seq++) await transport.publish(keys.map((key) => textRecord(topic, key, String(seq))))
      }
      await send(1, 5)

      let inHand = 0
      let stopped = 0
      let othersWork = false
      const first = await bench.join({
        group: 'changing',
        topics: [topic],
        before: async ({ records, isStale }) => {
          inHand++
          for (const [index, record] of records.entries()) {
            if (isStale()) {
              stopped++
              return
            }
            applied.apply(record)
            // In the middle of a batch until the other member has begun to work, or this one is told to stop.
            if (index === 0 && !othersWork)
              await eventually(
                () => {
                  if (!othersWork && !isStale()) throw new Error('still alone')
                },
                { timeoutMs: 30_000 },
              )
          }
        },
      })
      await eventually(() => expect(inHand).toBe(4))
      const second = await bench.join({
        group: 'changing',
        topics: [topic],
        before: async ({ records }) => {
          othersWork = true
          for (const record of records) applied.apply(record)
        },
      })
      await eventually(() => expect(othersWork).toBe(true), { timeoutMs: 30_000 })
      expect(stopped).toBeGreaterThan(0)
      await send(6, 8)
      await eventually(() => expect(second.keys.length).toBeGreaterThan(0))
      const [leaving] = [second.stop(), send(9, 12)]
      await leaving
      await eventually(() => expect(applied.last(keys)).toEqual(keys.map(() => 12)), { timeoutMs: 30_000 })
      expect(applied.gaps).toEqual([])
      await eventually(async () => expect((await bench.committed('changing', topic)).reduce((sum, at) => sum + at, 0)).toBe(12 * 16))
      await first.stop()
    })

    it('says when the broker has last answered: while idle, while all it has waits, not while nothing is delivered', async () => {
      const bench = benchOf()
      const [topic, waitingTopic] = [await bench.topic(), await bench.topic()]
      const proxy = await bench.proxy()
      await bench.transport().publish([textRecord(waitingTopic, 'waits')])
      const idle = await bench.join({ group: 'idle', topics: [topic] })
      const cutOff = await bench.join({ group: 'frozen', topics: [topic], transport: bench.transport(proxy) })
      const waiting = await bench.join({
        group: 'waits',
        topics: [waitingTopic],
        before: () => Promise.reject(pauseOf(60_000, new Error('store away'))),
      })
      const grows = async (member: typeof idle): Promise<void> => {
        const first = member.lastPollAt()
        await eventually(() => expect(member.lastPollAt()).toBeGreaterThan(first))
      }
      await Promise.all([grows(idle), grows(cutOff), grows(waiting)])
      await grows(waiting)
      proxy.freeze()
      await pause(500)
      const frozenAt = cutOff.lastPollAt()
      const idleAt = idle.lastPollAt()
      await eventually(() => expect(idle.lastPollAt()).toBeGreaterThan(idleAt + 1500))
      expect(cutOff.lastPollAt()).toBe(frozenAt)
      proxy.thaw()
      await grows(cutOff)
    })
  })
}
