import { type Instant, type LocalDate, startOfChinaDate } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { drawnParts } from '../domain/batch-scope.ts'
import type { Settlement } from '../domain/commands.ts'
import { type CountedLines, type PlanFigures, planFigures } from '../domain/figures.ts'
import type { DrawnPart } from '../domain/item-set.ts'
import { otherPartsOf, ownPartOf } from '../domain/line-cities.ts'
import { assignMergeWindows, mergeWindowIdsOf } from '../domain/merge-windows.ts'
import type { Plan, PlanLine } from '../domain/plan.ts'
import type { CityPool, CountedLine, LinePool } from '../domain/pool.ts'
import { candidateKeeper, cityPoolCounter, type PoolCounter, poolCounter, poolOfLine, type RegionPoolCounter } from './count-pools.ts'
import { figuresFailure, orThrow } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

/** The lines of a plan, counted as of an instant. */
export interface CountedPlan extends CountedLines {
  readonly plan: Plan
  readonly policy: Policy
  readonly asOf: Instant
}

export interface CountOptions {
  readonly count?: PoolCounter
  /** May have who is counted kept. */
  readonly poolOf?: (parts: readonly DrawnPart[]) => Promise<LinePool>
}

/** Counts the pools of a plan's lines as of an instant, by registry with the caller's rights. */
export async function countPlan(
  ports: Ports,
  plan: Plan,
  lines: readonly PlanLine[],
  asOf: Instant,
  caller: Caller,
  { count = poolCounter(ports.registry, plan.regionCode, asOf, caller), poolOf = count }: CountOptions = {},
): Promise<CountedPlan> {
  const readingPolicy = ports.policies.get(plan.policyDigest)
  const countElsewhere = cityPoolCounter(ports.registry, asOf)
  // Asked for before anything is awaited: whatever else looks at the plan in this turn shares the pass.
  const [policy, enterprises, whole, pools, elsewhere] = await Promise.all([
    readingPolicy,
    readingPolicy.then((read) => enterprisesAtYearStart(ports, plan, read, asOf, caller)),
    count(lines.map(ownPartOf).flatMap(drawnParts)),
    Promise.all(lines.map((line) => poolOfLine(ownPartOf(line), count, poolOf))),
    Promise.all(lines.map((line) => poolsElsewhere(countElsewhere, line))),
  ])
  const counted = lines.flatMap((line, index): readonly CountedLine[] => {
    const [pool, others = []] = [pools[index], elsewhere[index]]
    return pool === undefined ? [] : [{ line, pool, ...(others.length === 0 ? {} : { elsewhere: others }) }]
  })
  return { plan, policy, asOf, counted, whole: { ...whole, enterprises: enterprises ?? whole.enterprises } }
}

/** The quantities of a plan that was counted. */
export const figuresOf = (counted: CountedPlan): PlanFigures =>
  orThrow(planFigures(counted.policy, counted, counted.asOf), figuresFailure(counted.plan))

const poolsElsewhere = (count: RegionPoolCounter, line: PlanLine): Promise<readonly CityPool[]> =>
  Promise.all(
    otherPartsOf(line).map(async (part) => ({ regionCode: part.regionCode, byGrade: (await count(part.regionCode, part)).byGrade })),
  )

/** The denominator of the yearly floor where policy takes it as of the beginning of the year; elsewhere it is of the filing (CRD-08). */
async function enterprisesAtYearStart(
  { registry }: Ports,
  { regionCode, year }: Plan,
  policy: Policy,
  asOf: Instant,
  { context }: Caller,
): Promise<number | undefined> {
  const start = startOfChinaDate(`${year}-01-01` as LocalDate)
  if (policy.find('ratio.yearFloor.count')?.denominatorAsOf !== 'YEAR_START' || asOf < start) return undefined
  return (await registry.pools(regionCode, [], start, context)).enterprises
}

/** Merge windows and figures for a version that leaves DRAFT, and the candidates of its lines kept (CRD-21). The windows stay when the filing itself fails: filing again gives the same. */
export async function settleVersion(
  ports: Ports,
  plan: Plan,
  lines: readonly PlanLine[],
  asOf: Instant,
  caller: Caller,
): Promise<Settlement> {
  const keep = candidateKeeper(ports.registry, plan, asOf, caller)
  const figures = figuresOf(await countPlan(ports, plan, lines, asOf, caller, { poolOf: keep }))
  const windows = await ports.mergeWindows.change(plan.regionCode, plan.year, (current) => assignMergeWindows(current, plan.planId, lines))
  return { figures, mergeWindowIds: mergeWindowIdsOf(windows, plan.planId) }
}
