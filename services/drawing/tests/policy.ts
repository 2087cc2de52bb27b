import { readdirSync, readFileSync } from 'node:fs'
import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { canonicalPolicy, type Policy, parseBinding, parsePreset, policyFromJson, resolvePolicy } from '@dual-random/policy'
import { parse } from 'yaml'

const folder = new URL('../../../deploy/presets/', import.meta.url)

/** The policy of the four cities as shipped. */
export const fourCities: Policy = (() => {
  const presets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.startsWith('calendar'))
    .sort()
    .map((path) => valueOf(parsePreset(parse(readFileSync(new URL(path, folder), 'utf8')))))
  const binding = valueOf(parseBinding({ regionCode: '230300', preset: 'local/four-coal-cities', from: '2020-01-01', production: false }))
  return valueOf(resolvePolicy(presets, [binding], '230300' as RegionCode, '2026-03-02' as LocalDate))
})()

type Values = Record<string, { readonly value: unknown } | undefined>

/** The four cities' policy with other values; undefined takes a key away. */
export function policyWith(values: Readonly<Record<string, unknown>>): Policy {
  const json = structuredClone(canonicalPolicy(fourCities)) as { values: Values }
  const like = json.values['draw.publicOpening']
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) delete json.values[key]
    else json.values[key] = { ...(json.values[key] ?? like), value }
  }
  return valueOf(policyFromJson(json))
}

export function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
