import { documents, type Filter, type Store } from '@dual-random/mongo'
import type { ResultDeliveries } from '../app/delivery-ports.ts'
import type { ResultDelivery, Waiting } from '../domain/result-delivery.ts'
import { regionRange } from './records.ts'

/** The delivery under the id of its result. */
type Stored = ResultDelivery & { readonly id: string }

export function resultDeliveries(store: Store): ResultDeliveries {
  const deliveries = documents<Stored>(store, {
    collection: 'result_deliveries',
    indexes: [
      { fields: { status: 1, dueAt: 1 } },
      { fields: { 'notice.regionCode': 1, status: 1, receivedAt: 1 } },
      { fields: { 'notice.taskId': 1 } },
      { fields: { 'notice.objectId': 1 } },
    ],
  })
  const inRegion = (regionCode: Parameters<typeof regionRange>[0]) => ({ 'notice.regionCode': regionRange(regionCode) })
  const matching = async (filter: Filter) => (await deliveries.find(filter)).flatMap((found) => deliveryOf(found) ?? [])
  return {
    get: async (resultId) => deliveryOf(await deliveries.get(resultId)),
    insert: async (delivery) => {
      await deliveries.insertMissing([{ id: delivery.notice.resultId, ...delivery }])
    },
    claim: async (now, heldUntil) => {
      const due = { status: 'WAITING', dueAt: { $lte: now } }
      const claimed = await deliveries.claim(due, { $set: { dueAt: heldUntil } }, { dueAt: 1 })
      return deliveryOf(claimed) as Waiting | undefined
    },
    settle: async (before, after) => {
      const unchanged = {
        id: before.notice.resultId,
        status: before.status,
        ...(before.status === 'WAITING' ? { dueAt: before.dueAt } : {}),
      }
      const { notice: _notice, receivedAt: _receivedAt, ...written } = after
      const gone = Object.keys(before).filter((name) => !(name in after))
      const unset = gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((name) => [name, ''])) }
      return (await deliveries.updateWhere(unchanged, { $set: written, ...unset })) === 1
    },
    ofObject: (objectId) => matching({ 'notice.objectId': objectId }),
    ofTask: (taskId) => matching({ 'notice.taskId': taskId }),
    page: async ({ regionCode, status }, { limit, after }) => {
      const filter = {
        ...inRegion(regionCode),
        ...(status === undefined ? {} : { status }),
        ...(after === undefined ? {} : { id: { $gt: after } }),
      }
      return (await deliveries.find(filter, { limit })).flatMap((found) => deliveryOf(found) ?? [])
    },
    overview: async (regionCode) => {
      const count = (status: ResultDelivery['status']) => deliveries.count({ ...inRegion(regionCode), status })
      const oldest = { ...inRegion(regionCode), status: 'WAITING' }
      const [waiting, delivered, dead, [first]] = await Promise.all([
        count('WAITING'),
        count('DELIVERED'),
        count('DEAD'),
        deliveries.find(oldest, { sort: { receivedAt: 1 }, limit: 1 }),
      ])
      return { waiting, delivered, dead, oldestWaitingSince: first?.receivedAt ?? null }
    },
  }
}

function deliveryOf(found: Stored | undefined): ResultDelivery | undefined {
  if (found === undefined) return undefined
  const { id: _id, ...delivery } = found
  return delivery
}
