import { aggregates, type Store } from '@dual-random/mongo'
import { creditId } from '../app/import-credit-results.ts'
import type { CreditRecords } from '../app/ports.ts'
import type { CreditRecord, StratumResult } from '../domain/credit-result.ts'
import { recordsOver, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

interface CountedRecord {
  readonly objectId: string
  readonly results: readonly StratumResult[]
}

const resultFields = ['objectId', ...['source', 'field', 'grade', 'asOf', 'recordedAt'].map((name) => `results.${name}`)].map(
  (name) => `state.${name}`,
)

export function creditRecords(store: Store, { toContract, ...settings }: AggregateSettings): CreditRecords {
  const records = aggregates<CreditRecord>(store, {
    ...settings,
    collection: 'credit_records',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [],
  })
  return {
    ...recordsOver(records, sameShape<CreditRecord>(), toContract),
    resultsOf: async (objectIds) => {
      const found = await records.fieldsOf<CountedRecord>(objectIds.map(creditId), resultFields)
      return new Map(found.map((record) => [record.objectId, record]))
    },
    ofObjects: async (objectIds) => {
      const found = await records.loadMany(objectIds.map(creditId))
      return new Map([...found.values()].map(({ state }) => [state.objectId, state]))
    },
  }
}
