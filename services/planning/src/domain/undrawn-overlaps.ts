import { ownPartOf } from './line-cities.ts'
import type { CheckItem } from './line-input.ts'
import { mayMeet, type Reach, reachOf } from './overlaps.ts'
import type { DateWindow, PlanVersion } from './plan.ts'
import type { UndrawnLine } from './undrawn-line.ts'

/** Another line of the region and year that meets a check without a draw in days, and may in objects. */
export interface UndrawnOverlap {
  readonly planId: string
  readonly lineId: string
  readonly taskName: string
  /** `DRAWN`, or the kind of a line that is not drawn. */
  readonly kind: string
  readonly unitIds: readonly string[]
  readonly windows: readonly DateWindow[]
  /** Items that both check. */
  readonly itemCodes: readonly string[]
}

export interface PlacedUndrawn {
  readonly planId: string
  readonly line: UndrawnLine
}

interface Placed {
  readonly planId: string
  readonly version: Pick<PlanVersion, 'lines' | 'undrawn'>
}

/** A line of any kind, as far as days and objects go. */
interface Meeting {
  readonly planId: string
  readonly lineId: string
  readonly taskName: string
  readonly kind: string
  readonly unitIds: readonly string[]
  readonly windows: readonly DateWindow[]
  readonly itemCodes: readonly string[]
  readonly reach: Reach
}

/** Every check without a draw of the plans (PLN-20). */
export const undrawnLines = (plans: readonly Placed[]): readonly PlacedUndrawn[] =>
  plans.flatMap(({ planId, version: { undrawn = [] } }) => undrawn.map((line) => ({ planId, line })))

/** What a check without a draw meets among all lines of the plans, its own plan's too. */
export function undrawnOverlaps(
  plans: readonly Placed[],
  items: ReadonlyMap<string, CheckItem>,
): ({ planId, line }: PlacedUndrawn) => readonly UndrawnOverlap[] {
  const all = plans.flatMap((plan) => meetings(plan, items))
  return ({ planId, line }) => {
    const own = undrawnMeeting(planId, line)
    return all.filter((other) => other.planId !== planId || other.lineId !== line.lineId).flatMap((other) => overlap(own, other))
  }
}

function meetings({ planId, version: { lines, undrawn = [] } }: Placed, items: ReadonlyMap<string, CheckItem>): readonly Meeting[] {
  const drawn = lines.map(ownPartOf).map((line): Meeting => {
    const { lineId, taskName, units, batches, itemCodes } = line
    return {
      planId,
      lineId,
      taskName,
      kind: 'DRAWN',
      unitIds: units.map(({ unitId }) => unitId),
      windows: batches.map(({ window }) => window),
      itemCodes,
      reach: reachOf(line, items),
    }
  })
  return [...drawn, ...undrawn.map((line) => undrawnMeeting(planId, line))]
}

/** What a check without a draw may go to: under a code of its own, since it goes by no item. */
export const undrawnReach = (planId: string, { lineId, objects }: UndrawnLine): Reach => ({
  applying: [{ code: `${planId}/${lineId}`, applicability: objects }],
})

function undrawnMeeting(planId: string, line: UndrawnLine): Meeting {
  const { lineId, taskName, kind, unitIds, window, itemCodes } = line
  return { planId, lineId, taskName, kind, unitIds, windows: [window], itemCodes, reach: undrawnReach(planId, line) }
}

function overlap(own: Meeting, other: Meeting): readonly UndrawnOverlap[] {
  const windows = own.windows.flatMap((a) => other.windows.flatMap((b) => shared(a, b)))
  if (windows.length === 0 || !mayMeet(own.reach, other.reach)) return []
  const { reach: _reach, ...rest } = other
  return [{ ...rest, windows, itemCodes: other.itemCodes.filter((code) => own.itemCodes.includes(code)) }]
}

/** Both days of a window belong to it. */
function shared(a: DateWindow, b: DateWindow): readonly DateWindow[] {
  const start = a.start > b.start ? a.start : b.start
  const end = a.end < b.end ? a.end : b.end
  return start <= end ? [{ start, end }] : []
}
