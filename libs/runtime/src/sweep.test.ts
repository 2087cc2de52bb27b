import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { sweep } from './sweep.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

describe('sweep', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('runs at its start and then every period', async () => {
    let passes = 0
    const due = sweep({ name: 'due', everyMs: 1000, run: async () => void passes++, logger })
    due.start()
    await vi.advanceTimersByTimeAsync(999)
    expect(passes).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(passes).toBe(2)
    await due.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(passes).toBe(2)
  })

  it('never runs twice at once, and counts the period from the end of a pass', async () => {
    let running = 0
    let most = 0
    const starts: number[] = []
    const due = sweep({
      name: 'due',
      everyMs: 1000,
      logger,
      run: async () => {
        starts.push(Date.now())
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 2500))
        running--
      },
    })
    const begin = Date.now()
    due.start()
    await vi.advanceTimersByTimeAsync(3600)
    void due.runNow()
    await vi.advanceTimersByTimeAsync(4000)
    expect(most).toBe(1)
    expect(starts.map((at) => at - begin)).toEqual([0, 3500, 6000])
    const stopped = due.stop()
    await vi.advanceTimersByTimeAsync(5000)
    await stopped
    expect(starts).toHaveLength(3)
  })

  it('logs and counts a failed pass, and goes on', async () => {
    const lines: string[] = []
    const metrics = createMetrics('test')
    let passes = 0
    const due = sweep({
      name: 'due',
      everyMs: 1000,
      logger: createLogger({ service: 'test', level: 'error', destination: { write: (line) => lines.push(line) } }),
      metrics,
      run: async () => {
        passes++
        if (passes === 1) throw new Error('store down')
      },
    })
    due.start()
    await vi.advanceTimersByTimeAsync(1000)
    await due.stop()
    expect(passes).toBe(2)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('store down')
    const { values } = await metrics.sweeps.get()
    expect(values.map(({ labels, value }) => [labels.outcome, value])).toEqual([
      ['failed', 1],
      ['done', 1],
    ])
  })

  it('waits for the pass in hand when stopped, and tells it', async () => {
    let ended = false
    const due = sweep({
      name: 'due',
      everyMs: 1000,
      logger,
      run: async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        ended = true
      },
    })
    due.start()
    await vi.advanceTimersByTimeAsync(10)
    await due.stop()
    expect(ended).toBe(true)
  })

  it('runs on demand without having been started', async () => {
    let passes = 0
    const due = sweep({ name: 'due', everyMs: 1000, run: async () => void passes++, logger })
    await due.runNow()
    await due.runNow()
    expect(passes).toBe(2)
    expect(vi.getTimerCount()).toBe(0)
  })
})
