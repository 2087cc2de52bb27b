import { ceilShare, ok, type Ratio, type Result, ratioOf } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '../policy.ts'
import { bandFor, type RatioSubject, type UnknownGrade } from './bands.ts'
import { drawCount } from './draw-count.ts'

/**
 * A group of enterprises a plan draws from. Groups do not overlap: an enterprise stands in one only, so that counts are
 * distinct enterprises. `planned` fixes the count (a recorded override, or a planner's own ratio).
 */
export interface CoverageGroup extends RatioSubject {
  readonly enterprises: number
  readonly eligible: number
  readonly planned?: number
}

/** What a plan can reach within its bands, in enterprises, against the yearly floor (CRD-18). */
export interface CoverageRange {
  readonly lowest: number
  readonly highest: number
  /** Enterprises the floor asks for. */
  readonly floor: number
  /** `always`: even the lowest ratios reach it; `reachable`: some do; `unreachable`: none does. */
  readonly verdict: 'always' | 'reachable' | 'unreachable'
  /** Enterprises still missing when every ratio is at its highest. */
  readonly shortfall: number
}

/** The lowest and highest coverage within the bands, to be shown before filing. `enterprises` is the jurisdiction's total. */
export function coverageRange(
  policy: Policy,
  groups: readonly CoverageGroup[],
  enterprises: number,
): Result<CoverageRange, PolicyUnset | UnknownGrade> {
  const share = policy.get('ratio.yearFloor')
  if (!share.ok) return share
  let lowest = 0
  let highest = 0
  for (const group of groups) {
    const reach = groupReach(policy, group)
    if (!reach.ok) return reach
    lowest += reach.value.lowest
    highest += reach.value.highest
  }
  const floor = ceilShare(enterprises, share.value)
  const verdict = lowest >= floor ? 'always' : highest >= floor ? 'reachable' : 'unreachable'
  return ok({ lowest, highest, floor, verdict, shortfall: Math.max(0, floor - highest) })
}

function groupReach(
  policy: Policy,
  group: CoverageGroup,
): Result<{ readonly lowest: number; readonly highest: number }, PolicyUnset | UnknownGrade> {
  if (group.planned !== undefined) {
    const fixed = Math.min(group.planned, group.eligible)
    return ok({ lowest: fixed, highest: fixed })
  }
  const band = bandFor(policy, group)
  if (!band.ok) return band
  // Without a band the planner is free: none or all of the group.
  if (band.value === undefined) return ok({ lowest: 0, highest: group.eligible })
  const rounding = policy.get('ratio.rounding')
  if (!rounding.ok) return rounding
  const at = (ratio: Ratio): number => drawCount(group.enterprises, ratio, rounding.value, group.eligible).count
  return ok({ lowest: at(band.value.min), highest: at(band.value.max) })
}

/** The running value of the yearly floor (CRD-08). */
export interface YearFloorProgress {
  readonly share: Ratio
  readonly floor: number
  /** Enterprises missing to the floor. */
  readonly gap: number
  /** `met`, `on-course`: the rest of the filed plan closes the gap; `red`: it cannot. */
  readonly state: 'met' | 'on-course' | 'red'
}

/** Progress of the year: distinct enterprises drawn, those the filed plan will still add, and the jurisdiction's total. */
export function yearFloorProgress(
  policy: Policy,
  counts: { readonly drawn: number; readonly stillPlanned: number; readonly enterprises: number },
): Result<YearFloorProgress, PolicyUnset> {
  const floorShare = policy.get('ratio.yearFloor')
  if (!floorShare.ok) return floorShare
  const floor = ceilShare(counts.enterprises, floorShare.value)
  const gap = Math.max(0, floor - counts.drawn)
  const state = gap === 0 ? 'met' : counts.stillPlanned >= gap ? 'on-course' : 'red'
  return ok({ share: ratioOf(counts.drawn, Math.max(1, counts.enterprises)), floor, gap, state })
}
