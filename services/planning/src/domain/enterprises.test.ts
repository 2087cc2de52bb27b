import { describe, expect, it } from 'vitest'
import { planLine, strata } from '../../tests/support/lines.ts'
import { poolOf } from '../../tests/support/pools.ts'
import { eachOnce, expectedMillionths, expectedOfLine, fewestEnterprises, mixOfStrata, mostEnterprises } from './enterprises.ts'

describe('enterprises among the objects that are drawn', () => {
  const mix = { population: 10, enterprises: 4 }

  it('CRD-08 are at least those that are left when all others are drawn, and at most all there are', () => {
    expect([5, 6, 7, 10].map((drawn) => fewestEnterprises(drawn, mix))).toEqual([0, 0, 1, 4])
    expect([0, 3, 4, 5].map((drawn) => mostEnterprises(drawn, mix))).toEqual([0, 3, 4, 4])
  })

  it('CRD-08 are expected by their share, to the nearest millionth', () => {
    expect(expectedMillionths(5, mix)).toBe(2_000_000)
    expect(expectedMillionths(1, { population: 3, enterprises: 2 })).toBe(666_667)
    expect(expectedMillionths(0, { population: 0, enterprises: 0 })).toBe(0)
    const all = { population: 1_000_000, enterprises: 1_000_000 }
    expect(expectedMillionths(1_000_000, all)).toBe(1_000_000 * 1_000_000)
  })

  it('CRD-08 TGT-20 go by the strata of the line: one for all beside the white list, one for each grade, or the pool of a number', () => {
    const pool = poolOf({ A: 10, B: 30, WHITE_LIST_A: 4 }, 1000, { A: 5, B: 5, WHITE_LIST_A: 2 })
    const all = { ...planLine('L01'), ratios: strata({ ALL: '10%' }) }
    expect(mixOfStrata(all, pool)('ALL')).toEqual({ population: 40, enterprises: 10 })
    expect(mixOfStrata(all, pool)('WHITE_LIST_ALL')).toEqual({ population: 4, enterprises: 2 })
    expect(mixOfStrata(planLine('L01'), pool)('B')).toEqual({ population: 30, enterprises: 5 })
    expect(mixOfStrata(planLine('L01'), pool)('C')).toEqual({ population: 0, enterprises: 0 })
    expect(mixOfStrata({ ...all, ratios: [], count: 5 }, pool)('ALL')).toEqual({ population: 44, enterprises: 12 })
    const byStratum = new Map([
      ['ALL', 4],
      ['WHITE_LIST_ALL', 2],
    ])
    expect([...expectedOfLine({ line: all, pool, byStratum })]).toEqual([[undefined, 1_000_000 + 1_000_000]])
  })

  it('CRD-08 of several draws are no more than there are of a grade, nor of all', () => {
    const counts = new Map<string | undefined, number>([
      ['A', 5],
      ['B', 5],
      [undefined, 3],
    ])
    const union = {
      enterprisesByGrade: new Map([
        ['A', 4],
        ['B', 9],
      ]),
      gradesAgree: true,
    }
    expect(eachOnce(counts, union)).toBe(4 + 5 + 3)
    expect(eachOnce(counts, { ...union, gradesAgree: false })).toBe(13)
    expect(eachOnce(new Map([[undefined, 14]]), union)).toBe(13)
    expect(eachOnce(new Map([['C', 1]]), union)).toBe(0)
  })
})
