import type { DrawId, Instant, LocalDate, ObjectId, RegionCode, UnitId, VisitId } from '@dual-random/kernel'
import { proposalIdOf, visitIdOf } from './ids.ts'
import type { MergeRule } from './rules.ts'

/** Execution window, both dates included. */
export interface Window {
  readonly start: LocalDate
  readonly end: LocalDate
}

export const windowsOverlap = (a: Window, b: Window): boolean => a.start <= b.end && b.start <= a.end

/** The going of inspectors to one object (进一次门): the tasks name it by its id. */
export interface Visit {
  readonly visitId: VisitId
  readonly regionCode: RegionCode
  /** The unit whose draws it serves: the initiating department of a joint line. */
  readonly ownerUnitId: UnitId
  /** Units that have tasks in it. */
  readonly unitIds: readonly UnitId[]
  readonly objectId: ObjectId
  readonly objectCode: string
  readonly objectName: string
  readonly mergeWindowId: string
  /** Windows of its tasks. */
  readonly windows: readonly Window[]
  /** The visit that took this one's tasks over; its id is the smaller one, so that no chain ends where it began. */
  readonly mergedInto?: VisitId
}

/** The visit a task of a draw belongs to: shared inside the owning unit where policy merges by itself, else the draw's own. */
export const visitIdFor = (
  key: Uint8Array,
  rule: MergeRule,
  task: { objectId: ObjectId; mergeWindowId: string; ownerUnitId: UnitId; drawId: DrawId },
): VisitId => {
  const { drawId, ...shared } = task
  return visitIdOf(key, rule.merge && rule.insideUnit === 'AUTOMATIC' ? shared : { ...shared, drawId })
}

/** Two visits to one object in one merge window, to be made one if a unit agrees (DRW-18). */
export interface MergeProposal {
  readonly proposalId: string
  readonly regionCode: RegionCode
  readonly objectId: ObjectId
  readonly objectCode: string
  readonly objectName: string
  readonly mergeWindowId: string
  /** Sorted; the first survives, so that the outcome does not depend on which draw came first. */
  readonly visitIds: readonly [VisitId, VisitId]
  /** Owning units of the visits, in the same order. */
  readonly unitIds: readonly [UnitId, UnitId]
  readonly status: 'PROPOSED' | 'ACCEPTED' | 'DECLINED'
  readonly decidedBy?: string
  readonly decidedAt?: Instant
  readonly reason?: string
  /** Set once every task has moved. */
  readonly applied: boolean
}

/** The proposal two visits give rise to; undefined where they are not about one object in overlapping windows (PLN-25). */
export function proposalFor(rule: MergeRule, one: Visit, other: Visit): MergeProposal | undefined {
  const [a, b] = one.visitId < other.visitId ? [one, other] : [other, one]
  if (!rule.merge || a.visitId === b.visitId) return undefined
  if (a.objectId !== b.objectId || a.mergeWindowId !== b.mergeWindowId) return undefined
  if (a.mergedInto !== undefined || b.mergedInto !== undefined) return undefined
  if (!a.windows.some((window) => b.windows.some((theirs) => windowsOverlap(window, theirs)))) return undefined
  const { regionCode, objectId, objectCode, objectName, mergeWindowId } = a
  return {
    proposalId: proposalIdOf(a.visitId, b.visitId),
    regionCode,
    objectId,
    objectCode,
    objectName,
    mergeWindowId,
    visitIds: [a.visitId, b.visitId],
    unitIds: [a.ownerUnitId, b.ownerUnitId],
    status: 'PROPOSED',
    applied: false,
  }
}
