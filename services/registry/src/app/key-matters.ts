import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { isMapped } from '../domain/applicability.ts'
import { currentContent } from '../domain/check-object.ts'
import { type KeyMatter, type ListedMatter, mattersInForce } from '../domain/key-supervision-list.ts'
import type { KeySupervisionLists } from './key-list-ports.ts'
import type { ObjectPool } from './ports.ts'

/** The matters under key supervision in a region on a date (TGT-03). */
export const keyMattersOn = async (lists: KeySupervisionLists, regionCode: RegionCode, at: LocalDate): Promise<readonly ListedMatter[]> =>
  mattersInForce(await lists.all(), regionCode, at)

/** How many objects of a region a matter is about, which key supervision covers all of (TGT-05). */
export async function countMatterObjects(objects: ObjectPool, regionCode: RegionCode, { applicability }: KeyMatter): Promise<number> {
  let count = 0
  for await (const object of objects.candidates(regionCode, [applicability]))
    if (isMapped(applicability, currentContent(object))) count += 1
  return count
}
