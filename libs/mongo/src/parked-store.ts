import { type Instant, instantOf } from '@dual-random/kernel'
import { type ParkedRecord, type ParkedStore, parkedKey } from '@dual-random/messaging'
import { mongo } from 'mongoose'
import { documents } from './documents.ts'
import type { Store } from './store.ts'
import { storeCall } from './store-call.ts'

interface ParkedDocument extends Omit<ParkedRecord, 'value'> {
  readonly id: string
  readonly value: mongo.Binary
  readonly leasedUntil: Instant
}

const never = instantOf(0)

/** Parked records in the consumer's own store. */
export function parkedStore(store: Store): ParkedStore {
  const parked = documents<ParkedDocument>(store, {
    collection: 'parked_events',
    indexes: [{ fields: { group: 1, dueAt: 1 } }, { fields: { group: 1, topic: 1, key: 1, seq: 1 } }],
  })
  const idOf = ({ group, eventId }: Pick<ParkedRecord, 'group' | 'eventId'>): string => `${group}|${eventId}`
  const headOf = async (group: string, topic: string, key: string) =>
    (await parked.find({ group, topic, key }, { sort: { seq: 1 }, limit: 1 }))[0]

  return {
    park: async (record) => {
      const value = new mongo.Binary(record.value)
      await parked.insertMissing([{ ...record, id: idOf(record), value, leasedUntil: never }])
    },
    parkedKeys: async (group) => {
      const found = await parked.find({ group }, { limit: 100_000 })
      return new Set(found.map(({ topic, key }) => parkedKey(topic, key)))
    },
    hasParked: async (group, topic, key) => (await parked.count({ group, topic, key })) > 0,
    nextDueAt: async (group) => (await parked.find({ group }, { sort: { dueAt: 1 }, limit: 1 }))[0]?.dueAt,
    claimDue: async (group, now, leaseUntil) => {
      for (;;) {
        const due = { group, dueAt: { $lte: now }, leasedUntil: { $lte: now } }
        const claimed = await parked.claim(due, { $set: { leasedUntil: leaseUntil } }, { dueAt: 1, seq: 1 })
        if (claimed === undefined) return undefined
        const head = await headOf(group, claimed.topic, claimed.key)
        if (head === undefined || head.id === claimed.id) return recordOf(claimed)
        // Not its turn: it becomes due with the head of its key.
        await parked.updateWhere({ id: claimed.id }, { $set: { dueAt: laterOf(head.dueAt, head.leasedUntil, now), leasedUntil: never } })
      }
    },
    reschedule: async (record) => {
      const { attempts, dueAt, reason } = record
      await parked.updateWhere({ id: idOf(record) }, { $set: { attempts, dueAt, reason, leasedUntil: never } })
    },
    finish: async (record, now) => {
      await parked.remove({ id: idOf(record) })
      const { group, topic, key } = record
      await storeCall(() => parked.updateWhere({ group, topic, key }, { $set: { dueAt: now } }))
    },
  }
}

/** A head that is due already but leased is retried elsewhere: look again shortly after its lease or at once when it has moved. */
const laterOf = (dueAt: Instant, leasedUntil: Instant, now: Instant): Instant => {
  const latest = dueAt > leasedUntil ? dueAt : leasedUntil
  return latest > now ? latest : instantOf(Date.parse(now) + 100)
}

const recordOf = ({ id: _id, leasedUntil: _leasedUntil, value, ...record }: ParkedDocument): ParkedRecord => ({
  ...record,
  value: new Uint8Array(value.buffer),
})
