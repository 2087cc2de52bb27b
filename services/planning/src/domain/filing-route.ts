import { assertNever, ok, type RegionCode, type Result, regionLevel, superiorRegion } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '@dual-random/policy'

/** The region a version is filed to; undefined where nothing is filed. An adjustment is filed only where the policy says so (PLN-06, PLN-10). */
export function filingRoute(policy: Policy, regionCode: RegionCode, isAdjustment: boolean): Result<RegionCode | undefined, PolicyUnset> {
  const filing = policy.get('plan.filing')
  if (!filing.ok) return filing
  if (!filing.value.required || (isAdjustment && policy.find('plan.adjustment')?.file === false)) return ok(undefined)
  const superior = superiorRegion(regionCode, policy.find('division.municipalities'))
  switch (filing.value.route) {
    case 'LEVEL_BY_LEVEL':
    case 'NEXT_HIGHER_LEVEL':
    case 'AS_SUPERIOR_REQUIRES':
      return ok(superior)
    case 'TO_CITY':
      return ok(regionLevel(regionCode) === 'COUNTY' ? superior : regionCode)
    default:
      return assertNever(filing.value.route)
  }
}
