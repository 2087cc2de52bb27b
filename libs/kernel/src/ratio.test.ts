import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ceilShare, compareRatio, floorShare, formatPercent, nearestShare, parsePercent, ratioOf } from './ratio.ts'

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

  it('DQ-06 reads one percentage and nothing around it but white space, to six decimals', () => {
    expect(percent(' 3% ')).toEqual({ numerator: 3, denominator: 100 })
    expect(percent('3.123456%')).toEqual(ratioOf(3_123_456, 100_000_000))
    for (const text of ['a3%', '3%a', '3%%', '3.%', '.3%', '3.1.2%', '0100%']) expect(parsePercent(text), text).toMatchObject({ ok: false })
    expect(parsePercent('3')).toEqual({ ok: false, error: { code: 'not-a-ratio', text: '3' } })
    expect(parsePercent('101%')).toEqual({ ok: false, error: { code: 'not-a-ratio', text: '101%' } })
  })

  it('DQ-06 keeps a ratio in lowest terms, so that equal ratios are alike', () => {
    expect(ratioOf(6, 100)).toEqual({ numerator: 3, denominator: 50 })
    expect(ratioOf(0, 7)).toEqual({ numerator: 0, denominator: 1 })
    expect(ratioOf(7, 7)).toEqual(percent('100%'))
  })

  it('DQ-06 compares by value, whatever the terms and however large', () => {
    expect(compareRatio(ratioOf(1, 3), ratioOf(1, 2))).toBe(-1)
    expect(compareRatio(ratioOf(2, 3), ratioOf(1, 2))).toBe(1)
    const most = Number.MAX_SAFE_INTEGER
    expect(compareRatio(ratioOf(most - 1, most), ratioOf(most - 2, most - 1))).toBe(1)
  })

  it.each([
    [3, 100, '3%'],
    [301, 10_000, '3.01%'],
    [1, 200, '0.5%'],
    [1, 1, '100%'],
    [0, 1, '0%'],
    [1, 3, '33.333333%'],
    [1, 100_000_000, '0.000001%'],
    [1, 1_000_000_000, '0%'],
  ])('DQ-06 writes %i/%i as %s, cut to six decimals', (numerator, denominator, text) => {
    expect(formatPercent(ratioOf(numerator, denominator))).toBe(text)
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
    // 0.49, 0.5 and 1.5
    expect([49, 50, 150].map((count) => nearestShare(count, percent('1%')))).toEqual([0, 1, 2])
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.integer({ min: 0, max: 100 }), (count, share) => {
        const ratio = ratioOf(share, 100)
        expect(ceilShare(count, ratio) - floorShare(count, ratio)).toBe((count * share) % 100 === 0 ? 0 : 1)
      }),
    )
  })

  it.each([
    [1, 0],
    [1, -1],
    [-1, 1],
    [0.5, 1],
    [1, 0.5],
    [2 ** 53, 1],
    [1, 2 ** 53],
  ])('throws on %d/%d, which no input may reach', (numerator, denominator) => {
    expect(() => ratioOf(numerator, denominator)).toThrow(`not a ratio: ${numerator}/${denominator}`)
  })
})
