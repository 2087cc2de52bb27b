import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { type CheckItemList, listVersionOn } from '../domain/check-item-list.ts'
import type { Cards, CheckItemLists, Guideline, InspectorPool, ObjectPool, Units } from './ports.ts'

export type LinePart = 'LIST' | 'OBJECT_POOL' | 'INSPECTOR_POOL' | 'GUIDELINE'

/** Which of "one list, two pools, one guideline" (一单、两库、一指引) a business line has and lacks (REG-01). */
export interface BusinessLine {
  readonly businessLine: string
  readonly unitIds: readonly string[]
  readonly missing: readonly LinePart[]
}

export interface BusinessLineDeps {
  readonly checkItemLists: CheckItemLists
  readonly guidelines: Cards<Guideline>
  readonly objects: ObjectPool
  readonly inspectors: InspectorPool
  readonly units: Units
}

/** The lines of a region's own lists and guidelines; their pools are those of the units of the same departments. */
export async function businessLinesOf(deps: BusinessLineDeps, regionCode: RegionCode, at: LocalDate): Promise<readonly BusinessLine[]> {
  const lists = (await deps.checkItemLists.all()).filter((list) => list.regionCode === regionCode)
  const guidelines = (await deps.guidelines.inRegion(regionCode)).filter((guideline) => guideline.regionCode === regionCode)
  const names = new Set([...lists, ...guidelines].map(({ businessLine }) => businessLine))
  const units = await deps.units.inRegion(regionCode)
  const lines: BusinessLine[] = []
  for (const businessLine of [...names].sort()) {
    const owners = new Set(
      [...lists, ...guidelines].filter((each) => each.businessLine === businessLine).map(({ unitId }) => unitId as string),
    )
    const departments = new Set(units.filter(({ unitId }) => owners.has(unitId)).map(({ department }) => department))
    const unitIds = [
      ...new Set([...owners, ...units.filter(({ department }) => departments.has(department)).map(({ unitId }) => unitId as string)]),
    ].sort()
    lines.push({ businessLine, unitIds, missing: await missingParts(deps, { businessLine, unitIds, regionCode, at, lists, guidelines }) })
  }
  return lines
}

interface Line {
  readonly businessLine: string
  readonly unitIds: readonly string[]
  readonly regionCode: RegionCode
  readonly at: LocalDate
  readonly lists: readonly CheckItemList[]
  readonly guidelines: readonly Guideline[]
}

async function missingParts({ objects, inspectors }: BusinessLineDeps, line: Line): Promise<readonly LinePart[]> {
  const ofLine = <T extends { readonly businessLine: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ businessLine }) => businessLine === line.businessLine)
  const hasList = ofLine(line.lists).some((list) => (listVersionOn(list, line.at)?.items.length ?? 0) > 0)
  const hasObjects = (await objects.count({ regionCode: line.regionCode, unitIds: line.unitIds, status: 'ACTIVE' })) > 0
  const hasInspectors = (await inspectors.page(line.unitIds, { limit: 1 })).length > 0
  const hasGuideline = ofLine(line.guidelines).some(({ effectiveFrom }) => effectiveFrom <= line.at)
  const parts: readonly (readonly [LinePart, boolean])[] = [
    ['LIST', hasList],
    ['OBJECT_POOL', hasObjects],
    ['INSPECTOR_POOL', hasInspectors],
    ['GUIDELINE', hasGuideline],
  ]
  return parts.filter(([, present]) => !present).map(([part]) => part)
}
