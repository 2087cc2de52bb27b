import { aggregates, type Store } from '@dual-random/mongo'
import { creditId } from '../app/import-credit-results.ts'
import type { CreditRecords } from '../app/ports.ts'
import type { CreditRecord } from '../domain/credit-result.ts'
import { recordsOver, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

export function creditRecords(store: Store, { toContract, ...settings }: AggregateSettings): CreditRecords {
  const records = aggregates<CreditRecord>(store, {
    ...settings,
    collection: 'credit_records',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [],
  })
  return {
    ...recordsOver(records, sameShape<CreditRecord>(), toContract),
    ofObjects: async (objectIds) => {
      const found = await records.loadMany(objectIds.map(creditId))
      return new Map([...found.values()].map(({ state }) => [state.objectId, state]))
    },
  }
}
