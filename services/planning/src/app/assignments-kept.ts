import { requireRegion } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { LineId } from '@dual-random/kernel'
import { type AssignmentStanding, type AssignmentTotals, assignmentTotals, missingAssignments, standingOf } from '../domain/assignment.ts'
import { allLines, type Plan, planIdOf, publishedVersion, workingVersion } from '../domain/plan.ts'
import type { AssignmentQuery } from './assignment-ports.ts'
import type { Caller, Ports } from './ports.ts'

/** Refuses a version that drops a task dispatched before it was filed, or before now where it was not (PLN-15). */
export async function requireAssignmentsTakenIn({ assignments, clock }: Pick<Ports, 'assignments' | 'clock'>, plan: Plan): Promise<void> {
  const version = workingVersion(plan)
  const filedAt = version.state === 'DRAFT' || version.state === 'RETURNED' ? undefined : version.filing?.at
  const missing = missingAssignments(await assignments.ofPlan(plan), allLines(version), filedAt ?? clock())
  if (missing.length === 0) return
  const names = missing.map(({ task }) => task.taskName).join('、')
  const ids = missing.map(({ assignmentId }) => assignmentId).join(', ')
  throw appError('failed-precondition', 'assignment-not-taken-in', { meta: { planId: plan.planId, names, assignmentIds: ids } })
}

/** Refuses to cancel published lines that a superior dispatched and did not withdraw (PLN-15). One that was never published may be taken in again. */
export async function requireNotAssigned(
  { assignments }: Pick<Ports, 'assignments'>,
  plan: Plan,
  lineIds: readonly LineId[],
): Promise<void> {
  const published = publishedVersion(plan)
  const lines = published === undefined ? [] : allLines(published)
  const origins = lines.filter((line) => lineIds.includes(line.lineId) && line.origin !== undefined)
  if (origins.length === 0) return
  const kept = missingAssignments(await assignments.ofPlan(plan), [])
  const standing = new Set(kept.map(({ assignmentId }) => assignmentId))
  const line = origins.find(({ origin }) => origin !== undefined && standing.has(origin.assignmentId))
  if (line?.origin === undefined) return
  const { lineId, origin } = line
  throw appError('failed-precondition', 'line-was-assigned', { meta: { lineId, assignmentId: origin.assignmentId } })
}

export interface AssignmentReport {
  readonly totals: AssignmentTotals
  readonly standings: readonly AssignmentStanding[]
}

/** What was dispatched against what was taken in, for the superior and for the region (PLN-15). */
export async function assignmentReport(ports: Ports, query: AssignmentQuery, { principal }: Caller): Promise<AssignmentReport> {
  requireRegion(principal, query.regionCode)
  const [assignments, plans] = await Promise.all([
    ports.assignments.all(query),
    ports.plans.all({ regionCode: query.regionCode, year: query.year }),
  ])
  const byId = new Map<string, Plan>(plans.map((plan) => [plan.planId, plan]))
  const standings = assignments.map((assignment) => standingOf(assignment, byId.get(planIdOf(assignment))))
  return { totals: assignmentTotals(standings), standings }
}
