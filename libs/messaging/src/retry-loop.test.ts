import { appError } from '@dual-random/errors'
import { addMs, instantOf } from '@dual-random/kernel'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inspectorRecord } from '../tests/support/events.ts'
import { memoryParkedStore } from '../tests/support/memory-parked-store.ts'
import { messagingMetrics } from './metrics.ts'
import { type ParkedRecord, retryDelaysMs } from './parked.ts'
import { RetryLoop } from './retry-loop.ts'

const startedAt = instantOf(Date.parse('2026-03-02T01:00:00Z'))
const second = 1000
const minute = 60 * second

const parkedRecord = (key: string, seq: number, attempts = 1): ParkedRecord => ({
  ...inspectorRecord(key, seq),
  group: 'joint',
  seq,
  eventId: `${key}:${seq}`,
  origin: 'registry.inspector.v1/0@1',
  attempts,
  dueAt: addMs(startedAt, 5 * second),
  reason: attempts === 0 ? '' : 'internal',
})

describe('the retry of parked events', () => {
  const parked = memoryParkedStore
  let store: ReturnType<typeof memoryParkedStore>
  let loop: RetryLoop
  let failing: (eventId: string) => Error | Promise<void> | undefined
  /** `i1:1@5` is an attempt five seconds after the start. */
  let attempts: string[]
  let buried: string[]
  let cleared: string[]

  const elapsed = (): number => (Date.now() - Date.parse(startedAt)) / second

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse(startedAt) })
    store = parked()
    attempts = []
    buried = []
    cleared = []
    failing = () => undefined
    loop = new RetryLoop({
      group: 'joint',
      parked: store,
      delaysMs: retryDelaysMs,
      logger: pino({ level: 'silent' }),
      attempt: async ({ eventId }) => {
        attempts.push(`${eventId}@${elapsed()}`)
        const failure = await failing(eventId)
        if (failure !== undefined) throw failure
      },
      bury: async ({ eventId, attempts: after }, { code }) => void buried.push(`${eventId} ${code} ${after}`),
      onKeyCleared: (_topic, key) => void cleared.push(key),
      metrics: messagingMetrics(new Registry()),
    })
  })
  afterEach(async () => {
    await loop.stop()
    vi.useRealTimers()
  })

  const park = async (...records: readonly ParkedRecord[]) => {
    for (const record of records) {
      await store.park(record)
      loop.wake(record.dueAt)
    }
  }
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
  const bug = () => new Error('bug')

  it('INT-15 tries again after 5 s, 1 min and 10 min, then makes it a dead letter', async () => {
    failing = bug
    loop.start()
    await park(parkedRecord('i1', 1))
    await pass(5 * second - 1)
    expect(attempts).toEqual([])
    await pass(1)
    expect(attempts).toEqual(['i1:1@5'])
    await pass(minute)
    await pass(10 * minute)
    expect(attempts).toEqual(['i1:1@5', 'i1:1@65', 'i1:1@665'])
    expect(buried).toEqual(['i1:1 internal 3'])
    expect(store.records).toEqual([])
    expect(cleared).toEqual(['i1'])
    await pass(60 * minute)
    expect(attempts).toHaveLength(3)
  })

  it('INT-15 applies the successors of a key in order once the first one goes through', async () => {
    let failures = 1
    failing = () => (failures-- > 0 ? bug() : undefined)
    loop.start()
    await park(parkedRecord('i1', 1), parkedRecord('i1', 3, 0), parkedRecord('i1', 2, 0))
    await pass(5 * second)
    expect(attempts).toEqual(['i1:1@5'])
    await pass(minute)
    expect(attempts).toEqual(['i1:1@5', 'i1:1@65', 'i1:2@65', 'i1:3@65'])
    expect(cleared).toEqual(['i1'])
  })

  it('INT-15 does not hold up one key for another', async () => {
    failing = (eventId) => (eventId.startsWith('bad') ? bug() : undefined)
    loop.start()
    await park(parkedRecord('bad', 1), parkedRecord('good', 1))
    await pass(5 * second)
    expect(attempts).toEqual(['bad:1@5', 'good:1@5'])
    expect(cleared).toEqual(['good'])
  })

  it.each([
    ['a peer is away', () => appError('unavailable', 'service-unavailable', { meta: { service: 'planning' } })],
    ['a peer does not answer in time', () => appError('deadline', 'deadline-exceeded')],
  ])('INT-15 makes nothing a dead letter because %s, however long', async (_what, outage) => {
    failing = outage
    loop.start()
    await park(parkedRecord('i1', 1))
    await pass(24 * 60 * minute)
    expect(buried).toEqual([])
    expect(attempts.slice(0, 4)).toEqual(['i1:1@5', 'i1:1@65', 'i1:1@665', 'i1:1@1265'])
    failing = () => undefined
    await pass(10 * minute)
    expect(store.records).toEqual([])
  })

  it('does not try again what does not decode', async () => {
    failing = () => appError('invalid', 'event-undecodable', { meta: { reason: 'value' } })
    loop.start()
    await park(parkedRecord('i1', 1, 0))
    await pass(5 * second)
    expect(buried).toEqual(['i1:1 event-undecodable 0'])
  })

  it('goes on a second after its own store is back, and counts no attempt for the time it was away', async () => {
    const away = appError('unavailable', 'store-unavailable')
    failing = () => {
      store.failure = away
      return away
    }
    loop.start()
    await park(parkedRecord('i1', 1))
    await pass(5 * second)
    await pass(2 * minute)
    expect(store.records).toMatchObject([{ attempts: 1 }])
    failing = () => undefined
    store.failure = undefined
    await pass(second)
    expect(attempts.at(-1)).toBe('i1:1@126')
    expect(store.records).toEqual([])
  })

  it('keeps a record whose dead letter cannot be sent', async () => {
    failing = bug
    let sends = 0
    loop = new RetryLoop({
      group: 'joint',
      parked: store,
      delaysMs: retryDelaysMs,
      logger: pino({ level: 'silent' }),
      attempt: () => Promise.reject(bug()),
      bury: async () => {
        if (++sends === 1) throw appError('unavailable', 'broker-unavailable')
      },
      onKeyCleared: () => undefined,
      metrics: messagingMetrics(new Registry()),
    })
    loop.start()
    await park(parkedRecord('i1', 1, 3))
    await pass(5 * second)
    expect(store.records).toHaveLength(1)
    await pass(second)
    expect(sends).toBe(2)
    expect(store.records).toEqual([])
  })

  it('runs one attempt at a time, and stopping waits for it', async () => {
    let atOnce = 0
    let most = 0
    let release = (): void => undefined
    failing = async () => {
      most = Math.max(most, ++atOnce)
      await new Promise<void>((resolve) => {
        release = resolve
      })
      atOnce--
    }
    loop.start()
    await park(parkedRecord('i1', 1))
    await pass(5 * second)
    await park({ ...parkedRecord('i2', 1), dueAt: addMs(startedAt, 6 * second) })
    await pass(10 * second)
    expect(attempts).toEqual(['i1:1@5'])
    release()
    await pass(0)
    expect(attempts).toEqual(['i1:1@5', 'i2:1@15'])
    let stopped = false
    const stopping = loop.stop().then(() => {
      stopped = true
    })
    await pass(minute)
    expect(stopped).toBe(false)
    release()
    await stopping
    expect(most).toBe(1)
  })

  it('finds what another copy of the service has parked', async () => {
    loop.start()
    await pass(second)
    await store.park(parkedRecord('i1', 1))
    await pass(30 * second)
    expect(attempts).toHaveLength(1)
  })
})
