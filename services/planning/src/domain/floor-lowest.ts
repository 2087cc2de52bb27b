import type { Union } from './enterprises.ts'
import { sum } from './pool.ts'

/** What one line is sure to draw of a grade, or of all alike where there is none. */
export interface SureDraw {
  readonly grade: string | undefined
  /** Whether it leaves out whom others have drawn in the year (CRD-09). */
  readonly isOnce: boolean
  /** Enterprises it is sure of alone. */
  readonly fewest: number
  /** Of each scope that its batches draw from: each may find its own pool exhausted. */
  readonly scopes: readonly SureScope[]
}

export interface SureScope {
  /** Enterprises that may be drawn of it. */
  readonly enterprises: number
  /** Enterprises that its batches are sure of alone. */
  readonly fewest: number
}

/**
 * What the scopes of one line are sure of together. Where no object is in two of them they add up; else they do as lines that leave each other out, or
 * that may draw the same again.
 */
export function sureOfScopes(
  scopes: readonly SureScope[],
  { isOnce, isDisjoint }: { readonly isOnce: boolean; readonly isDisjoint: boolean },
): number {
  if (isDisjoint) return fewestOf(scopes)
  return isOnce ? apart(scopes) : Math.max(0, ...scopes.map(({ fewest }) => fewest))
}

/**
 * Distinct enterprises that the lines together are sure of: in each grade what those that leave each other out come to, or the largest line; and
 * never less than the largest line of all. Where grades do not agree an object may stand in two, so that the largest line alone is sure.
 */
export function sureEachOnce(lines: readonly (readonly SureDraw[])[], { gradesAgree }: Pick<Union, 'gradesAgree'>): number {
  const largest = Math.max(0, ...lines.map(fewestOf))
  if (!gradesAgree) return largest
  const byGrade = Map.groupBy(
    lines.flat().filter(({ grade }) => grade !== undefined),
    ({ grade }) => grade,
  )
  const graded = [...byGrade.values()].map((draws) => {
    const repeating = draws.filter(({ isOnce }) => !isOnce).map(({ fewest }) => fewest)
    const once = draws.filter(({ isOnce }) => isOnce).flatMap(({ scopes }) => scopes)
    return Math.max(apart(once), ...repeating)
  })
  return Math.max(largest, sum(graded))
}

const fewestOf = (draws: readonly Pick<SureScope, 'fewest'>[]): number => sum(draws.map(({ fewest }) => fewest))

/**
 * Lines that leave each other out add up, unless one finds its pool exhausted: then all of that pool is drawn. Which ones do depends on their
 * order and on Z; the least is reached where all pools up to some size are exhausted, and of them at least the largest is drawn.
 */
function apart(draws: readonly SureScope[]): number {
  let rest = fewestOf(draws)
  let least = rest
  for (const { enterprises, fewest } of draws.toSorted((a, b) => a.enterprises - b.enterprises)) {
    rest -= fewest
    least = Math.min(least, Math.max(enterprises, rest))
  }
  return least
}
