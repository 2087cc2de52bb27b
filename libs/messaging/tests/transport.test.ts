import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { cuttableProxy, eventually } from '@dual-random/testkit'
import { CompressionCodecs, CompressionTypes } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTopics, PausePartition, type TransportRecord } from '../src/index.ts'
import { type Bench, openBench, read } from './support/bench.ts'

const record = (topic: string, key: string, value = ''): TransportRecord => ({
  topic,
  key,
  value: new TextEncoder().encode(value),
  headers: { ce_id: `${key}:1` },
})

const keysOf = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `k${index}`)

describe('the kafkajs transport on the real broker', () => {
  let bench: Bench

  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench?.[Symbol.asyncDispose]())

  describe('sending', () => {
    it('carries key, value and headers', async () => {
      const topic = await bench.topic()
      const transport = bench.transport()
      await transport.publish([record(topic, '钥匙', '值')])
      const reader = await read(transport, 'carrying', [topic])
      await eventually(() => expect(reader.records).toHaveLength(1))
      expect(reader.records.map(({ value, ...rest }) => ({ ...rest, value: new TextDecoder().decode(value) }))).toEqual([
        { topic, key: '钥匙', value: '值', headers: { ce_id: '钥匙:1' }, partition: 0, offset: '0' },
      ])
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
      const topic = await bench.topic(12)
      const transport = bench.transport()
      await transport.publish(Object.keys(golden).map((key) => record(topic, key)))
      const reader = await read(transport, 'golden', [topic])
      await eventually(() => expect(reader.records).toHaveLength(6))
      expect(Object.fromEntries(reader.records.map(({ key, partition }) => [key, partition]))).toEqual(golden)
    })

    it('P2 keeps the order of sends one after the other', async () => {
      const topic = await bench.topic()
      const transport = bench.transport()
      for (const key of keysOf(100)) await transport.publish([record(topic, key), record(topic, `${key}+`)])
      const reader = await read(transport, 'ordered', [topic])
      await eventually(() => expect(reader.keys).toHaveLength(200))
      expect(reader.keys).toEqual(keysOf(100).flatMap((key) => [key, `${key}+`]))
    })

    it('sends more at once than the broker takes in one request, in order', async () => {
      const topic = await bench.topic()
      const transport = bench.transport()
      await transport.publish(keysOf(1000).map((key) => record(topic, key, 'x'.repeat(3000))))
      const reader = await read(transport, 'large', [topic])
      await eventually(() => expect(reader.keys).toHaveLength(1000))
      expect(reader.keys).toEqual(keysOf(1000))
    })

    it('goes on after a record that the broker refuses, whoever else was sending', async () => {
      const topic = await bench.topic()
      const transport = bench.transport()
      const outcomes = await Promise.allSettled([
        transport.publish([record(topic, 'huge', 'x'.repeat(2_000_000))]),
        transport.publish([record(topic, 'beside')]),
        transport.publish([record(topic, 'huge', 'x'.repeat(2_000_000))]),
      ])
      expect(outcomes[0].status).toBe('rejected')
      await transport.publish([record(topic, 'after')])
      const reader = await read(transport, 'refused', [topic])
      await eventually(() => expect(reader.keys).toContain('after'))
      expect(reader.keys).not.toContain('huge')
    })

    it('P1 outlasts a broker that is away for a while', async () => {
      const [host = '', port = ''] = (bench.brokers[0] ?? '').split(':')
      const proxy = await cuttableProxy(host, Number(port))
      proxy.cut()
      const topic = await bench.topic()
      const transport = bench.transport([`127.0.0.1:${proxy.port}`])
      const sending = transport.publish([record(topic, 'patient')])
      await eventually(() => expect(proxy.refused()).toBeGreaterThan(4))
      proxy.restore()
      await sending
      const reader = await read(bench.transport(), 'patient', [topic])
      await eventually(() => expect(reader.keys).toEqual(['patient']))
      await proxy.close()
    })
  })

  describe('receiving', () => {
    it('P8 begins with what was there before the group', async () => {
      const topic = await bench.topic(3)
      const transport = bench.transport()
      await transport.publish(keysOf(10).map((key) => record(topic, key)))
      const reader = await read(transport, 'beginning', [topic])
      await eventually(() => expect([...reader.keys].sort()).toEqual([...keysOf(10)].sort()))
    })

    it('P8 takes the oldest there is, not the newest, when what it stood at is gone', async () => {
      const topic = await bench.topic()
      const transport = bench.transport()
      await transport.publish(keysOf(6).map((key) => record(topic, key)))
      const full = `${bench.scope.topicPrefix}${topic}`
      const admin = bench.bare().admin()
      await admin.connect()
      await admin.setOffsets({ groupId: `${bench.scope.topicPrefix}late`, topic: full, partitions: [{ partition: 0, offset: '1' }] })
      await admin.deleteTopicRecords({ topic: full, partitions: [{ partition: 0, offset: '4' }] })
      await admin.disconnect()
      const reader = await read(transport, 'late', [topic])
      await eventually(() => expect(reader.keys).toEqual(['k4', 'k5']))
    })

    it('P12 commits only what was handled', async () => {
      const topic = await bench.topic()
      await bench.transport().publish(keysOf(3).map((key) => record(topic, key)))
      let failed = 0
      const failing = await read(bench.transport(), 'committing', [topic], async () => {
        failed++
        throw new Error('store away')
      })
      await eventually(() => expect(failed).toBeGreaterThan(0))
      await failing.stop()
      expect(failing.keys).toEqual([])

      const working = await read(bench.transport(), 'committing', [topic])
      await eventually(() => expect(working.keys).toEqual(keysOf(3)))
      await working.stop()

      const late = await read(bench.transport(), 'committing', [topic])
      await bench.transport().publish([record(topic, 'k3')])
      await eventually(() => expect(late.keys).toContain('k3'))
      expect(late.keys).toEqual(['k3'])
    })

    it('lets a partition wait and tries it again, while the others go on', async () => {
      const topic = await bench.topic(12)
      const transport = bench.transport()
      let refusals = 2
      const reader = await read(transport, 'waiting', [topic], async (records) => {
        if (records.some(({ key }) => key === 'abc') && refusals-- > 0) throw new PausePartition(300, new Error('store away'))
      })
      await transport.publish([record(topic, 'abc'), record(topic, 'foobar')])
      await eventually(() => expect(reader.keys).toContain('foobar'))
      expect(reader.keys).not.toContain('abc')
      await eventually(() => expect(reader.keys).toEqual(['foobar', 'abc']))
    })

    it('P7 comes back after an error for which kafkajs gives a member up', async () => {
      const topic = await bench.topic()
      const transport = bench.transport()
      const reader = await read(transport, 'revived', [topic])
      await transport.publish([record(topic, 'before')])
      await eventually(() => expect(reader.keys).toEqual(['before']))
      const zstd = {
        compress: ({ buffer }: { buffer: Buffer }) => zstdCompressSync(buffer),
        decompress: (buffer: Buffer) => zstdDecompressSync(buffer),
      }
      const noCodec = CompressionCodecs[CompressionTypes.ZSTD]
      CompressionCodecs[CompressionTypes.ZSTD] = () => zstd as never
      const producer = bench.bare().producer()
      await producer.connect()
      const unreadable = producer.send({
        topic: `${bench.scope.topicPrefix}${topic}`,
        compression: CompressionTypes.ZSTD,
        messages: [{ key: 'compressed', value: 'x' }],
      })
      await unreadable
      await producer.disconnect()
      CompressionCodecs[CompressionTypes.ZSTD] = noCodec
      await eventually(() => expect(bench.log).toContainEqual(expect.objectContaining({ msg: 'consumer crashed', restart: false })))
      CompressionCodecs[CompressionTypes.ZSTD] = () => zstd as never
      await eventually(() => expect(reader.keys).toEqual(['before', 'compressed']), { timeoutMs: 30_000 })
      CompressionCodecs[CompressionTypes.ZSTD] = noCodec
      await reader.stop()
    })

    it('P9 reads on a topic of ours what a foreign producer has compressed', async () => {
      const topic = 'foreign.v1'
      await createTopics(bench.brokers, bench.scope.topicPrefix, [{ topic, partitions: 1 }])
      const noCodec = CompressionCodecs[CompressionTypes.ZSTD]
      CompressionCodecs[CompressionTypes.ZSTD] = () => ({ compress: ({ buffer }: { buffer: Buffer }) => zstdCompressSync(buffer) }) as never
      const producer = bench.bare().producer()
      await producer.connect()
      for (const compression of [CompressionTypes.ZSTD, CompressionTypes.GZIP]) {
        await producer.send({
          topic: `${bench.scope.topicPrefix}${topic}`,
          compression,
          messages: [{ key: `by ${compression}`, value: 'x' }],
        })
      }
      await producer.disconnect()
      CompressionCodecs[CompressionTypes.ZSTD] = noCodec
      const reader = await read(bench.transport(), 'foreign', [topic])
      await eventually(() => expect(reader.keys).toEqual(['by 4', 'by 1']))
    })

    it('says when it last heard from the broker, and hears no more once stopped', async () => {
      const topic = await bench.topic()
      const transport = bench.transport()
      const reader = await read(transport, 'alive', [topic])
      const first = reader.lastPollAt()
      await eventually(() => expect(reader.lastPollAt()).toBeGreaterThan(first))
      await reader.stop()
      await reader.stop()
      await transport.publish([record(topic, 'late')])
      expect(reader.keys).toEqual([])
    })
  })
})
