import { type RegionCode, type RegionLevel, regionLevel, type UnitId } from '@dual-random/kernel'
import type { PlanLines } from './coverage.ts'
import { isCheckedBy } from './import/directory.ts'
import type { CheckItem, Unit } from './line-input.ts'
import type { PlanType } from './plan.ts'

/** An item that is planned less often in the year than policy asks, with how often it is. */
export interface UnplannedItem {
  readonly code: string
  readonly name: string
  readonly listType: PlanType
  readonly times: number
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
  /** Items whose checking body names no department of the region. */
  readonly ofNobody: readonly UnplannedItem[]
}

const levels: readonly RegionLevel[] = ['PROVINCE', 'CITY', 'COUNTY']

/** Items of the lists in force that are not planned this year, per level and per unit (PLN-12, PLN-14, REG-14); a batch of a line is once. */
export function notPlanned(
  items: readonly CheckItem[],
  units: readonly Unit[],
  plans: readonly PlanLines[],
  timesAsked: number,
): NotPlanned {
  const departments = units.filter(({ kind }) => kind === 'DEPARTMENT' || kind === 'BUREAU')
  const missing = (times: ReadonlyMap<string, number>, of: readonly CheckItem[]): readonly UnplannedItem[] =>
    of.flatMap(({ code, name, listType }) => {
      const planned = times.get(code) ?? 0
      return planned < timesAsked ? [{ code, name, listType, times: planned }] : []
    })
  const atLevel = (level: RegionLevel): readonly PlanLines[] => plans.filter(({ regionCode }) => regionLevel(regionCode) === level)
  const nobodys = items.filter((item) => !departments.some((unit) => answersFor(unit, item)))
  return {
    timesAsked,
    levels: levels
      .filter((level) => atLevel(level).length > 0)
      .map((level) => ({ level, notPlanned: missing(timesPlanned(atLevel(level)), items) })),
    units: departments.map((unit) => {
      const own = items.filter((item) => answersFor(unit, item))
      const { unitId, name, regionCode } = unit
      return { unitId, name, regionCode, answersFor: own.length, notPlanned: missing(timesPlanned(plans, unitId), own) }
    }),
    ofNobody: missing(timesPlanned(plans), nobodys),
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

const answersFor = ({ department, regionCode }: Unit, { checkingBody }: CheckItem): boolean =>
  isCheckedBy(checkingBody, department) && levelsOf(checkingBody).has(regionLevel(regionCode))

const levelOfWord: Readonly<Record<string, RegionLevel>> = { 省: 'PROVINCE', 市: 'CITY', 县: 'COUNTY', 区: 'COUNTY' }

/** The levels a checking body names: 县级以上 all of them, 市级 one; where it names none, every level may check. */
function levelsOf(checkingBody: string): ReadonlySet<RegionLevel> {
  const named = new Set<RegionLevel>()
  for (const [, word = '', upwards] of checkingBody.matchAll(/([省市县区])级(以上)?/g)) {
    const level = levelOfWord[word] as RegionLevel
    for (const each of upwards === undefined ? [level] : levels.slice(0, levels.indexOf(level) + 1)) named.add(each)
  }
  return named.size === 0 ? new Set(levels) : named
}
