import { readdirSync, readFileSync } from 'node:fs'
import type { Json, LocalDate, RegionCode } from '@dual-random/kernel'
import {
  type Policy,
  type PolicyKey,
  type Preset,
  parseBinding,
  parsePreset,
  policyOf as policyOfContent,
  resolvePolicy,
} from '@dual-random/policy'
import { parse } from 'yaml'

const folder = new URL('../../../../deploy/presets/', import.meta.url)

const presets: readonly Preset[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.startsWith('calendar'))
  .map((path) => valueOf(parsePreset(parse(readFileSync(new URL(path, folder), 'utf8')))))

/** The policy of a region bound to a shipped preset. */
export function policyOf(preset: string): Policy {
  const binding = valueOf(parseBinding({ regionCode: '230300', preset, from: '2020-01-01', production: false }))
  return valueOf(resolvePolicy(presets, [binding], '230300' as RegionCode, '2026-03-02' as LocalDate))
}

/** A policy with one key set differently, or not at all. */
export function changed(policy: Policy, key: PolicyKey, value: Json | undefined): Policy {
  const values = new Map(policy.content.values)
  const entry = values.get(key)
  if (entry === undefined) throw new Error(`${key} is not set`)
  if (value === undefined) values.delete(key)
  else values.set(key, { ...entry, value })
  return policyOfContent({ ...policy.content, values })
}

export const fourCities = policyOf('local/four-coal-cities')

export function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
