import { regionPrefix } from '@dual-random/kernel'
import { aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { RaisedReminder, ReminderQuery, Reminders } from '../app/term-ports.ts'
import type { Reminder } from '../domain/reminder.ts'
import type { Publishing } from './plan-store.ts'

const atOnce = 500

/** A reminder and its event are one document under the key, so the event's id is the key's too: whoever delivers it can tell a repetition. */
export function reminderStore(store: Store, { relay, clock }: Publishing, tell: (reminder: Reminder) => NewEvent): Reminders {
  const reminders = aggregates<RaisedReminder>(store, {
    collection: 'reminders',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId = '' }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, 'state.year': 1, _id: 1 } }],
  })
  const raiseSome = async (some: readonly Reminder[], raisedAt: RaisedReminder['raisedAt']): Promise<number> => {
    const known = await reminders.loadMany(some.map(({ key }) => key))
    const free = some.filter(({ key }) => !known.has(key))
    const { written } = await reminders.saveMany(
      free.map((reminder) => ({ id: reminder.key, state: { ...reminder, raisedAt }, events: [tell(reminder)] })),
    )
    return written
  }
  return {
    raise: async (all, at) => {
      let raised = 0
      for (let from = 0; from < all.length; from += atOnce) raised += await raiseSome(all.slice(from, from + atOnce), at)
      return raised
    },
    page: async (query, { limit, after }) => {
      const filter = { ...filterOf(query), ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await reminders.find(filter, { limit: limit + 1 })).map(({ state }) => state)
    },
  }
}

const filterOf = ({ regionCode, year, unitId, kind }: ReminderQuery): Filter => ({
  'state.regionCode': { $regex: `^${regionPrefix(regionCode)}` },
  ...(year === undefined ? {} : { 'state.year': year }),
  ...(unitId === undefined ? {} : { 'state.unitId': unitId }),
  ...(kind === undefined ? {} : { 'state.kind': kind }),
})
