import type { ReminderRecord, Reminders, TermSchedule, TermSchedules, WaitingReminder } from '../../src/app/term-ports.ts'
import type { Reminder } from '../../src/domain/reminder.ts'
import { newDelivery } from '../../src/domain/reminder-delivery.ts'

/** Schedules in memory that keep the port's promises on holds. */
export function memoryTermSchedules(): TermSchedules & { readonly all: ReadonlyMap<string, TermSchedule> } {
  const all = new Map<string, TermSchedule>()
  return {
    all,
    add: async (schedule) => {
      if (!all.has(schedule.regionCode)) all.set(schedule.regionCode, schedule)
    },
    claim: async (now, heldUntil) => {
      const [longest] = [...all.values()].filter(({ dueAt }) => dueAt <= now).toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
      if (longest === undefined) return undefined
      const claimed = { ...longest, dueAt: heldUntil }
      all.set(claimed.regionCode, claimed)
      return claimed
    },
    settle: async ({ regionCode, dueAt: heldUntil }, dueAt) => {
      if (all.get(regionCode)?.dueAt !== heldUntil) return false
      all.set(regionCode, { regionCode, dueAt })
      return true
    },
  }
}

/** Reminders in memory, and the events that told of them by their ids. */
export function memoryReminders(): Reminders & { readonly told: readonly { readonly id: string; readonly reminder: Reminder }[] } {
  const raised = new Map<string, ReminderRecord>()
  const told: { readonly id: string; readonly reminder: Reminder }[] = []
  return {
    told,
    raise: async (reminders, { raisedAt, dueAt }) => {
      const free = reminders.filter(({ key }) => !raised.has(key))
      for (const reminder of free) {
        raised.set(reminder.key, { ...reminder, raisedAt, place: raised.size + 1, delivery: newDelivery(dueAt) })
        told.push({ id: `${reminder.key}:1`, reminder })
      }
      return free.length
    },
    claim: async (now, heldUntil) => {
      const due = [...raised.values()].flatMap((each) =>
        each.delivery.status === 'WAITING' && each.delivery.dueAt <= now ? [each as WaitingReminder] : [],
      )
      const [longest] = due.toSorted((a, b) => (a.delivery.dueAt < b.delivery.dueAt ? -1 : 1))
      if (longest === undefined) return undefined
      const held = { ...longest, delivery: { ...longest.delivery, dueAt: heldUntil } }
      raised.set(held.key, held)
      return held
    },
    settle: async (claimed, delivery) => {
      const current = raised.get(claimed.key)
      if (current?.delivery.status !== 'WAITING' || current.delivery.dueAt !== claimed.delivery.dueAt) return false
      raised.set(claimed.key, { ...current, delivery })
      return true
    },
    page: async ({ regionCode, year, unitId, kind }, { limit, after = 0 }) =>
      [...raised.values()]
        .filter((each) => each.regionCode.startsWith(regionCode.replace(/(00)+$/, '')))
        .filter((each) => year === undefined || each.year === year)
        .filter((each) => unitId === undefined || each.unitId === unitId)
        .filter((each) => kind === undefined || each.kind === kind)
        .filter(({ place }) => place > after)
        .slice(0, limit + 1),
  }
}
