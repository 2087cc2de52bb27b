import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ceilShare, compareRatio, floorShare, formatPercent, parsePercent, ratioOf } from './ratio.ts'

const percent = (text: string) => {
  const parsed = parsePercent(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}

describe('exact ratios', () => {
  it('DQ-06 reads percent texts without binary error: 3 % equals 3/100, 3.01 % is above it, 2.99 % below', () => {
    expect(percent('3%')).toEqual({ numerator: 3, denominator: 100 })
    expect(compareRatio(percent('3.00%'), percent('3%'))).toBe(0)
    expect(compareRatio(percent('3.01%'), percent('3%'))).toBe(1)
    expect(compareRatio(percent('2.99％'), percent('3 %'))).toBe(-1)
  })

  it('DQ-06 refuses what is no percentage from 0 to 100', () => {
    for (const text of ['', '3', '-1%', '100.000001%', '1e2%', '3.1234567%', '三%']) expect(parsePercent(text).ok).toBe(false)
    expect(parsePercent('100%').ok).toBe(true)
    expect(parsePercent('0%').ok).toBe(true)
  })

  it('DQ-06 writes a ratio as the percent text it came from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (millionths) => {
        const ratio = ratioOf(millionths, 100_000_000)
        expect(compareRatio(percent(formatPercent(ratio)), ratio)).toBe(0)
      }),
    )
  })

  it('CRD-17 takes shares in whole objects: up and down differ only where the share is not whole', () => {
    expect(ceilShare(100, percent('3%'))).toBe(3)
    expect(ceilShare(101, percent('3%'))).toBe(4)
    expect(floorShare(101, percent('3%'))).toBe(3)
    expect(ceilShare(0, percent('3%'))).toBe(0)
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.integer({ min: 0, max: 100 }), (count, share) => {
        const ratio = ratioOf(share, 100)
        expect(ceilShare(count, ratio) - floorShare(count, ratio)).toBe((count * share) % 100 === 0 ? 0 : 1)
      }),
    )
  })

  it('throws on a denominator of zero, which no input may reach', () => {
    expect(() => ratioOf(1, 0)).toThrow('not a ratio')
  })
})
