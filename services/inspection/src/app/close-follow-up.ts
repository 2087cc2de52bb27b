import type { Principal } from '@dual-random/auth'
import { type AppError, appError, invalidRequest, violation } from '@dual-random/errors'
import { assertNever, type Clock, chinaDateOf } from '@dual-random/kernel'
import { type ClosingRefusal, type ClosingRequest, closeFollowUp, escalate, type FollowUp } from '../domain/follow-up.ts'
import type { FollowUps } from './ports.ts'

export interface FollowUpDependencies {
  readonly followUps: FollowUps
  readonly clock: Clock
}

const atOnce = 200

/** Closes a follow-up with an outcome; its inspectors and the dispatcher of its unit may. */
export async function closeOpenFollowUp(
  { followUps, clock }: FollowUpDependencies,
  principal: Principal,
  followUpId: string,
  request: ClosingRequest,
): Promise<FollowUp> {
  const found = await followUps.get(followUpId)
  if (found === undefined) throw followUpUnknown(followUpId)
  requireCloser(principal, found)
  const by = { by: principal.subject, at: clock() }
  const after = await followUps.change(followUpId, (followUp) => {
    const closed = closeFollowUp(followUp, request, by)
    if (!closed.ok) throw refused(closed.error)
    return closed.value
  })
  return after ?? found
}

export const followUpUnknown = (id: string): AppError => appError('not-found', 'not-found', { meta: { what: 'follow-up', id } })

function requireCloser({ roles, subject, unitId }: Principal, followUp: FollowUp): void {
  const isInspector = roles.includes('INSPECTOR') && followUp.subjects.includes(subject)
  const isDispatcher = roles.includes('DISPATCHER') && unitId === followUp.unitId
  if (!isInspector && !isDispatcher) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: followUp.unitId } })
}

function refused(refusal: ClosingRefusal): AppError {
  switch (refusal.code) {
    case 'follow-up-closed':
      return appError('failed-precondition', refusal.code)
    case 'unknown-outcome':
      return invalidRequest([violation('/outcome', 'unknown-value', { value: refusal.outcome })])
    case 'closing-lacks':
      return invalidRequest([violation(`/${refusal.need}`, refusal.code, { need: refusal.need })])
    default:
      return assertNever(refusal)
  }
}

/** Escalates what was due on an earlier date (FUP-11). */
export async function sweepFollowUps({ followUps, clock }: FollowUpDependencies, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const overdue = await followUps.overdue(chinaDateOf(clock()), atOnce)
    if (overdue.length === 0) return
    for (const { followUpId } of overdue) await followUps.change(followUpId, (followUp) => escalate(followUp, clock()))
  }
}
