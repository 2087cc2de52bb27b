import { describe, expect, it } from 'vitest'
import { progressBar } from './progress-bar.ts'

describe('progressBar', () => {
  it.each([
    [0, 10, '[--------------------] 0%'],
    [1, 3, '[######--------------] 33%'],
    [10, 10, '[####################] 100%'],
    [11, 10, '[####################] 100%'],
    [1, 0, '[--------------------] 0%'],
  ])('shows %i of %i as %s', (done, whole, bar) => {
    expect(progressBar(done, whole)).toBe(bar)
  })
})
