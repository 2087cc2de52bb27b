import type { UnitId } from '@dual-random/kernel'
import type { Blobs, Imports, ObjectPool, Units } from '../ports.ts'
import { compareWithSource, sourceCodes } from '../reconcile-objects.ts'
import type { ReportDefinition } from './definition.ts'

interface Deps {
  readonly units: Units
  readonly objects: ObjectPool
  readonly imports: Imports
  readonly blobs: Blobs
}

/** Compares every pool again with the list its source sent last (REG-24): the pool changes daily, the list when it is sent. */
export const objectReconciliation = ({ units, objects, imports, blobs }: Deps): ReportDefinition => ({
  kind: 'OBJECT_POOL_RECONCILIATION',
  subjects: async () => {
    const subjects = []
    for (const { unitId, regionCode } of await units.all()) {
      const { total } = await objects.completeness(unitId)
      const { count } = await imports.loads(unitId, 'reconciliation')
      if (total + count > 0) subjects.push({ subject: unitId, regionCode })
    }
    return subjects
  },
  run: async ({ subject }, at) => {
    const unitId = subject as UnitId
    const { active } = await objects.completeness(unitId)
    const last = await imports.lastBy({ unitId }, ['reconciliation'], at)
    if (last === undefined) return { figures: { pool: active }, source: null, rows: [] }
    const codes = await sourceCodes(blobs, last)
    const { absentFromPool, absentFromSource } = await compareWithSource(objects, unitId, codes)
    return {
      figures: { pool: active, source: codes.size, absentFromPool: absentFromPool.length, absentFromSource: absentFromSource.length },
      source: { importId: last.id, asOf: last.sourceAsOf ?? last.at },
      rows: [...absentFromPool, ...absentFromSource],
    }
  },
})
