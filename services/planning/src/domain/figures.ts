import { type Instant, ok, type RegionCode, type Result } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { addUp, expectedEachOnce, expectedOfLine, gradesAgree } from './enterprises.ts'
import { type FloorFigures, floorFigures } from './floor.ts'
import type { Plan } from './plan.ts'
import { type FiguresError, plannedByCity, plannedOfBatches } from './planned-draws.ts'
import {
  type CandidatesRef,
  type CityPool,
  type CountedLine,
  type LinePool,
  type PlannedLine,
  type PoolCount,
  poolSize,
  poolsTogether,
  sum,
} from './pool.ts'

/** What another city would have drawn of its pool. */
export interface FiguresElsewhere {
  readonly regionCode: RegionCode
  readonly mapped: number
  readonly planned: number
}

/** What one line draws in the year of the plan's own city, all batches together; `mapped` is its whole pool. */
export interface LineFigures {
  readonly lineId: string
  readonly mapped: number
  readonly planned: number
  /** What each batch draws, in their order. Absent where strata are merged with other cities', and in plans settled before it was kept: then it follows from the shares. */
  readonly batches?: readonly number[]
  /** Absent before the version was settled, and in plans settled before candidates were kept. */
  readonly candidates?: CandidatesRef
  /** The other cities that draw as well: they count in no figure of this plan's region. */
  readonly elsewhere?: readonly FiguresElsewhere[]
}

/** The quantities of a version, as of filing (PLN-13, PLN-17). Objects of every kind count, but for the floor: enterprises alone. */
export interface PlanFigures {
  readonly asOf: Instant
  /** Enterprises of the region: the denominator of CRD-08, frozen here. */
  readonly enterprises: number
  /** Distinct objects the items of all lines apply to. */
  readonly pool: number
  /** Objects drawn by all lines, an object drawn by two lines counted twice. */
  readonly planned: number
  /** Enterprises expected among them, each once, to the nearest whole. Absent in plans settled before they were told from other objects. */
  readonly plannedEnterprises?: number
  readonly lines: readonly LineFigures[]
  /** Absent where the policy has no yearly floor. */
  readonly floor?: FloorFigures
}

/** The lines of a plan with their pools, and the pool of all of them together. */
export interface CountedLines {
  readonly plan: Pick<Plan, 'planId' | 'planType' | 'regionCode'>
  readonly counted: readonly CountedLine[]
  readonly whole: PoolCount
}

export function planFigures(policy: Policy, { plan, counted, whole }: CountedLines, asOf: Instant): Result<PlanFigures, FiguresError> {
  const planned: PlannedLine[] = []
  const lines: LineFigures[] = []
  for (const { line, pool, elsewhere: others = [] } of counted) {
    const drawn = plannedByCity<LinePool>(policy, line, pool, others)
    if (!drawn.ok) return drawn
    const { own, elsewhere } = drawn.value
    const together = poolsTogether([own.byStratum, ...elsewhere].map((byGrade) => ({ byGrade }))).byGrade
    planned.push({ line, pool, ...own, ...(line.joint?.merged === true ? { elsewhere: others, together } : {}) })
    lines.push({
      lineId: line.lineId,
      mapped: poolSize(pool),
      planned: sum(own.byStratum.values()),
      ...(own.scopes === undefined ? {} : { batches: plannedOfBatches(line, own.scopes) }),
      ...(pool.candidates === undefined ? {} : { candidates: pool.candidates }),
      ...(others.length === 0 ? {} : { elsewhere: others.map((each, index) => elsewhereOf(each, elsewhere[index])) }),
    })
  }
  const union = { enterprisesByGrade: whole.enterprisesByGrade, gradesAgree: gradesAgree(policy) }
  const plannedEnterprises = expectedEachOnce(addUp(planned.map(expectedOfLine)), union)
  const floor =
    policy.find('ratio.yearFloor') === undefined ? undefined : floorFigures(policy, { plan, planned, whole, plannedEnterprises })
  if (floor?.ok === false) return floor
  return ok({
    asOf,
    enterprises: whole.enterprises,
    pool: poolSize(whole),
    planned: sum(lines.map((line) => line.planned)),
    plannedEnterprises,
    lines,
    ...(floor === undefined ? {} : { floor: floor.value }),
  })
}

const elsewhereOf = (pool: CityPool, byStratum: ReadonlyMap<string, number> = new Map()): FiguresElsewhere => ({
  regionCode: pool.regionCode,
  mapped: poolSize(pool),
  planned: sum(byStratum.values()),
})
