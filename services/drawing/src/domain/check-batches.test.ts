import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { line } from '../../tests/fixtures.ts'
import { checkBatchSizes } from './check-batches.ts'

const redraw = { purpose: 'replacement' } as never
const sizes = (total: number, checkBatches?: number) =>
  checkBatchSizes({ line: checkBatches === undefined ? line : { ...line, checkBatches } }, total)

describe('the check batches of a draw', () => {
  it('DRW-16 are as even as can be, the first ones larger', () => {
    expect(sizes(10, 3)).toEqual([4, 3, 3])
    expect(sizes(9, 3)).toEqual([3, 3, 3])
  })

  it('DRW-16 are fewer where fewer objects are drawn, and one where nothing is', () => {
    expect(sizes(3, 3)).toEqual([1, 1, 1])
    expect(sizes(2, 3)).toEqual([1, 1])
    expect(sizes(0, 3)).toEqual([0])
  })

  it('DRW-16 are one where the line asks for none, and of a redraw whatever it asks for', () => {
    expect(sizes(10)).toEqual([10])
    expect(checkBatchSizes({ line: { ...line, checkBatches: 3 }, redraw }, 10)).toEqual([10])
  })

  it('DRW-16 add up to what is drawn, never grow, differ by one at most, and none is empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 2, max: 99 }), (total, wanted) => {
        const cut = sizes(total, wanted)
        expect(cut.length).toBe(Math.min(total, wanted))
        expect(cut.reduce((sum, size) => sum + size, 0)).toBe(total)
        expect(cut).toEqual(cut.toSorted((a, b) => b - a))
        expect((cut[0] ?? 0) - (cut.at(-1) ?? 0)).toBeLessThanOrEqual(1)
        expect(cut.at(-1)).toBeGreaterThan(0)
      }),
    )
  })
})
