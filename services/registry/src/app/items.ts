import { appError } from '@dual-random/errors'
import type { LocalDate, RegionCode } from '@dual-random/kernel'
import type { CheckItem } from '../domain/check-item.ts'
import { itemsInForce } from '../domain/check-item-list.ts'
import type { CheckItemLists } from './ports.ts'

export const itemsOnLists = async (lists: CheckItemLists, regionCode: RegionCode, at: LocalDate): Promise<readonly CheckItem[]> =>
  itemsInForce(await lists.all(), regionCode, at)

/** The named items, every one of which must be on a list in force (REG-13). */
export async function requireItems(
  lists: CheckItemLists,
  regionCode: RegionCode,
  at: LocalDate,
  codes: readonly string[],
): Promise<readonly CheckItem[]> {
  const inForce = new Map((await itemsOnLists(lists, regionCode, at)).map((item) => [item.code as string, item]))
  const missing = codes.filter((code) => !inForce.has(code))
  if (missing.length > 0 || codes.length === 0) {
    throw appError('failed-precondition', 'item-not-in-force', { meta: { itemCodes: missing.join(', '), regionCode, date: at } })
  }
  return [...new Set(codes)].sort().map((code) => inForce.get(code) as CheckItem)
}
