import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import { requireItems } from './items.ts'
import { policyIfBound } from './list-publishing.ts'
import { mappedMembers } from './mapped-members.ts'
import type { PolicyBook } from './policy-book.ts'
import type { CheckItemLists, CreditRecords, ObjectPool } from './ports.ts'

export interface PoolCount {
  /** By grade; the empty grade counts those without one. */
  readonly mapped: readonly { readonly grade: string; readonly count: number }[]
  readonly enterprises: number
}

export interface CountPoolDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly checkItemLists: CheckItemLists
  readonly book: PolicyBook
}

/** How many objects a draw on these items would map, by the grade that puts them into their stratum, and the enterprises of the region (CRD-08). Without items only the latter. */
export async function countPool(
  { objects, credits, checkItemLists, book }: CountPoolDeps,
  regionCode: RegionCode,
  itemCodes: readonly string[],
  asOf: Instant,
): Promise<PoolCount> {
  const counts = new Map<string, number>()
  if (itemCodes.length > 0) {
    const date = chinaDateOf(asOf)
    const items = await requireItems(checkItemLists, regionCode, date, itemCodes)
    const field = strataFieldOf((await policyIfBound(book, regionCode, date))?.find('draw.professionalStrata') ?? [], items)
    for await (const members of mappedMembers(objects, credits, { regionCode, items, asOf })) {
      for (const { credit } of members) {
        const grade = stratifyingResultAt(credit, field, asOf)?.grade ?? ''
        counts.set(grade, (counts.get(grade) ?? 0) + 1)
      }
    }
  }
  const mapped = [...counts].map(([grade, count]) => ({ grade, count })).sort((a, b) => (a.grade < b.grade ? -1 : 1))
  return { mapped, enterprises: await objects.countEnterprises(regionCode, asOf) }
}
