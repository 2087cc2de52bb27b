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

describe('members of the white list', () => {
  const whiteList = { ratio: { numerator: 1, denominator: 100 }, rounding: 'half-up' } as const
  const size = (stratum: string, mapped: number) => ({ stratum, mapped, eligible: mapped })

  it('TGT-20 DRW-22 are drawn by the ratio of policy beside their grade, each batch its share', () => {
    const rules = valueOf(strataRules(line, { ...terms, whiteList }, [size('A', 900), size('WHITE_LIST_A', 100)]))
    expect(rules['WHITE_LIST_A']).toEqual({
      kind: 'ratio',
      ratio: { numerator: 1, denominator: 100 },
      batchShare: { numerator: 1, denominator: 2 },
      base: 'mapped',
      rounding: 'half-up',
    })
    expect(rules['A']).toMatchObject({ ratio: { numerator: 3, denominator: 100 }, rounding: 'up' })
  })

  it('TGT-20 are never drawn by a higher ratio than their neighbours', () => {
    const ratioOfMembers = (percent: number) => {
      const own = { ...whiteList, ratio: { numerator: percent, denominator: 100 } }
      return valueOf(strataRules(line, { ...terms, whiteList: own }, [size('WHITE_LIST_A', 100)]))['WHITE_LIST_A']
    }
    expect(ratioOfMembers(2)).toMatchObject({ ratio: { numerator: 2, denominator: 100 } })
    expect(ratioOfMembers(3)).toMatchObject({ ratio: { numerator: 3, denominator: 100 } })
    expect(ratioOfMembers(4)).toMatchObject({ ratio: { numerator: 3, denominator: 100 } })
  })

  it('TGT-20 CRD-16 without a grade follow whom the others without a grade follow', () => {
    const quantity = { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 3, denominator: 1000 } }] } as const
    const rules = strataRules({ ...line, quantity }, { ...terms, whiteList, ungradedAs: 'A' }, [size('WHITE_LIST_UNGRADED', 9)])
    expect(valueOf(rules)['WHITE_LIST_UNGRADED']).toMatchObject({ ratio: { numerator: 3, denominator: 1000 } })
  })

  it('TGT-20 in so small a number that the ratio means none are not drawn, where rounding up would draw one in five', () => {
    const drawnOf = (mapped: number, rounding: 'up' | 'half-up') => {
      const rule = valueOf(strataRules(line, { ...terms, whiteList: { ...whiteList, rounding } }, [size('WHITE_LIST_A', mapped)]))[
        'WHITE_LIST_A'
      ]
      return rule && stratumCount(size('WHITE_LIST_A', mapped), rule).n
    }
    expect([drawnOf(5, 'up'), drawnOf(5, 'half-up'), drawnOf(99, 'half-up'), drawnOf(100, 'half-up')]).toEqual([1, 0, 0, 1])
  })

  it('TGT-20 without a ratio of policy have no rule, so that nobody is drawn by chance of a name', () => {
    const { whiteList: _none, ...without } = terms
    const error = { code: 'stratum-without-ratio', stratum: 'WHITE_LIST_A' }
    expect(strataRules(line, without, [size('WHITE_LIST_A', 3)])).toEqual({ ok: false, error })
    const count = { ...line, quantity: { kind: 'count', count: 7 } } as const
    expect(strataRules(count, without, [size('WHITE_LIST_ALL', 3)])).toEqual({
      ok: false,
      error: { code: 'stratum-without-ratio', stratum: 'WHITE_LIST_ALL' },
    })
    expect(strataRules(line, without, [size('A', 3)])).toMatchObject({ ok: true })
  })

  it('TGT-20 take of a fixed number what their ratio means, and never more than their part of all', () => {
    const rulesFor = (count: number) =>
      valueOf(
        strataRules({ ...line, quantity: { kind: 'count', count } }, { ...terms, whiteList }, [
          size('ALL', 800),
          size('WHITE_LIST_ALL', 200),
        ]),
      )
    // Half of 1 % of 200 in this batch.
    expect(rulesFor(100)).toMatchObject({ ALL: { count: 99 }, WHITE_LIST_ALL: { ratio: { numerator: 1, denominator: 200 } } })
    // 4 of 1,000 are fewer than half of 1 %: 4/1000 of 200 is 0.8.
    expect(rulesFor(4)).toMatchObject({ ALL: { count: 3 }, WHITE_LIST_ALL: { ratio: { numerator: 1, denominator: 250 } } })
    // 2/1000 of 200 is 0.4.
    expect(rulesFor(2)).toMatchObject({ ALL: { count: 2 }, WHITE_LIST_ALL: { ratio: { numerator: 1, denominator: 500 } } })
  })

  it('TGT-20 take of a fixed number the batch’s share of their ratio, also where nobody is left to draw', () => {
    const batch = { ...line.batch, share: { numerator: 2, denominator: 3 } }
    const rulesOf = (mapped: number) =>
      valueOf(
        strataRules({ ...line, batch, quantity: { kind: 'count', count: 9 } }, { ...terms, whiteList }, [size('WHITE_LIST_ALL', mapped)]),
      )
    expect([0, 300].map((mapped) => rulesOf(mapped)['WHITE_LIST_ALL'])).toMatchObject(
      Array.from({ length: 2 }, () => ({ ratio: { numerator: 1, denominator: 150 } })),
    )
  })

  it('DRW-26 TGT-20 take of the number of their own city, where each draws for itself', () => {
    const joined = { ...line, quantity: { kind: 'count', count: 100 }, joint: { merged: false, cities: [] } } as const
    const ofBoth = [size('230300/ALL', 800), size('230300/WHITE_LIST_ALL', 200), size('230400/ALL', 50)]
    expect(valueOf(strataRules(joined, { ...terms, whiteList }, ofBoth))).toMatchObject({
      '230300/ALL': { count: 99 },
      '230300/WHITE_LIST_ALL': { ratio: { numerator: 1, denominator: 200 } },
      '230400/ALL': { count: 100 },
    })
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

  it('CRD-17 measures the share of the objects that policy counts from', () => {
    const share = { ...stratumA.rule, batchShare: { numerator: 2, denominator: 3 } } as typeof stratumA.rule
    const of = (base: 'mapped' | 'eligible') =>
      isOvershoot({ ...stratumCount({ stratum: 'A', mapped: 1000, eligible: 100 }, { ...share, base } as typeof share), n: 3 }, terms)
    // Two thirds of 3 % are 2 %: three of a thousand lie inside, three of a hundred do not.
    expect([of('mapped'), of('eligible')]).toEqual([false, true])
    const twenty = { ...stratumCount({ stratum: 'A', mapped: 1000, eligible: 1000 }, share), n: 20 }
    expect([isOvershoot(twenty, terms), isOvershoot({ ...twenty, n: 21 }, terms)]).toEqual([false, true])
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
