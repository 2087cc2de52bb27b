import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type CalendarYear, parseCalendarYear, type WorkingCalendar, workingCalendar } from '../src/index.ts'

const folder = new URL('../../../deploy/presets/calendar/', import.meta.url)

/** Every year file the project ships. */
export const shippedYears: readonly CalendarYear[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const year = parseCalendarYear(parse(readFileSync(new URL(name, folder), 'utf8')))
    if (!year.ok) throw new Error(`${name}: ${JSON.stringify(year.error)}`)
    return year.value
  })

export const shippedCalendar: WorkingCalendar = calendarOf(shippedYears)

/** A calendar of exactly these years. */
export function calendarOf(years: readonly CalendarYear[]): WorkingCalendar {
  const calendar = workingCalendar(years)
  if (!calendar.ok) throw new Error(calendar.error.message)
  return calendar.value
}
