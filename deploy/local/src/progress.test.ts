import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withProgress } from './progress.ts'

describe('withProgress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const after = (milliseconds: number) => () => new Promise<string>((resolve) => setTimeout(resolve, milliseconds, 'result'))

  it('says nothing about what takes less than a second', async () => {
    const lines: string[] = []
    const running = withProgress((line) => lines.push(line), { label: 'work' }, after(999))
    await vi.advanceTimersByTimeAsync(5000)
    expect(await running).toBe('result')
    expect(lines).toEqual([])
  })

  it('says what takes longer, how far it is, and that it is done', async () => {
    const lines: string[] = []
    const running = withProgress((line) => lines.push(line), { label: 'work', detail: () => Promise.resolve('7 of 9') }, after(20_000))
    await vi.advanceTimersByTimeAsync(20_000)
    await running
    expect(lines).toEqual(['work …', 'work … 7 of 9, 16 s', 'work: 完成 / done, 20 s'])
  })

  it('stops talking when the work fails', async () => {
    const lines: string[] = []
    const work = () => new Promise<never>((_, reject) => setTimeout(reject, 2000, new Error('broken')))
    const outcome = withProgress((line) => lines.push(line), { label: 'work' }, work).catch((error: Error) => error.message)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await outcome).toBe('broken')
    expect(lines).toEqual(['work …'])
  })
})
