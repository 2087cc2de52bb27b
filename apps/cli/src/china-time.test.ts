import { instantOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { chinaTime } from './china-time.ts'

describe('chinaTime', () => {
  it('shows an instant as the clocks of China do, and names the offset', () => {
    const shown = chinaTime(instantOf(Date.parse('2026-01-31T16:00:00.001Z')))
    expect(shown).toBe('2026-02-01T00:00:00.001+08:00')
    expect(Date.parse(shown)).toBe(Date.parse('2026-01-31T16:00:00.001Z'))
  })
})
