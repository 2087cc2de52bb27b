import { describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'

describe('eventually', () => {
  it('gives the value of the first check that does not throw', async () => {
    let tries = 0
    const value = await eventually(
      () => {
        tries++
        if (tries < 4) throw new Error('not yet')
        return tries
      },
      { everyMs: 1 },
    )
    expect(value).toBe(4)
  })

  it('gives up with what the last check threw', async () => {
    await expect(eventually(() => Promise.reject(new Error('never')), { timeoutMs: 0 })).rejects.toThrow('never')
  })
})
