import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '@dual-random/testkit'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryLeases } from '../tests/support/memory-leases.ts'
import { type MemoryOutbox, memoryOutbox } from '../tests/support/memory-outbox.ts'
import { messagingMetrics } from './metrics.ts'
import { OutboxRelay } from './outbox-relay.ts'
import type { RelayLeases } from './outbox-source.ts'
import type { TransportRecord } from './transport.ts'

const idOf = ({ headers }: TransportRecord): string => headers['ce_id'] ?? ''

describe('outbox relay', () => {
  let source: MemoryOutbox
  let leases: RelayLeases
  let published: string[]
  let publish: (records: readonly TransportRecord[]) => Promise<void>
  let relays: OutboxRelay[]

  const newRelay = (metrics = messagingMetrics(new Registry())): OutboxRelay => {
    const relay = new OutboxRelay({
      transport: {
        publish: async (records) => {
          await publish(records)
          published.push(...records.map(idOf))
        },
        consume: () => Promise.reject(new Error('not here')),
        reread: () => Promise.reject(new Error('not here')),
        close: async () => undefined,
      },
      leases,
      logger: pino({ level: 'silent' }),
      metrics,
    })
    relay.register(source)
    relays.push(relay)
    return relay
  }
  const nothingWaits = () => eventually(() => expect(source.waiting).toEqual([]))

  beforeEach(() => {
    source = memoryOutbox()
    leases = memoryLeases()
    published = []
    publish = async () => undefined
    relays = []
  })
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()))
    vi.useRealTimers()
  })

  it('INT-15 publishes the waiting events of an aggregate in order and removes what was acknowledged', async () => {
    source.add('a', 2)
    newRelay().wake(source, ['a'])
    await nothingWaits()
    expect(published).toEqual(['a:1', 'a:2'])
  })

  it('INT-15 removes nothing before the acknowledgement', async () => {
    let acknowledge: () => void = () => undefined
    publish = () => new Promise((resolve) => (acknowledge = resolve))
    source.add('a')
    newRelay().wake(source, ['a'])
    await pause(20)
    expect(source.waiting).toEqual(['a:1'])
    acknowledge()
    await nothingWaits()
  })

  it('removes nothing when the send fails, and sends again', async () => {
    let failures = 1
    publish = async () => {
      if (failures-- > 0) throw new Error('broker gone')
    }
    source.add('a')
    newRelay().wake(source, ['a'])
    expect(source.waiting).toEqual(['a:1'])
    await nothingWaits()
  })

  it('goes on after being woken with nothing to do', async () => {
    const relay = newRelay()
    relay.wake(source, [])
    source.add('a')
    relay.wake(source, ['a'])
    await nothingWaits()
    expect(published).toEqual(['a:1'])
  })

  it('loses no wake that comes while a send is under way', async () => {
    publish = () => pause(5)
    const relay = newRelay()
    for (let seq = 1; seq <= 20; seq++) {
      source.add('a')
      relay.wake(source, ['a'])
      await new Promise((resolve) => setImmediate(resolve))
    }
    await nothingWaits()
    expect(published).toEqual(Array.from({ length: 20 }, (_, index) => `a:${index + 1}`))
  })

  it('takes many aggregates into one batch, and of a full outbox a part after the other', async () => {
    for (let index = 0; index < 499; index++) source.add(`a${index}`)
    source.add('full', 50)
    newRelay().wake(source, ['full', ...Array.from({ length: 499 }, (_, index) => `a${index}`)])
    await nothingWaits()
    expect(source.reads[0]).toBe(500)
    expect(published.filter((id) => id.startsWith('full:'))).toEqual(Array.from({ length: 50 }, (_, index) => `full:${index + 1}`))
    expect(published).toHaveLength(549)
  })

  it('hands over one batch after the other', async () => {
    let atBroker = 0
    const together: number[] = []
    publish = async () => {
      together.push(++atBroker)
      await pause(20)
      atBroker--
    }
    const ids = Array.from({ length: 1500 }, (_, index) => `a${index}`)
    for (const id of ids) source.add(id)
    newRelay().wake(source, ids)
    await nothingWaits()
    expect(together).toEqual([1, 1, 1])
  })

  it('hands over the next batch after one that was refused', async () => {
    const sizes: number[] = []
    publish = async (records) => {
      sizes.push(records.length)
      await pause(5)
      if (sizes.length === 1) throw new Error('broker gone')
    }
    const ids = Array.from({ length: 1000 }, (_, index) => `a${index}`)
    for (const id of ids) source.add(id)
    newRelay().wake(source, ids)
    await nothingWaits()
    expect(sizes.slice(0, 2)).toEqual([500, 500])
    expect(new Set(published).size).toBe(1000)
  })

  it('gathers what comes while a batch is at the broker', async () => {
    const sizes: number[] = []
    publish = async (records) => {
      sizes.push(records.length)
      await pause(20)
    }
    const relay = newRelay()
    for (let index = 0; index < 50; index++) {
      source.add(`a${index}`)
      relay.wake(source, [`a${index}`])
    }
    await nothingWaits()
    expect(sizes).toEqual([1, 49])
  })

  it('reads the next batch while one is at the broker where there is enough for it, and never has an aggregate in two', async () => {
    const open: (() => void)[] = []
    publish = () => new Promise((resolve) => open.push(resolve))
    const relay = newRelay()
    source.add('a')
    relay.wake(source, ['a'])
    source.add('a')
    const others = Array.from({ length: 500 }, (_, index) => `b${index}`)
    for (const id of others) source.add(id)
    relay.wake(source, ['a', ...others])
    await eventually(() => expect(source.reads).toEqual([1, 500]))
    await pause(20)
    expect(source.reads).toHaveLength(2)
    publish = async () => undefined
    for (const acknowledge of open) acknowledge()
    await nothingWaits()
    expect(published.filter((id) => id.startsWith('a'))).toEqual(['a:1', 'a:2'])
  })

  describe('aggregates that have just been created', () => {
    const created = (id: string, count = 1) => {
      source.add(id, count)
      return new Map([[id, source.eventsOf(id)]])
    }

    it('are published without reading their outbox, and cleared', async () => {
      const relay = newRelay()
      relay.wakeCreated(source, created('a', 2))
      await nothingWaits()
      expect(published).toEqual(['a:1', 'a:2'])
      expect(source.reads).toEqual([])
    })

    it('INT-15 are read after all when more has come to them, before or after', async () => {
      const relay = newRelay()
      let acknowledge: () => void = () => undefined
      publish = () => new Promise((resolve) => (acknowledge = resolve))
      relay.wakeCreated(source, created('busy'))
      publish = async () => undefined
      const early = created('early')
      relay.wake(source, ['early'])
      source.add('early')
      relay.wakeCreated(source, early)
      relay.wakeCreated(source, created('late'))
      source.add('late')
      relay.wake(source, ['late'])
      acknowledge()
      await nothingWaits()
      for (const id of ['early', 'late']) expect(published.filter((event) => event.startsWith(id))).toEqual([`${id}:1`, `${id}:2`])
    })

    it('are read again when the send fails', async () => {
      let failures = 1
      publish = async () => {
        if (failures-- > 0) throw new Error('broker gone')
      }
      newRelay().wakeCreated(source, created('a'))
      await nothingWaits()
      expect(published).toEqual(['a:1'])
      expect(source.reads).toEqual([1])
    })

    it('are remembered up to a bound, and read beyond it', async () => {
      publish = () => pause(20)
      const relay = newRelay()
      for (let index = 0; index < 60; index++) relay.wakeCreated(source, created(`a${index}`, 100))
      await nothingWaits()
      expect(published).toHaveLength(6000)
      expect(source.reads.length).toBeGreaterThan(0)
    })
  })

  it('INT-15 publishes at the start all that a crash left, more than one sweep brings included', async () => {
    for (let index = 0; index < 12_000; index++) source.add(`a${index}`)
    await newRelay().start()
    await nothingWaits()
    expect(published).toHaveLength(12_000)
  })

  it('INT-15 remembers only so many of what it wrote, and finds the others again', async () => {
    let acknowledge: () => void = () => undefined
    publish = () => new Promise((resolve) => (acknowledge = resolve))
    const metrics = messagingMetrics(new Registry())
    const relay = newRelay(metrics)
    const ids = Array.from({ length: 52_000 }, (_, index) => `a${index}`)
    for (const id of ids) source.add(id, 1, relay.owner)
    for (let start = 0; start < ids.length; start += 1000) relay.wake(source, ids.slice(start, start + 1000))
    expect((await metrics.outboxWaiting.get()).values[0]?.value).toBe(50_000)
    publish = async () => undefined
    acknowledge()
    await nothingWaits()
    expect(new Set(published).size).toBe(52_000)
  })

  it('leaves to a living copy what that one wrote, and takes it over once its lease has ended', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-03-02T01:00:00Z') })
    publish = () => Promise.reject(new Error('broker gone'))
    const writer = newRelay()
    source.add('a', 1, writer.owner)
    writer.wake(source, ['a'])
    await vi.advanceTimersByTimeAsync(10_000)
    await writer.stop()
    publish = async () => undefined
    const other = newRelay()
    await other.start()
    await vi.advanceTimersByTimeAsync(1000)
    expect(published).toEqual([])
    await vi.advanceTimersByTimeAsync(8000)
    expect(published).toEqual(['a:1'])
  })

  it('shares what a crash left with the other copies: each owner’s is one copy’s', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-03-02T01:00:00Z') })
    // `pause` is real time.
    publish = () => new Promise((resolve) => setTimeout(resolve, 10_000))
    source.add('a', 1, 'crashed')
    await newRelay().start()
    await newRelay().start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(published).toEqual(['a:1'])
  })

  it('tells since when the oldest event has been waiting', async () => {
    const metrics = messagingMetrics(new Registry())
    const oldest = async () => (await metrics.outboxOldest.get()).values[0]?.value
    publish = () => Promise.reject(new Error('broker gone'))
    const before = Date.now() / 1000
    source.add('a')
    const relay = newRelay(metrics)
    relay.wake(source, ['a'])
    await pause(20)
    expect(await oldest()).toBeGreaterThanOrEqual(before)
    expect(await oldest()).toBeLessThanOrEqual(Date.now() / 1000)
    publish = async () => undefined
    await nothingWaits()
    await eventually(async () => expect(await oldest()).toBe(0))
  })

  it('drains until everything is published', async () => {
    publish = () => pause(5)
    source.add('a')
    const relay = newRelay()
    relay.wake(source, ['a'])
    await relay.drain(new AbortController().signal)
    expect(source.waiting).toEqual([])
  })

  it('gives up draining when told, and has nothing to drain once stopped', async () => {
    publish = () => new Promise(() => undefined)
    source.add('a')
    const relay = newRelay()
    relay.wake(source, ['a'])
    await relay.drain(AbortSignal.timeout(20))
    await relay.stop()
    relay.wake(source, ['b'])
    await relay.drain(new AbortController().signal)
    expect(source.waiting).toEqual(['a:1'])
  })

  it('leaves to the next start what was written after the stop', async () => {
    const stopped = newRelay()
    await stopped.stop()
    source.add('a', 1, stopped.owner)
    stopped.wake(source, ['a'])
    await pause(20)
    expect(published).toEqual([])
    await newRelay().start()
    await eventually(() => expect(published).toEqual(['a:1']))
  })
})
