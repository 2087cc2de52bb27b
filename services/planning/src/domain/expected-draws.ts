import { ok, type Result } from '@dual-random/kernel'
import { besideWhiteList, type Policy, whiteListStratum } from '@dual-random/policy'
import { apportion } from './apportion.ts'
import type { PlanLine } from './plan.ts'
import { type FiguresError, plannedByCity } from './planned-draws.ts'
import { type GradedPool, type PlannedScope, type PooledLine, sum } from './pool.ts'
import { allStrata } from './ratio-rules.ts'

/** Objects of one grade that the items apply to, and how many of them are expected to be drawn in the year. */
export interface ExpectedGrade {
  readonly grade: string
  readonly mapped: number
  readonly planned: number
}

/** What a plan is expected to draw in its own city, by credit grade and in all; members of the white list stand with their grade. */
export interface ExpectedDraws {
  readonly planned: number
  readonly byGrade: readonly ExpectedGrade[]
  readonly lines: readonly { readonly lineId: string; readonly planned: number; readonly byGrade: readonly ExpectedGrade[] }[]
}

/** A number of objects, and one ratio for all, hit every grade by its size: whole objects by the largest remainder. */
export function expectedDraws(policy: Policy, counted: readonly PooledLine[]): Result<ExpectedDraws, FiguresError> {
  const lines: ExpectedDraws['lines'][number][] = []
  for (const { line, pool, elsewhere = [] } of counted) {
    const planned = plannedByCity(policy, line, pool, elsewhere)
    if (!planned.ok) return planned
    const { byStratum, scopes = [{ line, pool, byStratum }] } = planned.value.own
    const byGrade = tally([...gradesIn(pool), ...scopes.flatMap(drawnByGrade)])
    lines.push({ lineId: line.lineId, planned: sum(byGrade.map((each) => each.planned)), byGrade })
  }
  const all = tally(lines.flatMap(({ byGrade }) => byGrade))
  return ok({ planned: sum(lines.map(({ planned }) => planned)), byGrade: all, lines })
}

const gradesIn = (pool: GradedPool): readonly ExpectedGrade[] =>
  [...pool.byGrade].map(([grade, mapped]) => ({ grade: gradeOf(grade), mapped, planned: 0 }))

/** What is drawn hits the grades of the scope that it is drawn from. */
function drawnByGrade({ line, pool, byStratum }: Pick<PlannedScope<GradedPool>, 'line' | 'pool' | 'byStratum'>): readonly ExpectedGrade[] {
  return [...byStratum].flatMap(([stratum, planned]) => {
    const members = [...pool.byGrade].filter(([grade]) => isOfStratum(line, grade, stratum))
    const shares = apportion(
      planned,
      members.map(([, size]) => size),
    )
    return members.map(([grade], index) => ({ grade: gradeOf(grade), mapped: 0, planned: shares[index] ?? 0 }))
  })
}

const gradeOf = (stratum: string): string => besideWhiteList(stratum) ?? stratum

function isOfStratum({ count }: PlanLine, grade: string, stratum: string): boolean {
  if (count !== undefined) return true
  if (stratum === allStrata) return besideWhiteList(grade) === undefined
  if (stratum === whiteListStratum(allStrata)) return besideWhiteList(grade) !== undefined
  return grade === stratum
}

function tally(entries: readonly ExpectedGrade[]): readonly ExpectedGrade[] {
  const grades = new Map<string, ExpectedGrade>()
  for (const { grade, mapped, planned } of entries) {
    const before = grades.get(grade)
    grades.set(grade, { grade, mapped: mapped + (before?.mapped ?? 0), planned: planned + (before?.planned ?? 0) })
  }
  return [...grades.values()].toSorted((a, b) => (a.grade < b.grade ? -1 : 1))
}
