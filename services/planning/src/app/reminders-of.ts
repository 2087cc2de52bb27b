import { requireRegion } from '@dual-random/auth'
import type { Caller } from './ports.ts'
import type { ReminderPage, ReminderQuery, ReminderRecord, Reminders } from './term-ports.ts'

/** What was raised in a region and below it, for those who may read there. */
export async function remindersOf(
  { reminders }: { readonly reminders: Reminders },
  query: ReminderQuery,
  page: ReminderPage,
  { principal }: Caller,
): Promise<readonly ReminderRecord[]> {
  requireRegion(principal, query.regionCode)
  return reminders.page(query, page)
}
