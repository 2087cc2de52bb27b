import { describe, expect, it } from 'vitest'
import { movementOf, type PoolFlow, poolsOf } from './pool-flows.ts'

const at = (stratum: string, active = true) => ({ stratum, active })

describe('what moved in a pool between two instants', () => {
  it('CRD-11 tells moves, comers and leavers apart, each in order of the strata, and says nothing of those who stayed', () => {
    const flows: readonly PoolFlow[] = [
      { from: at('B'), to: at('D'), count: 2 },
      { from: at('A'), to: at('A'), count: 90 },
      { from: at('A'), to: at('D'), count: 3 },
      { to: at('UNGRADED'), count: 4 },
      { to: at('A'), count: 1 },
      { from: at('D'), count: 5 },
      { from: at('A'), count: 6 },
    ]
    expect(movementOf(flows)).toEqual({
      moves: [
        { from: 'A', to: 'D', objects: 3 },
        { from: 'B', to: 'D', objects: 2 },
      ],
      entered: [
        { stratum: 'A', objects: 1 },
        { stratum: 'UNGRADED', objects: 4 },
      ],
      left: [
        { stratum: 'A', objects: 6 },
        { stratum: 'D', objects: 5 },
      ],
    })
    const { before, now } = poolsOf({ whole: flows })
    expect(Object.fromEntries(before.byGrade)).toEqual({ A: 99, B: 2, D: 5 })
    expect(Object.fromEntries(now.byGrade)).toEqual({ A: 91, D: 5, UNGRADED: 4 })
  })

  it('CRD-11 REG-30 counts who left within the year among the leavers once, whatever grade it bears, and in the pool until it is out of it', () => {
    const flows: readonly PoolFlow[] = [
      { from: at('A'), to: at('A', false), count: 1 },
      { from: at('A'), to: at('D', false), count: 2 },
      { from: at('A'), count: 4 },
      { from: at('B', false), to: at('C', false), count: 8 },
      { from: at('B', false), count: 16 },
      { from: at('C', false), to: at('C'), count: 32 },
    ]
    expect(movementOf(flows)).toEqual({ moves: [], entered: [{ stratum: 'C', objects: 32 }], left: [{ stratum: 'A', objects: 7 }] })
    expect(Object.fromEntries(poolsOf({ whole: flows }).now.byGrade)).toEqual({ A: 1, C: 40, D: 2 })
  })

  it('CRD-11 says nothing where nothing is in the pool', () => {
    expect(movementOf([])).toEqual({ moves: [], entered: [], left: [] })
    expect(poolsOf({ whole: [] }).now.byGrade.size).toBe(0)
  })
})
