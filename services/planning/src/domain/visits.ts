import type { PlanLine } from './plan.ts'

/** What one kind of object meets in one merge window when every line that can reach it draws it (PLN-29). */
export interface WindowVisit {
  readonly mergeWindowId: string
  readonly lineIds: readonly string[]
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

/** `share` says whether two lines have an object in common: a school never meets the line of the mines. */
export function expectedVisits(lines: readonly PlanLine[], share: (a: PlanLine, b: PlanLine) => boolean): ExpectedVisits {
  const ids = [...new Set(lines.flatMap(windowsOf))].sort()
  const windows = ids.flatMap((mergeWindowId) => {
    const inside = lines.filter((line) => windowsOf(line).includes(mergeWindowId))
    return meetingLines(inside, share).map((group) => ({
      mergeWindowId,
      lineIds: group.map(({ lineId }) => lineId),
      unitIds: [...new Set(group.flatMap(({ units }) => units.map(({ unitId }) => unitId)))].sort(),
      items: new Set(group.flatMap(({ itemCodes }) => itemCodes)).size,
    }))
  })
  const visits = meetingLines(lines, share).map((group) => new Set(group.flatMap(windowsOf)).size)
  return { visits: Math.max(0, ...visits), itemsPerVisit: Math.max(0, ...windows.map(({ items }) => items)), windows }
}

const windowsOf = ({ batches }: PlanLine): readonly string[] => batches.flatMap(({ mergeWindowId }) => mergeWindowId ?? [])

/**
 * Groups of lines every two of which share objects, in the order of the lines: one grown from each line by those that share with all before
 * them, each told once. Every line is in one; all largest groups would take time beyond measure to find.
 */
function meetingLines(lines: readonly PlanLine[], share: (a: PlanLine, b: PlanLine) => boolean): readonly (readonly PlanLine[])[] {
  const groups = lines.map((seed) => {
    const members = [seed]
    for (const line of lines) if (line !== seed && members.every((member) => share(member, line))) members.push(line)
    return lines.filter((line) => members.includes(line))
  })
  return [...new Map(groups.map((group) => [group.map(({ lineId }) => lineId).join(' '), group])).values()]
}
