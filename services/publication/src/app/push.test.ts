import { describe, expect, it } from 'vitest'
import { retryDelayMs } from './push.ts'

describe('retries of a push', () => {
  it('PUB-25 come after 1 s, twice as late each time, at most 5 min apart, for ever', () => {
    expect([0, 1, 2, 8, 9, 1000].map(retryDelayMs)).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000])
  })
})
