import { describe, expect, it } from 'vitest'
import { figure, figureBeside } from './figure.ts'
import { broken } from './limits.ts'

describe('limits', () => {
  it('hold up to the limit and not past it', () => {
    expect(broken(figure('demo', 180, 's'))).toEqual([])
    expect(broken(figure('demo', 181, 's'))).toEqual(['demo: s 181 is more than 180'])
  })

  it('hold for every figure of a bench', () => {
    expect(broken(figure('idle.registry', 0.6, 's'))).toEqual([])
    expect(broken(figure('idle.oversight', 0.61, 's'))).toHaveLength(1)
  })

  it('hold for the ratio too, from below as from above', () => {
    expect(broken(figureBeside('import.whole', 6000, 'objects/s', 10_000))).toEqual([])
    expect(broken(figureBeside('import.whole', 5990, 'objects/s', 10_000))).toEqual(['import.whole: ratio 0.599 is less than 0.6'])
    expect(broken(figureBeside('draw.rank', 3000, 'ms', 2000))).toEqual([])
    expect(broken(figureBeside('draw.rank', 3020, 'ms', 2000))).toEqual(['draw.rank: ratio 1.51 is more than 1.5'])
  })

  it('are missed by what was not measured, and by a figure that has none', () => {
    expect(broken(figure('draw.rank', 100, 'ms'))).toHaveLength(1)
    expect(broken(figure('demo', Number.NaN, 's'))).toHaveLength(1)
    expect(broken(figure('speed', 1, 's'))).toEqual(['speed: no limit is set'])
  })
})
