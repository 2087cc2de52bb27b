import {
  chinaDateOf,
  err,
  type Instant,
  type ItemCode,
  type LocalDate,
  ok,
  type RegionCode,
  type Result,
  type ResultId,
  superiorRegion,
  type TaskId,
  type UnitId,
} from '@dual-random/kernel'
import { followUpIdOf } from './ids.ts'
import type { CheckResult, Evidence, FollowUpKind } from './result.ts'

/** A decision of the case system or another authority. */
export interface CaseLink {
  readonly issuedBy: string
  readonly identifier: string
  readonly date: LocalDate
}

export interface ClosingRequest {
  readonly outcome: string
  readonly decision: string
  readonly proof?: readonly Evidence[] | undefined
  readonly link?: CaseLink | undefined
  readonly basis?: string | undefined
}

export interface Closing extends ClosingRequest {
  readonly by: string
  readonly at: Instant
  readonly late: boolean
}

/** What comes after a problem (后续监管), of one responsible unit (FUP-01), until it is closed. */
export interface FollowUp {
  readonly followUpId: string
  readonly resultId: ResultId
  readonly taskId: TaskId
  readonly taskNumber: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly subjects: readonly string[]
  readonly kind: FollowUpKind
  readonly dueDate?: LocalDate
  readonly object: { readonly objectId: string; readonly code: string; readonly name: string }
  readonly itemCode: ItemCode
  readonly itemName: string
  readonly resultType: string
  readonly subValue?: string
  readonly status: 'OPEN' | 'CLOSED'
  readonly openedAt: Instant
  readonly escalated?: { readonly at: Instant; readonly toRegionCode: RegionCode }
  readonly closing?: Closing
}

export type FollowUpEvent = { readonly type: 'opened' | 'closed' | 'escalated' }

export interface FollowUpChange {
  readonly followUp: FollowUp
  readonly events: readonly FollowUpEvent[]
}

export type ClosingNeed = 'proof' | 'link' | 'basis'

export type ClosingRefusal =
  | { readonly code: 'follow-up-closed' }
  | { readonly code: 'unknown-outcome'; readonly outcome: string }
  | { readonly code: 'closing-lacks'; readonly need: ClosingNeed }

/** The outcomes that close each kind, and what each must be shown by (FUP-11, FUP-12). */
const outcomes: Readonly<Record<FollowUpKind, Readonly<Record<string, ClosingNeed | undefined>>>> = {
  CORRECTION: { CORRECTED: 'proof', CASE_FILED: 'link' },
  CASE_CLUE: { PENALTY_DECIDED: 'link', CASE_CLOSED: 'link', CASE_NOT_FILED: 'link', TRANSFER_RETURNED: 'link' },
  LISTING: { LISTED_ABNORMAL: 'basis', LISTED_SERIOUS: 'basis', NOT_LISTED: undefined, CORRECTED: 'proof' },
  OTHER: { HANDLED: undefined, CASE_FILED: 'link' },
}

/** The follow-up that a result opens; undefined where it opens none. */
export function openFollowUp(result: CheckResult): FollowUpChange | undefined {
  const { opens } = result
  if (opens === undefined) return undefined
  const { resultId, taskId, taskNumber, regionCode, unitId, delegateUnitId, itemCode, itemName, resultType, subValue } = result
  const { objectId, code, name } = result.object
  const followUp: FollowUp = {
    followUpId: followUpIdOf(resultId),
    resultId,
    taskId,
    taskNumber,
    regionCode,
    unitId,
    // A delegate checks and reports; what follows is the delegator's (SEC-11).
    subjects: delegateUnitId === undefined ? result.subjects : [],
    ...opens,
    object: { objectId, code, name },
    itemCode,
    itemName,
    resultType,
    ...(subValue === undefined ? {} : { subValue }),
    status: 'OPEN',
    openedAt: result.enteredAt,
  }
  return { followUp, events: [{ type: 'opened' }] }
}

/** Overdue: the superior sees it from now on; once, and the same whether the sweep or a late closing finds it (FUP-11). */
export function escalate(followUp: FollowUp, at: Instant, municipalities: readonly RegionCode[]): FollowUpChange | undefined {
  if (followUp.status === 'CLOSED' || followUp.escalated !== undefined || !isOverdue(followUp, at)) return undefined
  const toRegionCode = superiorRegion(followUp.regionCode, municipalities) ?? followUp.regionCode
  return { followUp: { ...followUp, escalated: { at, toRegionCode } }, events: [{ type: 'escalated' }] }
}

const isOverdue = ({ dueDate }: FollowUp, at: Instant): boolean => dueDate !== undefined && chinaDateOf(at) > dueDate

/** Undefined where it was closed before by the same request. */
export function closeFollowUp(
  followUp: FollowUp,
  request: ClosingRequest,
  { by, at, municipalities }: { readonly by: string; readonly at: Instant; readonly municipalities: readonly RegionCode[] },
): Result<FollowUpChange | undefined, ClosingRefusal> {
  if (followUp.closing !== undefined) return isSame(followUp.closing, request) ? ok(undefined) : err({ code: 'follow-up-closed' })
  const allowed = outcomes[followUp.kind]
  if (!Object.hasOwn(allowed, request.outcome)) return err({ code: 'unknown-outcome', outcome: request.outcome })
  const need = allowed[request.outcome]
  if (need !== undefined && isAbsent(request[need])) return err({ code: 'closing-lacks', need })
  const before = escalate(followUp, at, municipalities) ?? { followUp, events: [] }
  const closing: Closing = { ...request, by, at, late: isOverdue(followUp, at) }
  return ok({ followUp: { ...before.followUp, status: 'CLOSED', closing }, events: [...before.events, { type: 'closed' }] })
}

const isAbsent = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const isSame = (closing: Closing, request: ClosingRequest): boolean => contentOf(closing) === contentOf(request)

const contentOf = ({ outcome, decision, proof, link, basis }: ClosingRequest): string =>
  JSON.stringify([
    outcome,
    decision,
    proof?.map(({ description, digest }) => [description, digest ?? null]) ?? [],
    link === undefined ? null : [link.issuedBy, link.identifier, link.date],
    basis ?? null,
  ])
