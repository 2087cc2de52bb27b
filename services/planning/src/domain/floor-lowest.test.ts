import { describe, expect, it } from 'vitest'
import { type SureDraw, sureEachOnce } from './floor-lowest.ts'

const once = (fewest: number, enterprises: number): SureDraw => ({
  grade: 'A',
  isOnce: true,
  fewest,
  scopes: [{ enterprises, fewest }],
})
const ofAll = (fewest: number): SureDraw => ({ grade: undefined, isOnce: true, fewest, scopes: [{ enterprises: 10, fewest }] })
const again = (fewest: number, enterprises: number, grade = 'D'): SureDraw => ({
  grade,
  isOnce: false,
  fewest,
  scopes: [{ enterprises, fewest }],
})
const sure = (lines: readonly (readonly SureDraw[])[], gradesAgree = true) => sureEachOnce(lines, { gradesAgree })

describe('the enterprises that lines together are sure of', () => {
  it('CRD-08 CRD-09 add up where each leaves out whom the others drew', () => {
    expect(sure([[once(2, 10)], [once(4, 20)]])).toBe(6)
    expect(sure([[once(6, 10)], [once(4, 10)]])).toBe(10)
    expect(sure([[once(6, 10)], [once(6, 10)]])).toBe(10)
  })

  it('CRD-08 CRD-09 are those of an exhausted pool where one line may draw all that another has', () => {
    // Ten of twenty may be just the ten of the other line, which then draws nobody.
    expect(sure([[once(6, 10)], [once(10, 20)]])).toBe(10)
    expect(sure([[once(6, 10)], [once(6, 10)], [once(6, 90)]])).toBe(10)
    expect(sure([[once(6, 10)], [once(6, 10)], [once(11, 90)]])).toBe(11)
  })

  it('CRD-07 CRD-08 are those of the largest line where the same may be drawn again, in each grade', () => {
    expect(sure([[again(2, 10)], [again(4, 20)]])).toBe(4)
    expect(
      sure([
        [again(2, 10), once(1, 10)],
        [again(4, 20), once(1, 10)],
      ]),
    ).toBe(4 + 2)
    expect(sure([[again(9, 10, 'A')], [once(3, 10)], [once(4, 10)]])).toBe(9)
  })

  it('CRD-08 are never less than of the largest line of all, and no more where grades do not agree', () => {
    expect(sure([[ofAll(7)], [once(3, 10), again(3, 10)]])).toBe(7)
    expect(sure([[ofAll(5)], [once(3, 10), again(3, 10)]])).toBe(6)
    expect(sure([[once(2, 10)], [once(4, 20)]], false)).toBe(4)
    expect(sure([])).toBe(0)
  })
})
