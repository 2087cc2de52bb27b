import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHealth } from './health.ts'

describe('createHealth', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is alive but not ready until it is said to be', async () => {
    const health = createHealth()
    expect(health.live().status).toBe('up')
    expect((await health.ready()).status).toBe('down')
    health.setReady(true)
    expect(await health.ready()).toEqual({ status: 'up', problems: {} })
  })

  it('names each dependency that fails, and only those', async () => {
    const health = createHealth()
    health.setReady(true)
    health.addCheck('store', () => Promise.reject(new Error('no answer')))
    health.addCheck('broker', () => Promise.resolve())
    expect(await health.ready()).toEqual({ status: 'down', problems: { store: 'no answer' } })
  })

  it('does not wait for a check longer than its timeout', async () => {
    const health = createHealth()
    health.setReady(true)
    health.addCheck('store', () => new Promise(() => undefined), 300)
    let report: unknown
    void health.ready().then((found) => (report = found))
    await vi.advanceTimersByTimeAsync(299)
    expect(report).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(report).toEqual({ status: 'down', problems: { store: 'no answer within 300 ms' } })
  })

  it('tells its listeners of each change once', () => {
    const health = createHealth()
    const seen: boolean[] = []
    health.onReady((ready) => seen.push(ready))
    health.setReady(true)
    health.setReady(true)
    health.setReady(false)
    expect(seen).toEqual([false, true, false])
  })
})
