import { readdirSync, readFileSync } from 'node:fs'
import { parseCalendarYear, type WorkingCalendar, workingCalendar } from '@dual-random/calendar'
import { parse } from 'yaml'
import { valueOf } from './shipped-presets.ts'

const folder = new URL('../../../deploy/presets/calendar/', import.meta.url)

/** The working calendar the project ships. */
export const shippedCalendar: WorkingCalendar = valueOf(
  workingCalendar(readdirSync(folder).map((name) => valueOf(parseCalendarYear(parse(readFileSync(new URL(name, folder), 'utf8')))))),
)
