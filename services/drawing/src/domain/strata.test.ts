import { stratumCount } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { line, stratumA, terms } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import { isOvershoot, strataRules } from './strata.ts'

const sizes = [
  { stratum: 'A', mapped: 100, eligible: 99 },
  { stratum: 'UNGRADED', mapped: 5, eligible: 5 },
]

describe('strataRules', () => {
  it('DRW-21 gives each stratum of the snapshot the ratio of the published line, its batch share and the rounding of the policy', () => {
    expect(valueOf(strataRules(line, terms, sizes))).toEqual({
      A: {
        kind: 'ratio',
        ratio: { numerator: 3, denominator: 100 },
        batchShare: { numerator: 1, denominator: 2 },
        base: 'mapped',
        rounding: 'up',
      },
      UNGRADED: {
        kind: 'ratio',
        ratio: { numerator: 1, denominator: 20 },
        batchShare: { numerator: 1, denominator: 2 },
        base: 'mapped',
        rounding: 'up',
      },
    })
  })

  it('CRD-16 gives objects without a grade the ratio the policy names where the line has none for them', () => {
    const quantity = { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 3, denominator: 100 } }] } as const
    const asA = valueOf(strataRules({ ...line, quantity }, { ...terms, ungradedAs: 'A' }, sizes))
    expect(asA['UNGRADED']).toEqual(asA['A'])
    expect(strataRules({ ...line, quantity }, terms, sizes)).toEqual({
      ok: false,
      error: { code: 'stratum-without-ratio', stratum: 'UNGRADED' },
    })
    expect(strataRules({ ...line, quantity }, { ...terms, ungradedAs: 'A' }, [{ stratum: 'B', mapped: 1, eligible: 1 }])).toMatchObject({
      ok: false,
    })
  })

  it('draws a fixed number from the one stratum', () => {
    const rules = strataRules({ ...line, quantity: { kind: 'count', count: 7 } }, terms, [{ stratum: 'ALL', mapped: 9, eligible: 9 }])
    expect(rules).toEqual({ ok: true, value: { ALL: { kind: 'count', count: 7 } } })
  })
})

describe('isOvershoot', () => {
  const counted = (mapped: number) => stratumCount({ stratum: 'A', mapped, eligible: mapped }, stratumA.rule)

  it('CRD-17 flags whole objects beyond the band of a ratio inside it', () => {
    // 3 % a year in two batches: 1.5 % of 66 is 0.99, one object; of 67 it is 1.005, two objects, more than the 2.01 allow for the year's half.
    expect(isOvershoot(counted(67), terms)).toBe(true)
    expect(isOvershoot(counted(66), terms)).toBe(true)
    expect(isOvershoot(counted(200), terms)).toBe(false)
    expect(isOvershoot(counted(201), terms)).toBe(true)
  })

  it('CRD-17 flags nothing without a band, without objects or for a fixed number', () => {
    expect(isOvershoot({ ...counted(67), stratum: 'UNGRADED' }, terms)).toBe(false)
    expect(isOvershoot(counted(0), terms)).toBe(false)
    expect(isOvershoot({ ...counted(67), rule: { kind: 'count', count: 67 } }, terms)).toBe(false)
    expect(isOvershoot({ ...stratumA, eligible: 0, rule: { ...stratumA.rule, base: 'eligible' } as typeof stratumA.rule }, terms)).toBe(
      false,
    )
  })
})
