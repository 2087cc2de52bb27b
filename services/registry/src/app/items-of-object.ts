import { type Clock, chinaDateOf, type RegionCode, regionContains } from '@dual-random/kernel'
import { isMapped } from '../domain/applicability.ts'
import type { CheckItem } from '../domain/check-item.ts'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { poolsOf } from '../domain/tagging.ts'
import { itemsOnLists, requireItems } from './items.ts'
import type { CheckItemLists, ObjectPool, Page } from './ports.ts'

export interface MappingDeps {
  readonly objects: ObjectPool
  readonly checkItemLists: CheckItemLists
  readonly clock: Clock
}

/** The items in force today that apply to an object (REG-28). */
export async function itemsOfObject({ checkItemLists, clock }: MappingDeps, object: CheckObject): Promise<readonly CheckItem[]> {
  const content = currentContent(object)
  const items = await itemsOnLists(checkItemLists, content.regionCode, chinaDateOf(clock()))
  return items.filter(({ applicability }) => isMapped(applicability, content))
}

/** The active objects of a region that an item in force applies to (REG-28), one page in order of id. */
export async function objectsOfItem(
  { objects, checkItemLists, clock }: MappingDeps,
  regionCode: RegionCode,
  itemCode: string,
  unitIds: ReadonlySet<string> | undefined,
  { limit, after }: Page,
): Promise<readonly CheckObject[]> {
  const [item] = await requireItems(checkItemLists, regionCode, chinaDateOf(clock()), [itemCode])
  const found: CheckObject[] = []
  if (item === undefined) return found
  for await (const object of objects.candidates(regionCode, [item.applicability], { after, wanted: limit })) {
    const content = currentContent(object)
    // A candidate may have left the region or lost the tag since.
    if (!regionContains(regionCode, content.regionCode) || !isMapped(item.applicability, content)) continue
    if (unitIds === undefined || poolsOf(object, content).some((unitId) => unitIds.has(unitId))) found.push(object)
    if (found.length === limit) break
  }
  return found
}
