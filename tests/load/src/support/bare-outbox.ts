import type { Collection } from 'mongodb'

/** Aggregates of one batch of the relay. */
const batchSize = 500

/** Reads and clears outboxes by the bare driver, batch by batch, as a relay without a broker would. */
export async function bareFindAndClear(collection: Collection<{ _id: string }>, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += batchSize) {
    const some = ids.slice(start, start + batchSize)
    const found = await collection.find({ _id: { $in: some } }, { projection: { _id: 1, regionCode: 1, outbox: 1 } }).toArray()
    await collection.bulkWrite(
      found.map(({ _id, ...rest }) => {
        const { outbox } = rest as unknown as { readonly outbox: readonly { readonly seq: number }[] }
        return { updateOne: { filter: { _id }, update: { $pull: { outbox: { seq: { $lte: outbox.at(-1)?.seq ?? 0 } } } } as never } }
      }),
      { ordered: false, writeConcern: { w: 'majority' } },
    )
  }
}
