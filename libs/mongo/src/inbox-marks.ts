import { appError } from '@dual-random/errors'
import type { ReceivedEvent } from '@dual-random/messaging'
import { declareModel, type Store } from './store.ts'
import { isDuplicateKey, storeCall } from './store-call.ts'

interface MarkDocument {
  _id: string
  seq: number
}

/** The process documents of a group: last applied seq by topic and source aggregate. */
export interface InboxMarks {
  read(topic: string, aggregateId: string): Promise<number>
  readMany(topic: string, aggregateIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Never moves backwards. */
  advance(topic: string, aggregateId: string, seq: number): Promise<void>
}

const collection = 'inbox_marks'

export function inboxMarks(store: Store): InboxMarks {
  const model = declareModel(store, collection, { seq: Number }, [])
  const keyOf = (topic: string, aggregateId: string): string => `${topic}|${aggregateId}`
  const readMany: InboxMarks['readMany'] = async (topic, aggregateIds) => {
    const keys = aggregateIds.map((id) => keyOf(topic, id))
    const found = await storeCall(() =>
      model
        .find({ _id: { $in: keys } })
        .lean<MarkDocument[]>()
        .exec(),
    )
    return new Map(found.map(({ _id, seq }) => [_id.slice(topic.length + 1), seq]))
  }
  return {
    readMany,
    read: async (topic, aggregateId) => (await readMany(topic, [aggregateId])).get(aggregateId) ?? 0,
    advance: async (topic, aggregateId, seq) => {
      const advanceIt = (upsert: boolean) =>
        storeCall(() =>
          model.collection.updateOne({ _id: keyOf(topic, aggregateId), seq: { $lt: seq } } as never, { $set: { seq } }, { upsert }),
        )
      try {
        await advanceIt(true)
      } catch (thrown) {
        if (!isDuplicateKey(thrown)) throw thrown
        // The mark has just come to be: above, then nothing is to be done, or below.
        await advanceIt(false)
      }
    },
  }
}

/** Whether an event is the next one after `applied`; throws `sequence-gap` when one before it is missing. */
export function isNext(event: ReceivedEvent, applied: number): boolean {
  if (event.seq <= applied) return false
  if (event.seq > applied + 1) {
    throw appError('failed-precondition', 'sequence-gap', { meta: { expected: applied + 1, actual: event.seq } })
  }
  return true
}
