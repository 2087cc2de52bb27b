import { compareRatio, type Ratio } from '@dual-random/kernel'
import { drawnIn } from '../domain/drawn-in.ts'
import { type ExpectedDraws, expectedDraws } from '../domain/expected-draws.ts'
import type { PlanFigures } from '../domain/figures.ts'
import { type GapClosing, gapClosing } from '../domain/gap-closing.ts'
import type { CheckItem } from '../domain/line-input.ts'
import { type PlanLine, standingVersion } from '../domain/plan.ts'
import { isStanding } from '../domain/plan-exceptions.ts'
import { cappedItems } from '../domain/ratio-rules.ts'
import { type RegionYear, regionYear } from '../domain/region-year.ts'
import type { ConsideredPlan } from './consider-plan.ts'
import { figuresFailure, orThrow, policyUnset } from './failures.ts'
import type { Caller, Ports } from './ports.ts'
import { countPlan, figuresOf } from './settle-version.ts'

export interface Feasibility {
  readonly figures: PlanFigures
  /** The whole region's year beside the one plan. */
  readonly regionYear: RegionYear
  readonly expected: ExpectedDraws
  /** What would close the gap of the plan alone, and that of the region with what its other plans draw. */
  readonly closing: { readonly ofPlan: GapClosing; readonly ofRegion: GapClosing }
}

/** What the plan can reach within the bands against the yearly floor, before filing, and what would close the gap (CRD-08, CRD-18). */
export async function feasibilityOf(ports: Ports, considered: ConsideredPlan, caller: Caller): Promise<Feasibility> {
  const { plan, policy, lines, asOf, count } = considered
  orThrow(policy.get('ratio.yearFloor'), (error) => policyUnset(error, plan.policy.preset))
  const [counted, region] = await Promise.all([countPlan(ports, plan, lines, asOf, caller, { count }), drawsOfRegion(ports, considered)])
  const figures = figuresOf(plan, counted)
  const planned = figures.planned + region.planned
  // Frozen when the plan was filed; before that, of now.
  const { enterprises } = standingVersion(plan).figures ?? figures
  const year = orThrow(regionYear(policy, { planned, draws: region.draws, enterprises }), (error) => policyUnset(error, plan.policy.preset))
  const capOf = (line: PlanLine) => lowestCap(line, considered.items)
  const closing = (elsewhere: number): GapClosing => {
    const found = orThrow(gapClosing(policy, { ...counted, capOf, elsewhere }), figuresFailure(plan))
    if (found === undefined) throw new Error('the floor of the policy went while it was looked at')
    return found
  }
  return {
    figures,
    regionYear: year,
    expected: orThrow(expectedDraws(policy, counted.counted), figuresFailure(plan)),
    closing: { ofPlan: closing(0), ofRegion: closing(region.planned) },
  }
}

/** What was drawn in the region, and what its other plans and those of other cities draw of it. */
async function drawsOfRegion(ports: Ports, { plan, others }: ConsideredPlan) {
  const { planId, regionCode, year } = plan
  const [ofPlans, elsewhere] = await Promise.all([
    ports.draws.ofPlans([planId, ...others.map((other) => other.plan.planId)]),
    ports.draws.elsewhere(regionCode, year),
  ])
  const drawnElsewhere = elsewhere.filter(isStanding).map((draw) => drawnIn(draw, regionCode))
  const draws = [...ofPlans.filter(isStanding).map((draw) => drawnIn(draw, regionCode)), ...drawnElsewhere]
  const planned =
    others.reduce((sum, other) => sum + (standingVersion(other.plan).figures?.planned ?? 0), 0) +
    // Planned by another city, and nothing of it is left to draw.
    drawnElsewhere.reduce((sum, { drawn }) => sum + drawn, 0)
  return { draws, planned }
}

function lowestCap({ itemCodes }: PlanLine, items: ReadonlyMap<string, CheckItem>): Ratio | undefined {
  const caps = cappedItems(itemCodes.flatMap((code) => items.get(code) ?? [])).map(({ cap }) => cap)
  return caps.toSorted(compareRatio)[0]
}
