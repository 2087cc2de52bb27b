import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addWorkingDays, parseCalendarYear, workingCalendar } from '@dual-random/calendar'
import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { type Policy, parseBinding, parsePreset, resolvePolicy, type WorkingDayCounter } from '@dual-random/policy'
import { parse } from 'yaml'
import { root } from './root.ts'

const folder = join(root, 'deploy/presets')
const read = (path: string): unknown => parse(readFileSync(join(folder, path), 'utf8'))

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}

/** A city's policy under the preset that ships for the four of the group. */
export function cityPolicy(regionCode: string, at: string): Policy {
  const presets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.startsWith('calendar'))
    .map((path) => valueOf(parsePreset(read(path))))
  const binding = valueOf(
    parseBinding({ regionCode, preset: 'local/four-coal-cities', from: '2025-01-01', production: false, documents: [], values: {} }),
  )
  return valueOf(resolvePolicy(presets, [binding], regionCode as RegionCode, at as LocalDate))
}

/** The working calendar of 2026, as shipped. */
export const calendarOf2026 = valueOf(workingCalendar([valueOf(parseCalendarYear(read('calendar/cn-2026.yaml')))]))

/** Working days of 2026. */
export function workingDays(): WorkingDayCounter {
  return (start, n) => addWorkingDays(calendarOf2026, start, n)
}
