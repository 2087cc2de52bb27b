import { err, type Instant, ok, type RegionCode, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset, UnknownGrade } from '@dual-random/policy'
import { apportion } from './apportion.ts'
import { batchesByScope } from './batch-scope.ts'
import { countPerBatch } from './batches.ts'
import { addUp, expectedEachOnce, expectedOfLine, gradesAgree } from './enterprises.ts'
import { type FloorFigures, floorFigures } from './floor.ts'
import type { Plan, PlanLine } from './plan.ts'
import {
  type CandidatesRef,
  type CityPool,
  type CountedLine,
  type GradedPool,
  type MixedPool,
  type PlannedLine,
  type PlannedScope,
  type PoolCount,
  poolSize,
  poolsTogether,
  sum,
} from './pool.ts'
import { allStrata } from './ratio-rules.ts'
import { drawnOf, ratioDrawn, strataOf } from './white-list.ts'

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

export type FiguresError =
  | PolicyUnset
  | UnknownGrade
  | { readonly code: 'stratum-without-ratio'; readonly lineId: string; readonly stratum: string }

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
    const byCity = plannedByCity(policy, line, [pool, ...others])
    if (!byCity.ok) return byCity
    const [byStratum = new Map<string, number>(), ...theirs] = byCity.value
    const ofBatches = plannedOfBatches(policy, line, pool)
    if (!ofBatches.ok) return ofBatches
    const together = poolsTogether(byCity.value.map((byGrade) => ({ byGrade }))).byGrade
    const scopes = plannedScopes(policy, line, pool)
    if (!scopes.ok) return scopes
    planned.push({ line, pool, byStratum, ...scopes.value, ...(line.joint?.merged === true ? { elsewhere: others, together } : {}) })
    lines.push({
      lineId: line.lineId,
      mapped: poolSize(pool),
      planned: sum(byStratum.values()),
      ...(ofBatches.value === undefined ? {} : { batches: ofBatches.value }),
      ...(pool.candidates === undefined ? {} : { candidates: pool.candidates }),
      ...(others.length === 0 ? {} : { elsewhere: others.map((each, index) => elsewhereOf(each, theirs[index])) }),
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

/**
 * What each city is drawn of, in the order of the pools. Where strata are merged their number is one for all cities; which city's objects have
 * the smallest tickets nobody knows, so each is expected its share, whole objects by the largest remainder.
 */
export function plannedByCity(
  policy: Policy,
  line: PlanLine,
  pools: readonly GradedPool[],
): Result<readonly ReadonlyMap<string, number>[], FiguresError> {
  if (line.joint?.merged !== true) {
    const apart: ReadonlyMap<string, number>[] = []
    for (const pool of pools) {
      const byStratum = plannedByStratum(policy, line, pool)
      if (!byStratum.ok) return byStratum
      apart.push(byStratum.value)
    }
    return ok(apart)
  }
  const together = plannedByStratum(policy, line, poolsTogether(pools))
  if (!together.ok) return together
  const cities = pools.map(() => new Map<string, number>())
  for (const [stratum, planned] of together.value) {
    const sizes = pools.map((pool) => (line.count === undefined ? sizeOf(line, pool, stratum) : poolSize(pool)))
    for (const [index, share] of apportion(planned, sizes).entries()) cities[index]?.set(stratum, share)
  }
  return ok(cities)
}

const sizeOf = (line: PlanLine, pool: GradedPool, wanted: string): number =>
  strataOf(line, pool).find(([stratum]) => stratum === wanted)?.[1] ?? 0

/** Objects drawn of each stratum in the year; one that scopes of several batches have in common counts for each. */
export function plannedByStratum(policy: Policy, line: PlanLine, pool: GradedPool): Result<ReadonlyMap<string, number>, FiguresError> {
  const planned = plannedByBatch(policy, line, pool)
  return planned.ok ? ok(new Map([...planned.value].map(([stratum, counts]) => [stratum, sum(counts)]))) : planned
}

/**
 * By stratum what each batch draws, in the order of the batches. Every batch rounds for itself, as the draws do; all together take no more than
 * there are.
 */
function plannedByBatch(policy: Policy, line: PlanLine, pool: GradedPool): Result<ReadonlyMap<string, readonly number[]>, FiguresError> {
  const planned = new Map<string, number[]>()
  for (const { batches, within } of partsByScope(line, pool)) {
    const ofScope = plannedWithin(policy, line, batches, within)
    if (!ofScope.ok) return ofScope
    for (const [stratum, counts] of ofScope.value) {
      const all = planned.get(stratum) ?? line.batches.map(() => 0)
      planned.set(stratum, all)
      for (const [index, { number }] of batches.entries()) all[number - 1] = (all[number - 1] ?? 0) + (counts[index] ?? 0)
    }
  }
  return ok(planned)
}

/** By stratum what each of some batches of a line draws of the one pool that they have. */
function plannedWithin(
  policy: Policy,
  line: PlanLine,
  batches: PlanLine['batches'],
  within: GradedPool,
): Result<ReadonlyMap<string, readonly number[]>, FiguresError> {
  if (line.count !== undefined) {
    const ofNumber = countPerBatch(line.count, line.batches)
    const counts = batches.map(({ number }) => ofNumber[number - 1] ?? 0)
    return ok(new Map([[allStrata, asFarAsThereAre(counts, poolSize(within))]]))
  }
  const rounding = policy.get('ratio.rounding')
  if (!rounding.ok) return rounding
  const planned = new Map<string, readonly number[]>()
  for (const [stratum, population] of strataOf(line, within)) {
    const ratio = ratioDrawn(policy, line, stratum)
    if (ratio === undefined) return err({ code: 'stratum-without-ratio', lineId: line.lineId, stratum })
    const counts = batches.map(({ share }) => {
      const ofBatch = { numerator: ratio.numerator * share.numerator, denominator: ratio.denominator * share.denominator }
      return drawnOf(policy, { stratum, population, ofBatch }, rounding.value)
    })
    planned.set(stratum, asFarAsThereAre(counts, population))
  }
  return ok(planned)
}

function asFarAsThereAre(counts: readonly number[], population: number): readonly number[] {
  let left = population
  return counts.map((count) => {
    const drawn = Math.min(count, left)
    left -= drawn
    return drawn
  })
}

/** What each scope of a line's batches draws, for the enterprises among it (CRD-08); nothing where all batches draw from one, or strata are merged. */
export function plannedScopes(policy: Policy, line: PlanLine, pool: MixedPool): Result<Pick<PlannedLine, 'scopes'>, FiguresError> {
  const { byScope } = pool
  if (byScope === undefined || line.joint?.merged === true) return ok({})
  const scopes: PlannedScope[] = []
  for (const [key, batches] of batchesByScope(line)) {
    const within = byScope.get(key) ?? emptyPool
    const byBatch = plannedWithin(policy, line, batches, within)
    if (!byBatch.ok) return byBatch
    const byStratum = new Map([...byBatch.value].map(([stratum, counts]) => [stratum, sum(counts)]))
    scopes.push({ line: { ...line, batches }, pool: within, byStratum, byBatch: byBatch.value })
  }
  return ok({ scopes })
}

const emptyPool: MixedPool = { byGrade: new Map(), enterprisesByGrade: new Map() }

/** The batches of each scope with what there is in it. */
function partsByScope(line: PlanLine, pool: GradedPool): readonly { readonly batches: PlanLine['batches']; readonly within: GradedPool }[] {
  const { byScope } = pool
  if (byScope === undefined) return [{ batches: line.batches, within: pool }]
  return [...batchesByScope(line)].map(([key, batches]) => ({ batches, within: byScope.get(key) ?? emptyPool }))
}

/** What each batch draws of all strata; of strata merged with other cities' nobody knows which batch takes whose objects. */
function plannedOfBatches(policy: Policy, line: PlanLine, pool: GradedPool): Result<readonly number[] | undefined, FiguresError> {
  if (line.joint?.merged === true) return ok(undefined)
  const planned = plannedByBatch(policy, line, pool)
  if (!planned.ok) return planned
  return ok(line.batches.map((_, index) => sum([...planned.value.values()].map((counts) => counts[index] ?? 0))))
}
