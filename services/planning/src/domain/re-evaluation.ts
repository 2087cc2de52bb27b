import { type Instant, ok, type Ratio, type Result, ratioOf } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { Plan, PlanLine } from './plan.ts'
import { type FiguresError, plannedByStratum } from './planned-draws.ts'
import { type GradedPool, poolSize, sum } from './pool.ts'
import { type LineFlows, type Movement, movementOf, poolsOf } from './pool-flows.ts'
import { ratioDrawn } from './white-list.ts'

/** Objects of one stratum when the plan was made and now, and the ratio the line draws of it; undefined where it names none. */
export interface StratumChange {
  readonly stratum: string
  readonly before: number
  readonly now: number
  readonly ratio: Ratio | undefined
}

/** What a line draws in the year of the objects its items apply to. */
export interface LineQuantity {
  readonly mapped: number
  readonly planned: number
  /** `planned` of `mapped`: the ratio over all grades. */
  readonly ratio: Ratio
}

/**
 * When a line was first counted for good: at the filing, or the publication without one, of the first version that has it and was not returned. What
 * adjusts other lines settles nothing of it. Before that, when its plan was drafted.
 */
export function plannedAt({ versions, drafted }: Pick<Plan, 'versions' | 'drafted'>, lineId: string): Instant {
  const first = versions.find(
    ({ state, lines, figures }) => state !== 'RETURNED' && figures !== undefined && lines.some((line) => line.lineId === lineId),
  )
  return first?.figures?.asOf ?? drafted.at
}

/** A line whose objects have moved between grades, come or gone since it was planned (CRD-11). */
export interface LineReEvaluation extends Movement {
  readonly lineId: string
  readonly taskName: string
  readonly before: LineQuantity
  /** What the line as it is would draw now, strata without a ratio left out. */
  readonly now: LineQuantity
  readonly changes: readonly StratumChange[]
  /** Grades that have objects now and no ratio on the line: a draw would be refused. */
  readonly strataWithoutRatio: readonly string[]
}

/** What has changed for a line between two instants; undefined where every object stands where it stood: sizes of strata do not tell, one that rose beside one that fell leaves them as they were. */
export function reEvaluate(policy: Policy, line: PlanLine, flows: LineFlows): Result<LineReEvaluation | undefined, FiguresError> {
  const { before, now } = poolsOf(flows)
  const changes = changesOf(policy, line, before, now)
  const movement = movementOf(flows.whole)
  if (changes.length + movement.moves.length + movement.entered.length + movement.left.length === 0) return ok(undefined)
  const strataWithoutRatio = [...now.byGrade.keys()].filter(
    (stratum) => ratioDrawn(policy, line, stratum) === undefined && line.count === undefined,
  )
  const was = quantityOf(policy, line, withRatio(policy, line, before), poolSize(before))
  if (!was.ok) return was
  const is = quantityOf(policy, line, withRatio(policy, line, now), poolSize(now))
  if (!is.ok) return is
  return ok({ lineId: line.lineId, taskName: line.taskName, before: was.value, now: is.value, changes, ...movement, strataWithoutRatio })
}

function changesOf(policy: Policy, line: PlanLine, before: GradedPool, now: GradedPool): readonly StratumChange[] {
  const strata = [...new Set([...before.byGrade.keys(), ...now.byGrade.keys()])].sort()
  return strata.flatMap((stratum) => {
    const counts = { before: before.byGrade.get(stratum) ?? 0, now: now.byGrade.get(stratum) ?? 0 }
    return counts.before === counts.now ? [] : [{ stratum, ...counts, ratio: ratioDrawn(policy, line, stratum) }]
  })
}

function withRatio(policy: Policy, line: PlanLine, { byGrade, byScope }: GradedPool): GradedPool {
  const drawn = (grades: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
    new Map([...grades].filter(([stratum]) => line.count !== undefined || ratioDrawn(policy, line, stratum) !== undefined))
  return {
    byGrade: drawn(byGrade),
    ...(byScope && { byScope: new Map([...byScope].map(([key, pool]) => [key, { byGrade: drawn(pool.byGrade) }])) }),
  }
}

function quantityOf(policy: Policy, line: PlanLine, pool: GradedPool, mapped: number): Result<LineQuantity, FiguresError> {
  const byStratum = plannedByStratum(policy, line, pool)
  if (!byStratum.ok) return byStratum
  const planned = sum(byStratum.value.values())
  return ok({ mapped, planned, ratio: ratioOf(planned, Math.max(1, mapped)) })
}
