import type { Principal } from '@dual-random/auth'
import type { Stored } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { unknownObject } from '../app/set-object-status.ts'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { poolsOf } from '../domain/tagging.ts'
import { requireVisible } from './access.ts'

/** An object in one of the pools that the caller may read. */
export async function visibleObject(registry: Registry, principal: Principal, objectId: string): Promise<Stored<CheckObject>> {
  const found = await registry.objects.load(objectId)
  if (found === undefined) throw unknownObject(objectId)
  const content = currentContent(found.state)
  await requireVisible(registry, principal, poolsOf(found.state, content), content.regionCode)
  return found
}
