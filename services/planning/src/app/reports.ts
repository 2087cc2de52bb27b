import { requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import { planDue } from '@dual-random/policy'
import { type LevelCoverage, listCoverage } from '../domain/coverage.ts'
import { drawnIn } from '../domain/drawn-in.ts'
import type { PlanFigures } from '../domain/figures.ts'
import { type FilingStatus, filingStatuses } from '../domain/filing-status.ts'
import { ownPartOf } from '../domain/line-cities.ts'
import { type Plan, standingVersion, workingVersion } from '../domain/plan.ts'
import { isStanding } from '../domain/plan-exceptions.ts'
import { type RegionYear, regionYear } from '../domain/region-year.ts'
import { type JointShares, jointShares } from '../domain/shares.ts'
import { type ExpectedVisits, expectedVisits } from '../domain/visits.ts'
import { readablePlan } from './access.ts'
import { orThrow, policyUnset } from './failures.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'
import { figuresOf } from './settle-version.ts'

export interface Feasibility {
  readonly figures: PlanFigures
  /** The whole region's year beside the one plan. */
  readonly regionYear: RegionYear
}

/** What the plan can reach within the bands against the yearly floor, before filing (CRD-08, CRD-18). */
export async function feasibilityOf(ports: Ports, planId: string, caller: Caller): Promise<Feasibility> {
  const plan = await readablePlan(ports, planId, caller)
  const policy = await ports.policies.get(plan.policyDigest)
  orThrow(policy.get('ratio.yearFloor'), (error) => policyUnset(error, plan.policy.preset))
  const figures = await figuresOf(ports, plan, workingVersion(plan).lines, ports.clock(), caller)
  const others = (await plansOfRegion(ports, plan)).filter(({ planId: id }) => id !== planId)
  const { regionCode } = plan
  const [ofPlans, elsewhere] = await Promise.all([
    ports.draws.ofPlans([planId, ...others.map((other) => other.planId)]),
    ports.draws.elsewhere(regionCode, plan.year),
  ])
  const drawnElsewhere = elsewhere.filter(isStanding).map((draw) => drawnIn(draw, regionCode))
  const draws = [...ofPlans.filter(isStanding).map((draw) => drawnIn(draw, regionCode)), ...drawnElsewhere]
  const planned =
    others.reduce((sum, other) => sum + (standingVersion(other).figures?.planned ?? 0), figures.planned) +
    // Planned by another city, and nothing of it is left to draw.
    drawnElsewhere.reduce((sum, { drawn }) => sum + drawn, 0)
  // Frozen when the plan was filed; before that, of now.
  const { enterprises } = standingVersion(plan).figures ?? figures
  const year = regionYear(policy, { planned, draws, enterprises })
  return { figures, regionYear: orThrow(year, (error) => policyUnset(error, plan.policy.preset)) }
}

const plansOfRegion = async ({ plans }: Ports, { regionCode, year }: Pick<Plan, 'regionCode' | 'year'>): Promise<readonly Plan[]> =>
  (await plans.all({ regionCode, year })).filter((plan) => plan.regionCode === regionCode)

/** Items of the lists in force that no plan of the region covers, per level (PLN-12). */
export async function coverageOf(ports: Ports, planId: string, caller: Caller): Promise<readonly LevelCoverage[]> {
  const plan = await readablePlan(ports, planId, caller)
  const policy = await ports.policies.get(plan.policyDigest)
  const items = await ports.registry.itemsInForce(plan.regionCode, ruleDate(plan.year, ports.clock()), caller.context)
  const plans = await ports.plans.all({ regionCode: plan.regionCode, year: plan.year })
  const rules = {
    scope: orThrow(policy.get('coverageScope'), (error) => policyUnset(error, plan.policy.preset)),
    jointCountsForInternal: policy.find('jointCountsForInternalCoverage') ?? false,
  }
  const lines = plans.map((each) => ({
    ...each,
    lines: (each.planId === planId ? workingVersion(each) : standingVersion(each)).lines.map(ownPartOf),
  }))
  return listCoverage(items, lines, rules)
}

export async function visitsOf(ports: Ports, planId: string, caller: Caller): Promise<ExpectedVisits> {
  return expectedVisits(workingVersion(await readablePlan(ports, planId, caller)).lines.map(ownPartOf))
}

/** Joint shares of a year and the year before (PLN-17). */
export async function sharesOf(
  { plans }: Ports,
  regionCode: RegionCode,
  year: number,
  caller: Caller,
): Promise<{ readonly current: JointShares; readonly previous: JointShares }> {
  requireRegion(caller.principal, regionCode)
  const ofYear = async (wanted: number): Promise<JointShares> =>
    jointShares((await plans.all({ regionCode, year: wanted })).map((plan) => ({ planType: plan.planType, ...standingVersion(plan) })))
  return { current: await ofYear(year), previous: await ofYear(year - 1) }
}

/** Who has filed, who is late, who is overdue (PLN-01, PLN-04). */
export async function filingsOf(ports: Ports, regionCode: RegionCode, year: number, caller: Caller): Promise<readonly FilingStatus[]> {
  requireRegion(caller.principal, regionCode)
  const now = ports.clock()
  const [{ policy }, units, plans] = await Promise.all([
    ports.registry.policyAt(regionCode, ruleDate(year, now), caller.context),
    ports.registry.units(regionCode, caller.context),
    plansOfRegion(ports, { regionCode, year }),
  ])
  return filingStatuses(
    units.filter((unit) => unit.regionCode === regionCode),
    plans,
    (planType) => {
      const due = planDue(policy, planType, year)
      return due.ok ? due.value : undefined
    },
    now,
  )
}
