import { chinaDateOf, type Instant, type UnitId } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import { currentInspector } from '../../domain/inspector.ts'
import type { ReportFinding } from '../../domain/report.ts'
import type { InspectorPool, Units } from '../ports.ts'
import type { ReportDefinition } from './definition.ts'

type Finding = ReportFinding & { readonly rows: readonly ImportProblem[] }

/** Compares a unit's inspectors with its personnel system (REG-32); undefined while that has sent nothing. */
export type ComparePersonnel = (unitId: UnitId, at: Instant) => Promise<Finding | undefined>

interface Deps {
  readonly units: Units
  readonly inspectors: InspectorPool
  readonly comparePersonnel?: ComparePersonnel
}

/** How complete each inspector pool is: against the personnel system where there is one, else what of it is certified at all. */
export const inspectorCompleteness = ({ units, inspectors, comparePersonnel }: Deps): ReportDefinition => ({
  kind: 'INSPECTOR_POOL_COMPLETENESS',
  subjects: async () => {
    const subjects = []
    for (const { unitId, regionCode } of await units.all()) {
      if ((await inspectors.page([unitId], { limit: 1 })).length > 0) subjects.push({ subject: unitId, regionCode })
    }
    return subjects
  },
  run: async ({ subject }, at) => {
    const unitId = subject as UnitId
    return (await comparePersonnel?.(unitId, at)) ?? (await poolAlone(inspectors, unitId, at))
  },
})

async function poolAlone(inspectors: InspectorPool, unitId: UnitId, at: Instant): Promise<Finding> {
  const today = chinaDateOf(at)
  const figures = { total: 0, active: 0, certified: 0 }
  for await (const inspector of inspectors.ofUnits([unitId])) {
    const { status, qualificationValidTo } = currentInspector(inspector)
    figures.total += 1
    if (status !== 'ACTIVE') continue
    figures.active += 1
    if (qualificationValidTo !== null && qualificationValidTo >= today) figures.certified += 1
  }
  return { figures, source: null, rows: [] }
}
