import { directoryOf } from '../domain/import/directory.ts'
import type { PlanImport } from '../domain/import/plan-import.ts'
import type { LineContext } from '../domain/line-input.ts'
import type { ResolutionContext } from './import/resolve.ts'

/** What a table is resolved against now: the same things its lines will be checked against. */
export function resolutionContext(planImport: PlanImport, line: LineContext): ResolutionContext {
  const { importId, publisherUnitId, receivedAt, receivedBy } = planImport
  return {
    importId,
    directory: directoryOf([...line.items.values()], [...line.units.values()]),
    line,
    received: { by: receivedBy, at: receivedAt },
    ...(publisherUnitId === undefined ? {} : { publisherUnitId }),
  }
}
