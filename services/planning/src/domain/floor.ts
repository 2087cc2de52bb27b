import { ok, type Result } from '@dual-random/kernel'
import {
  besideWhiteList,
  type CoverageGroup,
  coverageRange,
  type Policy,
  type PolicyUnset,
  type UnknownGrade,
  whiteListStratum,
} from '@dual-random/policy'
import { type PlannedLine, type PoolCount, poolSize, sum } from './pool.ts'
import { allStrata, ungraded } from './ratio-rules.ts'

export interface ReachOfLine {
  readonly lineId: string
  readonly lowest: number
  readonly highest: number
}

/** What a plan reaches against the yearly floor (CRD-08), and could reach within the bands (CRD-18), in objects. */
export interface FloorFigures {
  /** Objects the floor asks for. */
  readonly objects: number
  readonly lowest: number
  /** With the ratios as planned; each object once where the floor counts distinct ones. */
  readonly planned: number
  readonly highest: number
  readonly verdict: 'always' | 'reachable' | 'unreachable'
  /** Objects the plan leaves missing; above zero is the red state. */
  readonly gap: number
  readonly lines: readonly ReachOfLine[]
}

/**
 * Lowest and highest are what the bands allow: a grade without a band stays as planned, since the planner set it. Several lines may draw the
 * same object, so where the floor counts distinct enterprises a plan is sure of its largest line only, and never exceeds its whole pool.
 */
export function floorFigures(
  policy: Policy,
  planned: readonly PlannedLine[],
  whole: PoolCount,
): Result<FloorFigures, PolicyUnset | UnknownGrade> {
  const counting = policy.get('ratio.yearFloor.count')
  if (!counting.ok) return counting
  const floor = coverageRange(policy, [], whole.enterprises)
  if (!floor.ok) return floor
  const lines: ReachOfLine[] = []
  for (const line of planned) {
    const reach = reachOf(policy, line)
    if (!reach.ok) return reach
    lines.push(reach.value)
  }
  const distinct = counting.value.numerator === 'DISTINCT_ENTERPRISES'
  const bounded = (count: number): number => (distinct ? Math.min(count, poolSize(whole)) : count)
  const lowest = distinct ? Math.max(0, ...lines.map((line) => line.lowest)) : sum(lines.map((line) => line.lowest))
  const highest = bounded(sum(lines.map((line) => line.highest)))
  const asPlanned = bounded(sum(planned.flatMap(({ byStratum }) => [...byStratum.values()])))
  const objects = floor.value.floor
  return ok({
    objects,
    lowest,
    planned: asPlanned,
    highest,
    verdict: lowest >= objects ? 'always' : highest >= objects ? 'reachable' : 'unreachable',
    gap: Math.max(0, objects - asPlanned),
    lines,
  })
}

function reachOf(policy: Policy, planned: PlannedLine): Result<ReachOfLine, PolicyUnset | UnknownGrade> {
  const { line, pool, byStratum } = planned
  const stated = sum(byStratum.values())
  const range = coverageRange(policy, groupsOf(planned), poolSize(pool))
  if (!range.ok) return range
  // A ratio outside its band was given a reason: the plan as it stands belongs to what can be reached.
  return ok({ lineId: line.lineId, lowest: Math.min(range.value.lowest, stated), highest: Math.max(range.value.highest, stated) })
}

/** One group per grade where bands hold; what is drawn by count, of key items, of objects without a grade or of the white list stays as planned. */
function groupsOf({ line, pool, byStratum }: PlannedLine): readonly CoverageGroup[] {
  const { itemClass, fieldClass } = line
  if (itemClass === 'KEY' || line.count !== undefined) {
    const size = poolSize(pool)
    return [{ itemClass, fieldClass, grade: undefined, enterprises: size, eligible: size, planned: sum(byStratum.values()) }]
  }
  return [...pool.byGrade].map(([grade, count]) => {
    const group = { itemClass, fieldClass, enterprises: count, eligible: count }
    if (besideWhiteList(grade) !== undefined) {
      const planned = byStratum.get(grade) ?? byStratum.get(whiteListStratum(allStrata)) ?? 0
      return { ...group, grade: undefined, planned: Math.min(count, planned) }
    }
    if (grade !== ungraded) return { ...group, grade }
    return { ...group, grade: undefined, planned: Math.min(count, byStratum.get(ungraded) ?? byStratum.get(allStrata) ?? 0) }
  })
}
