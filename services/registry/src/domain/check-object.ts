import {
  type CreditCodeError,
  canonicalJson,
  creditCodeProblem,
  err,
  type Instant,
  isId,
  type ObjectId,
  ok,
  type RegionCode,
  type Result,
  type UnitId,
} from '@dual-random/kernel'
import { isBetter, originOf as originOfVersion, type ReceivedOrigin } from './source.ts'
import type { RuleTag, UnitTags } from './tagging.ts'
import { latestVersion, type Origin, repeatedOutcome, type Timeline, withVersion } from './versions.ts'

/** Kinds of objects (REG-21); enterprise and individual business are the market subjects. */
export const objectKinds = ['ENTERPRISE', 'INDIVIDUAL_BUSINESS', 'OTHER_SUBJECT', 'PRODUCT', 'PROJECT', 'ACTIVITY'] as const
export type ObjectKind = (typeof objectKinds)[number]

/** ACTIVE, or why an object left the pool (REG-30); MERGED: it is recorded under another object (DQ-05). */
export const objectStatuses = ['ACTIVE', 'DEREGISTERED', 'REVOKED', 'MOVED', 'MERGED'] as const
export type ObjectStatus = (typeof objectStatuses)[number]

export const isMarketSubject = (kind: ObjectKind): boolean => kind === 'ENTERPRISE' || kind === 'INDIVIDUAL_BUSINESS'

/** What is recorded of an object. `industry` has its section letter and is empty where none applies; `tags` are sorted. */
export type ObjectContent = {
  readonly name: string
  readonly kind: ObjectKind
  readonly industry: string
  readonly regionCode: RegionCode
  readonly address: string
  readonly tags: readonly string[]
  readonly status: ObjectStatus
  /** By unit; absent where no unit gave any. */
  readonly unitTags?: readonly UnitTags[]
  /** By tag and rule; absent where no rule gives any. */
  readonly ruleTags?: readonly RuleTag[]
  /** Only with status MERGED. */
  readonly mergedInto?: ObjectId
}

/** An object (检查对象). `objectCode` is public and the id behind its labels; `objectId` cannot be computed from it outside registry. */
export interface CheckObject {
  readonly objectId: ObjectId
  readonly objectCode: string
  /** The unit whose pool it is in; only that unit changes it (REG-41). */
  readonly unitId: UnitId
  readonly timeline: Timeline<ObjectContent>
  /** Merges and splits of this record, oldest first; absent where there were none (DQ-05). */
  readonly identityLog?: readonly IdentityEntry[]
}

/** A record was found to be the same object as another, or not to be after all. */
export interface IdentityEntry {
  readonly at: Instant
  readonly action: 'MERGE' | 'SPLIT'
  /** The record under which the object goes on, or went on until the split. */
  readonly survivorId: ObjectId
  readonly by: { readonly subject: string; readonly unitId: UnitId }
  readonly reason: string
}

export interface ObjectRecord {
  readonly objectId: ObjectId
  readonly objectCode: string
  readonly unitId: UnitId
  readonly content: ObjectContent
}

/** `written` is false when the state is as it was: nothing is stored and nothing told. */
export type Recorded<T> = { readonly outcome: 'created' | 'changed' | 'unchanged'; readonly written: boolean; readonly state: T }

export type OwnerRefusal = { readonly code: 'owned-by-other-unit'; readonly unitId: UnitId }

export const currentContent = (object: CheckObject): ObjectContent => latestVersion(object.timeline)?.content as ObjectContent

/** Where the data of an object came from and what they are worth (DQ-10): what is only found about a record does not change that. */
export const originOf = ({ timeline }: CheckObject): ReceivedOrigin => originOfVersion(latestVersion(timeline))

/** The content with the tags that rules give it now. */
export type Retag = (unitId: UnitId, content: ObjectContent) => ObjectContent

/**
 * Lays a record over what is known. The same content is no change, so that a file imported twice does nothing (DQ-04), unless it comes from a
 * better source (DQ-10). What units tagged stays, and so does a merge; rules are looked at anew (REG-27).
 */
export function recordObject(
  current: CheckObject | undefined,
  record: ObjectRecord,
  at: Instant,
  origin: Origin,
  retag: Retag = (_unitId, content) => content,
): Result<Recorded<CheckObject>, OwnerRefusal> {
  const { content: given, ...identity } = record
  const content = retag(record.unitId, current === undefined ? given : kept(currentContent(current), given))
  if (current === undefined)
    return ok({ outcome: 'created', written: true, state: { ...identity, timeline: withVersion([], at, origin, content) } })
  if (current.unitId !== record.unitId) return err({ code: 'owned-by-other-unit', unitId: current.unitId })
  const before = repeatedOutcome(current.timeline, origin)
  if (canonicalJson(currentContent(current)) === canonicalJson(content) && !isBetter(origin, latestVersion(current.timeline)))
    return ok({ outcome: before, written: false, state: current })
  // What the import made is done again where rules changed meanwhile; it is still new.
  const outcome = before === 'created' ? 'created' : 'changed'
  return ok({ outcome, written: true, state: { ...current, timeline: withVersion(current.timeline, at, origin, content) } })
}

function kept({ unitTags, status, mergedInto }: ObjectContent, given: ObjectContent): ObjectContent {
  return {
    ...given,
    ...(unitTags === undefined ? {} : { unitTags }),
    ...(status === 'MERGED' && mergedInto !== undefined ? { status, mergedInto } : {}),
  }
}

const isSubject = (kind: ObjectKind): boolean => isMarketSubject(kind) || kind === 'OTHER_SUBJECT'

export type ObjectCodeProblem = CreditCodeError | 'not-an-id'

/** Subjects, market or other, bear a unified social credit code; so does whatever has 18 characters. Things and acts have a code of their register. */
export function objectCodeProblem(kind: ObjectKind, code: string): ObjectCodeProblem | undefined {
  if (isSubject(kind) || code.length === 18) return creditCodeProblem(code)
  return isId(code) ? undefined : 'not-an-id'
}
