import { appError } from '@dual-random/errors'
import { eventually } from '@dual-random/testkit'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GroupConsumer, messagingMetrics } from '../src/index.ts'
import { type Bench, openBench } from './support/bench.ts'
import { inspectorRecord, inspectorRegistered } from './support/events.ts'
import { memoryParkedStore } from './support/memory-parked-store.ts'

const { topic } = inspectorRegistered

describe('a gap on the real broker', () => {
  let bench: Bench

  beforeAll(async () => {
    bench = await openBench()
    await bench.scope.createTopics([topic, 'skipping.dlq.v1'], 3)
  })
  afterAll(async () => {
    await bench[Symbol.asyncDispose]()
  })

  it('INT-15 is closed by reading the topic again: what a lost offset skipped is applied, once and in order', async () => {
    const transport = bench.transport()
    const keys = Array.from({ length: 20 }, (_, index) => `i${index}`)
    for (const seq of [1, 2, 3]) await transport.publish(keys.map((key) => inspectorRecord(key, seq)))
    await bench.skipToEnd('skipping', topic)
    for (const seq of [4, 5]) await transport.publish(keys.map((key) => inspectorRecord(key, seq)))

    const applied = new Map<string, number[]>()
    const metrics = messagingMetrics(new Registry())
    const consumer = new GroupConsumer({
      group: 'skipping',
      subscriptions: [
        {
          topic,
          handle: async ({ aggregateId, seq }) => {
            const seqs = applied.get(aggregateId) ?? []
            if (seq <= seqs.length) return
            if (seq > seqs.length + 1) {
              throw appError('failed-precondition', 'sequence-gap', { meta: { expected: seqs.length + 1, actual: seq } })
            }
            applied.set(aggregateId, [...seqs, seq])
          },
          marks: async () => new Map(),
        },
      ],
      parked: memoryParkedStore(),
      transport,
      logger: pino({ level: 'silent' }),
      metrics,
    })
    await consumer.start()
    await eventually(() => expect([...applied].sort()).toEqual(keys.map((key) => [key, [1, 2, 3, 4, 5]]).sort()), { timeoutMs: 30_000 })
    await consumer.stop()
    expect((await metrics.rereadEvents.get()).values[0]?.value).toBe(60)
  })
})
