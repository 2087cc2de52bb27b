import { nearestShare, ratioOf } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { PlanLine } from './plan.ts'
import { type MixedPool, type PlannedLine, poolSize, sum } from './pool.ts'
import { allStrata } from './ratio-rules.ts'
import { strataOf } from './white-list.ts'

/** What a stratum is made of: its objects of every kind, and the enterprises among them. */
export interface Mix {
  readonly population: number
  readonly enterprises: number
}

/** A draw falls on objects of every kind alike. Of so many, enterprises are these at least: the others are all drawn. */
export const fewestEnterprises = (drawn: number, { population, enterprises }: Mix): number =>
  Math.max(0, drawn - (population - enterprises))

/** … and these at most. */
export const mostEnterprises = (drawn: number, { enterprises }: Mix): number => Math.min(drawn, enterprises)

/** Expectations are added up in millionths of an enterprise: strata of a few objects would each lose what is less than a whole. */
export const millionths = 1_000_000

/** Drawn · enterprises / population, to the nearest millionth. */
export const expectedMillionths = (drawn: number, { population, enterprises }: Mix): number =>
  population === 0 ? 0 : nearestShare(drawn * millionths, ratioOf(enterprises, population))

export const isByGrade = ({ count, ratios }: Pick<PlanLine, 'count' | 'ratios'>): boolean =>
  count === undefined && ratios.every(({ stratum }) => stratum !== allStrata)

export const wholeMix = (pool: MixedPool): Mix => ({ population: poolSize(pool), enterprises: sum(pool.enterprisesByGrade.values()) })

/** Of the strata that a line is drawn in. */
export function mixOfStrata(line: PlanLine, pool: MixedPool): (stratum: string) => Mix {
  if (line.count !== undefined) {
    const whole = wholeMix(pool)
    return () => whole
  }
  const sizesOf = (byGrade: ReadonlyMap<string, number>): ReadonlyMap<string, number> => new Map(strataOf(line, { byGrade }))
  const [sizes, enterprises] = [sizesOf(pool.byGrade), sizesOf(pool.enterprisesByGrade)]
  return (stratum) => ({ population: sizes.get(stratum) ?? 0, enterprises: enterprises.get(stratum) ?? 0 })
}

/** Counts of several draws by grade; under `undefined` those that take their objects from all grades alike. */
export type ByGrade = ReadonlyMap<string | undefined, number>

type Drawing = Pick<PlannedLine, 'line' | 'pool' | 'byStratum'>

/** What a line is expected to draw in the year of enterprises, in millionths. */
export function expectedOfLine({ scopes, ...whole }: PlannedLine): ByGrade {
  return scopes === undefined ? expectedOf(whole) : onceInLine(addUp(scopes.map(expectedOf)), whole, millionths)
}

function expectedOf({ line, pool, byStratum }: Drawing): ByGrade {
  const mixOf = mixOfStrata(line, pool)
  const expected = [...byStratum].map(([stratum, drawn]) => [stratum, expectedMillionths(drawn, mixOf(stratum))] as const)
  return isByGrade(line) ? new Map(expected) : new Map([[undefined, sum(expected.map(([, count]) => count))]])
}

/** What the scopes of one line come to: where they overlap no more than the line has; counts in `unit` of an enterprise. */
export function onceInLine(counts: ByGrade, { pool }: Pick<Drawing, 'pool'>, unit = 1): ByGrade {
  const there = (grade: string | undefined): number =>
    grade === undefined ? sum(pool.enterprisesByGrade.values()) : (pool.enterprisesByGrade.get(grade) ?? 0)
  return new Map([...counts].map(([grade, count]) => [grade, Math.min(count, unit * there(grade))]))
}

export function addUp(counts: Iterable<ByGrade>): ByGrade {
  const total = new Map<string | undefined, number>()
  for (const each of counts) for (const [grade, count] of each) total.set(grade, (total.get(grade) ?? 0) + count)
  return total
}

/**
 * Whether a grade is the same of every line: not where the strata of some go by the classes of a professional field (CRD-13), so that an
 * object is of one grade here and of another there.
 */
export const gradesAgree = (policy: Policy): boolean => (policy.find('draw.professionalStrata') ?? []).length === 0

/** The enterprises that any line of a plan may draw, and whether their grades tell which lines share them. */
export interface Union {
  readonly enterprisesByGrade: ReadonlyMap<string, number>
  readonly gradesAgree: boolean
}

/** What several draws come to if an enterprise counts once: of no grade more than there are, nor of all; counts in `unit` of an enterprise. */
export function eachOnce(counts: ByGrade, union: Union, unit = 1): number {
  const within = (grade: string | undefined, count: number): number =>
    grade === undefined || !union.gradesAgree ? count : Math.min(count, unit * (union.enterprisesByGrade.get(grade) ?? 0))
  const total = sum([...counts].map(([grade, count]) => within(grade, count)))
  return Math.min(total, unit * sum(union.enterprisesByGrade.values()))
}

/** Expected enterprises, each once, to the nearest whole. */
export const expectedEachOnce = (counts: ByGrade, union: Union): number =>
  nearestShare(eachOnce(counts, union, millionths), ratioOf(1, millionths))
