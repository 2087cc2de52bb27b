import { appError } from '@dual-random/errors'
import { type Clock, chinaDateOf, nameKey, type RegionCode } from '@dual-random/kernel'
import { itemsOnLists } from './items.ts'
import type { KeySupervisionLists } from './key-list-ports.ts'
import { keyMattersOn } from './key-matters.ts'
import type { CheckItemLists } from './ports.ts'

export interface ListedDutyDeps {
  readonly checkItemLists: CheckItemLists
  readonly keySupervisionLists: KeySupervisionLists
  readonly clock: Clock
}

/**
 * A duty that one of the two lists in force in a region names is not outside them (REG-19, TGT-14): `duty-already-listed`, with its item or matter.
 * Names are the same whatever the width of their brackets, their quotation marks and the blanks between.
 */
export async function refuseListedDuty(
  { checkItemLists, keySupervisionLists, clock }: ListedDutyDeps,
  name: string,
  regionCode: RegionCode,
): Promise<void> {
  const today = chinaDateOf(clock())
  const key = nameKey(name)
  const listed = (await itemsOnLists(checkItemLists, regionCode, today)).find((item) => nameKey(item.name) === key)?.code
  const supervised = (await keyMattersOn(keySupervisionLists, regionCode, today)).find(({ matter }) => nameKey(matter.name) === key)?.matter
    .matterId
  const itemCode = listed ?? supervised
  if (itemCode !== undefined) throw appError('failed-precondition', 'duty-already-listed', { meta: { itemCode } })
}
