import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergedGround, publicExclusionCounts } from './exclusion-counts.ts'

const times = (ground: string, count: number): readonly string[] => Array.from({ length: count }, () => ground)

describe('public counts of exclusions', () => {
  it('DRW-20 shows pending and repeat bar as one count', () => {
    const publicGround = { PENDING: 'REPEAT_BAR', REPEAT_BAR: 'REPEAT_BAR' }
    expect(publicExclusionCounts([...times('PENDING', 3), ...times('REPEAT_BAR', 4)], { publicGround, smallestCell: 5 })).toEqual([
      { ground: 'REPEAT_BAR', count: 7 },
    ])
  })

  it('DRW-22 merges cells below the limit, and shows one at the limit', () => {
    const grounds = [...times('SANDBOX', 4), ...times('WHITE_LIST', 2), ...times('REPEAT_BAR', 5)]
    expect(publicExclusionCounts(grounds, { publicGround: {}, smallestCell: 5 })).toEqual([
      { ground: mergedGround, count: 6 },
      { ground: 'REPEAT_BAR', count: 5 },
    ])
  })

  it('DRW-22 merges the next smallest too while the merged cell is small', () => {
    const grounds = [...times('SANDBOX', 1), ...times('WHITE_LIST', 6), ...times('REPEAT_BAR', 9)]
    expect(publicExclusionCounts(grounds, { publicGround: {}, smallestCell: 5 })).toEqual([
      { ground: mergedGround, count: 7 },
      { ground: 'REPEAT_BAR', count: 9 },
    ])
  })

  it('DRW-22 leaves the next one shown once the merged cell is at the limit', () => {
    const grounds = [...times('SANDBOX', 2), ...times('WHITE_LIST', 3), ...times('REPEAT_BAR', 9)]
    expect(publicExclusionCounts(grounds, { publicGround: {}, smallestCell: 5 })).toEqual([
      { ground: mergedGround, count: 5 },
      { ground: 'REPEAT_BAR', count: 9 },
    ])
  })

  it('DRW-22 adds up to all exclusions and shows no small cell beside another', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 }), fc.nat(10), (grounds, smallestCell) => {
        const counts = publicExclusionCounts(grounds, { publicGround: {}, smallestCell })
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(grounds.length)
        const small = counts.filter(({ count }) => count < smallestCell)
        expect(small.length).toBeLessThanOrEqual(counts.length > 1 ? 0 : 1)
      }),
    )
  })
})
