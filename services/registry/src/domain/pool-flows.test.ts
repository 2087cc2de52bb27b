import { describe, expect, it } from 'vitest'
import { flowHistogram } from './pool-flows.ts'

interface Classed {
  readonly general: string
  readonly own: string
}
const at = (fits: bigint, general: string, { own = '', active = true } = {}) => ({ fits, active, of: { general, own } })
const general = (bits: bigint) => ({ bits, gradeOf: (of: Classed) => of.general })
const histogram = () => flowHistogram<Classed>((of) => JSON.stringify([of.general, of.own]))
const here = (grade: string, active = true) => ({ grade, active })

describe('where the objects of a pool stand at two instants', () => {
  it('CRD-11 tells each way from stratum to stratum, and who stayed, came and went, of the sets that an object is in', () => {
    const passed = histogram()
    passed.add(at(0b01n, 'A'), at(0b01n, 'D'))
    passed.add(at(0b01n, 'D'), at(0b01n, 'A'))
    for (let count = 0; count < 3; count++) passed.add(at(0b11n, 'A'), at(0b11n, 'A'))
    passed.add(at(0n, 'B'), at(0b01n, 'B'))
    passed.add(at(0b01n, ''), at(0n, ''))
    expect(passed.flowsOf(general(0b01n), general(0b01n))).toEqual([
      { from: here(''), count: 1 },
      { from: here('A'), to: here('A'), count: 3 },
      { from: here('A'), to: here('D'), count: 1 },
      { from: here('D'), to: here('A'), count: 1 },
      { to: here('B'), count: 1 },
    ])
    expect(passed.flowsOf(general(0b10n), general(0b10n))).toEqual([{ from: here('A'), to: here('A'), count: 3 }])
    expect(passed.flowsOf(general(0b100n), general(0b100n))).toEqual([])
  })

  it('CRD-11 REG-30 keeps who is only counted until the year ends apart from who can be drawn', () => {
    const passed = histogram()
    passed.add(at(1n, 'A'), at(1n, 'A', { active: false }))
    passed.add(at(1n, 'A'), at(1n, 'A'))
    expect(passed.flowsOf(general(1n), general(1n))).toEqual([
      { from: here('A'), to: here('A', false), count: 1 },
      { from: here('A'), to: here('A'), count: 1 },
    ])
  })

  it('CRD-20 CRD-11 reads a set at either instant by its scopes and the class that builds its strata then', () => {
    const passed = histogram()
    passed.add(at(0b01n, 'A', { own: 'L' }), at(0b10n, 'B', { own: 'H' }))
    const own = (bits: bigint) => ({ bits, gradeOf: (of: Classed) => of.own })
    expect(passed.flowsOf(general(0b01n), own(0b10n))).toEqual([{ from: here('A'), to: here('H'), count: 1 }])
    expect(passed.flowsOf(general(0b01n), own(0b01n))).toEqual([{ from: here('A'), count: 1 }])
  })
})
