import type { Unit } from './line-input.ts'

/** An office or a station is part of the bureau or department that it is under (REG-39). */
function wholeOf(unit: Unit, units: ReadonlyMap<string, Unit>): Unit {
  const isPart = unit.kind === 'BUREAU_OFFICE' || unit.kind === 'STATION'
  const parent = isPart && unit.parentUnitId !== undefined ? units.get(unit.parentUnitId) : undefined
  return parent ?? unit
}

/**
 * The departments that units are of, each once: offices and stations are of their bureau's, and bureaux of one department at several places are of one.
 * A unit that is not known stands for itself.
 */
export const departmentsOf = (unitIds: readonly string[], units: ReadonlyMap<string, Unit>): ReadonlySet<string> =>
  new Set(
    unitIds.map((unitId) => {
      const unit = units.get(unitId)
      return unit === undefined ? unitId : wholeOf(unit, units).department
    }),
  )

/** Whether units that are known are of several departments (PLN-03, PLN-22); of what department an unknown unit is, is not guessed. */
export const isOfSeveral = (unitIds: readonly string[], units: ReadonlyMap<string, Unit>): boolean =>
  departmentsOf(
    unitIds.filter((unitId) => units.has(unitId)),
    units,
  ).size > 1
