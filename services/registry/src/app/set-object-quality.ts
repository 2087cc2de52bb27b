import { appError } from '@dual-random/errors'
import { tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type CheckObject, currentContent, originOf } from '../domain/check-object.ts'
import { type QualityStatus, quality } from '../domain/source.ts'
import { withVersion } from '../domain/versions.ts'
import type { Caller, ObjectPool, Stored } from './ports.ts'
import { requireVersion } from './precondition.ts'
import { unknownObject } from './set-object-status.ts'

/** Records what the owner found of a record's quality (DQ-10): the same data, in a version of its own. */
export async function setObjectQuality(
  { objects, clock }: { readonly objects: ObjectPool; readonly clock: () => Parameters<typeof withVersion>[1] },
  caller: Caller,
  { objectId, status, reason, expected }: { objectId: string; status: QualityStatus; reason: string; expected: number | undefined },
): Promise<Stored<CheckObject>> {
  const saved = await objects.update(objectId, (current) => {
    if (current === undefined) throw unknownObject(objectId)
    requireVersion(current.version, expected)
    const { state } = current
    if (state.unitId !== caller.unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: state.unitId } })
    if (quality(state.timeline.at(-1)) === status) return undefined
    const load = toHex(sha256(tlv('object-quality', objectId, status, reason)))
    const origin = { ...originOf(state), quality: status, load, importId: '' }
    return { state: { ...state, timeline: withVersion(state.timeline, clock(), origin, currentContent(state)) }, events: [] }
  })
  if (saved === undefined) throw unknownObject(objectId)
  return saved
}
