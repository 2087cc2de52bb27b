import { type CheckObject, currentContent } from '../domain/check-object.ts'
import type { RegistryEvent } from '../domain/events.ts'
import type { KeyedIds } from './ids.ts'

/** The event of an object that is new or changed; its digest is keyed, so the content cannot be guessed from it. */
export function objectEvent(ids: KeyedIds, outcome: 'created' | 'changed', object: CheckObject): RegistryEvent {
  const content = currentContent(object)
  const { objectId, unitId } = object
  const common = {
    objectId,
    regionCode: content.regionCode,
    unitId,
    kind: content.kind,
    contentDigest: ids.contentDigest(objectId, content),
  }
  return outcome === 'created' ? { type: 'object-registered', ...common } : { type: 'object-changed', ...common, status: content.status }
}
