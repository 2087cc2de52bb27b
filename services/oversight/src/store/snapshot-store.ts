import { events } from '@dual-random/contracts'
import { type AggregateOptions, aggregates, newEvent, type Store } from '@dual-random/mongo'
import type { KeepSnapshot, Snapshot } from '../app/ports.ts'

export function snapshotStore(store: Store, parts: Pick<AggregateOptions<never>, 'relay' | 'clock'>): KeepSnapshot {
  const snapshots = aggregates<Snapshot>(store, {
    ...parts,
    collection: 'indicator_snapshots',
    service: 'oversight',
    scopeOf: (snapshot) => snapshot,
    indexes: [{ fields: { 'state.regionCode': 1, 'state.year': 1, 'state.computedAt': 1 } }],
  })
  return async (snapshot) => {
    const { snapshotId, regionCode, unitId, year, indicators } = snapshot
    await snapshots.create(snapshotId, snapshot, [
      newEvent(events.oversight.indicatorSnapshotComputed, { snapshotId, regionCode, unitId, year, indicators: [...indicators] }),
    ])
  }
}
