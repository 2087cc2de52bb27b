import type { Clock, Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { type SourceFreshness } from '../domain/source.ts'
import type { PolicyBook } from './policy-book.ts'
import type { Imports, ObjectPool, Page, Units } from './ports.ts'
import { freshnessNow } from './source-freshness.ts'

/** What the coordinating market regulator sees of a member unit's object pool (REG-29). */
export interface MemberPool {
  readonly unitId: UnitId
  readonly name: string
  readonly department: string
  readonly regionCode: RegionCode
  readonly size: { readonly total: number; readonly active: number }
  /** `tagged` of `active` bear a tag; both are counts, so that nothing is rounded (DQ-06). */
  readonly tagCoverage: { readonly tagged: number; readonly active: number }
  readonly disputed: number
  readonly updatedAt: Instant | null
  /** How old the source of its object pool is (DQ-07). */
  readonly source: SourceFreshness | null
}

export interface MemberPoolDeps {
  readonly units: Units
  readonly objects: ObjectPool
  readonly imports: Imports
  readonly book: PolicyBook
  readonly clock: Clock
}

/** Member units (成员单位) of a region with their pools, the empty ones too; offices and stations are part of theirs. In order of unit id. */
export async function memberPools(
  deps: MemberPoolDeps,
  regionCode: RegionCode,
  { limit, after = '' }: Page,
): Promise<readonly MemberPool[]> {
  const members = (await deps.units.inRegion(regionCode))
    .filter(({ unitId, kind }) => (kind === 'DEPARTMENT' || kind === 'BUREAU') && unitId > after)
    .sort((a, b) => (a.unitId < b.unitId ? -1 : 1))
    .slice(0, limit)
  const freshness = await freshnessNow(
    deps,
    regionCode,
    members.map(({ unitId }) => unitId),
  )
  const found: MemberPool[] = []
  for (const { unitId, name, department, regionCode: of } of members) {
    const { total, active, tagged, disputed, updatedAt } = await deps.objects.completeness(unitId)
    found.push({
      unitId,
      name,
      department,
      regionCode: of,
      size: { total, active },
      tagCoverage: { tagged, active },
      disputed,
      updatedAt: updatedAt ?? null,
      source: freshness.find((each) => each.dataset === 'OBJECT_POOL' && each.of === unitId) ?? null,
    })
  }
  return found
}
