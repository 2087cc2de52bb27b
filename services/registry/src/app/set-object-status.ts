import { appError } from '@dual-random/errors'
import { tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type CheckObject, currentContent, type ObjectStatus, originOf, recordObject } from '../domain/check-object.ts'
import type { KeyedIds } from './ids.ts'
import { objectEvent } from './object-event.ts'
import type { Caller } from './ports.ts'
import { readTagging, type TaggingDeps } from './tagging.ts'

export interface SetObjectStatusDeps extends TaggingDeps {
  readonly ids: KeyedIds
}

/** What a registration says; MERGED is no registration but a finding of its own (DQ-05). */
export type RegisteredStatus = Exclude<ObjectStatus, 'MERGED'>

/** Records that an object left the pool or came back (REG-30); later draws go by it from then on. */
export async function setObjectStatus(
  deps: SetObjectStatusDeps,
  caller: Caller,
  objectId: string,
  status: RegisteredStatus,
): Promise<CheckObject> {
  const { objects, ids, clock } = deps
  const { retag } = await readTagging(deps)
  const saved = await objects.update(objectId, (current) => {
    if (current === undefined) throw unknownObject(objectId)
    const { state } = current
    if (currentContent(state).status === 'MERGED') throw appError('failed-precondition', 'object-merged', { meta: { id: objectId } })
    const record = { ...state, unitId: caller.unitId, content: { ...currentContent(state), status } }
    const load = toHex(sha256(tlv('object-status', state.objectCode, status)))
    const recorded = recordObject(state, record, clock(), { ...originOf(state), load, importId: '' }, retag)
    if (!recorded.ok) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: recorded.error.unitId } })
    if (!recorded.value.written) return undefined
    return { state: recorded.value.state, events: [objectEvent(ids, 'changed', recorded.value.state)] }
  })
  if (saved === undefined) throw unknownObject(objectId)
  return saved.state
}

export const unknownObject = (id: string) => appError('not-found', 'not-found', { meta: { what: '检查对象', id } })
