import { appError } from '@dual-random/errors'
import { type Clock, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type CheckObject, currentContent, type ObjectStatus, recordObject } from '../domain/check-object.ts'
import type { KeyedIds } from './ids.ts'
import { objectEvent } from './object-event.ts'
import type { Caller, ObjectPool } from './ports.ts'

export interface SetObjectStatusDeps {
  readonly objects: ObjectPool
  readonly ids: KeyedIds
  readonly clock: Clock
}

/** Records that an object left the pool or came back (REG-30); later draws go by it from then on. */
export async function setObjectStatus(
  { objects, ids, clock }: SetObjectStatusDeps,
  caller: Caller,
  objectId: string,
  status: ObjectStatus,
): Promise<CheckObject> {
  const saved = await objects.update(objectId, (current) => {
    if (current === undefined) throw unknownObject(objectId)
    const { state } = current
    const record = { ...state, unitId: caller.unitId, content: { ...currentContent(state), status } }
    const load = toHex(sha256(tlv('object-status', state.objectCode, status)))
    const recorded = recordObject(state, record, clock(), { load, importId: '' })
    if (!recorded.ok) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: recorded.error.unitId } })
    if (!recorded.value.written) return undefined
    return { state: recorded.value.state, events: [objectEvent(ids, 'changed', recorded.value.state)] }
  })
  if (saved === undefined) throw unknownObject(objectId)
  return saved.state
}

export const unknownObject = (id: string) => appError('not-found', 'not-found', { meta: { what: '检查对象', id } })
