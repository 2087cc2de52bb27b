import type { PlanLine } from './plan.ts'

/** Objects a set of items applies to, by grade (`UNGRADED` for those without), and the enterprises of the region. */
export interface PoolCount {
  readonly byGrade: ReadonlyMap<string, number>
  readonly enterprises: number
}

export interface CountedLine {
  readonly line: PlanLine
  readonly pool: PoolCount
}

/** A line with its pool and what it draws of each stratum. */
export interface PlannedLine extends CountedLine {
  readonly byStratum: ReadonlyMap<string, number>
}

export const sum = (counts: Iterable<number>): number => {
  let total = 0
  for (const count of counts) total += count
  return total
}

export const poolSize = ({ byGrade }: PoolCount): number => sum(byGrade.values())
