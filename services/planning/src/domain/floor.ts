import { floorShare, ok, type Ratio, type Result } from '@dual-random/kernel'
import {
  besideWhiteList,
  type CoverageGroup,
  coverageRange,
  type Policy,
  type PolicyUnset,
  type UnknownGrade,
  whiteListStratum,
} from '@dual-random/policy'
import {
  addUp,
  type ByGrade,
  eachOnce,
  fewestEnterprises,
  gradesAgree,
  isByGrade,
  type Mix,
  mixOfStrata,
  mostEnterprises,
  onceInLine,
  wholeMix,
} from './enterprises.ts'
import { type SureDraw, sureEachOnce, sureOfScopes } from './floor-lowest.ts'
import type { Plan, PlanLine } from './plan.ts'
import { type PlannedLine, type PlannedScope, type PoolCount, poolSize, poolsTogether, sum } from './pool.ts'
import { allStrata, ungraded } from './ratio-rules.ts'
import { isDrawnOnce } from './repeats.ts'

export interface ReachOfLine {
  readonly lineId: string
  readonly lowest: number
  readonly highest: number
}

/**
 * What a plan reaches against the yearly floor (CRD-08), and could reach within the bands (CRD-18): distinct enterprises or draws of objects, as
 * policy `ratio.yearFloor.count` says.
 */
export interface FloorFigures {
  /** What the floor asks for. */
  readonly objects: number
  readonly lowest: number
  /** With the ratios as planned; of enterprises as many as are expected, each once, to the nearest whole. */
  readonly planned: number
  readonly highest: number
  readonly verdict: 'always' | 'reachable' | 'unreachable'
  /** What the plan leaves missing; above zero is the red state. */
  readonly gap: number
  readonly lines: readonly ReachOfLine[]
}

export interface PlannedLines {
  readonly plan: Pick<Plan, 'planId' | 'planType' | 'regionCode'>
  readonly planned: readonly PlannedLine[]
  readonly whole: PoolCount
  /** Enterprises expected among what is drawn as planned, each once. */
  readonly plannedEnterprises: number
}

/** Objects that a line draws of one grade, or of all alike, within the bands; not below nor above what it states, since a ratio outside its band was given a reason. */
interface Part {
  readonly stratum: string
  readonly grade: string | undefined
  /** Of all cities, where their strata are merged. */
  readonly lowest: number
  /** Objects of other cities that `lowest` may fall on; all the rest is sure to fall on those of the plan's own. */
  readonly besides: number
  readonly highest: number
  readonly mix: Mix
  /** What each batch draws, of a scope that is drawn as planned. */
  readonly byBatch?: readonly number[]
}

/** The batches of one scope, or of the whole line, with what they draw. */
type Drawing = Pick<PlannedLine, 'line' | 'pool' | 'byStratum'> & Partial<Pick<PlannedScope, 'byBatch'>>

interface PartedScope {
  readonly line: PlanLine
  readonly parts: readonly Part[]
}

/**
 * Lowest and highest are what the bands allow: a grade without a band stays as planned, since the planner set it. Where the floor counts distinct
 * enterprises, objects of other kinds count for nothing, and of an enterprise that several lines may draw no more than one.
 */
