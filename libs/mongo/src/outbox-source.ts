import type { OutboxSource } from '@dual-random/messaging'
import { type AggregateDocument, toOutgoing } from './aggregate-document.ts'
import type { DocumentModel } from './store.ts'
import { storeCall } from './store-call.ts'

/** The outboxes of one collection of aggregates, for the relay. It only pulls: a rewrite would resurrect removed entries. */
export const outboxSource = (model: DocumentModel, service: string, name: string): OutboxSource => ({
  name,
  pending: async (aggregateIds, perAggregate) => {
    const projection = { _id: 1, regionCode: 1, outbox: { $slice: perAggregate } }
    const found = await storeCall(() => model.collection.find({ _id: { $in: aggregateIds } } as never, { projection }).toArray())
    return found.flatMap((document) => toOutgoing(document as unknown as AggregateDocument<unknown>, service))
  },
  remove: async (acknowledged) => {
    const operations = [...acknowledged].map(([id, seq]) => ({
      updateOne: { filter: { _id: id }, update: { $pull: { outbox: { seq: { $lte: seq } } } } },
    }))
    if (operations.length > 0) await storeCall(() => model.collection.bulkWrite(operations as never, { ordered: false }))
  },
  stale: async (before, limit) => {
    const projection = { 'outbox.owner': 1 }
    // A comparison implies $exists, and so the partial index; $exists beside it makes some stores scan the collection instead.
    const found = await storeCall(() =>
      model.collection.find({ 'outbox.0.storedAt': { $lte: before } } as never, { projection, limit }).toArray(),
    )
    return (found as unknown as readonly AggregateDocument<unknown>[]).map(({ _id, outbox }) => ({
      aggregateId: _id,
      owner: outbox[0]?.owner ?? '',
    }))
  },
})
