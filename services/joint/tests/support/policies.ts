import { readdirSync, readFileSync } from 'node:fs'
import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { type Policy, parseBinding, parsePreset, resolvePolicy } from '@dual-random/policy'
import { parse } from 'yaml'

const folder = new URL('../../../../deploy/presets/', import.meta.url)

const presets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.startsWith('calendar'))
  .map((path) => valueOf(parsePreset(parse(readFileSync(new URL(path, folder), 'utf8')))))

interface Group {
  readonly aspects: readonly { readonly id: string; readonly enabled: boolean }[]
  readonly [member: string]: unknown
}

/** The shipped policy of the four cities, with the groups changed as a city's own binding may. */
export function fourCityPolicy(change: (groups: readonly Group[]) => readonly Group[] = (groups) => groups): Policy {
  const shipped = presets.find(({ name }) => name === 'heilongjiang')?.values.get('crossRegion')?.value as unknown as {
    readonly groups: readonly Group[]
  }
  const binding = parseBinding({
    regionCode: '230300',
    preset: 'local/four-coal-cities',
    from: '2020-01-01',
    production: false,
    documents: [{ id: 'local-test', title: '测试地区本地取值', issuer: '测试地区', kind: 'local' }],
    values: {
      crossRegion: {
        value: { ...shipped, groups: change(shipped.groups) },
        source: { document: 'local-test', clause: '一' },
        strength: 'may',
        basis: 'local',
      },
    },
  })
  return valueOf(resolvePolicy(presets, [valueOf(binding)], '230300' as RegionCode, '2026-03-02' as LocalDate))
}

function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
