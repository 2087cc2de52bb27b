import { appError } from '@dual-random/errors'
import { canonicalJson, type Instant } from '@dual-random/kernel'
import { type CheckObject, currentContent, originOf, type Retag } from '../domain/check-object.ts'
import { quality } from '../domain/source.ts'
import { poolsOf, unitTagsOf, withUnitTags } from '../domain/tagging.ts'
import { type Origin, withVersion } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { objectEvent } from './object-event.ts'
import type { Caller, Stored } from './ports.ts'
import { requireVersion } from './precondition.ts'
import { unknownObject } from './set-object-status.ts'
import type { KnownLists } from './tag-book.ts'
import { readTagging, type TaggingDeps } from './tagging.ts'

export interface TagObjectDeps extends TaggingDeps {
  readonly ids: KeyedIds
}

export interface TagCommand {
  readonly objectId: string
  /** Stored tags that take the place of those the unit gave before; undefined takes the object out of the unit's pool. */
  readonly tags: readonly string[] | undefined
  /** Finds among these what was not there before and is of a retired dimension (REG-26). */
  readonly newOfRetired: KnownLists['newOfRetired']
  readonly importId: string
  readonly expected: number | undefined
}

/** Sets what the caller's unit says of an object in its pool, one by one (REG-27); tags of others and of rules are not its to change. */
export async function tagObject(deps: TagObjectDeps, caller: Caller, command: TagCommand): Promise<Stored<CheckObject>> {
  const { retag } = await readTagging(deps)
  const saved = await deps.objects.update(command.objectId, (current) => {
    if (current === undefined) throw unknownObject(command.objectId)
    requireVersion(current.version, command.expected)
    requireInPool(current.state, caller)
    requireGivable(current.state, caller, command)
    const next = withTagsOf(current.state, caller, command.tags, retag, { at: deps.clock(), load: '', importId: command.importId })
    return next && { state: next, events: [objectEvent(deps.ids, 'changed', next)] }
  })
  if (saved === undefined) throw unknownObject(command.objectId)
  return saved
}

function requireInPool(object: CheckObject, { unitId }: Caller): void {
  if (poolsOf(object, currentContent(object)).includes(unitId)) return
  throw appError('forbidden', 'object-not-in-pool', { meta: { unitId } })
}

function requireGivable(object: CheckObject, { unitId }: Caller, { tags = [], newOfRetired }: TagCommand): void {
  const retired = newOfRetired(unitTagsOf(currentContent(object), unitId), tags)
  if (retired !== undefined) throw appError('invalid', 'tag-dimension-retired', { meta: { ...retired } })
}

/** The object with a unit's tags, and with another quality where one is given; undefined when that is how it is. */
export function withTagsOf(
  object: CheckObject,
  { unitId }: Pick<Caller, 'unitId'>,
  tags: readonly string[] | undefined,
  retag: Retag,
  { at, ...load }: Pick<Origin, 'load' | 'importId' | 'quality'> & { readonly at: Instant },
): CheckObject | undefined {
  const before = currentContent(object)
  const content = retag(object.unitId, withUnitTags(before, unitId, tags))
  const origin = { ...originOf(object), ...load }
  if (canonicalJson(content) === canonicalJson(before) && quality(origin) === quality(originOf(object))) return undefined
  return { ...object, timeline: withVersion(object.timeline, at, origin, content) }
}
