import {
  canonicalJson,
  chinaDateOf,
  err,
  type InspectorId,
  type Instant,
  type LocalDate,
  ok,
  type RegionCode,
  type Result,
  type UnitId,
} from '@dual-random/kernel'
import type { OwnerRefusal, Recorded } from './check-object.ts'
import type { Recusal } from './recusal.ts'
import { isBetter } from './source.ts'
import { latestVersion, type Origin, repeatedOutcome, type Timeline, versionAt, withVersion } from './versions.ts'

/** ACTIVE, or how the person left: retired, transferred and the like (REG-35). */
export const inspectorStatuses = ['ACTIVE', 'RETIRED', 'TRANSFERRED', 'LEFT', 'SUSPENDED'] as const
export type InspectorStatus = (typeof inspectorStatuses)[number]

export type InspectorContent = {
  readonly name: string
  /** Login name: the subject that may enter results. */
  readonly subject: string
  /** The office, station, bureau or department the inspector serves in. */
  readonly homeUnitId: UnitId
  readonly specialities: readonly string[]
  /** What the certificate entitles to, such as 行政执法证; null where the file does not say. */
  readonly qualificationKind: string | null
  /** First day of the enforcement qualification; null where the file does not say. */
  readonly qualificationValidFrom: LocalDate | null
  /** Last day of the enforcement qualification; null where none is held. */
  readonly qualificationValidTo: LocalDate | null
  /** Null: no entry, not even "none" (REG-33). */
  readonly recusal: Recusal | null
  readonly personnelNature: string | null
  readonly status: InspectorStatus
  /** Establishment placement (落编) or return: before this date not drawable; null where the file does not say. */
  readonly entersOn: LocalDate | null
  /** From this date on not drawable. */
  readonly leavesOn: LocalDate | null
}

/** An inspector (执法检查人员); the certificate number identifies the person within the region. */
export interface Inspector {
  readonly inspectorId: InspectorId
  readonly certificateNumber: string
  readonly regionCode: RegionCode
  /** The unit in whose pool the person is. */
  readonly unitId: UnitId
  /** Units in whose pools the person was before a transfer, oldest first, each until an instant (excluded); absent where there is none. */
  readonly formerUnits?: readonly { readonly unitId: UnitId; readonly until: Instant }[]
  readonly timeline: Timeline<InspectorContent>
}

export interface InspectorRecord {
  readonly inspectorId: InspectorId
  readonly certificateNumber: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly content: InspectorContent
}

export const currentInspector = (inspector: Inspector): InspectorContent => latestVersion(inspector.timeline)?.content as InspectorContent

/** A sealed scope is never twice the same bytes, so scopes are compared by their digest. */
const comparable = (content: InspectorContent): string =>
  canonicalJson({
    ...content,
    recusal: content.recusal?.kind === 'scope' ? { kind: 'scope', digest: content.recusal.digest } : content.recusal,
  })

/** The unit in whose pool the person was at an instant. */
export const unitAt = ({ unitId, formerUnits = [] }: Inspector, at: Instant): UnitId =>
  formerUnits.find(({ until }) => at < until)?.unitId ?? unitId

/** Why a unit cannot record an inspector of another: the person is there, or will be until the transfer takes effect. */
export type InspectorRefusal =
  | OwnerRefusal
  | { readonly code: 'transfer-not-effective'; readonly unitId: UnitId; readonly leavesOn: LocalDate }

/** Records what a unit says of an inspector; who was transferred is taken over by the unit that first records the person as serving there (REG-35). */
export function recordInspector(
  current: Inspector | undefined,
  record: InspectorRecord,
  at: Instant,
  origin: Origin,
): Result<Recorded<Inspector>, InspectorRefusal> {
  const { content, ...identity } = record
  if (current === undefined)
    return ok({ outcome: 'created', written: true, state: { ...identity, timeline: withVersion([], at, origin, content) } })
  if (current.unitId !== record.unitId) return takeOver(current, record, at, origin)
  if (comparable(currentInspector(current)) === comparable(content) && !isBetter(origin, latestVersion(current.timeline)))
    return ok({ outcome: repeatedOutcome(current.timeline, origin), written: false, state: current })
  return ok({ outcome: 'changed', written: true, state: { ...current, timeline: withVersion(current.timeline, at, origin, content) } })
}

function takeOver(
  current: Inspector,
  { unitId, content }: InspectorRecord,
  at: Instant,
  origin: Origin,
): Result<Recorded<Inspector>, InspectorRefusal> {
  const { status, leavesOn } = currentInspector(current)
  if (status !== 'TRANSFERRED' || content.status !== 'ACTIVE') return err({ code: 'owned-by-other-unit', unitId: current.unitId })
  if (leavesOn !== null && chinaDateOf(at) < leavesOn) return err({ code: 'transfer-not-effective', unitId: current.unitId, leavesOn })
  const timeline = withVersion(current.timeline, at, origin, content)
  const until = timeline.at(-1)?.from ?? at
  const formerUnits = [...(current.formerUnits ?? []), { unitId: current.unitId, until }]
  return ok({ outcome: 'changed', written: true, state: { ...current, unitId, formerUnits, timeline } })
}

/** Lays a change of post over what is known: it takes effect on its date, not on the day it is entered (REG-35). */
export const withStatus = (content: InspectorContent, status: InspectorStatus, effectiveOn: LocalDate): InspectorContent =>
  status === 'ACTIVE' ? { ...content, status, entersOn: effectiveOn, leavesOn: null } : { ...content, status, leavesOn: effectiveOn }

/** Whether the person serves on a date, by status and its effective dates (REG-35). Who left without a date is gone at once. */
export const servesOn = ({ status, entersOn, leavesOn }: InspectorContent, date: LocalDate): boolean =>
  (status === 'ACTIVE' || leavesOn !== null) && (entersOn === null || entersOn <= date) && (leavesOn === null || date < leavesOn)

/** Whether the enforcement qualification holds on a date, its first and last day included. */
export const isQualifiedOn = ({ qualificationValidFrom, qualificationValidTo }: InspectorContent, date: LocalDate): boolean =>
  qualificationValidTo !== null && date <= qualificationValidTo && (qualificationValidFrom === null || qualificationValidFrom <= date)

/** The content under which an inspector may be drawn as of an instant for checks up to a date; undefined when out of the pool by then (REG-35). */
export function inPostAt(inspector: Inspector, at: Instant, until: LocalDate): InspectorContent | undefined {
  const content = versionAt(inspector.timeline, at)?.content
  return content !== undefined && servesOn(content, chinaDateOf(at)) && servesOn(content, until) ? content : undefined
}
