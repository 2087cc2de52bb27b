import { type RegionCode, type RegionLevel, regionLevel, type UnitId } from '@dual-random/kernel'
import { answering, type NobodysReason } from './answering.ts'
import type { PlanLines } from './coverage.ts'
import type { CheckItem, Unit } from './line-input.ts'
import type { PlanType } from './plan.ts'

/** An item that is planned less often in the year than policy asks, with how often it is. */
export interface UnplannedItem {
  readonly code: string
  readonly name: string
  readonly listType: PlanType
  readonly times: number
}

export interface UnplannedOfNobody extends UnplannedItem {
  readonly checkingBody: string
  readonly reason: NobodysReason
}

/** What a unit answers for by the checking body of the items, and what of it the unit plans nowhere. */
export interface UnplannedOfUnit {
  readonly unitId: UnitId
  readonly name: string
  readonly regionCode: RegionCode
  readonly answersFor: number
  readonly notPlanned: readonly UnplannedItem[]
}

export interface NotPlanned {
  /** How often an item has to be planned in the year. */
  readonly timesAsked: number
  readonly levels: readonly { readonly level: RegionLevel; readonly notPlanned: readonly UnplannedItem[] }[]
  readonly units: readonly UnplannedOfUnit[]
  /** Items whose checking body names no department here, or is not understood. */
  readonly ofNobody: readonly UnplannedOfNobody[]
}

const levels: readonly RegionLevel[] = ['PROVINCE', 'CITY', 'COUNTY']

/** Items of the lists in force that are not planned this year, per level and per unit (PLN-12, PLN-14, REG-14); a batch of a line is once. */
export function notPlanned(
  items: readonly CheckItem[],
  units: readonly Unit[],
  plans: readonly PlanLines[],
  timesAsked: number,
  municipalities: readonly RegionCode[] = [],
): NotPlanned {
  const { departments, itemsOf, ofNobody } = answering(items, units, municipalities)
  const missing = (times: ReadonlyMap<string, number>, of: readonly CheckItem[]): readonly UnplannedItem[] =>
    of.flatMap(({ code, name, listType }) => {
      const planned = times.get(code) ?? 0
      return planned < timesAsked ? [{ code, name, listType, times: planned }] : []
    })
  const atLevel = (level: RegionLevel): readonly PlanLines[] => plans.filter(({ regionCode }) => regionLevel(regionCode) === level)
  const byAnybody = timesPlanned(plans)
  return {
    timesAsked,
    levels: levels
      .filter((level) => atLevel(level).length > 0)
      .map((level) => ({ level, notPlanned: missing(timesPlanned(atLevel(level)), items) })),
    units: departments.map(({ unitId, name, regionCode }) => {
      const own = itemsOf(unitId)
      return { unitId, name, regionCode, answersFor: own.length, notPlanned: missing(timesPlanned(plans, unitId), own) }
    }),
    ofNobody: ofNobody.flatMap(({ item, reason }) =>
      missing(byAnybody, [item]).map((unplanned) => ({ ...unplanned, checkingBody: item.checkingBody, reason })),
    ),
  }
}

/** How often each item is planned: by anybody, or by one unit of the lines. */
function timesPlanned(plans: readonly PlanLines[], unitId?: UnitId): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const { batches, units } of plans.flatMap(({ lines }) => lines)) {
    const checking = unitId === undefined ? units : units.filter((unit) => unit.unitId === unitId)
    for (const code of new Set(checking.flatMap(({ itemCodes }) => itemCodes))) times.set(code, (times.get(code) ?? 0) + batches.length)
  }
  return times
}
