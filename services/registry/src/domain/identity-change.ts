import { err, type Instant, ok, type Result, type UnitId } from '@dual-random/kernel'
import { type CheckObject, currentContent, type IdentityEntry, type OwnerRefusal } from './check-object.ts'
import { type Origin, withVersion } from './versions.ts'

export interface IdentityChange {
  readonly at: Instant
  readonly by: { readonly subject: string; readonly unitId: UnitId }
  readonly reason: string
  readonly origin: Origin
}

export type MergeRefusal =
  | OwnerRefusal
  | { readonly code: 'merge-with-itself' }
  | { readonly code: 'merge-into-merged'; readonly id: string }
  | { readonly code: 'object-merged'; readonly id: string }

/**
 * Finds a record to be the same object as another (DQ-05): it leaves the pool with status MERGED, so that the object has one ticket in a draw, and
 * the survivor goes on. The same merge again is no change (undefined).
 */
export function mergeInto(
  object: CheckObject,
  survivor: CheckObject,
  { at, by, reason, origin }: IdentityChange,
): Result<CheckObject | undefined, MergeRefusal> {
  const content = currentContent(object)
  if (object.objectId === survivor.objectId) return err({ code: 'merge-with-itself' })
  if (object.unitId !== by.unitId) return err({ code: 'owned-by-other-unit', unitId: object.unitId })
  if (content.status === 'MERGED') {
    return content.mergedInto === survivor.objectId ? ok(undefined) : err({ code: 'object-merged', id: object.objectId })
  }
  if (currentContent(survivor).status === 'MERGED') return err({ code: 'merge-into-merged', id: survivor.objectId })
  const merged = { ...content, status: 'MERGED' as const, mergedInto: survivor.objectId }
  return ok({
    ...object,
    timeline: withVersion(object.timeline, at, origin, merged),
    identityLog: [...(object.identityLog ?? []), { at, action: 'MERGE', survivorId: survivor.objectId, by, reason }],
  })
}

/** Takes a merge back: the record is in the pool again, an object of its own. */
export function splitOff(
  object: CheckObject,
  { at, by, reason, origin }: IdentityChange,
): Result<CheckObject, OwnerRefusal | { readonly code: 'object-not-merged' }> {
  const { mergedInto, ...content } = currentContent(object)
  if (object.unitId !== by.unitId) return err({ code: 'owned-by-other-unit', unitId: object.unitId })
  if (mergedInto === undefined) return err({ code: 'object-not-merged' })
  const entry: IdentityEntry = { at, action: 'SPLIT', survivorId: mergedInto, by, reason }
  return ok({
    ...object,
    timeline: withVersion(object.timeline, at, origin, { ...content, status: statusBefore(object) }),
    identityLog: [...(object.identityLog ?? []), entry],
  })
}

/** The status the record had when it was merged. */
const statusBefore = ({ timeline }: CheckObject) =>
  timeline.findLast(({ content }) => content.status !== 'MERGED')?.content.status ?? 'ACTIVE'
