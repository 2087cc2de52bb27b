import { appError } from '@dual-random/errors'
import { type Instant, type Result, regionContains, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type CheckObject, currentContent, originOf } from '../domain/check-object.ts'
import { type IdentityChange, type MergeRefusal, mergeInto, splitOff } from '../domain/identity-change.ts'
import type { KeyedIds } from './ids.ts'
import { objectEvent } from './object-event.ts'
import type { Caller, ObjectPool, Stored } from './ports.ts'
import { requireVersion } from './precondition.ts'
import { unknownObject } from './set-object-status.ts'

export interface IdentityDeps {
  readonly objects: ObjectPool
  readonly ids: KeyedIds
  readonly clock: () => Instant
}

export interface IdentityCommand {
  readonly objectId: string
  readonly reason: string
  readonly expected: number | undefined
}

/** Merges a record of the caller's unit into the one under which the object goes on; who, when and why stay with the record (DQ-05). */
export async function mergeObject(
  deps: IdentityDeps,
  caller: Caller,
  command: IdentityCommand & { readonly survivorId: string },
): Promise<Stored<CheckObject>> {
  const survivor = (await deps.objects.load(command.survivorId))?.state
  if (survivor === undefined) throw unknownObject(command.survivorId)
  if (!regionContains(caller.regionCode, currentContent(survivor).regionCode)) {
    throw appError('forbidden', 'region-not-allowed', { meta: { regionCode: currentContent(survivor).regionCode } })
  }
  return change(deps, caller, command, `merge ${command.survivorId}`, (object, about) => mergeInto(object, survivor, about))
}

/** Takes a merge of a record of the caller's unit back. */
export const splitObject = (deps: IdentityDeps, caller: Caller, command: IdentityCommand): Promise<Stored<CheckObject>> =>
  change(deps, caller, command, 'split', splitOff)

async function change(
  { objects, ids, clock }: IdentityDeps,
  { subject, unitId }: Caller,
  { objectId, reason, expected }: IdentityCommand,
  what: string,
  decide: (
    object: CheckObject,
    about: IdentityChange,
  ) => Result<CheckObject | undefined, MergeRefusal | { readonly code: 'object-not-merged' }>,
): Promise<Stored<CheckObject>> {
  const saved = await objects.update(objectId, (current) => {
    if (current === undefined) throw unknownObject(objectId)
    requireVersion(current.version, expected)
    const origin = { ...originOf(current.state), load: toHex(sha256(tlv('object-identity', objectId, what))), importId: '' }
    const changed = decide(current.state, { at: clock(), by: { subject, unitId }, reason, origin })
    if (!changed.ok) {
      const { code, ...meta } = changed.error
      throw appError(code === 'owned-by-other-unit' ? 'forbidden' : 'failed-precondition', code, { meta })
    }
    return changed.value && { state: changed.value, events: [objectEvent(ids, 'changed', changed.value)] }
  })
  if (saved === undefined) throw unknownObject(objectId)
  return saved
}
