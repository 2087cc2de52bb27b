import type { RegionCode } from '@dual-random/kernel'
import type { PlanLine } from './plan.ts'

/** Objects a set of items applies to, by grade (`UNGRADED` for those without), and the enterprises of the region. */
export interface PoolCount {
  readonly byGrade: ReadonlyMap<string, number>
  readonly enterprises: number
}

/** Where registry keeps who was counted, each with grade, source and as-of (CRD-21), and the SHA-256 of what it keeps. */
export interface CandidatesRef {
  readonly id: string
  readonly digest: string
}

/** The pool of a line; of a version that was settled, kept. */
export interface LinePool {
  readonly byGrade: ReadonlyMap<string, number>
  readonly candidates?: CandidatesRef
}

export interface KeptPool extends LinePool {
  readonly candidates: CandidatesRef
}

/** What another city brings to a draw. */
export interface CityPool extends LinePool {
  readonly regionCode: RegionCode
}

export interface CountedLine {
  readonly line: PlanLine
  /** Of the plan's own city. */
  readonly pool: LinePool
  /** Of the other cities that draw as well, in the line's order. */
  readonly elsewhere?: readonly CityPool[]
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

export const poolSize = ({ byGrade }: LinePool): number => sum(byGrade.values())
