import { requireRegion } from '@dual-random/auth'
import { type RegionCode, selfAndSuperiors } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { type Coverage, type CoverageRules, listCoverage, type PlanLines } from '../domain/coverage.ts'
import type { CheckItem, Unit } from '../domain/line-input.ts'
import { type Plan, type PlanVersion, publishedVersion, standingVersion } from '../domain/plan.ts'
import { type ConsideredPlan, planInForce, planLines } from './consider-plan.ts'
import { orThrow, policyUnset } from './failures.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

/** What is covered of the lists in force by the plans of a region, of those below it and of those above it (PLN-12). */
export async function coverageOfRegion(ports: Ports, regionCode: RegionCode, year: number, caller: Caller): Promise<Coverage> {
  requireRegion(caller.principal, regionCode)
  const on = ruleDate(year, ports.clock())
  const [{ policy }, items, units, plans] = await Promise.all([
    ports.registry.policyAt(regionCode, on, caller.context),
    ports.registry.itemsInForce(regionCode, on, caller.context),
    ports.registry.units(regionCode, caller.context),
    ports.plans.all({ regionCode, year }),
  ])
  const standing = plans.map((plan) => linesOf(plan, standingVersion(plan)))
  return await coverage(ports, { policy, regionCode, year, items, units }, standing)
}

/** The same with a plan's considered lines in the place of those it has. */
export const coverageOf = ({ plans }: Pick<Ports, 'plans'>, { plan, policy, items, units, levels }: ConsideredPlan): Promise<Coverage> =>
  coverage({ plans }, { ...plan, policy, items: [...items.values()], units }, levels.map(planLines))

interface Looked {
  readonly policy: Policy
  readonly regionCode: RegionCode
  readonly year: number
  readonly items: readonly CheckItem[]
  /** Of the region and all below it. */
  readonly units: readonly Unit[]
}

async function coverage(
  { plans }: Pick<Ports, 'plans'>,
  { policy, regionCode, year, items, units }: Looked,
  standing: readonly PlanLines[],
): Promise<Coverage> {
  const rules = coverageRules(policy)
  const [, ...superiors] = selfAndSuperiors(regionCode, policy.find('division.municipalities'))
  const above = await plans.all({ regionCodes: superiors, year, publishedOnly: true })
  const published = above.flatMap((plan) => {
    const version = publishedVersion(plan)
    return version === undefined ? [] : [linesOf(plan, version)]
  })
  const regions = [...superiors, regionCode, ...units.map((unit) => unit.regionCode), ...standing.map((plan) => plan.regionCode)]
  return listCoverage(items, regions, [...standing, ...published], rules)
}

function coverageRules(policy: Policy): CoverageRules {
  const { levels, lists } = orThrow(policy.get('plan.coverage'), (error) => policyUnset(error, policy.id.preset))
  return {
    levels,
    scope: orThrow(policy.get('coverageScope'), (error) => policyUnset(error, policy.id.preset)),
    jointCountsForInternal: policy.find('jointCountsForInternalCoverage') ?? false,
    byMatter: new Set(lists.flatMap(({ planType, counts }) => (counts === 'SUPERVISION_MATTERS' ? [planType] : []))),
  }
}

const linesOf = (plan: Plan, version: PlanVersion): PlanLines => planLines(planInForce(plan, version))
