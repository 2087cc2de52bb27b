import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { eventually, proxiedBrokers, textRecord } from '@dual-random/testkit'
import { CompressionCodecs, CompressionTypes } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTopics, PausePartition } from '../src/index.ts'
import { type Bench, openBench, read } from './support/bench.ts'

const codecOf = (buffers: { compress?: typeof zstdCompressSync; decompress?: typeof zstdDecompressSync }) => () =>
  ({
    compress: ({ buffer }: { buffer: Buffer }) => buffers.compress?.(buffer),
    decompress: (buffer: Buffer) => buffers.decompress?.(buffer),
  }) as never

// The guards that every transport needs are in the conformance suite, under the same numbers.
describe('the guards around kafkajs', () => {
  let bench: Bench
  const noCodec = CompressionCodecs[CompressionTypes.ZSTD]

  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(async () => {
    CompressionCodecs[CompressionTypes.ZSTD] = noCodec
    await bench?.[Symbol.asyncDispose]()
  })

  async function produceForeign(topic: string, key: string, compression: CompressionTypes): Promise<void> {
    const producer = bench.bare().producer()
    await producer.connect()
    const known = CompressionCodecs[CompressionTypes.ZSTD]
    CompressionCodecs[CompressionTypes.ZSTD] = codecOf({ compress: zstdCompressSync })
    try {
      await producer.send({ topic: `${bench.scope.topicPrefix}${topic}`, compression, messages: [{ key, value: 'x' }] })
    } finally {
      CompressionCodecs[CompressionTypes.ZSTD] = known
      await producer.disconnect()
    }
  }

  it('P3 no source asks for transactions, and none is begun', async () => {
    const root = new URL('../../../', import.meta.url).pathname
    const sources = globSync('{libs,services,apps,deploy,tests}/*/src/**/*.ts', { cwd: root })
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.filter((path) => /\btransactionalId\b/.test(readFileSync(`${root}${path}`, 'utf8')))).toEqual([])

    await using proxy = await proxiedBrokers(bench.brokers)
    const topic = await bench.topic()
    await bench.transport(proxy.addresses).publish([textRecord(topic, 'plain')])
    expect(proxy.passed('init-producer-id')).toBeGreaterThan(0)
    expect([proxy.passed('add-partitions-to-txn'), proxy.passed('end-txn')]).toEqual([0, 0])
  })

  it('P4 leaves no timer running while nothing is sent', async () => {
    const topic = await bench.topic()
    await bench.transport().publish([textRecord(topic, 'once')])
    const requestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
      readonly prototype: { checkPendingRequests(): void }
    }
    const looks = vi.spyOn(requestQueue.prototype, 'checkPendingRequests')
    await pause(300)
    expect(looks).not.toHaveBeenCalled()
    looks.mockRestore()
  })

  it('P7 keeps the member whatever its handler throws, however often', async () => {
    const topic = await bench.topic()
    const transport = bench.transport()
    let refused = 0
    let assigned = 0
    const consumer = await transport.consume({
      group: 'failing',
      topics: [topic],
      onAssigned: async () => void assigned++,
      handle: async () => {
        refused++
        throw new PausePartition(20, new Error('store away'))
      },
    })
    await transport.publish([textRecord(topic, 'poison')])
    // kafkajs tries a handler six times before it gives the member up.
    await eventually(() => expect(refused).toBeGreaterThan(12))
    expect(assigned).toBe(1)
    expect(bench.log.filter(({ msg }) => /crash|eachBatch/i.test(msg))).toEqual([])
    await consumer.stop()
  })

  it('P7 comes back after an error for which kafkajs gives a member up', async () => {
    const topic = await bench.topic()
    const transport = bench.transport()
    const reader = await read(transport, 'revived', [topic])
    await transport.publish([textRecord(topic, 'before')])
    await eventually(() => expect(reader.keys).toEqual(['before']))
    await produceForeign(topic, 'compressed', CompressionTypes.ZSTD)
    await eventually(() => expect(bench.log.map(({ msg }) => msg)).toContain('consumer crashed'))
    CompressionCodecs[CompressionTypes.ZSTD] = codecOf({ decompress: zstdDecompressSync })
    await eventually(() => expect(reader.keys).toEqual(['before', 'compressed']), { timeoutMs: 30_000 })
    CompressionCodecs[CompressionTypes.ZSTD] = noCodec
    await reader.stop()
  })

  it('P10 does not throw its producer away over a topic that nobody made, and holds nobody up for long', async () => {
    await using proxy = await proxiedBrokers(bench.brokers)
    const topic = await bench.topic()
    const transport = bench.transport(proxy.addresses)
    await transport.publish([textRecord(topic, 'before')])
    const begun = proxy.passed('init-producer-id')
    const [missing, beside] = await Promise.allSettled([
      transport.publish([textRecord('nobody-made-me.v1', 'lost')]),
      transport.publish([textRecord(topic, 'beside')]),
    ])
    expect([missing.status, beside.status]).toEqual(['rejected', 'fulfilled'])
    expect(proxy.passed('init-producer-id')).toBe(begun)
  })

  it('P9 reads on a topic of ours what a foreign producer has compressed', async () => {
    const topic = 'foreign.v1'
    await createTopics(bench.brokers, bench.scope.topicPrefix, [{ topic, partitions: 1 }])
    for (const compression of [CompressionTypes.ZSTD, CompressionTypes.GZIP]) await produceForeign(topic, `by ${compression}`, compression)
    const reader = await read(bench.transport(), 'foreign', [topic])
    await eventually(() => expect(reader.keys).toEqual(['by 4', 'by 1']))
  })
})
