import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { generalResultAt } from '../domain/credit-result.ts'
import { requireItems } from './items.ts'
import { mappedMembers } from './mapped-members.ts'
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
}

/** How many objects a draw on these items would map, by grade, and the enterprises of the region (CRD-08). Without items only the latter. */
export async function countPool(
  { objects, credits, checkItemLists }: CountPoolDeps,
  regionCode: RegionCode,
  itemCodes: readonly string[],
  asOf: Instant,
): Promise<PoolCount> {
  const counts = new Map<string, number>()
  if (itemCodes.length > 0) {
    const items = await requireItems(checkItemLists, regionCode, chinaDateOf(asOf), itemCodes)
    for await (const members of mappedMembers(objects, credits, { regionCode, items, asOf })) {
      for (const { credit } of members) {
        const grade = generalResultAt(credit, asOf)?.grade ?? ''
        counts.set(grade, (counts.get(grade) ?? 0) + 1)
      }
    }
  }
  const mapped = [...counts].map(([grade, count]) => ({ grade, count })).sort((a, b) => (a.grade < b.grade ? -1 : 1))
  return { mapped, enterprises: await objects.countEnterprises(regionCode, asOf) }
}
