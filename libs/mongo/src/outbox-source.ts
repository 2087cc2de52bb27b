import type { OutboxSource } from '@dual-random/messaging'
import { type AggregateDocument, toOutgoing } from './aggregate-document.ts'
import type { DocumentModel } from './store.ts'
import { storeCall } from './store-call.ts'

/** The outboxes of one collection of aggregates, for the relay. It only pulls: a rewrite would resurrect removed entries. */
export const outboxSource = (model: DocumentModel, service: string, name: string): OutboxSource => ({
  name,
  pending: async (aggregateIds) => {
    const found = await storeCall(() =>
      model.collection.find({ _id: { $in: aggregateIds } } as never, { projection: { _id: 1, regionCode: 1, outbox: 1 } }).toArray(),
    )
    return found.flatMap((document) => toOutgoing(document as unknown as AggregateDocument<unknown>, service))
  },
  remove: async (acknowledged) => {
    const operations = [...acknowledged].map(([id, seq]) => ({
      updateOne: { filter: { _id: id }, update: { $pull: { outbox: { seq: { $lte: seq } } } } },
    }))
    if (operations.length > 0) await storeCall(() => model.collection.bulkWrite(operations as never, { ordered: false }))
  },
  stale: async (before, limit) => {
    const found = await storeCall(() =>
      model.collection.find({ 'outbox.0.storedAt': { $exists: true, $lte: before } } as never, { projection: { _id: 1 }, limit }).toArray(),
    )
    return found.map((document) => String(document._id))
  },
})
