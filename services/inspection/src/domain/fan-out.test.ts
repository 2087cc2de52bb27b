import type { ItemCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { item } from '../../tests/support/records.ts'
import { type LineUnit, unitsAt } from './fan-out.ts'

const unit = (unitId: string, unitPosition: number, ...codes: readonly string[]): LineUnit => ({
  unitId: unitId as UnitId,
  unitPosition,
  teamSize: 2,
  items: codes.map((code) => ({ itemCode: item(code), itemName: `事项 ${code}` })),
})

/** Culture checks cinemas, health cinemas and pools, the film office cinemas. */
const line = [unit('wlj', 1, 'CINEMA'), unit('wjw', 2, 'POOL', 'HYGIENE'), unit('xcb', 3, 'CINEMA')]

const at = (...applying: readonly string[]) =>
  unitsAt(line, new Set(applying as readonly ItemCode[])).map(({ unitId, unitPosition, items }) => [
    unitId,
    unitPosition,
    items.map(({ itemCode }) => itemCode),
  ])

describe('who checks a drawn object', () => {
  it('REG-28 gives each unit exactly those of its items that apply, in the order of the line', () => {
    expect(at('HYGIENE', 'CINEMA')).toEqual([
      ['wlj', 1, ['CINEMA']],
      ['wjw', 2, ['HYGIENE']],
      ['xcb', 3, ['CINEMA']],
    ])
    expect(at('HYGIENE', 'POOL')).toEqual([['wjw', 2, ['POOL', 'HYGIENE']]])
  })

  it('REG-28 leaves out a unit that has nothing to check, and the others keep their place in the line', () => {
    expect(at('CINEMA')).toEqual([
      ['wlj', 1, ['CINEMA']],
      ['xcb', 3, ['CINEMA']],
    ])
  })

  it('gives no unit an item that is not its own, and nobody anything where no item of the line applies', () => {
    expect(at('POOL')).toEqual([['wjw', 2, ['POOL']]])
    expect(at('OTHER')).toEqual([])
    expect(at()).toEqual([])
  })
})
