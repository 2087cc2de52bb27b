import { documents, type Store } from '@dual-random/mongo'
import type { TermSchedule, TermSchedules } from '../app/term-ports.ts'

type Stored = TermSchedule & { readonly id: string }

/** A claim moves `dueAt` to the end of the hold: what a crashed copy had claimed comes due again by itself. */
export function termScheduleStore(store: Store): TermSchedules {
  const schedules = documents<Stored>(store, { collection: 'term_schedules', indexes: [{ fields: { dueAt: 1 } }] })
  return {
    add: async (schedule) => {
      await schedules.insertMissing([{ id: schedule.regionCode, ...schedule }])
    },
    claim: async (now, heldUntil) => {
      const claimed = await schedules.claim({ dueAt: { $lte: now } }, { $set: { dueAt: heldUntil } }, { dueAt: 1 })
      return claimed === undefined ? undefined : { regionCode: claimed.regionCode, dueAt: claimed.dueAt }
    },
    settle: async ({ regionCode, dueAt: heldUntil }, dueAt) =>
      (await schedules.updateWhere({ id: regionCode, dueAt: heldUntil }, { $set: { dueAt } })) === 1,
  }
}
