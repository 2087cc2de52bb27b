import type { OutboxSource } from '@dual-random/messaging'
import { type AggregateDocument, toOutgoing } from './aggregate-document.ts'
import type { DocumentModel } from './store.ts'
import { storeCall } from './store-call.ts'

/** The outboxes of one collection of aggregates, for the relay. It only pulls: a rewrite would resurrect removed entries. */
export const outboxSource = (model: DocumentModel, service: string, name: string): OutboxSource => ({
  name,
  pending: async (aggregateIds, perAggregate) => {
    const options = {
      projection: { _id: 1, regionCode: 1, outbox: { $slice: perAggregate } },
      // This very driver encoded these texts, and checking each byte of them takes half of the time of reading them.
      enableUtf8Validation: false,
    }
    const found = await storeCall(() => model.collection.find({ _id: { $in: aggregateIds } } as never, options).toArray())
    return found.flatMap((document) => toOutgoing(document as unknown as AggregateDocument<unknown>, service))
  },
  remove: async (acknowledged) => {
    // Far fewer writes than aggregates. The driver does not repeat these by itself; what was removed already does no harm the next time.
    const operations = [...idsBySeq(acknowledged)].map(([seq, ids]) => ({
      updateMany: { filter: { _id: { $in: ids } }, update: { $pull: { outbox: { seq: { $lte: seq } } } } },
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

function idsBySeq(acknowledged: ReadonlyMap<string, number>): ReadonlyMap<number, readonly string[]> {
  const ids = new Map<number, string[]>()
  for (const [id, seq] of acknowledged) {
    const alike = ids.get(seq)
    if (alike === undefined) ids.set(seq, [id])
    else alike.push(id)
  }
  return ids
}
