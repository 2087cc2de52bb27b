import type { PlacedLine } from './overlaps.ts'

/** A line with the number of its pool: lines of one pool meet the same objects. */
export interface VisitingLine extends PlacedLine {
  readonly pool: number
}

/** What one kind of object meets in one merge window when every line that can reach it draws it (PLN-29). */
export interface WindowVisit {
  readonly mergeWindowId: string
  /** One of the plan's at least; of other plans of its region and year too. */
  readonly lines: readonly { readonly planId: string; readonly lineId: string }[]
  readonly unitIds: readonly string[]
  readonly items: number
}

/** The most that one object meets: at most one visit per merge window, `itemsPerVisit` the largest number of items one visit covers. */
export interface ExpectedVisits {
  readonly visits: number
  readonly itemsPerVisit: number
  /** A window has as many as there are kinds of objects that its lines reach together. */
  readonly windows: readonly WindowVisit[]
}

/**
 * What objects of a plan's lines meet, of the region's other plans too: one visit does not ask whose plan a line stands in. `share` says whether two
 * pools have an object in common: a school never meets the line of the mines.
 */
export function expectedVisits(
  own: readonly VisitingLine[],
  others: readonly VisitingLine[],
  share: (a: number, b: number) => boolean,
): ExpectedVisits {
  const ids = [...new Set(own.flatMap(windowsOf))].sort()
  const windows = ids.flatMap((mergeWindowId) => {
    const isInside = (line: VisitingLine): boolean => windowsOf(line).includes(mergeWindowId)
    return meetingLines(own.filter(isInside), others.filter(isInside), share).map((group) => ({
      mergeWindowId,
      lines: group.map(({ planId, line: { lineId } }) => ({ planId, lineId })),
      unitIds: [...new Set(group.flatMap(({ line }) => line.units.map(({ unitId }) => unitId)))].sort(),
      items: new Set(group.flatMap(({ line }) => line.itemCodes)).size,
    }))
  })
  const visits = meetingLines(own, others, share).map((group) => new Set(group.flatMap(windowsOf)).size)
  return { visits: Math.max(0, ...visits), itemsPerVisit: Math.max(0, ...windows.map(({ items }) => items)), windows }
}

const windowsOf = ({ line: { batches } }: VisitingLine): readonly string[] => batches.flatMap(({ mergeWindowId }) => mergeWindowId ?? [])

/**
 * Groups of lines every two of which share objects, in the order of the lines: one grown from each of the plan's own by those that share with all
 * before them, each told once. Every line of the plan is in one; all largest groups would take time beyond measure to find.
 */
function meetingLines(
  own: readonly VisitingLine[],
  others: readonly VisitingLine[],
  share: (a: number, b: number) => boolean,
): readonly (readonly VisitingLine[])[] {
  const lines = [...own, ...others]
  const groups = own.map((seed) => {
    const members = new Set([seed])
    const pools = new Set([seed.pool])
    for (const line of lines) {
      if (members.has(line) || ![...pools].every((pool) => share(pool, line.pool))) continue
      members.add(line)
      pools.add(line.pool)
    }
    return lines.filter((line) => members.has(line))
  })
  const keyOf = (group: readonly VisitingLine[]): string => group.map(({ planId, line }) => `${planId}/${line.lineId}`).join(' ')
  return [...new Map(groups.map((group) => [keyOf(group), group])).values()]
}
