import type { Instant, RegionCode } from '@dual-random/kernel'
import type { ItemSet } from '../domain/item-set.ts'
import { type Flow, flowHistogram, type PassedAt, type SetAt } from '../domain/pool-flows.ts'
import type { CountedObject } from '../domain/pool-histogram.ts'
import type { PoolDeps } from './classified-members.ts'
import { poolPass } from './pool-pass.ts'
import { type Classed, gradeOf, poolReading } from './pool-reading.ts'

export interface ComparisonAsked {
  readonly regionCode: RegionCode
  readonly from: Instant
  /** Not before `from`. */
  readonly to: Instant
  readonly sets: readonly ItemSet[]
}

/** An object that any of the sets had at either instant. */
interface Compared {
  readonly objectId: string
  readonly from: PassedAt<Classed>
  readonly to: PassedAt<Classed>
}

/** What the sets are at both instants, and all objects of them in one pass; with `unitIds` those that are in one of their pools now. */
export async function poolComparison(deps: PoolDeps, { regionCode, from, to, sets }: ComparisonAsked, unitIds?: readonly string[]) {
  const [then, now] = await Promise.all([
    poolReading(deps, { regionCode, asOf: from, sets }),
    poolReading(deps, { regionCode, asOf: to, sets }),
  ])
  const applicabilities = [...then.applicabilities, ...now.applicabilities]
  const fitsOf = (object: CountedObject) => {
    const [before, after] = [then.mapper.fits(object) ?? 0n, now.mapper.fits(object) ?? 0n]
    return before === 0n && after === 0n ? undefined : { before, after }
  }
  const setsAt = ({ sets: read }: typeof then): readonly SetAt<Classed>[] =>
    read.map(({ bits, field }) => ({ bits, gradeOf: (of) => gradeOf(of, field) }))
  return {
    setsBefore: setsAt(then),
    setsNow: setsAt(now),
    compared: async function* compared(): AsyncGenerator<readonly Compared[]> {
      if (applicabilities.length === 0) return
      const objects = deps.objects.countable(regionCode, applicabilities, unitIds)
      for await (const members of poolPass(deps, { objects, fitsOf, instants: [then, now] }))
        yield members.map(({ object, fits, record, isWhiteListed: [wasListed = false, isListed = false] }) => ({
          objectId: object.objectId,
          from: { fits: fits.before, active: then.mapper.isActive(object), of: then.classOf(record, wasListed) },
          to: { fits: fits.after, active: now.mapper.isActive(object), of: now.classOf(record, isListed) },
        }))
    },
  }
}

/**
 * Of each set, in their order, how many objects stood in which stratum at both instants (CRD-11). Sizes alone would not tell: one that fell beside
 * one that rose leaves every stratum as large as it was. Items and policy are those in force at either instant; the objects are read once.
 */
export async function comparePools(deps: PoolDeps, asked: ComparisonAsked): Promise<readonly (readonly Flow[])[]> {
  const { setsBefore, setsNow, compared } = await poolComparison(deps, asked)
  const histogram = flowHistogram<Classed>(({ general, byField, isWhiteListed }) => JSON.stringify([general, byField, isWhiteListed]))
  for await (const objects of compared()) for (const { from, to } of objects) histogram.add(from, to)
  return setsBefore.map((before, place) => histogram.flowsOf(before, setsNow[place] ?? before))
}
