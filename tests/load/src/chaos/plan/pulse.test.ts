import { describe, expect, it } from 'vitest'
import { pulseMs, untilPulse } from './pulse.ts'

describe('untilPulse', () => {
  it('leads to the next pulse, or to a time after it', () => {
    expect(untilPulse(3 * pulseMs)).toBe(0)
    expect(untilPulse(3 * pulseMs + 1)).toBe(pulseMs - 1)
    expect(untilPulse(3 * pulseMs, 120)).toBe(120)
    expect(untilPulse(3 * pulseMs + 119, 120)).toBe(1)
    expect(untilPulse(3 * pulseMs + 121, 120)).toBe(pulseMs - 1)
  })
})
