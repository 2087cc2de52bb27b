import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHealth } from './health.ts'
import { createLifecycle, type Part } from './lifecycle.ts'
import { createLogger } from './logger.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const never = (): Promise<void> => new Promise(() => undefined)

function recording(order: string[], name: string): Part {
  return {
    drain: async () => void order.push(`drain ${name}`),
    close: async () => void order.push(`close ${name}`),
  }
}

describe('createLifecycle', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('turns readiness off, drains all, then closes in reverse', async () => {
    const order: string[] = []
    const health = createHealth()
    health.setReady(true)
    health.onReady((ready) => order.push(`ready ${ready}`))
    const lifecycle = createLifecycle(logger, { health })
    lifecycle.add('store', recording(order, 'store'))
    lifecycle.add('http', recording(order, 'http'))
    await lifecycle[Symbol.asyncDispose]()
    expect(order).toEqual(['ready true', 'ready false', 'drain store', 'drain http', 'close http', 'close store'])
  })

  it('tries every part, and says in the end what failed', async () => {
    const order: string[] = []
    const lifecycle = createLifecycle(logger)
    lifecycle.add('store', recording(order, 'store'))
    lifecycle.add('http', { drain: () => Promise.reject(new Error('drain')), close: () => Promise.reject(new Error('close')) })
    await expect(lifecycle[Symbol.asyncDispose]()).rejects.toMatchObject({ errors: [{ message: 'drain' }, { message: 'close' }] })
    expect(order).toEqual(['drain store', 'close store'])
  })

  it('ends within its cap when a part hangs, and still closes the others', async () => {
    const order: string[] = []
    const lifecycle = createLifecycle(logger, { capMs: 1000 })
    lifecycle.add('store', recording(order, 'store'))
    lifecycle.add('http', { drain: never, close: async () => void order.push('close http') })
    const disposal = lifecycle[Symbol.asyncDispose]().catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(600)
    expect(await disposal).toMatchObject({ errors: [{ message: 'drain of http took longer than its share of 1000 ms' }] })
    expect(order).toEqual(['drain store', 'close http', 'close store'])
  })

  it('gives a hanging close what is left of the cap and no more', async () => {
    const lifecycle = createLifecycle(logger, { capMs: 1000 })
    lifecycle.add('http', { drain: never, close: never })
    let ended = false
    const disposal = lifecycle[Symbol.asyncDispose]().catch(() => void (ended = true))
    await vi.advanceTimersByTimeAsync(999)
    expect(ended).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await disposal
    expect(ended).toBe(true)
  })

  it('is disposed once', async () => {
    const order: string[] = []
    const lifecycle = createLifecycle(logger)
    lifecycle.add('store', recording(order, 'store'))
    await Promise.all([lifecycle[Symbol.asyncDispose](), lifecycle[Symbol.asyncDispose]()])
    expect(order).toEqual(['drain store', 'close store'])
  })

  it('closes a part that comes too late', async () => {
    const order: string[] = []
    const lifecycle = createLifecycle(logger)
    await lifecycle[Symbol.asyncDispose]()
    expect(() => lifecycle.add('store', recording(order, 'store'))).toThrow(/store/)
    expect(order).toEqual(['close store'])
  })
})
