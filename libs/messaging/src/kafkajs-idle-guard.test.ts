import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'

interface Queue {
  readonly pending: unknown[]
  checkPendingRequests(): void
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (options: object) => Queue

const queue = (): Queue =>
  new RequestQueue({
    maxInFlightRequests: 0,
    requestTimeout: 1000,
    enforceRequestTimeout: false,
    clientId: 'test',
    broker: 'none',
    logger: { debug: () => undefined },
  })

describe('guardIdleTimer', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    guardIdleTimer()
    guardIdleTimer()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('P4 leaves no timer behind while nothing is pending', () => {
    queue().checkPendingRequests()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('P4 looks again, once, while something is', () => {
    const waiting = queue()
    waiting.pending.push({})
    waiting.checkPendingRequests()
    expect(vi.getTimerCount()).toBe(1)
    waiting.pending.length = 0
    vi.advanceTimersByTime(1000)
    expect(vi.getTimerCount()).toBe(0)
  })
})
