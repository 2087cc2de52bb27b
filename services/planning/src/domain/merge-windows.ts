import type { RegionCode } from '@dual-random/kernel'
import { batchKey } from './commands.ts'
import type { DateWindow, PlanLine } from './plan.ts'

/** A batch that belongs to a merge window. */
export interface Member {
  /** The plan, or the task on clues, whose batch it is. */
  readonly planId: string
  readonly lineId: string
  readonly batch: number
  readonly window: DateWindow
}

export interface MergeWindow {
  readonly number: number
  readonly members: readonly Member[]
}

/** The merge windows of a region and year. Visits merge only inside one: its batches all share at least one day (PLN-25). */
export interface MergeWindows {
  readonly regionCode: RegionCode
  readonly year: number
  readonly windows: readonly MergeWindow[]
}

export const mergeWindowId = ({ regionCode, year }: Pick<MergeWindows, 'regionCode' | 'year'>, number: number): string =>
  `${regionCode}-${year}-W${String(number).padStart(2, '0')}`

/** The days all members share; undefined for a window without members. */
export function sharedDays(members: readonly Pick<Member, 'window'>[]): DateWindow | undefined {
  const [first, ...rest] = members
  if (first === undefined) return undefined
  return rest.reduce((shared, { window }) => intersection(shared, window), first.window)
}

const intersection = (a: DateWindow, b: DateWindow): DateWindow => ({
  start: a.start > b.start ? a.start : b.start,
  end: a.end < b.end ? a.end : b.end,
})

const overlaps = (a: DateWindow, b: DateWindow): boolean => a.start <= b.end && b.start <= a.end

const isSameBatch = (a: Member, b: Member): boolean => a.planId === b.planId && a.lineId === b.lineId && a.batch === b.batch

const isSameMember = (a: Member, b: Member): boolean =>
  isSameBatch(a, b) && a.window.start === b.window.start && a.window.end === b.window.end

/**
 * Gives every batch of a plan's lines a merge window. A batch filed before with the same days keeps its own, so filing again changes nothing;
 * the others, earliest end first, join the first window all of whose members they meet, or open a new one.
 */
export function assignMergeWindows(
  current: MergeWindows,
  planId: string,
  lines: readonly Pick<PlanLine, 'lineId' | 'batches'>[],
): MergeWindows {
  const wanted = lines.flatMap(({ lineId, batches }) =>
    batches.map(({ number, window }): Member => ({ planId, lineId, batch: number, window })),
  )
  const kept = current.windows.map(({ number, members }) => ({
    number,
    members: members.filter((member) => member.planId !== planId || wanted.some((batch) => isSameMember(member, batch))),
  }))
  const placed = new Set(kept.flatMap(({ members }) => members.filter((member) => member.planId === planId).map(keyOf)))
  const fresh = wanted.filter((member) => !placed.has(keyOf(member))).toSorted(byEnd)
  return { ...current, windows: fresh.reduce(place, kept) }
}

const keyOf = ({ lineId, batch }: Member): string => batchKey(lineId, batch)

function byEnd(a: Member, b: Member): number {
  const [left, right] = [a, b].map(
    ({ window, lineId, batch }) => `${window.end} ${window.start} ${lineId.padStart(8, '0')} ${String(batch).padStart(4, '0')}`,
  )
  return (left ?? '') < (right ?? '') ? -1 : 1
}

function place(windows: readonly MergeWindow[], member: Member): readonly MergeWindow[] {
  const at = windows.findIndex(({ members }) => {
    const shared = sharedDays(members)
    return shared !== undefined && overlaps(shared, member.window)
  })
  if (at < 0) return [...windows, { number: windows.length + 1, members: [member] }]
  return windows.map((window, index) => (index === at ? { ...window, members: [...window.members, member] } : window))
}

/** The ids a plan's batches were given, by `lineId/batch`. */
export function mergeWindowIdsOf(windows: MergeWindows, planId: string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  for (const { number, members } of windows.windows) {
    for (const member of members) if (member.planId === planId) ids.set(keyOf(member), mergeWindowId(windows, number))
  }
  return ids
}
