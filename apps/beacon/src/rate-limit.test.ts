import { describe, expect, it } from 'vitest'
import { rateLimit } from './rate-limit.ts'

describe('the limit on requests', () => {
  it('takes two seconds’ worth at once, then as many as come in time, of every address apart', () => {
    let now = 0
    const limit = rateLimit(5, () => now)
    const taken = (address: string, count: number) => Array.from({ length: count }, () => limit(address).ok).filter(Boolean).length
    expect(taken('a', 20)).toBe(10)
    expect(limit('a')).toEqual({ ok: false, retryAfterS: 1 })
    expect(taken('b', 1)).toBe(1)
    now = 400
    expect(taken('a', 20)).toBe(2)
    now = 3_600_000
    expect(taken('a', 20)).toBe(10)
  })

  it('says when to come again', () => {
    const limit = rateLimit(0.1, () => 0)
    expect(limit('a')).toEqual({ ok: false, retryAfterS: 8 })
  })

  it('forgets who asked longest ago', () => {
    const limit = rateLimit(1, () => 0)
    for (let i = 0; i < 3; i++) limit('first')
    expect(limit('first').ok).toBe(false)
    for (let i = 0; i < 10_000; i++) limit(`other ${i}`)
    expect(limit('first').ok).toBe(true)
  })
})
