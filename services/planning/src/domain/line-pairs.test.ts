import { describe, expect, it } from 'vitest'
import { lineOf } from '../../tests/support/thousand.ts'
import { bySetsOfItems, heaviest, sharedItems } from './line-pairs.ts'
import type { PlanLine } from './plan.ts'

type Pair = readonly [PlanLine, PlanLine]
const pair = (a: PlanLine, b: PlanLine): Pair => [a, b]
const ids = ([a, b]: Pair): string => `${a.lineId} ${b.lineId}`

describe('pairs of lines', () => {
  it('PLN-18 stand together by their sets of items, whatever the order of items and of lines', () => {
    const [wide, narrow, both, again] = [lineOf(1, ['W']), lineOf(2, ['S10']), lineOf(3, ['W', 'S10']), lineOf(4, ['S10', 'W', 'S10'])]
    const pairs = [pair(wide, narrow), pair(narrow, wide), pair(wide, both), pair(again, wide), pair(both, again), pair(wide, wide)]
    const groups = bySetsOfItems(pairs, (each) => each)
    expect(groups.map(({ lines, pairs: having }) => [ids(lines), having.map(ids)])).toEqual([
      ['L1 L2', ['L1 L2', 'L2 L1']],
      ['L1 L3', ['L1 L3', 'L4 L1']],
      ['L3 L4', ['L3 L4']],
      ['L1 L1', ['L1 L1']],
    ])
    expect(bySetsOfItems([], (each: Pair) => each)).toEqual([])
  })

  it('PLN-18 does not take two sets for another two whose numbers read alike', () => {
    const lines = Array.from({ length: 13 }, (_, index) => lineOf(index, [`S${10 + index}`]))
    const pairs = lines.flatMap((a) => lines.filter((b) => a.lineId < b.lineId).map((b) => pair(a, b)))
    expect(bySetsOfItems(pairs, (each) => each)).toHaveLength((13 * 12) / 2)
    const [apart, together] = [lineOf(1, ['A', 'B']), lineOf(2, ['AB'])]
    expect(bySetsOfItems([pair(apart, apart), pair(together, together)], (each) => each)).toHaveLength(2)
  })

  it('PLN-18 CRD-09 are left out by weight where there are too many, the later of equal ones first, and stay in their order', () => {
    const weights = [[1], [3], [2], [3], [2]] as const
    const kept = (most: number) => heaviest(weights, most, ([weight]) => weight)
    expect(kept(5)).toBe(weights)
    expect(kept(4)).toEqual([[3], [2], [3], [2]])
    expect(kept(3)).toEqual([[3], [2], [3]])
    expect(kept(3)[1]).toBe(weights[2])
    expect(kept(2)).toEqual([[3], [3]])
    expect(kept(0)).toEqual([])
  })

  it('PLN-16 share the items that both have', () => {
    expect(sharedItems(lineOf(1, ['W', 'S10', 'S11']), lineOf(2, ['S11', 'W', 'S12']))).toEqual(['W', 'S11'])
    expect(sharedItems(lineOf(1, ['W']), lineOf(2, ['S11']))).toEqual([])
  })
})
