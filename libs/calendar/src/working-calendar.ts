import { addDays, chinaDateOf, endOfChinaDate, err, type Instant, type LocalDate, ok, type Result, yearOf } from '@dual-random/kernel'
import { type CalendarYear, isWeekend } from './calendar-year.ts'

/** Working days of China as far as notices are loaded. Dates of other years are unknown, never plain weekdays. */
export interface WorkingCalendar {
  /** The loaded years, ascending: what a stored deadline was counted with. */
  readonly editions: readonly { readonly year: number; readonly version: number }[]
  readonly knownYears: ReadonlySet<number>
  /** Every day a notice names: true = working (make-up day), false = off. */
  readonly named: ReadonlyMap<LocalDate, boolean>
}

export type WorkingCalendarError = { readonly code: 'calendar-year-twice'; readonly year: number; readonly message: string }

/** Joins years into a calendar; the same year twice is refused, since the two editions may differ. */
export function workingCalendar(years: readonly CalendarYear[]): Result<WorkingCalendar, WorkingCalendarError> {
  const named = new Map<LocalDate, boolean>()
  const knownYears = new Set<number>()
  const ascending = [...years].sort((a, b) => a.year - b.year)
  for (const { year, holidays, makeUpDays } of ascending) {
    if (knownYears.has(year)) return err({ code: 'calendar-year-twice', year, message: `${year} 年的工作日历出现两次` })
    knownYears.add(year)
    // Ascending order lets a later notice overrule the December its predecessor described.
    for (const span of holidays) for (let date = span.from; date <= span.to; date = addDays(date, 1)) named.set(date, false)
    for (const date of makeUpDays) named.set(date, true)
  }
  return ok({ editions: ascending.map(({ year, version }) => ({ year, version })), knownYears, named })
}

/** Whether a date is a working day; `unknown` when its year's notice is not loaded (DQ-08). */
export function isWorkingDay(calendar: WorkingCalendar, date: LocalDate): boolean | 'unknown' {
  const named = calendar.named.get(date)
  if (named !== undefined) return named
  return calendar.knownYears.has(yearOf(date)) ? !isWeekend(date) : 'unknown'
}

/** A date reached by counting. When provisional, unknown days counted as weekdays: count again once the notice is loaded. */
export interface CountedDate {
  readonly date: LocalDate
  readonly provisional: boolean
}

/** The n-th working day after `start`, which is itself not counted (DQ-08). Throws on a negative or fractional n. */
export function addWorkingDays(calendar: WorkingCalendar, start: LocalDate, n: number): CountedDate {
  if (!Number.isSafeInteger(n) || n < 0) throw new Error(`not a count of working days: ${n}`)
  let date = start
  let provisional = false
  for (let left = n; left > 0; ) {
    date = addDays(date, 1)
    const day = assumedWorkingDay(calendar, date)
    if (day.assumed) provisional = true
    if (day.working) left--
  }
  return { date, provisional }
}

/** Working days in `(start, end]`, so that `addWorkingDays(start, days)` does not pass `end`; negative when end lies before start. */
export function workingDaysBetween(
  calendar: WorkingCalendar,
  start: LocalDate,
  end: LocalDate,
): { readonly days: number; readonly provisional: boolean } {
  if (end < start) {
    const back = workingDaysBetween(calendar, end, start)
    return { days: back.days === 0 ? 0 : -back.days, provisional: back.provisional }
  }
  let days = 0
  let provisional = false
  for (let date = start; date < end; ) {
    date = addDays(date, 1)
    const day = assumedWorkingDay(calendar, date)
    if (day.assumed) provisional = true
    if (day.working) days++
  }
  return { days, provisional }
}

/** A working-day deadline: it is kept up to and including `endsAt`, the last millisecond of `date` in China. */
export interface Deadline extends CountedDate {
  readonly endsAt: Instant
}

/** The end of the n-th working day after the China date of an event. */
export function deadlineAfter(calendar: WorkingCalendar, event: Instant, n: number): Deadline {
  const counted = addWorkingDays(calendar, chinaDateOf(event), n)
  return { ...counted, endsAt: endOfChinaDate(counted.date) }
}

/** Whether a date counts as a working day; `assumed` when its year's notice is not loaded and Monday to Friday are taken for working days (DQ-08). */
export function assumedWorkingDay(calendar: WorkingCalendar, date: LocalDate): { readonly working: boolean; readonly assumed: boolean } {
  const known = isWorkingDay(calendar, date)
  return known === 'unknown' ? { working: !isWeekend(date), assumed: true } : { working: known, assumed: false }
}
