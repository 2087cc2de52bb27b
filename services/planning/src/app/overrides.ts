import type { RegionCode } from '@dual-random/kernel'
import { countOverrides } from '@dual-random/policy'
import { type LineOverride, planOverrides } from '../domain/overrides.ts'
import type { Ports } from './ports.ts'

/** The overrides that plans of a year rest on in a region and below, and how often each unit overrode each rule (POL-07). */
export async function overridesOf({ plans, policies }: Pick<Ports, 'plans' | 'policies'>, regionCode: RegionCode, year: number) {
  const overrides: LineOverride[] = []
  for (const plan of await plans.all({ regionCode, year })) overrides.push(...planOverrides(plan, await policies.get(plan.policyDigest)))
  return { counts: countOverrides(overrides), overrides }
}
