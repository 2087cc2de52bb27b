import { randomUUID } from 'node:crypto'
import { documents, type Store } from '@dual-random/mongo'
import type { RecordedRead, SensitiveReads } from '../app/ports.ts'
import { regionRange } from './records.ts'

/** Ids begin with the instant, so that their order is that of the reads. */
export function sensitiveReadStore(store: Store): SensitiveReads {
  const reads = documents<RecordedRead>(store, {
    collection: 'sensitive_reads',
    indexes: [{ fields: { regionCode: 1, _id: -1 } }, { fields: { target: 1, _id: -1 } }, { fields: { 'by.subject': 1, _id: -1 } }],
  })
  return {
    add: async (read) => {
      await reads.insertMissing([{ id: `${read.at}~${randomUUID()}`, ...read }])
    },
    page: ({ regionCode, target, subject }, { limit, after }) =>
      reads.find(
        {
          regionCode: regionRange(regionCode),
          ...(target === undefined ? {} : { target }),
          ...(subject === undefined ? {} : { 'by.subject': subject }),
          ...(after === undefined ? {} : { id: { $lt: after } }),
        },
        { sort: { _id: -1 }, limit },
      ),
  }
}
