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
import { shippedFiles } from './shipped-files.ts'
import { valueOf } from './value-of.ts'

const presets: readonly Preset[] = shippedFiles('', (path) => !path.startsWith('calendar')).map((file) => valueOf(parsePreset(file)))

/** The policy of a test region on 2 March 2026, bound to a shipped preset, with values of its own. */
export function policyOf(preset: string, values: Readonly<Record<string, unknown>> = {}): Policy {
  const source = { document: 'local-test', clause: '一' }
  const binding = parseBinding({
    regionCode: '230300',
    preset,
    from: '2020-01-01',
    production: false,
    documents: [{ id: 'local-test', title: '测试地区本地取值', issuer: '测试地区', kind: 'local' }],
    values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, source, strength: 'shall', basis: 'local' }])),
  })
  return valueOf(resolvePolicy(presets, [valueOf(binding)], '230300' as RegionCode, '2026-03-02' as LocalDate))
}

/** A policy with one key set differently, whether or not a region may, or not at all; throws for a key that is not set. */
export function changed(policy: Policy, key: PolicyKey, value: Json | undefined): Policy {
  const values = new Map(policy.content.values)
  const entry = values.get(key)
  if (entry === undefined) throw new Error(`${key} is not set`)
  if (value === undefined) values.delete(key)
  else values.set(key, { ...entry, value })
  return policyOfContent({ ...policy.content, values })
}
