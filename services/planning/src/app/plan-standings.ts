import { requireRegion } from '@dual-random/auth'
import { chinaDateOf, type RegionCode } from '@dual-random/kernel'
import { type InternalPlanStandings, internalPlanStandings } from '../domain/internal-plans.ts'
import { ledMatters, type MatterPlan, matterPlans } from '../domain/matter-plans.ts'
import { filingsOf } from './filings.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'
import { progressOfPlans } from './progress-of.ts'

/** Who has not made, filed or executed the internal plan of a year (PLN-23). */
export async function internalPlansOf(ports: Ports, regionCode: RegionCode, year: number, caller: Caller): Promise<InternalPlanStandings> {
  const statuses = await filingsOf(ports, regionCode, year, caller)
  const [facts, found, { policy }] = await Promise.all([
    listsAndUnits(ports, regionCode, year, caller),
    ports.plans.all({ regionCode, year, planType: 'INTERNAL' }),
    ports.registry.policyAt(regionCode, ruleDate(year, ports.clock()), caller.context),
  ])
  const plans = found.filter((plan) => plan.regionCode === regionCode)
  const progress = await progressOfPlans(ports, plans)
  const byUnit = new Map(plans.map((plan) => [plan.unitId, plan]))
  const municipalities = policy.find('division.municipalities') ?? []
  return internalPlanStandings(statuses, { ...facts, municipalities, plans: byUnit, progress, today: chinaDateOf(ports.clock()) })
}

/** Whether each integrated matter that market regulators lead has its annual plan (PLN-27). */
export async function matterPlansOf(ports: Ports, regionCode: RegionCode, year: number, caller: Caller): Promise<readonly MatterPlan[]> {
  requireRegion(caller.principal, regionCode)
  const { policy } = await ports.registry.policyAt(regionCode, ruleDate(year, ports.clock()), caller.context)
  const matters = ledMatters(policy)
  if (matters.length === 0) return []
  const [facts, plans] = await Promise.all([
    listsAndUnits(ports, regionCode, year, caller),
    ports.plans.all({ regionCode, year, planType: 'JOINT' }),
  ])
  return matterPlans(matters, { ...facts, plans: plans.filter((plan) => plan.regionCode === regionCode) })
}

async function listsAndUnits({ registry, clock }: Ports, regionCode: RegionCode, year: number, { context }: Caller) {
  const [items, units] = await Promise.all([
    registry.itemsInForce(regionCode, ruleDate(year, clock()), context),
    registry.units(regionCode, context),
  ])
  return { items, units }
}
