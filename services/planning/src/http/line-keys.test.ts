import { describe, expect, it } from 'vitest'
import { batchKey, lineKey, pairKey } from './line-keys.ts'

const of = (lineId: string, planId = 'plan-1') => ({ planId, lineId })

describe('the order of lines in lists', () => {
  it('goes by plan, line, batch, all by number', () => {
    expect([of('L100'), of('L99'), of('L02', 'plan-2'), of('L09')].map(lineKey).toSorted()).toEqual(
      [of('L09'), of('L99'), of('L100'), of('L02', 'plan-2')].map(lineKey),
    )
    expect(batchKey({ ...of('L01'), number: 9 }) < batchKey({ ...of('L01'), number: 10 })).toBe(true)
    expect(batchKey({ ...of('L01'), number: 52 }) < batchKey({ ...of('L02'), number: 1 })).toBe(true)
  })

  it('tells every two pairs apart', () => {
    const lines = [of('L01'), of('L02'), of('L01', 'plan-2')]
    const keys = lines.flatMap((a) => lines.map((b) => pairKey(a, b)))
    expect(new Set(keys).size).toBe(9)
  })
})
