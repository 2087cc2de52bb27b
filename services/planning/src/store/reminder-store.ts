import { regionPrefix } from '@dual-random/kernel'
import { aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { RaisedReminder, ReminderQuery, Reminders } from '../app/term-ports.ts'
import type { Reminder } from '../domain/reminder.ts'
import type { Publishing } from './plan-store.ts'

const atOnce = 500
const place = 'state.place'

/** A reminder and its event are one document under the key, so the event's id is the key's too: whoever delivers it can tell a repetition. */
export function reminderStore(store: Store, { relay, clock }: Publishing, tell: (reminder: Reminder) => NewEvent): Reminders {
  const reminders = aggregates<RaisedReminder>(store, {
    collection: 'reminders',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId = '' }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { 'state.regionCode': 1, 'state.year': 1, [place]: 1 } },
      { fields: { [place]: 1 }, unique: true, partial: { [place]: { $exists: true } } },
    ],
  })
  const lastPlace = async (): Promise<number> =>
    (await reminders.find({ [place]: { $gt: 0 } }, { sort: { [place]: -1 }, limit: 1 }))[0]?.state.place ?? 0

  /**
   * A place is taken only once the one before it is: several copies that write at once get in each other's way rather than leave a gap that one of
   * them would fill behind a reader. Whoever was in the way has written, so that it ends.
   */
  const raiseSome = async (some: readonly Reminder[], raisedAt: RaisedReminder['raisedAt']): Promise<number> => {
    let raised = 0
    for (let left = some; left.length > 0; ) {
      const known = await reminders.loadMany(left.map(({ key }) => key))
      const free = left.filter(({ key }) => !known.has(key))
      const last = await lastPlace()
      const created = await reminders.createInOrder(
        free.map((reminder, index) => ({
          id: reminder.key,
          state: { ...reminder, raisedAt, place: last + 1 + index },
          events: [tell(reminder)],
        })),
      )
      raised += created
      left = free.slice(created)
    }
    return raised
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
  }
}

const filterOf = ({ regionCode, year, unitId, kind }: ReminderQuery): Filter => ({
  'state.regionCode': { $regex: `^${regionPrefix(regionCode)}` },
  ...(year === undefined ? {} : { 'state.year': year }),
  ...(unitId === undefined ? {} : { 'state.unitId': unitId }),
  ...(kind === undefined ? {} : { 'state.kind': kind }),
})
