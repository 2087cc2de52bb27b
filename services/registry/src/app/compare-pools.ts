import type { Instant, RegionCode } from '@dual-random/kernel'
import type { ItemSet } from '../domain/item-set.ts'
import { type Flow, flowHistogram } from '../domain/pool-flows.ts'
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

/**
 * Of each set, in their order, how many objects stood in which stratum at both instants (CRD-11). Sizes alone would not tell: one that fell beside
 * one that rose leaves every stratum as large as it was. Items and policy are those in force at either instant; the objects are read once.
 */
export async function comparePools(deps: PoolDeps, { regionCode, from, to, sets }: ComparisonAsked): Promise<readonly (readonly Flow[])[]> {
  const [then, now] = await Promise.all([
    poolReading(deps, { regionCode, asOf: from, sets }),
    poolReading(deps, { regionCode, asOf: to, sets }),
  ])
  const applicabilities = [...then.applicabilities, ...now.applicabilities]
  if (applicabilities.length === 0) return sets.map(() => [])
  const histogram = flowHistogram<Classed>(({ general, byField, isWhiteListed }) => JSON.stringify([general, byField, isWhiteListed]))
  const fitsOf = (object: CountedObject) => {
    const [before, after] = [then.mapper.fits(object) ?? 0n, now.mapper.fits(object) ?? 0n]
    return before === 0n && after === 0n ? undefined : { before, after }
  }
  const objects = deps.objects.countable(regionCode, applicabilities)
  for await (const members of poolPass(deps, { objects, fitsOf, instants: [then, now] })) {
    for (const {
      object,
      fits,
      record,
      isWhiteListed: [wasListed = false, isListed = false],
    } of members)
      histogram.add(
        { fits: fits.before, active: then.mapper.isActive(object), of: then.classOf(record, wasListed) },
        { fits: fits.after, active: now.mapper.isActive(object), of: now.classOf(record, isListed) },
      )
  }
  return then.sets.map((before, place) => {
    const after = now.sets[place] ?? { bits: 0n, field: -1 }
    return histogram.flowsOf(
      { bits: before.bits, gradeOf: (of) => gradeOf(of, before.field) },
      { bits: after.bits, gradeOf: (of) => gradeOf(of, after.field) },
    )
  })
}
