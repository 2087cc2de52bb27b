import type { ItemCode, UnitId } from '@dual-random/kernel'
import type { Delegation } from './delegation.ts'
import type { Task } from './task.ts'

/** A unit of a plan line with what it checks. */
export interface LineUnit {
  readonly unitId: UnitId
  /** Place in the line, from 1. Task numbers bear it, so it does not depend on who else has something to check at an object. */
  readonly unitPosition: number
  readonly teamSize: number
  readonly items: Task['items']
  readonly delegation?: Delegation
}

/**
 * Who checks a drawn object, and what: of every unit's items exactly those that apply to the object (REG-28), in the order of the line. A unit
 * without one has nothing to check there and is left out. Empty for an object that no item of the line applies to, which no draw of the line holds.
 */
export const unitsAt = (units: readonly LineUnit[], applying: ReadonlySet<ItemCode>): readonly LineUnit[] =>
  units
    .map((unit) => ({ ...unit, items: unit.items.filter(({ itemCode }) => applying.has(itemCode)) }))
    .filter(({ items }) => items.length > 0)
