import { requireRegion } from '@dual-random/auth'
import { appError, invalidRequest, violation } from '@dual-random/errors'
import type { LineId } from '@dual-random/kernel'
import {
  type Assignment,
  type AssignmentStanding,
  type AssignmentTerms,
  type AssignmentTotals,
  assignedLine,
  assignmentTotals,
  missingAssignments,
  newlyTakenIn,
  standingOf,
  termsProblems,
} from '../domain/assignment.ts'
import { decide } from '../domain/decide.ts'
import { lineFieldProblems } from '../domain/line-fields.ts'
import type { LineContext, LineInput } from '../domain/line-input.ts'
import type { LineProblem } from '../domain/line-problem.ts'
import { type Plan, type PlanLine, planIdOf, publishedVersion, workingVersion } from '../domain/plan.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import type { AssignmentQuery } from './assignment-ports.ts'
import { adjustmentNotAllowed, orThrow, planFailure } from './failures.ts'
import { buildLines, lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'
import { assignedWordsProblems, scopeWordsProblems } from './scope-words.ts'

const reason = '纳入上级派发的任务'

/**
 * Merges dispatched tasks into the plan's working version, all that are open where none is named, each as a line that says where it
 * came from (PLN-15); a published plan takes them in by an adjustment. What is in a line already changes nothing.
 */
export async function takeInAssignments(
  ports: Ports,
  planId: string,
  terms: readonly AssignmentTerms[],
  commandId: string,
  caller: Caller,
): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  const chosen = choose(await ports.assignments.ofPlan(plan), terms)
  const taking = missingOf(chosen, plan)
  if (taking.length === 0) return recorded(ports, plan, chosen, caller)
  const isPublished = publishedVersion(plan) !== undefined
  const kinds = (await ports.policies.get(plan.policyDigest)).find('plan.adjustment')?.kinds
  if (isPublished && kinds?.includes('ADD') === false) throw adjustmentNotAllowed('ADD')
  const context = await lineContext(ports, plan, caller, taking.map(lineOf))
  requireWordsKept(chosen, taking, context)
  const changed = await ports.plans.change(planId, (current) => {
    if (current === undefined) throw noSuchPlan(planId)
    const still = missingOf(taking, current)
    if (still.length === 0) return []
    const built = buildLines(still.map(lineOf), context, current, commandId, '/assignments', openProblems)
    const lines = built.map((line, index) => fromAssignment(line, still[index]))
    const nothingElse = { commandId, reason, cancel: [], openDraws: new Set<LineId>() }
    const decision = isPublished
      ? decide(current, { type: 'adjust', ...nothingElse, add: lines, act: context.act })
      : decide(current, { type: 'add-lines', lines, act: context.act })
    return orThrow(decision, planFailure(planId))
  })
  return recorded(ports, changed, chosen, caller)
}

/** What would keep a line from being filed is said before it is taken in: it could only be taken out of the draft again. */
const openProblems = (input: LineInput, context: LineContext, line: PlanLine | undefined): readonly LineProblem[] => [
  ...scopeWordsProblems(input, context),
  ...(line === undefined ? [] : lineFieldProblems(line, context)),
]

function requireWordsKept(chosen: readonly Chosen[], taking: readonly Chosen[], context: LineContext): void {
  const violations = chosen.flatMap((each, index) =>
    taking.includes(each)
      ? assignedWordsProblems(each.assignment.task, each.with, context).map(({ code, pointer }) =>
          violation(`/assignments/${index}${pointer}`, code),
        )
      : [],
  )
  if (violations.length > 0) throw invalidRequest(violations)
}

/** Records of the chosen tasks where they stand now: also of those that an attempt before this one took in and was stopped before it recorded them. */
async function recorded(
  { assignments, clock }: Pick<Ports, 'assignments' | 'clock'>,
  plan: Plan,
  chosen: readonly Chosen[],
  { principal }: Caller,
): Promise<Plan> {
  const all = chosen.map(({ assignment }) => assignment)
  for (const { assignmentId, takenIn } of newlyTakenIn(all, plan, { by: principal.subject, at: clock() })) {
    await assignments.takeIn(assignmentId, takenIn)
  }
  return plan
}

const lineOf = ({ assignment, with: given }: Chosen) => assignedLine(assignment, given)

function missingOf(chosen: readonly Chosen[], plan: Plan): readonly Chosen[] {
  const all = chosen.map(({ assignment }) => assignment)
  const missing = new Set(missingAssignments(all, workingVersion(plan).lines))
  return chosen.filter(({ assignment }) => missing.has(assignment))
}

interface Chosen {
  readonly assignment: Assignment
  readonly with: AssignmentTerms
}

function choose(assignments: readonly Assignment[], terms: readonly AssignmentTerms[]): readonly Chosen[] {
  if (terms.length === 0) return assignments.map((assignment) => ({ assignment, with: { assignmentId: assignment.assignmentId } }))
  const byId = new Map(assignments.map((assignment) => [assignment.assignmentId, assignment]))
  const chosen = terms.map((given, index): Chosen => {
    const assignment = byId.get(given.assignmentId)
    const pointer = `/assignments/${index}/assignmentId`
    if (assignment === undefined || assignment.withdrawn !== undefined) {
      throw invalidRequest([violation(pointer, 'assignment-unknown', { assignmentId: given.assignmentId })])
    }
    return { assignment, with: given }
  })
  const violations = chosen.flatMap(({ assignment, with: given }, index) =>
    termsProblems(assignment, given).map(({ code, pointer }) => violation(`/assignments/${index}${pointer}`, code)),
  )
  if (violations.length > 0) throw invalidRequest(violations)
  return chosen
}

function fromAssignment(line: PlanLine, chosen: Chosen | undefined): PlanLine {
  if (chosen === undefined) throw new Error(`${line.lineId} came from no assignment`)
  const { assignmentId, fromRegionCode, fromUnitId } = chosen.assignment
  return { ...line, origin: { assignmentId, regionCode: fromRegionCode, unitId: fromUnitId } }
}

/** Refuses a version that drops a task dispatched before it was filed, or before now where it was not (PLN-15). */
export async function requireAssignmentsTakenIn({ assignments, clock }: Pick<Ports, 'assignments' | 'clock'>, plan: Plan): Promise<void> {
  const version = workingVersion(plan)
  const filedAt = version.state === 'DRAFT' || version.state === 'RETURNED' ? undefined : version.filing?.at
  const missing = missingAssignments(await assignments.ofPlan(plan), version.lines, filedAt ?? clock())
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
  const origins = (publishedVersion(plan)?.lines ?? []).filter((line) => lineIds.includes(line.lineId) && line.origin !== undefined)
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
