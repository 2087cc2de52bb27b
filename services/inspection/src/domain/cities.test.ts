import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { citiesOf } from './cities.ts'

const unit = (unitId: string) => ({ unitId: unitId as UnitId })
const own = { regionCode: '230300' as RegionCode, initiatorUnitId: '230300-scj' as UnitId }
const units = ['230300-scj', '230400-scj', '230300-xfj', '230400-xfj'].map(unit)

describe('citiesOf', () => {
  it('DRW-26 gives every city its units, the line’s own those that no other names', () => {
    const hegang = {
      regionCode: '230400' as RegionCode,
      initiatorUnitId: '230400-scj' as UnitId,
      unitIds: ['230400-scj', '230400-xfj'] as UnitId[],
    }
    expect(citiesOf({ ...own, units, joint: { cities: [hegang] } })).toEqual([{ ...own, unitIds: ['230300-scj', '230300-xfj'] }, hegang])
  })

  it('DRW-26 leaves all units in the line’s own city where it draws alone', () => {
    expect(citiesOf({ ...own, units })).toEqual([{ ...own, unitIds: units.map(({ unitId }) => unitId) }])
  })
})
