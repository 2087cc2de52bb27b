import { requireRegion } from '@dual-random/auth'
import type { Caller } from './ports.ts'
import type { RaisedReminder, ReminderPage, ReminderQuery, Reminders } from './term-ports.ts'

/** What was raised in a region and below it, for those who may read there. */
export async function remindersOf(
  { reminders }: { readonly reminders: Reminders },
  query: ReminderQuery,
  page: ReminderPage,
  { principal }: Caller,
): Promise<readonly RaisedReminder[]> {
  requireRegion(principal, query.regionCode)
  return reminders.page(query, page)
}
