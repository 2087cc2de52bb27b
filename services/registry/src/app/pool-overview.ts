import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { currentInspector } from '../domain/inspector.ts'
import type { Imports, InspectorPool, ObjectPool, Units } from './ports.ts'

/** What DQ-01 asks of every pool: owner, version, last update, completeness. The version is the number of files loaded. */
export interface PoolOverview {
  readonly pool: 'OBJECTS' | 'INSPECTORS'
  readonly unitId: UnitId
  readonly version: number
  readonly updatedAt: Instant | null
  readonly counts: Readonly<Record<string, number>>
}

export interface PoolDeps {
  readonly units: Units
  readonly objects: ObjectPool
  readonly inspectors: InspectorPool
  readonly imports: Imports
}

/** The pools of a region's units that hold anything. */
export async function poolsOf(deps: PoolDeps, regionCode: RegionCode): Promise<readonly PoolOverview[]> {
  const overviews: PoolOverview[] = []
  for (const { unitId } of await deps.units.inRegion(regionCode)) {
    overviews.push(await objectsOf(deps, unitId), await inspectorsOf(deps, unitId))
  }
  return overviews.filter(({ updatedAt, counts }) => updatedAt !== null || (counts['total'] ?? 0) > 0)
}

async function objectsOf({ objects, imports }: PoolDeps, unitId: UnitId): Promise<PoolOverview> {
  const { active, tagged, disputed, total, updatedAt } = await objects.completeness(unitId)
  const { count } = await imports.loads(unitId, 'objects')
  return { pool: 'OBJECTS', unitId, version: count, updatedAt: updatedAt ?? null, counts: { total, active, tagged, disputed } }
}

async function inspectorsOf({ inspectors, imports }: PoolDeps, unitId: UnitId): Promise<PoolOverview> {
  const counts = { total: 0, active: 0, withSpeciality: 0, withQualification: 0, withRecusalScope: 0, withPersonnelNature: 0 }
  let updatedAt: Instant | null = null
  for await (const inspector of inspectors.ofUnits([unitId])) {
    const { status, specialities, qualificationValidTo, recusal, personnelNature } = currentInspector(inspector)
    const from = inspector.timeline.at(-1)?.from ?? null
    if (from !== null && (updatedAt === null || from > updatedAt)) updatedAt = from
    counts.total += 1
    if (status === 'ACTIVE') counts.active += 1
    if (specialities.length > 0) counts.withSpeciality += 1
    if (qualificationValidTo !== null) counts.withQualification += 1
    if (recusal !== null) counts.withRecusalScope += 1
    if (personnelNature !== null) counts.withPersonnelNature += 1
  }
  const { count } = await imports.loads(unitId, 'inspectors')
  return { pool: 'INSPECTORS', unitId, version: count, updatedAt, counts }
}
