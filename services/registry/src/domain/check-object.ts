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
import { latestVersion, type Origin, repeatedOutcome, type Timeline, withVersion } from './versions.ts'

/** Kinds of objects (REG-21); enterprise and individual business are the market subjects. */
export const objectKinds = ['ENTERPRISE', 'INDIVIDUAL_BUSINESS', 'OTHER_SUBJECT', 'PRODUCT', 'PROJECT', 'ACTIVITY'] as const
export type ObjectKind = (typeof objectKinds)[number]

/** ACTIVE, or why an object left the pool (REG-30). */
export const objectStatuses = ['ACTIVE', 'DEREGISTERED', 'REVOKED', 'MOVED'] as const
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
}

/** An object (检查对象). `objectCode` is public and the id behind its labels; `objectId` cannot be computed from it outside registry. */
export interface CheckObject {
  readonly objectId: ObjectId
  readonly objectCode: string
  /** The unit whose pool it is in; only that unit changes it (REG-41). */
  readonly unitId: UnitId
  readonly timeline: Timeline<ObjectContent>
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

/** Lays a record over what is known. The same content is no change, so that a file imported twice does nothing (DQ-04). */
export function recordObject(
  current: CheckObject | undefined,
  record: ObjectRecord,
  at: Instant,
  origin: Origin,
): Result<Recorded<CheckObject>, OwnerRefusal> {
  const { content, ...identity } = record
  if (current === undefined)
    return ok({ outcome: 'created', written: true, state: { ...identity, timeline: withVersion([], at, origin, content) } })
  if (current.unitId !== record.unitId) return err({ code: 'owned-by-other-unit', unitId: current.unitId })
  if (canonicalJson(currentContent(current)) === canonicalJson(content))
    return ok({ outcome: repeatedOutcome(current.timeline, origin), written: false, state: current })
  return ok({ outcome: 'changed', written: true, state: { ...current, timeline: withVersion(current.timeline, at, origin, content) } })
}

const isSubject = (kind: ObjectKind): boolean => isMarketSubject(kind) || kind === 'OTHER_SUBJECT'

export type ObjectCodeProblem = CreditCodeError | 'not-an-id'

/** Subjects, market or other, bear a unified social credit code; so does whatever has 18 characters. Things and acts have a code of their register. */
export function objectCodeProblem(kind: ObjectKind, code: string): ObjectCodeProblem | undefined {
  if (isSubject(kind) || code.length === 18) return creditCodeProblem(code)
  return isId(code) ? undefined : 'not-an-id'
}
