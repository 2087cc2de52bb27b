import { describe, expect, it } from 'vitest'
import { fallOfShares, fallSteps } from './fall.ts'

describe('the fall of the tickets', () => {
  const shares = [0.5, 0.1, 0.9, 0.2, 0.05, 0.8, 0.7, 0.3]
  const fall = fallOfShares('A', 2, shares)

  it('ends at the ticket of the last drawn, on a scale that shows what just missed', () => {
    expect(fall.scale).toBeCloseTo(0.25)
    expect(fall.cutOffs.at(-1)).toBeCloseTo(0.1 / 0.25)
    expect(fall.dots.map(({ x, isDrawn }) => [Number((x * 0.25).toFixed(3)), isDrawn])).toEqual([
      [0.1, true],
      [0.2, false],
      [0.05, true],
    ])
  })

  it('never moves the cut-off to the right, and has none before n tickets fell', () => {
    expect(fall.cutOffs).toHaveLength(fallSteps + 1)
    expect(fall.cutOffs[0]).toBeNull()
    const seen = fall.cutOffs.filter((cutOff) => cutOff !== null)
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
  })

  it('shows all where all are drawn, and nobody drawn where n is 0', () => {
    expect(fallOfShares('A', 3, [0.2, 0.9, 0.4]).dots.map(({ isDrawn }) => isDrawn)).toEqual([true, true, true])
    expect(fallOfShares('A', 0, [0.2, 0.9]).dots.map(({ isDrawn }) => isDrawn)).toEqual([false, false])
    expect(fallOfShares('A', 0, []).dots).toEqual([])
    expect(fallOfShares('A', 1, [0, 0.5]).cutOffs.at(-1)).toBe(0)
  })

  it('shows one of so many where there are too many to be seen', () => {
    const many = fallOfShares(
      'A',
      1000,
      Array.from({ length: 4000 }, (_, index) => ((index * 7919) % 4000) / 4000),
    )
    expect(many.oneOf).toBeGreaterThan(1)
    expect(many.dots.length).toBeLessThanOrEqual(160)
  })
})
