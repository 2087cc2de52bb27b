import { nearestShare, ok, type RegionCode, type Result, ratioOf } from '@dual-random/kernel'
import { besideWhiteList, decideRepeat, isLowRisk, type Policy } from '@dual-random/policy'
import type { ExpectedGrade } from './expected-draws.ts'
import type { CheckItem } from './line-input.ts'
import { heaviest, sharedItems } from './line-pairs.ts'
import { mayShareObjects } from './overlaps.ts'
import type { PlanLine, PlanType } from './plan.ts'
import type { FiguresError } from './planned-draws.ts'
import type { GradedPool } from './pool.ts'
import { ungraded } from './ratio-rules.ts'

/** A line of a plan of the region with what it is expected to draw of each grade. */
export interface DrawingLine {
  readonly planId: string
  readonly planType: PlanType
  readonly regionCode: RegionCode
  readonly line: PlanLine
  readonly byGrade: readonly ExpectedGrade[]
}

/** Objects of one grade that two lines of the year share, and how many of them are expected to be drawn by both. */
export interface RepeatOfGrade {
  readonly grade: string
  /** `barred`: the later draw leaves them out (CRD-09); `needs-reason`: it draws them only on a recorded ground (CRD-07). */
  readonly outcome: 'barred' | 'needs-reason'
  readonly objects: number
  readonly expected: number
}

export interface RepeatConflict {
  readonly earlier: DrawingLine
  readonly later: DrawingLine
  readonly grades: readonly RepeatOfGrade[]
}

/** A line whose objects are not counted yet. */
export type UncountedLine = Omit<DrawingLine, 'byGrade'>

export type LinePair = readonly [UncountedLine, UncountedLine]

/** Pairs with at least one line of the plan itself that may draw a common object, on whatever days. */
export const repeatCandidates = (
  own: readonly UncountedLine[],
  others: readonly UncountedLine[],
  items: ReadonlyMap<string, CheckItem>,
): readonly LinePair[] =>
  own.flatMap((a, index) =>
    [...own.slice(index + 1), ...others].flatMap((b) => (mayShareObjects(a.line, b.line, items) ? [[a, b] as const] : [])),
  )

/** Not more than `most` of the pairs, in their order: where there are more, those that share the most items, and so certainly objects. */
export const mostSharedItems = (pairs: readonly LinePair[], most: number): readonly LinePair[] =>
  heaviest(pairs, most, ([a, b]) => sharedItems(a.line, b.line).length)

/** Who of two lines draws first. */
export const inOrder = (a: DrawingLine, b: DrawingLine): readonly [DrawingLine, DrawingLine] => (startOf(b) < startOf(a) ? [b, a] : [a, b])

const startOf = ({ line }: DrawingLine): string => line.batches[0]?.window.start ?? ''

/** By grade, members of the white list with theirs. */
function gradesOf({ byGrade }: GradedPool): ReadonlyMap<string, number> {
  const grades = new Map<string, number>()
  for (const [stratum, count] of byGrade) {
    const grade = besideWhiteList(stratum) ?? stratum
    grades.set(grade, (grades.get(grade) ?? 0) + count)
  }
  return grades
}

/**
 * What two lines would draw twice within the year although policy bars it (CRD-09, CRD-07); `either` is the pool of both together. Undefined
 * where nothing of it is expected to matter.
 */
export function repeatConflict(
  policy: Policy,
  lines: readonly [DrawingLine, DrawingLine],
  either: GradedPool,
): Result<RepeatConflict | undefined, FiguresError> {
  const [earlier, later] = lines
  const grades: RepeatOfGrade[] = []
  const together = gradesOf(either)
  for (const { grade, mapped, planned } of later.byGrade) {
    const before = earlier.byGrade.find((each) => each.grade === grade)
    if (before === undefined || planned === 0 || before.planned === 0) continue
    const objects = Math.max(0, mapped + before.mapped - (together.get(grade) ?? 0))
    if (objects === 0) continue
    const outcome = outcomeOf(policy, lines, grade)
    if (!outcome.ok) return outcome
    if (outcome.value === 'allowed') continue
    // Two independent draws: each hits a shared object by its own share.
    const expected = nearestShare(objects, ratioOf(planned * before.planned, mapped * before.mapped))
    grades.push({ grade, outcome: outcome.value, objects, expected })
  }
  return ok(grades.length === 0 ? undefined : { earlier, later, grades })
}

function outcomeOf(
  policy: Policy,
  [earlier, later]: readonly [UncountedLine, UncountedLine],
  grade: string,
): Result<'allowed' | RepeatOfGrade['outcome'], FiguresError> {
  const before = { ...drawOf(earlier), taskNumber: `${earlier.planId}/${earlier.line.lineId}` }
  const decided = decideRepeat(policy, subjectOf(later, grade), drawOf(later), [before], later.line.repeatGround)
  return decided.ok ? ok(decided.value.outcome) : decided
}

const drawOf = ({ line, regionCode, planType }: UncountedLine) => ({
  date: line.batches[0]?.window.start as PlanLine['batches'][number]['window']['start'],
  regionCode,
  joint: planType === 'JOINT',
})

const subjectOf = ({ line: { itemClass, fieldClass } }: UncountedLine, grade: string) => ({
  itemClass,
  fieldClass,
  grade: grade === ungraded ? undefined : grade,
})

/**
 * Whether a line leaves out, of a grade, whom others have drawn in the year, its own earlier batches among them; members of the white list are
 * of their grade. False where policy does not say: then nothing is sure.
 */
export function isDrawnOnce(policy: Policy, line: UncountedLine, stratum: string): boolean {
  if (policy.find('repeat.lowRiskBar') === undefined) return false
  const repeated = outcomeOf(policy, [line, line], besideWhiteList(stratum) ?? stratum)
  return repeated.ok && repeated.value !== 'allowed'
}

/** A low-risk grade of which the year's lines draw more than there are objects: each may be drawn once. */
export interface Exhausted {
  readonly grade: string
  readonly planned: number
  readonly objects: number
}

/** Lines whose recorded ground opens the bar are left out: they may draw whoever was drawn before. */
export function exhaustedGrades(
  policy: Policy,
  lines: readonly DrawingLine[],
  whole: GradedPool,
): Result<readonly Exhausted[], FiguresError> {
  const found: Exhausted[] = []
  for (const [grade, objects] of gradesOf(whole)) {
    if (plannedOf(lines, grade) <= objects) continue
    const low = isLowRisk(policy, grade === ungraded ? undefined : grade)
    if (!low.ok) return low
    if (!low.value) continue
    const once: DrawingLine[] = []
    for (const line of lines) {
      const repeated = outcomeOf(policy, [line, line], grade)
      if (!repeated.ok) return repeated
      if (repeated.value !== 'allowed') once.push(line)
    }
    const planned = plannedOf(once, grade)
    if (planned > objects) found.push({ grade, planned, objects })
  }
  return ok(found)
}

const plannedOf = (lines: readonly DrawingLine[], grade: string): number =>
  lines.flatMap(({ byGrade }) => byGrade).reduce((sum, each) => (each.grade === grade ? sum + each.planned : sum), 0)
