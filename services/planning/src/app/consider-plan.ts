import type { Instant } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { PlanLines } from '../domain/coverage.ts'
import { ownPartOf } from '../domain/line-cities.ts'
import type { CheckItem, Unit } from '../domain/line-input.ts'
import { type Plan, type PlanLine, type PlanVersion, standingVersion, workingVersion } from '../domain/plan.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import { readablePlan } from './access.ts'
import { type PoolCounter, poolCounter } from './count-pools.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

/** A plan of the year with the lines that count of it: its own city's part of each. */
export interface PlanInForce {
  readonly plan: Plan
  readonly lines: readonly PlanLine[]
  readonly undrawn?: readonly UndrawnLine[]
}

/**
 * What reports and proposals on a plan look at, read once: the plan as it is worked on, or with lines that it might have, and everything
 * it stands beside. Nothing of it is stored.
 */
export interface ConsideredPlan {
  readonly plan: Plan
  readonly policy: Policy
  /** Of the plan, whole; with the parts that other cities draw. */
  readonly lines: readonly PlanLine[]
  /** The plan itself, by its considered lines. */
  readonly own: PlanInForce
  /** The other plans of its region and year, by what stands of them. */
  readonly others: readonly PlanInForce[]
  /** Those of the regions below as well, the plan itself and the others among them. */
  readonly levels: readonly PlanInForce[]
  readonly items: ReadonlyMap<string, CheckItem>
  readonly units: readonly Unit[]
  readonly asOf: Instant
  readonly count: PoolCounter
}

/** Reads what stands around a plan; `lines` in the place of those of its working version. */
export async function considerPlan(ports: Ports, plan: Plan, caller: Caller, lines = workingVersion(plan).lines): Promise<ConsideredPlan> {
  const asOf = ports.clock()
  const { regionCode, year } = plan
  const [policy, items, units, plans] = await Promise.all([
    ports.policies.get(plan.policyDigest),
    ports.registry.itemsInForce(regionCode, ruleDate(year, asOf), caller.context),
    ports.registry.units(regionCode, caller.context),
    ports.plans.all({ regionCode, year }),
  ])
  const own = planInForce(plan, { ...workingVersion(plan), lines })
  const standing = plans.filter(({ planId }) => planId !== plan.planId).map((other) => planInForce(other, standingVersion(other)))
  return {
    plan,
    policy,
    lines,
    own,
    others: standing.filter((other) => other.plan.regionCode === regionCode),
    levels: [own, ...standing],
    items: new Map(items.map((item) => [item.code, item])),
    units,
    asOf,
    count: poolCounter(ports.registry, regionCode, asOf, caller),
  }
}

/** The same for a plan the caller may read, as it stands. */
export const considered = async (ports: Ports, planId: string, caller: Caller): Promise<ConsideredPlan> =>
  considerPlan(ports, await readablePlan(ports, planId, caller), caller)

export const planInForce = (plan: Plan, { lines, undrawn }: Pick<PlanVersion, 'lines' | 'undrawn'>): PlanInForce => ({
  plan,
  lines: lines.map(ownPartOf),
  ...(undrawn === undefined ? {} : { undrawn }),
})

export const planLines = ({ plan: { regionCode, planType }, lines, undrawn = [] }: PlanInForce): PlanLines => ({
  regionCode,
  planType,
  lines,
  undrawn,
})
