import { readdirSync, readFileSync } from 'node:fs'
import { parseCalendarYear, type WorkingCalendar, workingCalendar } from '@dual-random/calendar'
import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { type Policy, parseBinding, parsePreset, resolvePolicy } from '@dual-random/policy'
import { parse } from 'yaml'

const folder = new URL('../../../../deploy/presets/', import.meta.url)

/** The value of a result that must be ok. */
export function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const read = (path: string): unknown => parse(readFileSync(new URL(path, folder), 'utf8'))

const presets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.startsWith('calendar'))
  .map((path) => valueOf(parsePreset(read(path))))

/** The policy of a region bound to a shipped preset alone. */
export function policyOf(preset: string): Policy {
  const binding = valueOf(parseBinding({ regionCode: '230300', preset, from: '2020-01-01', production: false }))
  return valueOf(resolvePolicy(presets, [binding], '230300' as RegionCode, '2026-03-02' as LocalDate))
}

export const fourCoalCities = policyOf('local/four-coal-cities')
export const samr2024 = policyOf('samr-2024')

export const shippedCalendar: WorkingCalendar = valueOf(
  workingCalendar(readdirSync(new URL('calendar/', folder)).map((name) => valueOf(parseCalendarYear(read(`calendar/${name}`))))),
)
