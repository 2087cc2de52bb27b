import { createLogger } from '@dual-random/runtime'
import { eventually } from '@dual-random/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import type * as tasks from '../../tests/support/thread-tasks.ts'
import { siblingModule, type ThreadPool, type ThreadPoolOptions, threadPool } from './thread-pool.ts'

const module = siblingModule('../../tests/support/thread-tasks', import.meta.url)
const open: ThreadPool<typeof tasks>[] = []
const pool = (options: Partial<ThreadPoolOptions> = {}): ThreadPool<typeof tasks> => {
  const made = threadPool<typeof tasks>({ module, logger: createLogger({ service: 'test', level: 'silent' }), ...options })
  open.push(made)
  return made
}
const lost = { kind: 'unavailable', code: 'computation-lost', retryAfterMs: 1000 }

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

describe('a thread pool', { timeout: 30_000 }, () => {
  it('runs a task in a thread, and the next in the same one', async () => {
    const threads = pool({ threads: 1 })
    const [first, second] = await Promise.all([threads.run('whichThread', undefined), threads.run('whichThread', undefined)])
    expect(first).toBeGreaterThan(0)
    expect(second).toBe(first)
  })

  it('moves whole byte arrays there and back, and copies a piece of a slab', async () => {
    const whole = Uint8Array.of(1, 2, 3)
    const slab = Uint8Array.of(0, 4, 5, 0)
    const { parts } = await pool().run('reversed', { parts: [whole, slab.subarray(1, 3)] })
    expect(parts).toEqual([Uint8Array.of(3, 2, 1), Uint8Array.of(5, 4)])
    expect([whole.byteLength, slab.byteLength]).toEqual([0, 4])
  })

  it('throws what a task throws, and what cannot be told between threads', async () => {
    const threads = pool({ threads: 1 })
    await expect(threads.run('refuse', 'no such stratum')).rejects.toThrow(new TypeError('no such stratum'))
    await expect(threads.run('notCloneable', undefined)).rejects.toThrow(/could not be cloned/)
    await expect(threads.run('refuse', (() => undefined) as unknown as string)).rejects.toThrow(/could not be cloned/)
    expect(await threads.run('whichThread', undefined)).toBeGreaterThan(0)
  })

  it('loses the task of a thread that dies, to be tried again, and does what waited behind it', async () => {
    const threads = pool({ threads: 1 })
    const died = threads.run('die', 3)
    const waiting = threads.run('whichThread', undefined)
    await expect(died).rejects.toMatchObject(lost)
    expect(await waiting).toBeGreaterThan(0)
  })

  it('loses a task that outgrows its heap, and no other', async () => {
    const threads = pool({ threads: 1, heapMb: 24 })
    await expect(threads.run('fillHeap', undefined)).rejects.toMatchObject(lost)
    expect(await threads.run('whichThread', undefined)).toBeGreaterThan(0)
  })

  it('loses every task while its module cannot be loaded', async () => {
    const threads = pool({ module: siblingModule('no-such-module', import.meta.url) })
    await expect(threads.run('whichThread', undefined)).rejects.toMatchObject(lost)
    await expect(threads.run('whichThread', undefined)).rejects.toMatchObject(lost)
  })

  it('starts no more threads than it may, lets so many tasks wait and refuses the next', async () => {
    const threads = pool({ threads: 2, waiting: 1 })
    const tasks = [threads.run('never', undefined), threads.run('never', undefined), threads.run('never', undefined)]
    await expect(threads.run('never', undefined)).rejects.toMatchObject({ kind: 'unavailable', code: 'computation-queue-full' })
    const ends = Promise.allSettled(tasks)
    await threads.close()
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  })

  it('ends a thread that has been idle, and starts another when there is work', async () => {
    const threads = pool({ threads: 1, idleMs: 20 })
    const first = await threads.run('whichThread', undefined)
    await eventually(async () => expect(await threads.run('whichThread', undefined)).not.toBe(first), { everyMs: 100 })
  })

  it('ends at once while a task works, and takes nothing more', async () => {
    const threads = pool()
    const working = threads.run('never', undefined)
    const [ended] = await Promise.allSettled([working, threads.close()])
    expect(ended).toMatchObject({ status: 'rejected', reason: lost })
    await expect(threads.run('whichThread', undefined)).rejects.toMatchObject(lost)
  })
})
