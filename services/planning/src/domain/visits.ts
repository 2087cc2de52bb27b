import { meetingLines, type Share } from './meeting-lines.ts'
import type { PlacedLine } from './overlaps.ts'
import type { DateWindow } from './plan.ts'
import type { UndrawnKind } from './undrawn-line.ts'
import type { PlacedUndrawn } from './undrawn-overlaps.ts'

/** A line with a draw, with the number of its pool. */
export interface VisitingLine extends PlacedLine {
  readonly pool: number
}

/** A line without a draw, which goes to all of its pool. */
export interface SureLine extends PlacedUndrawn {
  readonly pool: number
}

/** The lines of one plan, or of several. */
export interface VisitingLines {
  readonly drawn: readonly VisitingLine[]
  readonly undrawn: readonly SureLine[]
}

/** What one kind of object meets in one merge window when every line that can reach it draws it (PLN-29). */
export interface WindowVisit {
  readonly mergeWindowId: string
  /** One of the plan's at least; of other plans of its region and year too. */
  readonly lines: readonly { readonly planId: string; readonly lineId: string }[]
  readonly unitIds: readonly string[]
  readonly items: number
}

/** A visit that each object of a line without a draw is sure of. */
export interface SureVisit {
  readonly planId: string
  readonly lineId: string
  readonly kind: UndrawnKind
  readonly unitIds: readonly string[]
  readonly window: DateWindow
  /** Of the lists; a campaign may check what no list has. */
  readonly items: number
}

/** The most that one object meets; `itemsPerVisit` is the largest number of items one visit covers. */
export interface MostVisits {
  readonly visits: number
  readonly itemsPerVisit: number
}

/**
 * `visits` and `itemsPerVisit` are of all lines. A draw may pass an object by, a line without one goes to each of its objects: so both stand apart
 * as well.
 */
export interface ExpectedVisits extends MostVisits {
  /** At most one visit per merge window. */
  readonly drawn: MostVisits
  /** One visit a line: no merge window has it. */
  readonly undrawn: MostVisits
  /** A window has as many as there are kinds of objects that its lines reach together. */
  readonly windows: readonly WindowVisit[]
  /** Of the plan's lines without a draw, and of those of other plans that meet an object of any line of the plan. */
  readonly sure: readonly SureVisit[]
}

/** What objects of a plan's lines meet, of the region's other plans too: one visit does not ask whose plan a line stands in. */
export function expectedVisits(own: VisitingLines, others: VisitingLines, share: Share): ExpectedVisits {
  const drawnLines = [...own.drawn, ...others.drawn]
  const windows = windowVisits(own.drawn, others.drawn, share)
  const drawn = {
    visits: most(meetingLines(own.drawn, drawnLines, share).map(windowCount)),
    itemsPerVisit: most(windows.map(({ items }) => items)),
  }
  // What is sure before what is not.
  const lines = [...own.undrawn, ...others.undrawn, ...drawnLines]
  const groups = meetingLines([...own.undrawn, ...own.drawn], lines, share).map((group) => ({
    sure: group.filter(isSure),
    drawn: group.filter((line): line is VisitingLine => !isSure(line)),
  }))
  const sure = [...new Set(groups.flatMap((group) => group.sure))].map(sureVisit)
  const undrawn = { visits: most(groups.map((group) => group.sure.length)), itemsPerVisit: most(sure.map(({ items }) => items)) }
  return {
    visits: most([drawn.visits, ...groups.map((group) => group.sure.length + windowCount(group.drawn))]),
    itemsPerVisit: most([drawn.itemsPerVisit, undrawn.itemsPerVisit]),
    drawn,
    undrawn,
    windows,
    sure,
  }
}

function windowVisits(own: readonly VisitingLine[], others: readonly VisitingLine[], share: Share): readonly WindowVisit[] {
  const ids = [...new Set(own.flatMap(windowsOf))].sort()
  return ids.flatMap((mergeWindowId) => {
    const isInside = (line: VisitingLine): boolean => windowsOf(line).includes(mergeWindowId)
    const inside = own.filter(isInside)
    return meetingLines(inside, [...inside, ...others.filter(isInside)], share).map((group) => ({
      mergeWindowId,
      lines: group.map(({ planId, line: { lineId } }) => ({ planId, lineId })),
      unitIds: [...new Set(group.flatMap(({ line }) => line.units.map(({ unitId }) => unitId)))].sort(),
      items: new Set(group.flatMap(({ line }) => line.itemCodes)).size,
    }))
  })
}

const isSure = (each: VisitingLine | SureLine): each is SureLine => 'kind' in each.line

const sureVisit = ({ planId, line: { lineId, kind, unitIds, window, itemCodes } }: SureLine): SureVisit => ({
  planId,
  lineId,
  kind,
  unitIds,
  window,
  items: new Set(itemCodes).size,
})

const windowsOf = ({ line: { batches } }: VisitingLine): readonly string[] => batches.flatMap(({ mergeWindowId }) => mergeWindowId ?? [])

const windowCount = (group: readonly VisitingLine[]): number => new Set(group.flatMap(windowsOf)).size

const most = (counts: readonly number[]): number => Math.max(0, ...counts)
