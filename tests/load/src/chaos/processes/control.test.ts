import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { controlReader, jumpingClock, writeControl } from './control.ts'

describe('jumpingClock', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dual-random-control-'))
    vi.useFakeTimers({ now: Date.parse('2026-03-02T01:00:00.000Z'), toFake: ['Date', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
    rmSync(folder, { recursive: true })
  })

  it('jumps forward and back with what the file says', () => {
    const file = join(folder, 'control.json')
    writeControl(file, { offsetMs: 0, writing: true })
    const clock = jumpingClock(controlReader(file))
    expect(clock()).toBe('2026-03-02T01:00:00.000Z')
    writeControl(file, { offsetMs: 86_400_000, writing: true })
    vi.advanceTimersByTime(1000)
    expect(clock()).toBe('2026-03-03T01:00:01.000Z')
    writeControl(file, { offsetMs: -60_000, writing: true })
    vi.advanceTimersByTime(1000)
    expect(clock()).toBe('2026-03-02T00:59:02.000Z')
  })
})
