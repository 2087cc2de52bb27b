import { regionPrefix } from '@dual-random/kernel'
import { aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { ReminderQuery, ReminderRecord, Reminders, WaitingReminder } from '../app/term-ports.ts'
import type { Reminder } from '../domain/reminder.ts'
import { newDelivery, type ReminderDelivery } from '../domain/reminder-delivery.ts'
import type { Publishing } from './plan-store.ts'

const atOnce = 500
const place = 'state.place'
/** Of those that are due, so that copies which look at once do not all want the same. */
const lookedAt = 16

/** A reminder, its event and its delivery are one document under the key: what is recorded is on its way, and nothing is sent of what is not. */
export function reminderStore(store: Store, { relay, clock }: Publishing, tell: (reminder: Reminder) => NewEvent): Reminders {
  const reminders = aggregates<ReminderRecord>(store, {
    collection: 'reminders',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId = '' }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { 'state.regionCode': 1, 'state.year': 1, [place]: 1 } },
      { fields: { [place]: 1 }, unique: true, partial: { [place]: { $exists: true } } },
      { fields: { 'state.delivery.dueAt': 1 }, partial: { 'state.delivery.status': 'WAITING' } },
    ],
  })
  const lastPlace = async (): Promise<number> =>
    (await reminders.find({ [place]: { $gt: 0 } }, { sort: { [place]: -1 }, limit: 1 }))[0]?.state.place ?? 0

  /**
   * A place is taken only once the one before it is: several copies that write at once get in each other's way rather than leave a gap that one of
   * them would fill behind a reader. Whoever was in the way has written, so that it ends.
   */
  const raiseSome = async (some: readonly Reminder[], { raisedAt, dueAt }: Parameters<Reminders['raise']>[1]): Promise<number> => {
    let raised = 0
    for (let left = some; left.length > 0; ) {
      const known = await reminders.loadMany(left.map(({ key }) => key))
      const free = left.filter(({ key }) => !known.has(key))
      const last = await lastPlace()
      const created = await reminders.createInOrder(
        free.map((reminder, index) => ({
          id: reminder.key,
          state: { ...reminder, raisedAt, place: last + 1 + index, delivery: newDelivery(dueAt) },
          events: [tell(reminder)],
        })),
      )
      raised += created
      left = free.slice(created)
    }
    return raised
  }
  /** Changes the delivery of one that still waits as it was read; false where another was faster. */
  const move = async ({ key, delivery: before }: WaitingReminder, delivery: ReminderDelivery): Promise<boolean> => {
    let isMine = false
    await reminders.update(key, (current) => {
      isMine = current?.state.delivery.status === 'WAITING' && current.state.delivery.dueAt === before.dueAt
      return current !== undefined && isMine ? { state: { ...current.state, delivery }, events: [] } : undefined
    })
    return isMine
  }
  return {
    raise: async (all, at) => {
      let raised = 0
      for (let from = 0; from < all.length; from += atOnce) raised += await raiseSome(all.slice(from, from + atOnce), at)
      return raised
    },
    page: async (query, { limit, after = 0 }) => {
      const filter = { ...filterOf(query), [place]: { $gt: after } }
      return (await reminders.find(filter, { sort: { [place]: 1 }, limit: limit + 1 })).map(({ state }) => state)
    },
    claim: async (now, heldUntil) => {
      const due = { 'state.delivery.status': 'WAITING', 'state.delivery.dueAt': { $lte: now } }
      for (;;) {
        const found = await reminders.find(due, { sort: { 'state.delivery.dueAt': 1, _id: 1 }, limit: lookedAt })
        if (found.length === 0) return undefined
        for (const { state } of found) {
          const waiting = state as WaitingReminder
          const held = { ...waiting, delivery: { ...waiting.delivery, dueAt: heldUntil } }
          if (await move(waiting, held.delivery)) return held
        }
      }
    },
    settle: move,
  }
}

const filterOf = ({ regionCode, year, unitId, kind }: ReminderQuery): Filter => ({
  'state.regionCode': { $regex: `^${regionPrefix(regionCode)}` },
  ...(year === undefined ? {} : { 'state.year': year }),
  ...(unitId === undefined ? {} : { 'state.unitId': unitId }),
  ...(kind === undefined ? {} : { 'state.kind': kind }),
})
