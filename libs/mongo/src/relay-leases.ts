import type { RelayLeases } from '@dual-random/messaging'
import { declareModel, type Store } from './store.ts'
import { isDuplicateKey, storeCall } from './store-call.ts'

const collection = 'relay_leases'

/** Long past any lease; nothing is written by an owner that has been silent that long. */
const keptSeconds = 86_400

/** The leases of the relays of one service, in its own store. */
export function relayLeases(store: Store): RelayLeases {
  const model = declareModel(store, collection, { holder: String, until: String, renewedAt: Date }, [
    { fields: { renewedAt: 1 }, expireAfterSeconds: keptSeconds },
  ])
  return {
    hold: async (owner, holder, now, until) => {
      const free = { _id: owner, $or: [{ holder }, { until: { $lte: now } }] }
      const lease = { holder, until, renewedAt: new Date(now) }
      try {
        await storeCall(() => model.collection.updateOne(free as never, { $set: lease }, { upsert: true }))
        return true
      } catch (thrown) {
        // The document is there and its lease is another's.
        if (isDuplicateKey(thrown)) return false
        throw thrown
      }
    },
  }
}
