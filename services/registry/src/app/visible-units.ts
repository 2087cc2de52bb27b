import { isOwnOrSubordinate } from '../domain/unit.ts'
import type { Caller, Units } from './ports.ts'

/** The units whose pools a caller may read: its own and those below it (SEC-02). */
export async function visibleUnitIds(units: Units, caller: Caller): Promise<readonly string[]> {
  const known = new Map((await units.inRegion(caller.regionCode)).map((unit) => [unit.unitId as string, unit]))
  const own = known.get(caller.unitId)
  if (own === undefined) return [caller.unitId]
  return [...known.values()].filter((unit) => isOwnOrSubordinate(own, unit, known)).map(({ unitId }) => unitId)
}
