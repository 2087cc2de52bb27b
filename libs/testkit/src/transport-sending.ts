import { describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { asksToCreateTopics } from './kafka-framing.ts'
import { keysOf, type TransportBench, textOf, textRecord } from './transport-bench.ts'
import type { RecordShape } from './transport-shape.ts'

/** What comes out of a transport of what was put in. */
export function sendingBehaviour(benchOf: () => TransportBench): void {
  describe('sending', () => {
    it('carries key, headers and value, whatever their bytes and up to 200 KB', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const values = [
        new TextEncoder().encode('值'),
        new Uint8Array(),
        Uint8Array.from({ length: 256 }, (_, index) => index),
        new Uint8Array(200_000).fill(7),
        // A view into a larger buffer.
        Uint8Array.from([1, 2, 3, 4, 5]).subarray(1, 3),
      ]
      const sent = values.map((value, index): RecordShape => {
        const headers: Record<string, string> = index === 1 ? {} : { ce_id: `钥匙:${index}`, ce_subject: '双随机', empty: '' }
        return { topic, key: `钥匙 ${index}`, value, headers }
      })
      await bench.transport().publish(sent)
      const member = await bench.join({ group: 'carrying', topics: [topic] })
      await eventually(() => expect(member.records).toHaveLength(sent.length))
      expect(member.records.map((record) => ({ ...record, value: [...record.value] }))).toEqual(
        sent.map((record, index) => ({ ...record, value: [...record.value], partition: 0, offset: String(index) })),
      )
    })

    it('sends nothing where there is nothing', async () => {
      await expect(benchOf().transport().publish([])).resolves.toBeUndefined()
    })

    it('delivers all records of a batch in order, more than the broker takes in one request', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      await bench.transport().publish(keysOf(1000).map((key) => textRecord(topic, key, 'x'.repeat(3000))))
      const member = await bench.join({ group: 'large', topics: [topic] })
      await eventually(() => expect(member.keys).toHaveLength(1000))
      expect(member.keys).toEqual(keysOf(1000))
    })

    it('keeps the order of a key within a send and across sends, on several topics', async () => {
      const bench = benchOf()
      const topics = [await bench.topic(6), await bench.topic(1)]
      const transport = bench.transport()
      const keys = keysOf(20)
      for (let round = 0; round < 60; round += 3) {
        const values = [round, round + 1, round + 2].map(String)
        await transport.publish(topics.flatMap((topic) => values.flatMap((value) => keys.map((key) => textRecord(topic, key, value)))))
      }
      const member = await bench.join({ group: 'ordered', topics })
      await eventually(() => expect(member.records).toHaveLength(2 * 20 * 60))
      const sent = Array.from({ length: 60 }, (_, round) => String(round))
      for (const topic of topics) {
        for (const key of keys) {
          const received = member.records.filter((record) => record.topic === topic && record.key === key)
          expect(received.map(textOf)).toEqual(sent)
        }
      }
    })

    it('P11 puts a key where the Java client does', async () => {
      // Hashes from Apache Kafka's own UtilsTest.testMurmur2, masked to 31 bits, modulo 12.
      const golden = {
        '21': 0,
        foobar: 6,
        'a-little-bit-long-string': 8,
        'a-little-bit-longer-string': 11,
        lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: 5,
        abc: 3,
      }
      const bench = benchOf()
      const topic = await bench.topic(12)
      await bench.transport().publish(Object.keys(golden).map((key) => textRecord(topic, key)))
      expect(Object.fromEntries((await bench.log(topic)).map(({ key, partition }) => [key, partition]))).toEqual(golden)
    })

    it('refuses a record that is too large, whoever else is sending, and goes on', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const transport = bench.transport()
      const outcomes = await Promise.allSettled([
        transport.publish([textRecord(topic, 'huge', 'x'.repeat(2_000_000))]),
        transport.publish([textRecord(topic, 'beside')]),
        transport.publish([textRecord(topic, 'huge', 'x'.repeat(2_000_000))]),
        transport.publish([textRecord(topic, 'beside too')]),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
      await transport.publish([textRecord(topic, 'after')])
      expect((await bench.log(topic)).map(({ key }) => key)).toEqual(['beside', 'beside too', 'after'])
    })

    it('P10 refuses a topic that does not exist, creates none, and goes on', async () => {
      const bench = benchOf()
      const proxy = await bench.proxy()
      let asked = 0
      proxy.watch((request) => {
        if (asksToCreateTopics(request)) asked++
      })
      const topic = await bench.topic()
      const transport = bench.transport(proxy)
      await transport.publish([textRecord(topic, 'before')])
      await expect(transport.publish([textRecord('nobody-made-me.v1', 'lost')])).rejects.toThrow(Error)
      await transport.publish([textRecord(topic, 'after')])
      expect((await bench.log(topic)).map(({ key }) => key)).toEqual(['before', 'after'])

      const joining = bench.join({ group: 'nowhere', topics: ['nobody-made-me.v1'], transport })
      await Promise.race([joining.catch(() => undefined), eventually(() => expect(proxy.passed('join-group')).toBeGreaterThan(0))])
      expect(proxy.passed('metadata')).toBeGreaterThan(0)
      expect([asked, proxy.passed('create-topics')]).toEqual([0, 0])
      expect(await bench.topicExists('nobody-made-me.v1')).toBe(false)
    })
  })
}
