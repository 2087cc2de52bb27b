import type { RegionCode, UnitId } from '@dual-random/kernel'
import { isBodyOf, readCheckingBody } from './checking-body.ts'
import type { CheckItem, Unit } from './line-input.ts'

/** Why an item is nobody's: what its checking body says of levels is not understood, or it names no department here at its level. */
export const nobodysReasons = ['BODY_NOT_READ', 'NO_DEPARTMENT'] as const
export type NobodysReason = (typeof nobodysReasons)[number]

export interface ItemOfNobody {
  readonly item: CheckItem
  readonly reason: NobodysReason
}

/** Which department or market regulator answers for which items by their checking bodies (PLN-12, PLN-23), and what is nobody's. */
export interface Answering {
  readonly departments: readonly Unit[]
  itemsOf(unitId: UnitId): readonly CheckItem[]
  readonly ofNobody: readonly ItemOfNobody[]
}

/** `municipalities`: regions of the level of a province that are cities (直辖市). */
export function answering(items: readonly CheckItem[], units: readonly Unit[], municipalities: readonly RegionCode[]): Answering {
  const departments = units.filter(({ kind }) => kind === 'DEPARTMENT' || kind === 'BUREAU')
  const read = items.map((item) => ({ item, bodies: readCheckingBody(item.checkingBody) }))
  const own = new Map(
    departments.map(({ unitId, department, regionCode }) => [
      unitId,
      read.filter(({ bodies = [] }) => bodies.some((body) => isBodyOf(body, department, regionCode, municipalities))),
    ]),
  )
  const somebodys = new Set([...own.values()].flat())
  return {
    departments,
    itemsOf: (unitId) => (own.get(unitId) ?? []).map(({ item }) => item),
    ofNobody: read
      .filter((each) => !somebodys.has(each))
      .map(({ item, bodies }) => ({ item, reason: bodies === undefined ? 'BODY_NOT_READ' : 'NO_DEPARTMENT' })),
  }
}
