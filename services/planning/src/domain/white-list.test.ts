import { parsePercent, ratioOf } from '@dual-random/kernel'
import { whiteListStratum } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { inBands, strata } from '../../tests/support/lines.ts'
import { changed, fourCoalCities, samr2024, valueOf } from '../../tests/support/shipped.ts'
import type { GradedPool } from './pool.ts'
import { drawnOf, ratioDrawn, strataOf } from './white-list.ts'

const percent = (text: string) => valueOf(parsePercent(text))
const ownOf = (ratio: string) => changed(fourCoalCities, 'whiteList.ratio', ratio)
const listedA = whiteListStratum('A')

describe('the ratio that members of the white list are drawn by', () => {
  it('TGT-20 is that of policy, and never above the one of their grade', () => {
    const line = { ratios: strata({ A: '3%', B: '1%' }) }
    const policy = ownOf('2%')
    expect(ratioDrawn(policy, line, listedA)).toEqual(percent('2%'))
    expect(ratioDrawn(policy, line, whiteListStratum('B'))).toEqual(percent('1%'))
    expect(ratioDrawn(policy, line, 'A')).toEqual(percent('3%'))
    expect(ratioDrawn(ownOf('3%'), line, listedA)).toEqual(percent('3%'))
    expect(ratioDrawn(ownOf('3.01%'), line, listedA)).toEqual(percent('3%'))
  })

  it('TGT-20 follows the one ratio of a line for all; is none where the line has none, and where policy leaves them out', () => {
    expect(ratioDrawn(ownOf('2%'), { ratios: strata({ ALL: '5%' }) }, listedA)).toEqual(percent('2%'))
    expect(ratioDrawn(ownOf('2%'), { ratios: strata({ B: '5%' }) }, listedA)).toBeUndefined()
    expect(ratioDrawn(samr2024, { ratios: inBands }, 'A')).toEqual(percent('3%'))
  })
})

describe('the strata of a draw', () => {
  const pool = {
    byGrade: new Map([
      ['A', 10],
      [listedA, 4],
      ['B', 6],
    ]),
  } as unknown as GradedPool

  it('TGT-20 are the grades with their white list, or all beside the white list of all', () => {
    expect(strataOf({ ratios: inBands }, pool)).toEqual([
      ['A', 10],
      [listedA, 4],
      ['B', 6],
    ])
    expect(strataOf({ ratios: strata({ ALL: '5%' }) }, pool)).toEqual([
      ['ALL', 16],
      [whiteListStratum('ALL'), 4],
    ])
    const without = { byGrade: new Map([['A', 10]]) } as unknown as GradedPool
    expect(strataOf({ ratios: strata({ ALL: '5%' }) }, without)).toEqual([['ALL', 10]])
  })
})

describe('how many one batch draws', () => {
  it('TGT-20 rounds members of the white list in their own way, and others as the draw does', () => {
    const rounding = valueOf(fourCoalCities.get('ratio.rounding'))
    const policy = changed(ownOf('1%'), 'whiteList.rounding', 'NEAREST')
    const of = (stratum: string) => drawnOf(policy, { stratum, population: 10, ofBatch: ratioOf(1, 100) }, rounding)
    expect(rounding.mode).toBe('UP')
    expect(of('A')).toBe(1)
    expect(of(listedA)).toBe(0)
    expect(
      drawnOf(changed(policy, 'whiteList.rounding', 'UP'), { stratum: listedA, population: 10, ofBatch: ratioOf(1, 100) }, rounding),
    ).toBe(1)
  })
})
