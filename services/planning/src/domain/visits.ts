import type { PlanLine } from './plan.ts'

/** What an object meets in one merge window when every line there draws it (PLN-29). */
export interface WindowVisit {
  readonly mergeWindowId: string
  readonly lineIds: readonly string[]
  readonly unitIds: readonly string[]
  readonly items: number
}

/** At most one visit per merge window; `itemsPerVisit` is the largest number of items one visit covers. */
export interface ExpectedVisits {
  readonly visits: number
  readonly itemsPerVisit: number
  readonly windows: readonly WindowVisit[]
}

export function expectedVisits(lines: readonly PlanLine[]): ExpectedVisits {
  const ids = [...new Set(lines.flatMap(({ batches }) => batches.flatMap(({ mergeWindowId }) => mergeWindowId ?? [])))].sort()
  const windows = ids.map((mergeWindowId) => {
    const inside = lines.filter(({ batches }) => batches.some((batch) => batch.mergeWindowId === mergeWindowId))
    return {
      mergeWindowId,
      lineIds: inside.map(({ lineId }) => lineId),
      unitIds: [...new Set(inside.flatMap(({ units }) => units.map(({ unitId }) => unitId)))].sort(),
      items: new Set(inside.flatMap(({ itemCodes }) => itemCodes)).size,
    }
  })
  return { visits: windows.length, itemsPerVisit: Math.max(0, ...windows.map(({ items }) => items)), windows }
}
