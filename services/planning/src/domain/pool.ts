import type { RegionCode } from '@dual-random/kernel'
import type { PlanLine } from './plan.ts'

/** Objects of every kind, by grade (`UNGRADED` for those without). */
export interface GradedPool {
  readonly byGrade: ReadonlyMap<string, number>
  /** Of a line whose batches draw from several scopes, what each of these has, by `scopeKey`. */
  readonly byScope?: ReadonlyMap<string, GradedPool>
}

/** With those of them that are enterprises, by the same grades: the yearly floor counts no other kind (CRD-08). */
export interface MixedPool extends GradedPool {
  readonly enterprisesByGrade: ReadonlyMap<string, number>
  readonly byScope?: ReadonlyMap<string, MixedPool>
}

/** Objects a set of items applies to, and the enterprises of the region, whatever applies to them. */
export interface PoolCount extends MixedPool {
  readonly enterprises: number
}

/** Where registry keeps who was counted, each with grade, source and as-of (CRD-21), and the SHA-256 of what it keeps. */
export interface CandidatesRef {
  readonly id: string
  readonly digest: string
}

/** The pool of a line; of a version that was settled, kept. */
export interface LinePool extends MixedPool {
  readonly candidates?: CandidatesRef
}

export interface KeptPool extends LinePool {
  readonly candidates: CandidatesRef
}

/** What another city brings to a draw. */
export interface CityPool extends GradedPool {
  readonly regionCode: RegionCode
}

export interface PooledLine {
  readonly line: PlanLine
  /** Of the plan's own city. */
  readonly pool: GradedPool
  /** Of the other cities that draw as well, in the line's order. */
  readonly elsewhere?: readonly CityPool[]
}

export interface CountedLine extends PooledLine {
  readonly pool: LinePool
}

/** A line with its pool and what it draws of each stratum. */
export interface PlannedLine extends CountedLine {
  /** Of the plan's own city; its expected share where strata are merged. */
  readonly byStratum: ReadonlyMap<string, number>
  /** Of all cities, where their strata are merged: whose objects these are nobody knows. */
  readonly together?: ReadonlyMap<string, number>
  /** What the batches of each scope draw; of one scope where all draw from the same. Absent where strata are merged. */
  readonly scopes?: readonly PlannedScope[]
}

/** Batches of a line that draw from one scope. */
export interface PlannedScope<Pool extends GradedPool = MixedPool> {
  /** With these batches alone. */
  readonly line: PlanLine
  readonly pool: Pool
  readonly byStratum: ReadonlyMap<string, number>
  /** The same by batch, in the order of the scope's. */
  readonly byBatch: ReadonlyMap<string, readonly number[]>
}

export const sum = (counts: Iterable<number>): number => {
  let total = 0
  for (const count of counts) total += count
  return total
}

export const poolSize = ({ byGrade }: GradedPool): number => sum(byGrade.values())

export function poolsTogether(pools: readonly GradedPool[]): GradedPool {
  const byGrade = new Map<string, number>()
  for (const pool of pools) for (const [grade, count] of pool.byGrade) byGrade.set(grade, (byGrade.get(grade) ?? 0) + count)
  return { byGrade }
}