export function floorFigures(
  policy: Policy,
  { plan, planned, whole, plannedEnterprises }: PlannedLines,
): Result<FloorFigures, PolicyUnset | UnknownGrade> {
  const counting = policy.get('ratio.yearFloor.count')
  if (!counting.ok) return counting
  const floor = coverageRange(policy, [], whole.enterprises)
  if (!floor.ok) return floor
  const parted: { readonly of: PlannedLine; readonly scopes: readonly PartedScope[] }[] = []
  for (const of of planned) {
    const scopes = scopesOf(policy, of)
    if (!scopes.ok) return scopes
    parted.push({ of, scopes: scopes.value })
  }
  const objects = floor.value.floor
  const reach = (lowest: number, asPlanned: number, highest: number, lines: readonly ReachOfLine[]): FloorFigures => ({
    objects,
    lowest,
    planned: asPlanned,
    highest,
    verdict: lowest >= objects ? 'always' : highest >= objects ? 'reachable' : 'unreachable',
    gap: Math.max(0, objects - asPlanned),
    lines,
  })
  if (counting.value.numerator === 'DRAWS') {
    const lines = parted.map(({ of, scopes }) => ({
      lineId: of.line.lineId,
      lowest: sum(scopes.flatMap(({ line, parts }) => parts.map((part) => sureOfBatches(part, line)))),
      highest: sum(scopes.flatMap(({ parts }) => parts.map((part) => part.highest))),
    }))
    const drawn = sum(planned.flatMap(({ byStratum }) => [...byStratum.values()]))
    return ok(reach(sum(lines.map((line) => line.lowest)), drawn, sum(lines.map((line) => line.highest)), lines))
  }
  const union = { enterprisesByGrade: whole.enterprisesByGrade, gradesAgree: gradesAgree(policy) }
  const sure = parted.map(({ of, scopes }) => sureDraws(policy, plan, of, scopes))
  const most = parted.map(({ of, scopes }) => onceInLine(mostOf(scopes.flatMap(({ parts }) => parts)), of))
  const lines = planned.map(({ line: { lineId } }, index) => ({
    lineId,
    lowest: sum((sure[index] ?? []).map(({ fewest }) => fewest)),
    highest: sum(most[index]?.values() ?? []),
  }))
  return ok(reach(sureEachOnce(sure, union), plannedEnterprises, eachOnce(addUp(most), union), lines))
}

const mostOf = (parts: readonly Part[]): ByGrade =>
  addUp(parts.map(({ grade, highest, mix }) => new Map([[grade, mostEnterprises(highest, mix)]])))

const sureOf = ({ lowest, besides }: Part, share?: Ratio): number =>
  Math.max(0, (share === undefined ? lowest : floorShare(lowest, share)) - besides)

const sureByBatch = (part: Part, { batches }: PlanLine): readonly number[] =>
  part.byBatch ?? batches.map(({ share }) => sureOf(part, share))

/** Each batch may fall on the same objects of other cities. */
const sureOfBatches = (part: Part, line: PlanLine): number => (part.besides === 0 ? part.lowest : sum(sureByBatch(part, line)))

/** Of each stratum. Batches that may draw the same objects again are sure of the largest of them only. */
function sureDraws(
  policy: Policy,
  plan: PlannedLines['plan'],
  { line, pool, scopes: drawn }: PlannedLine,
  scopes: readonly PartedScope[],
): readonly SureDraw[] {
  const isDisjoint = drawn === undefined || sum(drawn.map((scope) => poolSize(scope.pool))) === poolSize(pool)
  const byStratum = Map.groupBy(
    scopes.flatMap((scope) => scope.parts.map((part) => ({ part, batches: scope.line }))),
    ({ part }) => part.stratum,
  )
  return [...byStratum.values()].map((parts) => {
    const grade = parts[0]?.part.grade
    const grades = grade === undefined ? [...pool.byGrade.keys()] : [grade]
    const isOnce = grades.every((each) => isDrawnOnce(policy, { ...plan, line }, each))
    const sure = parts.map(({ part, batches }) => {
      const drawnAtLeast = isOnce ? sureOf(part) : Math.max(...sureByBatch(part, batches))
      return { enterprises: part.mix.enterprises, fewest: fewestEnterprises(drawnAtLeast, part.mix) }
    })
    return { grade, isOnce, fewest: sureOfScopes(sure, { isOnce, isDisjoint }), scopes: sure }
  })
}

/** The parts of each scope that the line's batches draw from. */
function scopesOf(policy: Policy, planned: PlannedLine): Result<readonly PartedScope[], PolicyUnset | UnknownGrade> {
  if (planned.scopes === undefined) {
    const parts = partsOf(policy, planned)
    return parts.ok ? ok([{ line: planned.line, parts: parts.value }]) : parts
  }
  const scopes: PartedScope[] = []
  for (const scope of planned.scopes) {
    const parts = partsOfPool(policy, scope)
    if (!parts.ok) return parts
    scopes.push({ line: scope.line, parts: parts.value })
  }
  return ok(scopes)
}

