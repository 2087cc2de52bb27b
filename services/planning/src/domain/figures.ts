import { err, type Instant, ok, type Result } from '@dual-random/kernel'
import { drawCount, type Policy, type PolicyUnset, type UnknownGrade } from '@dual-random/policy'
import { type FloorFigures, floorFigures } from './floor.ts'
import type { PlanLine } from './plan.ts'
import { type CandidatesRef, type CountedLine, type LinePool, type PlannedLine, type PoolCount, poolSize, sum } from './pool.ts'
import { allStrata } from './ratio-rules.ts'

/** What one line draws in the year, all batches together; `mapped` is its whole pool. */
export interface LineFigures {
  readonly lineId: string
  readonly mapped: number
  readonly planned: number
  /** Absent before the version was settled, and in plans settled before candidates were kept. */
  readonly candidates?: CandidatesRef
}

/** The quantities of a version, as of filing (PLN-13, PLN-17). Objects of every kind count; the denominator of the floor is enterprises. */
export interface PlanFigures {
  readonly asOf: Instant
  /** Enterprises of the region: the denominator of CRD-08, frozen here. */
  readonly enterprises: number
  /** Distinct objects the items of all lines apply to. */
  readonly pool: number
  /** Objects drawn by all lines, an object drawn by two lines counted twice. */
  readonly planned: number
  readonly lines: readonly LineFigures[]
  /** Absent where the policy has no yearly floor. */
  readonly floor?: FloorFigures
}

export type FiguresError =
  | PolicyUnset
  | UnknownGrade
  | { readonly code: 'stratum-without-ratio'; readonly lineId: string; readonly stratum: string }

export function planFigures(
  policy: Policy,
  counted: readonly CountedLine[],
  whole: PoolCount,
  asOf: Instant,
): Result<PlanFigures, FiguresError> {
  const planned: PlannedLine[] = []
  for (const { line, pool } of counted) {
    const byStratum = plannedByStratum(policy, line, pool)
    if (!byStratum.ok) return byStratum
    planned.push({ line, pool, byStratum: byStratum.value })
  }
  const floor = policy.find('ratio.yearFloor') === undefined ? undefined : floorFigures(policy, planned, whole)
  if (floor?.ok === false) return floor
  const lines = planned.map(({ line, pool, byStratum }) => ({
    lineId: line.lineId,
    mapped: poolSize(pool),
    planned: sum(byStratum.values()),
    ...(pool.candidates === undefined ? {} : { candidates: pool.candidates }),
  }))
  return ok({
    asOf,
    enterprises: whole.enterprises,
    pool: poolSize(whole),
    planned: sum(lines.map((line) => line.planned)),
    lines,
    ...(floor === undefined ? {} : { floor: floor.value }),
  })
}

/** Objects drawn of each stratum in the year. Every batch rounds for itself, as the draws do. */
export function plannedByStratum(policy: Policy, line: PlanLine, pool: LinePool): Result<ReadonlyMap<string, number>, FiguresError> {
  if (line.count !== undefined) return ok(new Map([[allStrata, Math.min(line.count, poolSize(pool))]]))
  const rounding = policy.get('ratio.rounding')
  if (!rounding.ok) return rounding
  const whole = line.ratios.find(({ stratum }) => stratum === allStrata)
  const strata = whole === undefined ? [...pool.byGrade] : [[allStrata, poolSize(pool)] as const]
  const planned = new Map<string, number>()
  for (const [stratum, population] of strata) {
    const ratio = line.ratios.find((entry) => entry.stratum === stratum)?.ratio
    if (ratio === undefined) return err({ code: 'stratum-without-ratio', lineId: line.lineId, stratum })
    const drawn = line.batches.map(({ share }) => {
      const ofBatch = { numerator: ratio.numerator * share.numerator, denominator: ratio.denominator * share.denominator }
      return drawCount(population, ofBatch, rounding.value, population).count
    })
    planned.set(stratum, Math.min(sum(drawn), population))
  }
  return ok(planned)
}
