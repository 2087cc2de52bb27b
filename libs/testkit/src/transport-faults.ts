import { describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { InboxOrder } from './inbox-order.ts'
import type { ReplyCuttingProxy } from './reply-cutting-proxy.ts'
import { keysOf, type TransportBench, textOf, textRecord } from './transport-bench.ts'
import type { RecordShape, TransportShape } from './transport-shape.ts'

/** Publishes again until it is acknowledged, as a relay does. */
async function insist(transport: TransportShape, records: readonly RecordShape[]): Promise<void> {
  await eventually(() => transport.publish(records), { timeoutMs: 50_000 })
}

/** Lost connections, and a broker that is away. */
export function faultBehaviour(benchOf: () => TransportBench): void {
  const rounds = 60
  const atThirdAndHalf = (done: number, of: number, proxy: ReplyCuttingProxy): void => {
    if (done === Math.floor(of / 3) || done === Math.floor(of / 2)) proxy.cut()
  }

  describe('faults', () => {
    it('goes on sending, in order, after the connection was cut at a third and at half of the work', async () => {
      const bench = benchOf()
      const topic = await bench.topic(3)
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      const keys = keysOf(9)
      for (let round = 1; round <= rounds; round++) {
        const sending = insist(
          transport,
          keys.map((key) => textRecord(topic, key, String(round))),
        )
        // Sometimes between two sends, sometimes in the middle of one.
        atThirdAndHalf(round, rounds, proxy)
        await sending
      }
      const order = new InboxOrder()
      for (const record of await bench.log(topic)) order.apply(record)
      expect(order.last(keys)).toEqual(keys.map(() => rounds))
      expect(order.gaps).toEqual([])
    })

    it('goes on receiving after the connection was cut at a third and at half of the work', async () => {
      const bench = benchOf()
      const topic = await bench.topic(3)
      const proxy = await bench.proxy()
      const transport = bench.transport()
      const keys = keysOf(9)
      const order = new InboxOrder()
      let batches = 0
      await bench.join({
        group: 'cut',
        topics: [topic],
        transport: bench.transport(proxy),
        before: async ({ records }) => {
          batches++
          for (const record of records) order.apply(record)
        },
      })
      for (let round = 0; round < rounds; round += 10) {
        for (let seq = round + 1; seq <= round + 10; seq++) {
          await transport.publish(keys.map((key) => textRecord(topic, key, String(seq))))
          atThirdAndHalf(seq, rounds, proxy)
        }
        await eventually(() => expect(order.last(keys)).toEqual(keys.map(() => round + 10)), { timeoutMs: 40_000 })
      }
      expect(order.gaps).toEqual([])
      expect(batches).toBeGreaterThan(3)
      await eventually(async () => expect((await bench.committed('cut', topic)).reduce((sum, at) => sum + at, 0)).toBe(rounds * 9), {
        timeoutMs: 40_000,
      })
    })

    it('gives up connections that have fallen silent', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      const member = await bench.join({ group: 'silenced', topics: [topic], transport })
      await transport.publish([textRecord(topic, 'before')])
      await eventually(() => expect(member.keys).toEqual(['before']))
      proxy.silence()
      await insist(transport, [textRecord(topic, 'after')])
      await eventually(() => expect(member.keys).toContain('after'), { timeoutMs: 50_000 })
    })

    it('P1 outlasts a broker that is away for a while', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      await transport.publish([textRecord(topic, 'before')])
      proxy.refuse()
      const sending = transport.publish([textRecord(topic, 'patient')])
      await eventually(() => expect(proxy.refused()).toBeGreaterThan(4))
      proxy.accept()
      await sending
      expect((await bench.log(topic)).map(({ key }) => key)).toEqual(['before', 'patient'])
    })

    it('P1 has every acknowledged record on the topic after a send that was given up', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      await transport.publish([textRecord(topic, 'm1')])
      // The broker has m2, its answer is lost, and then nothing can be reached for longer than a transport tries.
      const cuts = proxy.cutReplies('produce', 1)
      const given = transport.publish([textRecord(topic, 'm2')]).then(
        () => 'acknowledged',
        () => 'given up',
      )
      await eventually(() => expect(cuts.done).toBe(1))
      proxy.refuse()
      expect(await given).toBe('given up')
      proxy.accept()
      for (const key of ['m3', 'm4']) await transport.publish([textRecord(topic, key)])
      expect((await bench.log(topic)).map(({ key }) => key)).toEqual(['m1', 'm2', 'm3', 'm4'])
    })

    it('P2 loses none of several sends at once when the answer to the first is lost', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      await transport.publish([textRecord(topic, 'm0')])
      const cuts = proxy.cutReplies('produce', 1)
      const acknowledged: string[] = []
      await Promise.all(
        ['m1', 'm2', 'm3', 'm4'].map(async (key) => {
          await insist(transport, [textRecord(topic, key)])
          acknowledged.push(key)
        }),
      )
      expect(cuts.done).toBe(1)
      const onTopic = new Set((await bench.log(topic)).map(({ key }) => key))
      expect(acknowledged.filter((key) => !onTopic.has(key))).toEqual([])
    })

    it('P2 has one request to write at the broker at a time, whoever is sending', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      await transport.publish([textRecord(topic, 'k', '0')])
      proxy.delay(10)
      await Promise.all(Array.from({ length: 10 }, (_, index) => transport.publish([textRecord(topic, 'k', String(index + 1))])))
      expect(proxy.mostAtOnce('produce')).toBe(1)
      expect((await bench.log(topic)).map(textOf)).toEqual(Array.from({ length: 11 }, (_, index) => String(index)))
    })
  })
}
