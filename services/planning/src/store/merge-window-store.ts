import { aggregates, type Store } from '@dual-random/mongo'
import type { MergeWindowStore } from '../app/ports.ts'
import type { MergeWindows } from '../domain/merge-windows.ts'
import type { Publishing } from './plan-store.ts'

/** The merge windows of a region and year in one document: two filings at once decide one after the other. */
export function mergeWindowStore(store: Store, { relay, clock }: Publishing): MergeWindowStore {
  const windows = aggregates<MergeWindows>(store, {
    collection: 'merge-windows',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode }) => ({ regionCode, unitId: '' }),
    indexes: [],
  })
  const idOf = (regionCode: string, year: number): string => `mw-${regionCode}-${year}`
  return {
    get: async (regionCode, year) => (await windows.load(idOf(regionCode, year)))?.state ?? { regionCode, year, windows: [] },
    change: async (regionCode, year, decide) => {
      const changed = await windows.update(idOf(regionCode, year), (current) => ({
        state: decide(current?.state ?? { regionCode, year, windows: [] }),
        events: [],
      }))
      if (changed === undefined) throw new Error('a decided change was not saved')
      return changed.state
    },
  }
}
