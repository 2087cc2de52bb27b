import { describe, expect, it } from 'vitest'
import { cpuSecondsOf } from './cpu-time.ts'

describe('cpuSecondsOf', () => {
  it('adds user and system time, whatever the program is called', () => {
    const rest = 'S 1 2 3 0 -1 4194560 100 0 0 0 250 50 9 9 20 0 11 0 12345'
    expect(cpuSecondsOf(`42 (node) ${rest}`, 100)).toBe(3)
    expect(cpuSecondsOf(`42 (a) b (c)) ${rest}`, 100)).toBe(3)
  })
})
