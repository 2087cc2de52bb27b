import type { Principal } from '@dual-random/auth'
import { type AppError, appError, invalidRequest, violation } from '@dual-random/errors'
import { assertNever, type Clock, chinaDateOf, type RegionCode } from '@dual-random/kernel'
import { type ClosingRefusal, type ClosingRequest, closeFollowUp, escalate, type FollowUp } from '../domain/follow-up.ts'
import type { FollowUps, Policies, Results } from './ports.ts'

export interface FollowUpDependencies {
  readonly followUps: FollowUps
  readonly results: Pick<Results, 'get'>
  readonly policies: Pick<Policies, 'get'>
  readonly clock: Clock
}

const atOnce = 200

/** Closes a follow-up with an outcome; its inspectors and the dispatcher of its unit may. */
export async function closeOpenFollowUp(
  deps: FollowUpDependencies,
  principal: Principal,
  followUpId: string,
  request: ClosingRequest,
): Promise<FollowUp> {
  const { followUps, clock } = deps
  const found = await followUps.get(followUpId)
  if (found === undefined) throw followUpUnknown(followUpId)
  requireCloser(principal, found)
  const by = { by: principal.subject, at: clock(), municipalities: await municipalitiesOf(deps, found) }
  const after = await followUps.change(followUpId, (followUp) => {
    const closed = closeFollowUp(followUp, request, by)
    if (!closed.ok) throw refused(closed.error)
    return closed.value
  })
  return after ?? found
}

/** Who stands above a region is a matter of the policy that its result was judged by. */
async function municipalitiesOf({ results, policies }: FollowUpDependencies, { resultId }: FollowUp): Promise<readonly RegionCode[]> {
  const result = await results.get(resultId)
  return result === undefined ? [] : ((await policies.get(result.policyDigest)).find('division.municipalities') ?? [])
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
export async function sweepFollowUps(deps: FollowUpDependencies, signal: AbortSignal): Promise<void> {
  const { followUps, clock } = deps
  while (!signal.aborted) {
    const overdue = await followUps.overdue(chinaDateOf(clock()), atOnce)
    if (overdue.length === 0) return
    for (const found of overdue) {
      const municipalities = await municipalitiesOf(deps, found)
      await followUps.change(found.followUpId, (followUp) => escalate(followUp, clock(), municipalities))
    }
  }
}