/**
 * Of merged strata a city is sure of what the others cannot take: of so many drawn of all, those beyond the objects that the others have. Its
 * highest stays what it may expect: chance is no plan.
 */
function partsOf(policy: Policy, planned: PlannedLine): Result<readonly Part[], PolicyUnset | UnknownGrade> {
  const own = partsOfPool(policy, planned)
  const { line, pool, elsewhere = [], together } = planned
  if (!own.ok || together === undefined) return own
  const whole = { byGrade: poolsTogether([pool, ...elsewhere]).byGrade, enterprisesByGrade: new Map<string, number>() }
  const all = partsOfPool(policy, { line, pool: whole, byStratum: together })
  if (!all.ok) return all
  const ofAll = new Map(all.value.map((part) => [part.stratum, part]))
  return ok(
    own.value.map((part) => {
      const { lowest, mix } = ofAll.get(part.stratum) ?? part
      return { ...part, lowest, besides: mix.population - part.mix.population }
    }),
  )
}

function partsOfPool(policy: Policy, planned: Drawing): Result<readonly Part[], PolicyUnset | UnknownGrade> {
  const { line, pool, byStratum, byBatch } = planned
  const byGrade = isByGrade(line)
  if (line.itemClass === 'KEY' || line.count !== undefined) {
    const mixOf = mixOfStrata(line, pool)
    return ok(
      [...byStratum].map(([stratum, drawn]) => ({
        stratum,
        besides: 0,
        grade: byGrade ? stratum : undefined,
        lowest: drawn,
        highest: drawn,
        mix: mixOf(stratum),
        ...(byBatch === undefined ? {} : { byBatch: byBatch.get(stratum) ?? [] }),
      })),
    )
  }
  const groups = groupsOf(planned)
  if (!byGrade) {
    const range = coverageRange(
      policy,
      groups.map(({ group }) => group),
      poolSize(pool),
    )
    const whole = { stratum: allStrata, grade: undefined, besides: 0 }
    return range.ok ? ok([{ ...whole, ...within(range.value, sum(byStratum.values())), mix: wholeMix(pool) }]) : range
  }
  const mixOf = mixOfStrata(line, pool)
  const parts: Part[] = []
  for (const { grade, group } of groups) {
    const range = coverageRange(policy, [group], poolSize(pool))
    if (!range.ok) return range
    parts.push({ stratum: grade, grade, besides: 0, ...within(range.value, byStratum.get(grade) ?? 0), mix: mixOf(grade) })
  }
  return ok(parts)
}

/** A ratio outside its band was given a reason: the plan as it stands belongs to what can be reached. */
const within = ({ lowest, highest }: { readonly lowest: number; readonly highest: number }, stated: number) => ({
  lowest: Math.min(lowest, stated),
  highest: Math.max(highest, stated),
})

/** One group per grade where bands hold; what is drawn of objects without a grade or of the white list stays as planned. */
function groupsOf({ line, pool, byStratum }: Drawing): readonly { readonly grade: string; readonly group: CoverageGroup }[] {
  const { itemClass, fieldClass } = line
  return [...pool.byGrade].map(([grade, count]) => {
    const group = { itemClass, fieldClass, enterprises: count, eligible: count }
    if (besideWhiteList(grade) !== undefined) {
      const planned = byStratum.get(grade) ?? byStratum.get(whiteListStratum(allStrata)) ?? 0
      return { grade, group: { ...group, grade: undefined, planned: Math.min(count, planned) } }
    }
    if (grade !== ungraded) return { grade, group: { ...group, grade } }
    const planned = Math.min(count, byStratum.get(ungraded) ?? byStratum.get(allStrata) ?? 0)
    return { grade, group: { ...group, grade: undefined, planned } }
  })
}
