import { readdirSync, readFileSync } from 'node:fs'
import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { parse } from 'yaml'
import { type Policy, type PolicyKey, type Preset, parseBinding, parsePreset, policyOf, resolvePolicy } from '../src/index.ts'

const folder = new URL('../../../deploy/presets/', import.meta.url)

/** Every preset the project ships, calendars aside. */
export const shippedPresets: readonly Preset[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.startsWith('calendar'))
  .sort()
  .map((path) => presetOf(parse(readFileSync(new URL(path, folder), 'utf8'))))

export function presetOf(file: unknown): Preset {
  const preset = parsePreset(file)
  if (!preset.ok) throw new Error(JSON.stringify(preset.error))
  return preset.value
}

/** The policy of a test region bound to a shipped preset alone. */
export function policyOfPreset(preset: string, at = '2026-03-02'): Policy {
  const binding = parseBinding({ regionCode: '230300', preset, from: '2020-01-01', production: false })
  if (!binding.ok) throw new Error(JSON.stringify(binding.error))
  const policy = resolvePolicy(shippedPresets, [binding.value], '230300' as RegionCode, at as LocalDate)
  if (!policy.ok) throw new Error(policy.error.message)
  return policy.value
}

export const fourCoalCities = policyOfPreset('local/four-coal-cities')
export const heilongjiang = policyOfPreset('heilongjiang')
export const samr2024 = policyOfPreset('samr-2024')
export const samr2023Draft = policyOfPreset('samr-2023-draft')

/** A policy with some of its values replaced, or unset where a value is undefined. */
export function withValues(policy: Policy, changes: Partial<Record<PolicyKey, unknown>>): Policy {
  const values = new Map(policy.content.values)
  for (const [key, value] of Object.entries(changes)) {
    const entry = values.get(key)
    if (entry === undefined) throw new Error(key)
    if (value === undefined) values.delete(key)
    else values.set(key, { ...entry, value: value as never })
  }
  return policyOf({ ...policy.content, values })
}

/** The value of a result that must be ok. */
export function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
