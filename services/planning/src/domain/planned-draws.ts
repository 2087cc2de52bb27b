import { err, ok, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset, UnknownGrade } from '@dual-random/policy'
import { apportion } from './apportion.ts'
import { batchesByScope } from './batch-scope.ts'
import { countPerBatch } from './batches.ts'
import type { PlanLine } from './plan.ts'
import { type GradedPool, type PlannedScope, poolSize, poolsTogether, sum } from './pool.ts'
import { allStrata } from './ratio-rules.ts'
import { drawnOf, ratioDrawn, strataOf } from './white-list.ts'

export type FiguresError =
  | PolicyUnset
  | UnknownGrade
  | { readonly code: 'stratum-without-ratio'; readonly lineId: string; readonly stratum: string }

/** What a line draws of its own city in the year. */
export interface OwnDraws<Pool extends GradedPool> {
  /** The city's expected share, where strata are merged. */
  readonly byStratum: ReadonlyMap<string, number>
  /** What it is made of. Absent where strata are merged with other cities': nobody knows which batch takes whose objects. */
  readonly scopes?: readonly PlannedScope<Pool>[]
}

/** What each city is drawn of; the others in the order of their pools, of which none is by scopes: a line of several cities has no batch scopes (`batch-scope-with-cities`). */
export interface DrawsOfCities<Pool extends GradedPool> {
  readonly own: OwnDraws<Pool>
  readonly elsewhere: readonly ReadonlyMap<string, number>[]
}

/** A pool with those of the scopes of its line's batches. */
type Scoped<Pool> = Pool & { readonly byScope?: ReadonlyMap<string, Pool> }

/**
 * What a line draws of its own city's pool and of those of the others. Where strata are merged their number is one for all cities; which city's
 * objects have the smallest tickets nobody knows, so each is expected its share, whole objects by the largest remainder.
 */
export function plannedByCity<Pool extends GradedPool>(
  policy: Policy,
  line: PlanLine,
  pool: Scoped<Pool>,
  others: readonly GradedPool[] = [],
): Result<DrawsOfCities<Pool>, FiguresError> {
  if (line.joint?.merged === true) {
    const merged = plannedMerged(policy, line, [pool, ...others])
    if (!merged.ok) return merged
    const [byStratum = new Map<string, number>(), ...elsewhere] = merged.value
    return ok({ own: { byStratum }, elsewhere })
  }
  const scopes = plannedScopes(policy, line, pool)
  if (!scopes.ok) return scopes
  const elsewhere: ReadonlyMap<string, number>[] = []
  for (const other of others) {
    const byStratum = plannedByStratum(policy, line, other)
    if (!byStratum.ok) return byStratum
    elsewhere.push(byStratum.value)
  }
  return ok({ own: { byStratum: strataOfScopes(scopes.value), scopes: scopes.value }, elsewhere })
}

function plannedMerged(
  policy: Policy,
  line: PlanLine,
  pools: readonly GradedPool[],
): Result<readonly ReadonlyMap<string, number>[], FiguresError> {
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
  const scopes = plannedScopes<GradedPool>(policy, line, pool)
  return scopes.ok ? ok(strataOfScopes(scopes.value)) : scopes
}

function strataOfScopes(scopes: readonly PlannedScope<GradedPool>[]): ReadonlyMap<string, number> {
  const byStratum = new Map<string, number>()
  for (const [stratum, count] of scopes.flatMap((scope) => [...scope.byStratum])) {
    byStratum.set(stratum, (byStratum.get(stratum) ?? 0) + count)
  }
  return byStratum
}

/** What each batch of a line draws of all strata, in their order. */
export function plannedOfBatches({ batches }: PlanLine, scopes: readonly PlannedScope<GradedPool>[]): readonly number[] {
  const ofNumber = new Map(
    scopes.flatMap(({ line, byBatch }) =>
      line.batches.map(({ number }, index) => [number, sum([...byBatch.values()].map((counts) => counts[index] ?? 0))] as const),
    ),
  )
  return batches.map(({ number }) => ofNumber.get(number) ?? 0)
}

/** What the batches of each scope of a line draw; of one scope where all draw from the same. */
function plannedScopes<Pool extends GradedPool>(
  policy: Policy,
  line: PlanLine,
  pool: Scoped<Pool>,
): Result<readonly PlannedScope<Pool>[], FiguresError> {
  const scopes: PlannedScope<Pool>[] = []
  for (const { batches, within } of partsByScope(line, pool)) {
    const byBatch = plannedWithin(policy, line, batches, within)
    if (!byBatch.ok) return byBatch
    const byStratum = new Map([...byBatch.value].map(([stratum, counts]) => [stratum, sum(counts)]))
    scopes.push({ line: { ...line, batches }, pool: within, byStratum, byBatch: byBatch.value })
  }
  return ok(scopes)
}

/** The batches of each scope with what there is in it. */
function partsByScope<Pool extends GradedPool>(
  line: PlanLine,
  pool: Scoped<Pool>,
): readonly { readonly batches: PlanLine['batches']; readonly within: Pool }[] {
  const byScope: ReadonlyMap<string, Pool> | undefined = pool.byScope
  if (byScope === undefined) return [{ batches: line.batches, within: pool }]
  return [...batchesByScope(line)].map(([key, batches]) => {
    const within = byScope.get(key)
    if (within === undefined) throw new Error(`a scope of line ${line.lineId} was not counted`)
    return { batches, within }
  })
}

/**
 * By stratum what each of some batches of a line draws of the one pool that they have. Every batch rounds for itself, as the draws do; all together
 * take no more than there are.
 */
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
