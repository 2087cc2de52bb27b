import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseCalendarYear, type WorkingCalendar, workingCalendar } from '@dual-random/calendar'
import { ConfigError } from '@dual-random/runtime'
import { parse } from 'yaml'

/** The working calendar of a folder of `.yaml` files, one a year. A file that does not read stops the start, since a wrong calendar makes wrong deadlines. */
export function readCalendar(folder: string): WorkingCalendar {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
  const years = names.map((name) => {
    const year = parseCalendarYear(parse(readFileSync(join(folder, name), 'utf8')))
    if (!year.ok) throw new ConfigError(year.error.map(({ path, message }) => `${folder}: ${name} ${path} ${message}`))
    return year.value
  })
  const calendar = workingCalendar(years)
  if (!calendar.ok) throw new ConfigError([`${folder}: ${calendar.error.message}`])
  return calendar.value
}

const shipped = join('deploy', 'presets', 'calendar')

/** The calendars of the checkout this code stands in, built or not. */
export function shippedCalendarFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, shipped))) return join(folder, shipped)
    if (folder === dirname(folder)) throw new ConfigError(['DR_CALENDAR_DIR: 缺少 (missing)'])
  }
}
