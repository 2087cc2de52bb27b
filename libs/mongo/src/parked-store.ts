import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import { type ParkedRecord, type ParkedStore, parkedKey } from '@dual-random/messaging'
import { mongo } from 'mongoose'
import { documents } from './documents.ts'
import { declareModel, type IndexSpec, type Store } from './store.ts'
import { storeCall } from './store-call.ts'

interface ParkedDocument extends Omit<ParkedRecord, 'value'> {
  readonly id: string
  readonly value: mongo.Binary
  readonly leasedUntil: Instant
}

/** An event that went to the dead letters: the reason for the gap before its successors. */
interface BuriedDocument {
  readonly id: string
  readonly group: string
  readonly topic: string
  readonly key: string
  readonly seq: number
}

const never = instantOf(0)

const collection = 'parked_events'

const indexes: readonly IndexSpec[] = [
  { fields: { group: 1, dueAt: 1 } },
  { fields: { group: 1, leasedUntil: 1 } },
  { fields: { group: 1, topic: 1, key: 1, seq: 1 } },
]

const buriedIndexes: readonly IndexSpec[] = [{ fields: { group: 1, topic: 1, key: 1, seq: 1 } }]

/** Parked records in the consumer's own store. */
export function parkedStore(store: Store): ParkedStore {
  const parked = documents<ParkedDocument>(store, { collection, indexes })
  const buried = documents<BuriedDocument>(store, { collection: 'buried_events', indexes: buriedIndexes })
  const model = declareModel(store, collection, {}, indexes)
  const idOf = ({ group, topic, eventId }: Pick<ParkedRecord, 'group' | 'topic' | 'eventId'>): string => `${group}|${topic}|${eventId}`
  const headOf = async (group: string, topic: string, key: string) =>
    (await parked.find({ group, topic, key }, { sort: { seq: 1 }, limit: 1 }))[0]

  const dueAtOnce = async (group: string, topic: string, key: string, now: Instant): Promise<void> => {
    await parked.claim({ group, topic, key }, { $set: { dueAt: now } }, { seq: 1 })
  }

  return {
    park: async (record) => {
      const value = new mongo.Binary(record.value)
      await parked.insertMissing([{ ...record, id: idOf(record), value, leasedUntil: never }])
    },
    parkedKeys: async (group) => {
      const keys = await storeCall(() =>
        model
          .aggregate<{ readonly _id: { readonly topic: string; readonly key: string } }>([
            { $match: { group } },
            { $group: { _id: { topic: '$topic', key: '$key' } } },
          ])
          .exec(),
      )
      return new Set(keys.map(({ _id: { topic, key } }) => parkedKey(topic, key)))
    },
    hasParked: async (group, topic, key) => (await parked.count({ group, topic, key })) > 0,
    nextDueAt: async (group) => {
      const [free] = await parked.find({ group, leasedUntil: never }, { sort: { dueAt: 1 }, limit: 1 })
      const [leased] = await parked.find({ group, leasedUntil: { $gt: never } }, { sort: { leasedUntil: 1 }, limit: 1 })
      return [free?.dueAt, leased?.leasedUntil].filter((at) => at !== undefined).sort()[0]
    },
    claimDue: async (group, now, leaseUntil) => {
      for (;;) {
        const due = { group, dueAt: { $lte: now }, leasedUntil: { $lte: now } }
        const claimed = await parked.claim(due, { $set: { leasedUntil: leaseUntil } }, { dueAt: 1, seq: 1 })
        if (claimed === undefined) return undefined
        const { topic, key } = claimed
        const head = await headOf(group, topic, key)
        if (head === undefined || head.id === claimed.id) return recordOf(claimed)
        // Not its turn, nor that of any other behind the head: the end of each makes the next one due.
        const behind = { group, topic, key, seq: { $gt: head.seq }, dueAt: { $lte: now } }
        await parked.updateWhere(behind, { $set: { dueAt: laterOf(head, now), leasedUntil: never } })
        // Unless the head ended meanwhile, before they were put off.
        if ((await headOf(group, topic, key))?.id !== head.id) await dueAtOnce(group, topic, key, now)
      }
    },
    renew: async (record, leaseUntil) => {
      await parked.updateWhere({ id: idOf(record) }, { $set: { leasedUntil: leaseUntil } })
    },
    reschedule: async (record) => {
      const { group, topic, key, attempts, dueAt, reason } = record
      await parked.updateWhere({ id: idOf(record) }, { $set: { attempts, dueAt, reason, leasedUntil: never } })
      await parked.updateWhere({ group, topic, key, dueAt: { $lt: dueAt } }, { $set: { dueAt } })
    },
    finish: async (record, now) => {
      await parked.remove({ id: idOf(record) })
      await dueAtOnce(record.group, record.topic, record.key, now)
    },
    rememberBuried: async (group, topic, key, seq) => {
      await buried.insertMissing([{ id: `${group}|${topic}|${key}|${seq}`, group, topic, key, seq }])
    },
    hasBuried: async (group, topic, key, { from, to }) => (await buried.count({ group, topic, key, seq: { $gte: from, $lt: to } })) > 0,
  }
}

/** A process may end between removing a head and making the next one due. */
const lookAgainMs = 30_000

/** When the records behind a head are looked at again, at the latest: with it, after its lease, or in a while. */
const laterOf = ({ dueAt, leasedUntil }: ParkedDocument, now: Instant): Instant => {
  const latest = dueAt > leasedUntil ? dueAt : leasedUntil
  return latest > now ? latest : addMs(now, lookAgainMs)
}

const recordOf = ({ id: _id, leasedUntil: _leasedUntil, value, ...record }: ParkedDocument): ParkedRecord => ({
  ...record,
  value: new Uint8Array(value.buffer),
})
