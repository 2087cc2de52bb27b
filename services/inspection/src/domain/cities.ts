import type { RegionCode, UnitId } from '@dual-random/kernel'

/** The cities that draw together beside the line's own (docs/draw-protocol.md §23, DRW-26). */
export interface JointCities {
  readonly cities: readonly City[]
}

/** A city that takes part in a draw: its units check its objects, under an initiator of its own. */
export interface City {
  readonly regionCode: RegionCode
  readonly initiatorUnitId: UnitId
  /** Those of the line's units that check there. */
  readonly unitIds: readonly UnitId[]
}

/** The cities of a line, its own first; units that no other city names check there. */
export function citiesOf(line: {
  readonly regionCode: RegionCode
  readonly initiatorUnitId: UnitId
  readonly units: readonly { readonly unitId: UnitId }[]
  readonly joint?: JointCities
}): readonly City[] {
  const { regionCode, initiatorUnitId, units, joint } = line
  const others = joint?.cities ?? []
  const theirs = new Set(others.flatMap(({ unitIds }) => unitIds))
  const own = units.map(({ unitId }) => unitId).filter((unitId) => !theirs.has(unitId))
  return [{ regionCode, initiatorUnitId, unitIds: own }, ...others]
}
