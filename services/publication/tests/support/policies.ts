import { addWorkingDays, type WorkingCalendar } from '@dual-random/calendar'
import type { WorkingDayCounter } from '@dual-random/policy'

export { calendarOf, changed, policyOf, valueOf } from '@dual-random/testkit/shipped'

export const counterOf =
  (calendar: WorkingCalendar): WorkingDayCounter =>
  (start, n) =>
    addWorkingDays(calendar, start, n)
