import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { hex, line } from '../../tests/fixtures.ts'
import type { DrawLine, LineUnit } from './plan-line.ts'
import type { RedrawGround } from './redraw.ts'
import { cityOfRedraw } from './redraw-city.ts'

const [own, other] = ['230300', '230400'] as [RegionCode, RegionCode]
const theirs = '230400-scj' as UnitId
const [unit] = line.units as [LineUnit]
const joined: DrawLine = {
  ...line,
  units: [unit, { ...unit, unitId: theirs }],
  joint: { merged: false, cities: [{ regionCode: other, initiatorUnitId: theirs, unitIds: [theirs] }] },
}
const [here, there] = ['a', 'b'].map(hex) as [string, string]
const cities = new Map([
  [here, own],
  [there, other],
])
const asked = (grounds: readonly Partial<RedrawGround>[], regionCode?: string, of: DrawLine = joined) => {
  const found = cityOfRedraw(
    of,
    { grounds: grounds.map((ground) => ({ reason: 'R', ...ground })), regionCode: regionCode as RegionCode },
    cities,
  )
  return found.ok ? found.value.regionCode : found.error
}

describe('the city that a redraw is of', () => {
  it('DRW-26 DRW-30 is that of its labels, with the units that check there', () => {
    expect(asked([{ label: there }])).toBe(other)
    expect(asked([{ label: here }])).toBe(own)
    expect(asked([{ label: there, unitId: theirs }])).toBe(other)
    const found = cityOfRedraw(joined, { grounds: [{ reason: 'R', label: there }] }, cities)
    expect(found).toMatchObject({ ok: true, value: { initiatorUnitId: theirs, units: [{ unitId: theirs }] } })
  })

  it('DRW-30 is named where no label says it, and is one that takes part', () => {
    const allowed = '230300, 230400'
    expect(asked([{}])).toEqual({ code: 'redraw-city-unnamed', allowed })
    expect(asked([{}], other)).toBe(other)
    expect(asked([{}], '230900')).toEqual({ code: 'redraw-city-unknown', regionCode: '230900', allowed })
    expect(asked([{}], undefined, line)).toBe(own)
    expect(asked([{}], other, line)).toMatchObject({ code: 'redraw-city-unknown' })
  })

  it('DRW-30 is one: labels of two cities are two redraws', () => {
    expect(asked([{ label: here }, { label: there }])).toEqual({ code: 'redraw-across-cities', label: there, regionCode: own })
    expect(asked([{ label: here }], other)).toEqual({ code: 'redraw-across-cities', label: here, regionCode: other })
    // Labels are looked at in their order: one that nobody drew comes before and after.
    for (const nobodys of ['0', 'f']) expect(asked([{ label: nobodys.repeat(64) }, { label: here }])).toBe(own)
  })

  it('DRW-14 matches no unit anew to another city’s objects: its inspectors are labelled under another K', () => {
    expect(asked([{ label: there, unitId: unit.unitId }])).toEqual({ code: 'unit-of-another-city', unitId: unit.unitId, regionCode: other })
    expect(asked([{ label: there, unitId: '230400-none' as UnitId }])).toBe(other)
  })
})
