import { formatPercent } from '@dual-random/kernel'
import type { OverlapReport } from '../app/overlaps.ts'
import type { JointInstead, Repeats } from '../app/proposals.ts'
import type { Coverage, ListCoverage } from '../domain/coverage.ts'
import type { PlacedLine } from '../domain/overlaps.ts'
import type { JointShare, SharesOfYear } from '../domain/shares.ts'

export const lineOf = ({ planId, line }: PlacedLine) => ({
  planId,
  lineId: line.lineId,
  taskName: line.taskName,
  unitIds: line.units.map(({ unitId }) => unitId),
})

export const overlapView = ({ overlaps, proposals, notCompared }: OverlapReport) => ({
  overlaps: overlaps.map(({ a, b, windows, objects }) => ({ lines: [lineOf(a), lineOf(b)] as const, windows, objects })),
  proposals: proposals.map(({ members, objects }) => ({ lines: members.map(lineOf), objects })),
  notCompared,
})

export const jointInsteadView = ({ proposals, notCompared }: JointInstead) => ({
  proposals: proposals.map(({ single, joint, ...proposal }) => ({ single: lineOf(single), joint: lineOf(joint), ...proposal })),
  notCompared,
})

export const repeatsView = ({ conflicts, ...repeats }: Repeats) => ({
  conflicts: conflicts.map(({ earlier, later, grades }) => ({ earlier: lineOf(earlier), later: lineOf(later), grades })),
  ...repeats,
})

const shareView = ({ joint, internal, jointShare }: JointShare) => ({
  joint,
  internal,
  ...(jointShare === undefined ? {} : { jointShare: formatPercent(jointShare) }),
})

export const sharesView = ({ tasks, objects, ...plans }: SharesOfYear) => ({
  tasks: shareView(tasks),
  objects: shareView(objects),
  ...plans,
})

const listView = ({ share, ...list }: ListCoverage) => ({ ...list, ...(share === undefined ? {} : { share: formatPercent(share) }) })

/** Covered of listed as percent text (EVL-06). */
export const coverageView = ({ levels, regions }: Coverage) => ({
  levels: levels.map(({ lists, ...level }) => ({ ...level, lists: lists.map(listView) })),
  regions: regions.map(({ lists, ...region }) => ({ ...region, lists: lists.map(listView) })),
})
