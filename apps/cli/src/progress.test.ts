import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withProgress } from './progress.ts'
import { text } from './text.ts'

describe('withProgress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const label = text('干活', 'working')
  const after = (milliseconds: number) => () => new Promise<string>((resolve) => setTimeout(resolve, milliseconds, 'result'))
  const linesOf = async (work: () => Promise<string>): Promise<readonly string[]> => {
    const lines: string[] = []
    const running = withProgress({ err: (line) => void lines.push(line) }, { label, detail: () => '7/9' }, work).catch(() => 'failed')
    await vi.advanceTimersByTimeAsync(60_000)
    await running
    return lines
  }

  it('says nothing about what takes less than a second', async () => {
    expect(await linesOf(after(999))).toEqual([])
  })

  it('says what takes longer, how far it is, and that it is done', async () => {
    expect(await linesOf(after(7000))).toEqual([
      '干活 / working … 7/9, 1 s',
      '干活 / working … 7/9, 6 s',
      '干活 / working: 完成 / done, 7 s',
    ])
  })

  it('stops talking when the work fails', async () => {
    const fails = () => new Promise<never>((_, reject) => setTimeout(reject, 2000, new Error('broken')))
    expect(await linesOf(fails)).toEqual(['干活 / working … 7/9, 1 s'])
  })
})
