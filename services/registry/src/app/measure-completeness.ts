import { type Clock, chinaDateOf, formatPercent, type Instant, ratioOf, type UnitId } from '@dual-random/kernel'
import { currentInspector, isQualifiedOn, servesOn } from '../domain/inspector.ts'
import { type PoolCompleteness, type PooledStaff, poolCompleteness, type SourceStaff } from '../domain/pool-completeness.ts'
import type { CompletenessReport, CompletenessReports } from './people-ports.ts'
import type { Caller, InspectorPool, Units } from './ports.ts'
import { visibleUnitIds } from './visible-units.ts'

export interface CompletenessDeps {
  readonly inspectors: InspectorPool
  readonly units: Units
  readonly completenessReports: CompletenessReports
  readonly clock: Clock
}

/** The certificate holders of a personnel system, as of an instant. */
export interface PersonnelSource<S extends SourceStaff> {
  readonly name: string
  readonly asOf: Instant
  readonly staff: readonly S[]
}

export interface MeasuredCompleteness<S extends SourceStaff> extends PoolCompleteness<S> {
  readonly report: CompletenessReport
  readonly ofOtherUnits: readonly S[]
}

/**
 * Compares the pool of the caller's unit, with those below it, to its personnel source, and stores the report (REG-32). The same report id again
 * writes the same report anew, so a schedule may name it after the unit and the day (DQ-02).
 */
export async function measureCompleteness<S extends SourceStaff>(
  deps: CompletenessDeps,
  caller: Caller,
  reportId: string,
  source: PersonnelSource<S>,
): Promise<MeasuredCompleteness<S>> {
  const at = deps.clock()
  const unitIds = await visibleUnitIds(deps.units, caller)
  const isOwn = (unitId: UnitId | null): boolean => unitId === null || unitIds.includes(unitId)
  const staff = source.staff.filter(({ unitId }) => isOwn(unitId))
  const ofOtherUnits = source.staff.filter(({ unitId }) => !isOwn(unitId))
  const found = poolCompleteness(staff, await pooledStaff(deps.inspectors, unitIds, at), chinaDateOf(at))
  const { certifiedInSource, inPool } = found
  const report: CompletenessReport = {
    id: reportId,
    unitId: caller.unitId,
    regionCode: caller.regionCode,
    source: source.name,
    sourceAsOf: source.asOf,
    at,
    by: caller.subject,
    certifiedInSource,
    inPool,
    share: certifiedInSource === 0 ? null : formatPercent(ratioOf(inPool, certifiedInSource)),
    missing: found.missing.length,
    notCounted: found.notCounted.length,
    absentFromSource: found.absentFromSource.length,
    ofOtherUnits: ofOtherUnits.length,
  }
  await deps.completenessReports.put(report)
  return { ...found, report, ofOtherUnits }
}

async function pooledStaff(inspectors: InspectorPool, unitIds: readonly string[], at: Instant): Promise<readonly PooledStaff[]> {
  const on = chinaDateOf(at)
  const staff: PooledStaff[] = []
  for await (const inspector of inspectors.ofUnits(unitIds)) {
    const content = currentInspector(inspector)
    const { certificateNumber } = inspector
    staff.push({ certificateNumber, name: content.name, isServing: servesOn(content, on), isQualified: isQualifiedOn(content, on) })
  }
  return staff
}
