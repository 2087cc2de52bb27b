import type { Principal } from '@dual-random/auth'
import { computeIndicators, type IndicatorPorts } from './compute-indicators.ts'
import type { Scope, Snapshot, Snapshots } from './ports.ts'

/** Computes the indicators and keeps them under an id that the command determines: sent again, it answers the first snapshot. */
export async function takeSnapshot(
  ports: IndicatorPorts & { readonly snapshots: Snapshots },
  snapshotId: string,
  by: Principal,
  scope: Scope,
  year: number,
): Promise<Snapshot> {
  const known = await ports.snapshots.load(snapshotId)
  if (known !== undefined) return known
  const report = await computeIndicators(ports, scope, year)
  return ports.snapshots.keep({ snapshotId, takenBy: by.subject, takenByUnitId: by.unitId, ...report })
}
