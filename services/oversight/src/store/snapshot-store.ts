import { events } from '@dual-random/contracts'
import { regionPrefix } from '@dual-random/kernel'
import { type AggregateOptions, aggregates, newEvent, type Store } from '@dual-random/mongo'
import type { Snapshot, Snapshots } from '../app/ports.ts'

/** Snapshots never change: each is written once, with its event. */
export function snapshotStore(store: Store, parts: Pick<AggregateOptions<never>, 'relay' | 'clock'>): Snapshots {
  const snapshots = aggregates<Snapshot>(store, {
    ...parts,
    collection: 'indicator_snapshots',
    service: 'oversight',
    scopeOf: ({ regionCode, takenByUnitId }) => ({ regionCode, unitId: takenByUnitId }),
    indexes: [{ fields: { regionCode: 1, 'state.year': 1, _id: 1 } }],
  })
  const load: Snapshots['load'] = async (id) => (await snapshots.load(id))?.state
  return {
    load,
    keep: async (snapshot) => {
      await snapshots.create(snapshot.snapshotId, snapshot, [computed(snapshot)])
      return (await load(snapshot.snapshotId)) ?? snapshot
    },
    list: async (regionCode, year, { limit, after }) => {
      const prefix = regionPrefix(regionCode)
      const found = await snapshots.find(
        {
          regionCode: { $gte: prefix, $lt: `${prefix}~` },
          ...(year === undefined ? {} : { 'state.year': year }),
          ...(after === undefined ? {} : { _id: { $gt: after } }),
        },
        { limit },
      )
      return found.map(({ state }) => state)
    },
  }
}

const computed = ({ snapshotId, regionCode, takenByUnitId, year, indicators }: Snapshot) =>
  newEvent(events.oversight.indicatorSnapshotComputed, {
    snapshotId,
    regionCode,
    unitId: takenByUnitId,
    year,
    indicators: indicators.map(({ code, numerator, denominator, formulaVersion }) => ({ code, numerator, denominator, formulaVersion })),
  })
