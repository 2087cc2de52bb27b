import { describe, expect, it } from 'vitest'
import { figureBeside, percentile } from './figure.ts'

describe('figures', () => {
  it('stand beside their floor', () => {
    expect(figureBeside('events.p50', 9.4876, 'ms', 4.7438)).toEqual({
      name: 'events.p50',
      value: 9.49,
      unit: 'ms',
      baseline: 4.74,
      ratio: 2,
    })
  })

  it('take the percentile by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile([7], 0.99)).toBe(7)
    expect(() => percentile([], 0.5)).toThrow('no values')
  })
})
