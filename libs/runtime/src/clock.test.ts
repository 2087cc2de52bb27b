import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epochMsOf } from '@dual-random/kernel'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from './clock.ts'

const start = Date.parse('2026-03-02T01:00:00.000Z')
let folder: string
let file: string

function setOffset(text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clock-'))
  file = join(folder, 'offset')
  vi.useFakeTimers({ now: start, toFake: ['Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

describe('createClock', () => {
  it('is the system clock outside the demo', () => {
    const clock = createClock({ env: 'production' })
    vi.advanceTimersByTime(1500)
    expect(epochMsOf(clock())).toBe(start + 1500)
  })

  it.each(['production', 'development', 'test'])('refuses a clock file when DR_ENV is %s', (env) => {
    setOffset('0')
    expect(() => createClock({ env, clockFile: file })).toThrow(/DR_CLOCK_FILE/)
  })

  it('adds the offset of the file, re-read after 50 ms and not before', () => {
    setOffset('1000')
    const clock = createClock({ env: 'demo', clockFile: file })
    expect(epochMsOf(clock())).toBe(start + 1000)
    setOffset('86400000')
    vi.advanceTimersByTime(49)
    expect(epochMsOf(clock())).toBe(start + 1049)
    vi.advanceTimersByTime(1)
    expect(epochMsOf(clock())).toBe(start + 86_400_050)
  })

  it('never goes backwards when the offset is lowered', () => {
    setOffset('5000')
    const clock = createClock({ env: 'demo', clockFile: file })
    clock()
    setOffset('0')
    vi.advanceTimersByTime(100)
    expect(epochMsOf(clock())).toBe(start + 5000)
    vi.advanceTimersByTime(5000)
    expect(epochMsOf(clock())).toBe(start + 5100)
  })

  it('keeps the last offset while the file is gone or holds no integer', () => {
    setOffset('1000')
    const clock = createClock({ env: 'demo', clockFile: file })
    rmSync(file)
    vi.advanceTimersByTime(60)
    expect(epochMsOf(clock())).toBe(start + 1060)
    setOffset('1.5')
    vi.advanceTimersByTime(60)
    expect(epochMsOf(clock())).toBe(start + 1120)
  })

  it('refuses to start without a readable offset', () => {
    expect(() => createClock({ env: 'demo', clockFile: file })).toThrow(/DR_CLOCK_FILE/)
  })
})
