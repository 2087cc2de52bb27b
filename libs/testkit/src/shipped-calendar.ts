import { parseCalendarYear, type WorkingCalendar, workingCalendar } from '@dual-random/calendar'
import { shippedFiles } from './shipped-files.ts'
import { valueOf } from './value-of.ts'

/** The working calendar of these years as shipped, or of all shipped years when none is named. */
export function calendarOf(...years: readonly number[]): WorkingCalendar {
  const names = years.map((year) => `cn-${year}.yaml`)
  const files = shippedFiles('calendar/', (path) => names.length === 0 || names.includes(path))
  return valueOf(workingCalendar(files.map((file) => valueOf(parseCalendarYear(file)))))
}
