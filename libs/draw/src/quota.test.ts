import { parsePercent, ratioOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evenBatches, exactCount, overshoots, type RatioRecord, type Rounding, type StratumRule, stratumCount } from './quota.ts'

const percent = (text: string): RatioRecord => {
  const ratio = parsePercent(text)
  if (!ratio.ok) throw new Error(text)
  return ratio.value
}

const rule = (ratio: RatioRecord, rounding: Rounding, batchShare: RatioRecord = { numerator: 1, denominator: 1 }): StratumRule => ({
  kind: 'ratio',
  ratio,
  batchShare,
  base: 'mapped',
  rounding,
})
const size = (mapped: number, eligible = mapped) => ({ stratum: 'A', mapped, eligible })

describe('numbers drawn', () => {
  it('CRD-17 rounds up, and keeps the raw fraction and the rule', () => {
    expect(stratumCount(size(100), rule(percent('3%'), 'up'))).toMatchObject({ n: 3, raw: { numerator: 3, denominator: 1 } })
    expect(stratumCount(size(101), rule(percent('3%'), 'up'))).toMatchObject({
      n: 4,
      raw: { numerator: 303, denominator: 100 },
      rule: { rounding: 'up' },
    })
    expect(stratumCount(size(1), rule(percent('0.000001%'), 'up')).n).toBe(1)
  })

  it('CRD-17 rounds half up, and below the half down', () => {
    expect(stratumCount(size(50), rule(percent('3%'), 'half-up')).n).toBe(2)
    expect(stratumCount(size(49), rule(percent('3%'), 'half-up')).n).toBe(1)
    expect(stratumCount(size(10), rule(percent('4.9%'), 'half-up')).n).toBe(0)
  })

  it('CRD-17 multiplies the batch share before rounding, not after', () => {
    expect(stratumCount(size(100), rule(percent('5%'), 'up', { numerator: 1, denominator: 2 }))).toMatchObject({
      n: 3,
      raw: { numerator: 5, denominator: 2 },
    })
  })

  it('DRW-21 never draws more than are eligible, by ratio or by count', () => {
    expect(stratumCount(size(100, 40), rule(percent('50%'), 'up')).n).toBe(40)
    expect(stratumCount(size(100, 50), rule(percent('50%'), 'up')).n).toBe(50)
    expect(stratumCount(size(100, 6), { kind: 'count', count: 7 })).toMatchObject({ n: 6, raw: { numerator: 7, denominator: 1 } })
    expect(stratumCount(size(100, 7), { kind: 'count', count: 7 }).n).toBe(7)
  })

  it('CRD-17 refuses numbers that canonical JSON has no place for, and says which stratum', () => {
    const [one, none] = [
      { numerator: 1, denominator: 1 },
      { numerator: 0, denominator: 1 },
    ]
    const exact = (ratio: RatioRecord, batchShare = one) => exactCount(size(3), rule(ratio, 'up', batchShare))?.n
    expect([exact(one), exact(none), exact({ numerator: 2 ** 53 - 1, denominator: 2 ** 53 - 1 })]).toEqual([3, 0, 3])
    for (const ratio of [
      { numerator: -1, denominator: 1 },
      { numerator: 1, denominator: 0 },
      { numerator: 1, denominator: -1 },
      { numerator: 0.5, denominator: 1 },
      { numerator: 1, denominator: 1.5 },
      { numerator: 2 ** 53, denominator: 1 },
      { numerator: 1, denominator: 2 ** 53 },
    ])
      expect([exact(ratio), exact(one, ratio)]).toEqual([undefined, undefined])
    expect(exactCount(size(2 ** 53), rule(one, 'up'))).toBeUndefined()
    expect(exactCount(size(3), { kind: 'count', count: -1 })).toBeUndefined()
    expect(exact({ numerator: 2 ** 53 - 1, denominator: 1 })).toBeUndefined()
    expect(() => stratumCount(size(3), rule({ numerator: 1, denominator: 0 }, 'up'))).toThrow('stratum A')
  })

  it('CRD-17 takes the base that policy names', () => {
    const ofEligible: StratumRule = { ...(rule(percent('10%'), 'up') as Extract<StratumRule, { kind: 'ratio' }>), base: 'eligible' }
    expect(stratumCount(size(100, 50), ofEligible).n).toBe(5)
    expect(stratumCount(size(100, 50), rule(percent('10%'), 'up')).n).toBe(10)
  })

  it('CRD-17 flags a share above the band, not one at its end', () => {
    expect(overshoots(3, 100, ratioOf(3, 100))).toBe(false)
    expect(overshoots(4, 101, ratioOf(3, 100))).toBe(true)
  })

  it('DRW-16 cuts even batches that add up, the larger first', () => {
    expect(evenBatches(10, 3)).toEqual([4, 3, 3])
    expect(evenBatches(0, 2)).toEqual([0, 0])
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 50 }), (total, count) => {
        const sizes = evenBatches(total, count)
        expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(total)
        expect((sizes[0] ?? 0) - (sizes.at(-1) ?? 0)).toBeLessThanOrEqual(1)
      }),
    )
    expect(evenBatches(3, 1)).toEqual([3])
    for (const count of [0, -1, 1.5, Number.NaN]) expect(() => evenBatches(3, count)).toThrow('not a number of batches')
  })
})
