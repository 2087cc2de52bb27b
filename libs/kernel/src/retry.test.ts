import { describe, expect, it } from 'vitest'
import { retryDelayMs } from './retry.ts'

describe('retryDelayMs', () => {
  it('doubles from a second to five minutes, however often it failed', () => {
    expect([1, 2, 3, 9, 10, 1000, 1e6].map(retryDelayMs)).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000, 300_000])
  })
})
