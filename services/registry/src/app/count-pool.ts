import type { Instant, RegionCode } from '@dual-random/kernel'
import { classifiedMembers, type GradeCount, gradeTally, type PoolDeps } from './classified-members.ts'

export interface PoolCount {
  /** By grade; the empty grade counts those without one. */
  readonly mapped: readonly GradeCount[]
  readonly enterprises: number
}

/** How many objects a draw on these items would map, by the grade that puts them into their stratum, and the enterprises of the region (CRD-08). Without items only the latter. */
export async function countPool(deps: PoolDeps, regionCode: RegionCode, itemCodes: readonly string[], asOf: Instant): Promise<PoolCount> {
  const tally = gradeTally()
  if (itemCodes.length > 0) {
    for await (const members of classifiedMembers(deps, { regionCode, itemCodes, asOf })) for (const member of members) tally.add(member)
  }
  return { mapped: tally.byGrade(), enterprises: await deps.objects.countEnterprises(regionCode, asOf) }
}
