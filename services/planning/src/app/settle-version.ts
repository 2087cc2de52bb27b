import { type Instant, type ItemCode, type LocalDate, startOfChinaDate } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { Settlement } from '../domain/commands.ts'
import { type PlanFigures, planFigures } from '../domain/figures.ts'
import { otherPartsOf, ownPartOf } from '../domain/line-cities.ts'
import { assignMergeWindows, mergeWindowIdsOf } from '../domain/merge-windows.ts'
import type { Plan, PlanLine } from '../domain/plan.ts'
import type { CityPool, CountedLine, LinePool } from '../domain/pool.ts'
import { candidateKeeper, poolCounter } from './count-pools.ts'
import { figuresFailure, orThrow } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

/** The quantities of a plan's lines as of an instant, counted by registry with the caller's rights; `poolOf` may have who is counted kept. */
export async function figuresOf(
  ports: Ports,
  plan: Plan,
  lines: readonly PlanLine[],
  asOf: Instant,
  caller: Caller,
  poolOf?: (itemCodes: readonly ItemCode[]) => Promise<LinePool>,
): Promise<PlanFigures> {
  const policy = await ports.policies.get(plan.policyDigest)
  const count = poolCounter(ports.registry, plan.regionCode, asOf, caller)
  const [enterprises, whole, ...pools] = await Promise.all([
    enterprisesAtYearStart(ports, plan, policy, asOf, caller),
    count(lines.flatMap((line) => ownPartOf(line).itemCodes)),
    ...lines.map((line) => (poolOf ?? count)(ownPartOf(line).itemCodes)),
  ])
  const elsewhere = await Promise.all(lines.map((line) => poolsElsewhere(ports, line, asOf)))
  const counted = lines.flatMap((line, index): readonly CountedLine[] => {
    const [pool, others = []] = [pools[index], elsewhere[index]]
    return pool === undefined ? [] : [{ line, pool, ...(others.length === 0 ? {} : { elsewhere: others }) }]
  })
  return orThrow(planFigures(policy, counted, { ...whole, enterprises: enterprises ?? whole.enterprises }, asOf), figuresFailure(plan))
}

const poolsElsewhere = ({ registry }: Ports, line: PlanLine, asOf: Instant): Promise<readonly CityPool[]> =>
  Promise.all(
    otherPartsOf(line).map(async ({ regionCode, itemCodes }) => {
      const { byGrade } = await registry.elsewhere.pool(regionCode, itemCodes, asOf)
      return { regionCode, byGrade }
    }),
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
  return (await registry.pool(regionCode, [], start, context)).enterprises
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
  const figures = await figuresOf(ports, plan, lines, asOf, caller, keep)
  const windows = await ports.mergeWindows.change(plan.regionCode, plan.year, (current) => assignMergeWindows(current, plan.planId, lines))
  return { figures, mergeWindowIds: mergeWindowIdsOf(windows, plan.planId) }
}
