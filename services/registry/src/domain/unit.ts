import { type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'

/** Bureau (局), bureau office (局机关), station (所), or another department as a whole (REG-39). */
export const unitKinds = ['DEPARTMENT', 'BUREAU', 'BUREAU_OFFICE', 'STATION'] as const
export type UnitKind = (typeof unitKinds)[number]

export interface Unit {
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly name: string
  readonly kind: UnitKind
  readonly parentUnitId: UnitId | null
  /** Standard short name: what published tables write. */
  readonly department: string
}

export type UnitProblem =
  | { readonly code: 'parent-missing' }
  | { readonly code: 'parent-unknown' }
  | { readonly code: 'parent-elsewhere' }
  | { readonly code: 'parent-is-part' }

/** An office or station belongs to a bureau or department of the same region or a superior one. */
export function unitProblem(unit: Unit, parent: Unit | undefined): UnitProblem | undefined {
  const isPart = unit.kind === 'BUREAU_OFFICE' || unit.kind === 'STATION'
  if (unit.parentUnitId === null) return isPart ? { code: 'parent-missing' } : undefined
  if (parent === undefined) return { code: 'parent-unknown' }
  if (!regionContains(parent.regionCode, unit.regionCode)) return { code: 'parent-elsewhere' }
  return parent.kind === 'BUREAU_OFFICE' || parent.kind === 'STATION' ? { code: 'parent-is-part' } : undefined
}

/** Whether `unit` is `superior` itself, below it in the hierarchy, or the same department of a subordinate region (SEC-02). */
export function isOwnOrSubordinate(superior: Unit, unit: Unit, units: ReadonlyMap<string, Unit>): boolean {
  const seen = new Set<string>()
  for (
    let at: Unit | undefined = unit;
    at !== undefined && !seen.has(at.unitId);
    at = at.parentUnitId === null ? undefined : units.get(at.parentUnitId)
  ) {
    if (at.unitId === superior.unitId) return true
    seen.add(at.unitId)
  }
  return (
    unit.department === superior.department &&
    unit.regionCode !== superior.regionCode &&
    regionContains(superior.regionCode, unit.regionCode)
  )
}
