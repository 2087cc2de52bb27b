import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseCalendarYear, type WorkingCalendar, workingCalendar } from '@dual-random/calendar'
import { parse } from 'yaml'

/** The presets folder of the checkout that this file runs in, from source or built. */
export function checkoutPresets(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const presets = join(folder, 'deploy', 'presets')
    if (existsSync(presets)) return presets
    if (folder === dirname(folder)) throw new Error('no deploy/presets above the service: set DR_PRESETS_DIR')
  }
}

/** Reads every year of the working calendar; throws when a file is not valid, since a wrong calendar makes wrong deadlines. */
export async function readCalendar(presets: string): Promise<WorkingCalendar> {
  const folder = join(presets, 'calendar')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  const years = await Promise.all(
    names.map(async (name) => {
      const year = parseCalendarYear(parse(await readFile(join(folder, name), 'utf8')))
      if (!year.ok) throw new Error(`${name}: ${year.error.map(({ path, message }) => `${path} ${message}`).join('; ')}`)
      return year.value
    }),
  )
  const calendar = workingCalendar(years)
  if (!calendar.ok) throw new Error(calendar.error.message)
  return calendar.value
}
