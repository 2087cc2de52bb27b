import type { Instant } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import type { OutgoingEvent } from './event.ts'
import { messagingMetrics } from './metrics.ts'
import { OutboxRelay, type OutboxSource } from './outbox-relay.ts'
import type { Transport, TransportRecord } from './transport.ts'

const event = (aggregateId: string, seq: number): OutgoingEvent => ({
  aggregateId,
  seq,
  type: 't',
  topic: 'topic',
  service: 'registry',
  regionCode: '230300',
  at: '2026-01-01T00:00:00.000Z' as Instant,
  traceId: '',
  data: {},
})

function bench(publish: (records: readonly TransportRecord[]) => Promise<void>) {
  const outboxes = new Map<string, OutgoingEvent[]>()
  const source: OutboxSource = {
    name: 'things',
    pending: async (ids) => ids.flatMap((id) => outboxes.get(id) ?? []),
    remove: async (acknowledged) => {
      for (const [id, seq] of acknowledged)
        outboxes.set(
          id,
          (outboxes.get(id) ?? []).filter((waiting) => waiting.seq > seq),
        )
    },
    stale: async (_before, limit) =>
      [...outboxes]
        .filter(([, waiting]) => waiting.length > 0)
        .map(([id]) => id)
        .slice(0, limit),
  }
  const transport: Transport = { publish, consume: () => Promise.reject(new Error('not here')), close: async () => undefined }
  const relay = new OutboxRelay({ transport, logger: pino({ level: 'silent' }), metrics: messagingMetrics(new Registry()) })
  relay.register(source)
  return { outboxes, source, relay }
}

describe('outbox relay', () => {
  it('publishes the waiting events of an aggregate in order and removes what was acknowledged', async () => {
    const published: string[] = []
    const { outboxes, source, relay } = bench(
      async (records) => void published.push(...records.map(({ headers }) => headers['ce_id'] ?? '')),
    )
    outboxes.set('a', [event('a', 1), event('a', 2)])
    relay.wake(source, ['a'])
    await eventually(() => expect(outboxes.get('a')).toEqual([]))
    expect(published).toEqual(['a:1', 'a:2'])
  })

  it('removes nothing when the send fails, and sends again', async () => {
    let failures = 1
    const { outboxes, source, relay } = bench(async () => {
      if (failures-- > 0) throw new Error('broker gone')
    })
    outboxes.set('a', [event('a', 1)])
    relay.wake(source, ['a'])
    expect(outboxes.get('a')).toHaveLength(1)
    await eventually(() => expect(outboxes.get('a')).toEqual([]))
  })

  it('goes on after being woken with nothing to do', async () => {
    const { outboxes, source, relay } = bench(async () => undefined)
    relay.wake(source, [])
    outboxes.set('a', [event('a', 1)])
    relay.wake(source, ['a'])
    await eventually(() => expect(outboxes.get('a')).toEqual([]))
  })

  it('loses no wake that comes while a send is under way', async () => {
    const { outboxes, source, relay } = bench(() => new Promise((resolve) => setTimeout(resolve, 5)))
    for (let seq = 1; seq <= 20; seq++) {
      outboxes.set('a', [...(outboxes.get('a') ?? []), event('a', seq)])
      relay.wake(source, ['a'])
      await new Promise((resolve) => setImmediate(resolve))
    }
    await eventually(() => expect(outboxes.get('a')).toEqual([]))
  })

  it('stops although a send hangs: what is not acknowledged stays in its outbox', async () => {
    const { outboxes, source, relay } = bench(() => new Promise(() => undefined))
    outboxes.set('a', [event('a', 1)])
    relay.wake(source, ['a'])
    await relay.stop()
    expect(outboxes.get('a')).toHaveLength(1)
  })

  it('INT-15 publishes at the start all that a crash left, more than one sweep brings included', async () => {
    const { outboxes, relay } = bench(async () => undefined)
    for (let index = 0; index < 12_000; index++) outboxes.set(`a${index}`, [event(`a${index}`, 1)])
    await relay.start()
    await eventually(() => expect([...outboxes.values()].flat()).toEqual([]))
    await relay.stop()
  })

  it('drains until everything is published', async () => {
    const { outboxes, source, relay } = bench(() => new Promise((resolve) => setTimeout(resolve, 5)))
    outboxes.set('a', [event('a', 1)])
    relay.wake(source, ['a'])
    await relay.drain(new AbortController().signal)
    expect(outboxes.get('a')).toEqual([])
  })

  it('gives up draining when told, and has nothing to drain once stopped', async () => {
    const { outboxes, source, relay } = bench(() => new Promise(() => undefined))
    outboxes.set('a', [event('a', 1)])
    relay.wake(source, ['a'])
    await relay.drain(AbortSignal.timeout(20))
    await relay.stop()
    relay.wake(source, ['b'])
    await relay.drain(new AbortController().signal)
    expect(outboxes.get('a')).toHaveLength(1)
  })

  it('leaves to the next start what was written after the stop', async () => {
    const published: string[] = []
    const { outboxes, source, relay } = bench(async (records) => void published.push(...records.map(({ key }) => key)))
    await relay.stop()
    outboxes.set('a', [event('a', 1)])
    relay.wake(source, ['a'])
    expect(published).toEqual([])
    const next = new OutboxRelay({
      transport: { publish: async (records) => void published.push(...records.map(({ key }) => key)) } as Transport,
      logger: pino({ level: 'silent' }),
      metrics: messagingMetrics(new Registry()),
    })
    next.register(source)
    await next.start()
    await eventually(() => expect(published).toEqual(['a']))
    await next.stop()
  })
})
