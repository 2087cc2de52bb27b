import { compareRatio, type Ratio } from '@dual-random/kernel'
import { drawnParts } from '../domain/batch-scope.ts'
import { drawnElsewhere } from '../domain/drawn-elsewhere.ts'
import { drawnIn } from '../domain/drawn-in.ts'
import { type ExpectedDraws, expectedDraws } from '../domain/expected-draws.ts'
import type { PlanFigures } from '../domain/figures.ts'
import { type GapClosing, type GapInput, gapClosing } from '../domain/gap-closing.ts'
import type { CheckItem } from '../domain/line-input.ts'
import { type PlanLine, standingVersion } from '../domain/plan.ts'
import { isStanding } from '../domain/plan-exceptions.ts'
import { sum } from '../domain/pool.ts'
import { cappedItems } from '../domain/ratio-rules.ts'
import { type RegionYear, regionYear } from '../domain/region-year.ts'
import type { ConsideredPlan } from './consider-plan.ts'
import { figuresFailure, orThrow, policyUnset } from './failures.ts'
import type { Caller, DrawOfLine, Ports } from './ports.ts'
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
  // Asked for in one turn, so in one pass.
  const [counted, drawable, region] = await Promise.all([
    countPlan(ports, plan, lines, asOf, caller, { count }),
    count(drawableLines(considered).flatMap(drawnParts)),
    drawsOfRegion(ports, considered),
  ])
  const figures = figuresOf(counted)
  const drawableEnterprises = sum(drawable.enterprisesByGrade.values())
  const ofPlans = {
    planned: figures.planned + region.planned,
    enterprises: Math.min(enterprisesOf(figures) + region.enterprises, drawableEnterprises),
    drawable: drawableEnterprises,
  }
  // Frozen when the plan was filed; before that, of now.
  const { enterprises } = standingVersion(plan).figures ?? figures
  const year = orThrow(regionYear(policy, { ofPlans, elsewhere: region.elsewhere, draws: region.draws, enterprises }), (error) =>
    policyUnset(error, plan.policy.preset),
  )
  const distinct = policy.find('ratio.yearFloor.count')?.numerator === 'DISTINCT_ENTERPRISES'
  const capOf = (line: PlanLine) => lowestCap(line, considered.items)
  const closing = (others: Pick<GapInput, 'elsewhere' | 'most'>): GapClosing => {
    const found = orThrow(gapClosing(policy, { ...counted, capOf, ...others }), figuresFailure(plan))
    if (found === undefined) throw new Error('the floor of the policy went while it was looked at')
    return found
  }
  return {
    figures,
    regionYear: year,
    expected: orThrow(expectedDraws(policy, counted.counted), figuresFailure(plan)),
    closing: {
      ofPlan: closing({}),
      ofRegion: closing(
        distinct
          ? { elsewhere: region.enterprises + region.elsewhere.enterprises, most: drawableEnterprises + region.elsewhere.enterprises }
          : { elsewhere: region.planned + region.elsewhere.drawn },
      ),
    },
  }
}

/** What was drawn in the region, and what its other plans and those of other cities draw of it. */
async function drawsOfRegion(ports: Ports, { plan, others }: ConsideredPlan) {
  const { planId, regionCode, year } = plan
  const [ofPlans, elsewhere] = await Promise.all([
    ports.draws.ofPlans([planId, ...others.map((other) => other.plan.planId)]),
    ports.draws.elsewhere(regionCode, year),
  ])
  const drawnHere = (draws: readonly DrawOfLine[]) => draws.filter(isStanding).map((draw) => drawnIn(draw, regionCode))
  const [own, ofOthers] = [drawnHere(ofPlans), drawnHere(elsewhere)]
  const figures = others.flatMap((other) => standingVersion(other.plan).figures ?? [])
  return {
    draws: [...own, ...ofOthers],
    planned: sum(figures.map(({ planned }) => planned)),
    enterprises: sum(figures.map(enterprisesOf)),
    elsewhere: drawnElsewhere(own, ofOthers),
  }
}

/** Of a plan that was settled before enterprises were told from other objects, all that it draws. */
const enterprisesOf = ({ planned, plannedEnterprises = planned }: PlanFigures): number => plannedEnterprises

/** Lines of the plan, and those of the region's others that can be drawn: not on an item that has left the lists (REG-13). */
const drawableLines = ({ own, others, items }: ConsideredPlan): readonly PlanLine[] => [
  ...own.lines,
  ...others.flatMap(({ lines }) => lines.filter(({ itemCodes }) => itemCodes.every((code) => items.has(code)))),
]

function lowestCap({ itemCodes }: PlanLine, items: ReadonlyMap<string, CheckItem>): Ratio | undefined {
  const caps = cappedItems(itemCodes.flatMap((code) => items.get(code) ?? [])).map(({ cap }) => cap)
  return caps.toSorted(compareRatio)[0]
}
