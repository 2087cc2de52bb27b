import { invalidRequest, violation } from '@dual-random/errors'
import type { LineId } from '@dual-random/kernel'
import {
  type Assignment,
  type AssignmentTerms,
  assignedLine,
  type DrawnTask,
  missingAssignments,
  newlyTakenIn,
  termsProblems,
} from '../domain/assignment.ts'
import { decide } from '../domain/decide.ts'
import { lineFieldProblems } from '../domain/line-fields.ts'
import type { LineContext, LineInput } from '../domain/line-input.ts'
import type { LineProblem } from '../domain/line-problem.ts'
import { allLines, type LineOrigin, type Plan, type PlanLine, publishedVersion, workingVersion } from '../domain/plan.ts'
import { type PlannableContext, unplannable } from '../domain/plannable.ts'
import { assignedUndrawnLine, lacksMeans, type UndrawnTask } from '../domain/undrawn-task.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import { adjustmentNotAllowed, orThrow, planFailure } from './failures.ts'
import { buildLines, lineContext } from './line-context.ts'
import { refusal } from './plannable-below.ts'
import type { Caller, Ports } from './ports.ts'
import { assignedWordsProblems, scopeWordsProblems } from './scope-words.ts'
import { buildUndrawnLines, namedInLines } from './undrawn-lines.ts'

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
  requireMeans(taking)
  const isPublished = publishedVersion(plan) !== undefined
  const policy = await ports.policies.get(plan.policyDigest)
  if (isPublished && policy.find('plan.adjustment')?.kinds.includes('ADD') === false) throw adjustmentNotAllowed('ADD')
  const { drawn, undrawn } = byForm(taking)
  const known = await lineContext(ports, plan, caller, drawn.map(lineOf))
  const undrawnOf = ({ task, with: { undrawn: given = {} } }: Chosen<UndrawnTask>) => assignedUndrawnLine(task, plan.unitId, given, known)
  const context = { ...known, ...(await namedInLines(ports, plan, undrawn.map(undrawnOf), caller)) }
  requirePlannableHere(taking, context)
  requireWordsKept(drawn, context)
  const changed = await ports.plans.change(planId, (current) => {
    if (current === undefined) throw noSuchPlan(planId)
    const still = byForm(missingOf(taking, current))
    if (still.drawn.length + still.undrawn.length === 0) return []
    const baseOf = (of: readonly Chosen[], member: string) => (index: number) => `/assignments/${of[index]?.place}${member}`
    const add = fromAssignments(
      buildLines(still.drawn.map(lineOf), context, current, commandId, baseOf(still.drawn, ''), openProblems),
      still.drawn,
    )
    const addUndrawn = fromAssignments(
      buildUndrawnLines(
        still.undrawn.map(undrawnOf),
        { ...context, drawn: [...workingVersion(current).lines, ...add] },
        { ...current, nextLine: current.nextLine + add.length },
        { commandId, baseOf: baseOf(still.undrawn, '/undrawn') },
      ),
      still.undrawn,
    )
    const nothingElse = { commandId, reason, cancel: [], openDraws: new Set<LineId>() }
    const decision = isPublished
      ? decide(current, { type: 'adjust', ...nothingElse, add, addUndrawn, act: context.act })
      : decide(current, { type: 'add-lines', lines: add, undrawn: addUndrawn, act: context.act })
    return orThrow(decision, planFailure(planId))
  })
  return recorded(ports, changed, chosen, caller)
}

/** What would keep a line from being filed is said before it is taken in: it could only be taken out of the draft again. */
const openProblems = (input: LineInput, context: LineContext, line: PlanLine | undefined): readonly LineProblem[] => [
  ...scopeWordsProblems(input, context),
  ...(line === undefined ? [] : lineFieldProblems(line, context)),
]

function requireMeans(taking: readonly Chosen[]): void {
  const violations = byForm(taking).undrawn.flatMap(({ task, place, with: { undrawn = {} } }) =>
    lacksMeans(task, undrawn) ? [violation(`/assignments/${place}/undrawn/problem/means`, 'assigned-means-missing')] : [],
  )
  if (violations.length > 0) throw invalidRequest(violations)
}

/** Lists and policies may have changed since it was dispatched: what only the superior can say otherwise is told by the task's name. */
function requirePlannableHere(taking: readonly Chosen[], context: PlannableContext): void {
  const violations = taking.flatMap(({ task, assignment: { regionCode, fromUnitId }, place }) => {
    const pointer = `/assignments/${place}`
    const preset = context.policy.id.preset
    const named = { taskName: task.taskName, regionCode, fromUnitId, preset, pointer }
    return refusal(named, unplannable(task, context), (member) => `${pointer}${member}`)
  })
  if (violations.length > 0) throw invalidRequest(violations)
}

function requireWordsKept(taking: readonly Chosen<DrawnTask>[], context: LineContext): void {
  const violations = taking.flatMap(({ task, place, with: given }) =>
    assignedWordsProblems(task, given, context).map(({ code, pointer }) => violation(`/assignments/${place}${pointer}`, code)),
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

const lineOf = ({ task, with: given }: Chosen<DrawnTask>) => assignedLine(task, given)

function missingOf(chosen: readonly Chosen[], plan: Plan): readonly Chosen[] {
  const all = chosen.map(({ assignment }) => assignment)
  const missing = new Set(missingAssignments(all, allLines(workingVersion(plan))))
  return chosen.filter(({ assignment }) => missing.has(assignment))
}

interface Chosen<Task = Assignment['task']> {
  readonly assignment: Assignment
  readonly task: Task
  readonly with: AssignmentTerms
  /** Among those of the request. */
  readonly place: number
}

/** To draw for, and to check without a draw. */
const byForm = (chosen: readonly Chosen[]) => ({
  drawn: chosen.flatMap(({ task, ...rest }): readonly Chosen<DrawnTask>[] => (task.kind === undefined ? [{ ...rest, task }] : [])),
  undrawn: chosen.flatMap(({ task, ...rest }): readonly Chosen<UndrawnTask>[] => (task.kind === undefined ? [] : [{ ...rest, task }])),
})

function choose(assignments: readonly Assignment[], terms: readonly AssignmentTerms[]): readonly Chosen[] {
  if (terms.length === 0) {
    return assignments.map((assignment, place) => {
      const { assignmentId, task } = assignment
      return { assignment, task, with: { assignmentId }, place }
    })
  }
  const byId = new Map(assignments.map((assignment) => [assignment.assignmentId, assignment]))
  const chosen = terms.map((given, place): Chosen => {
    const assignment = byId.get(given.assignmentId)
    const pointer = `/assignments/${place}/assignmentId`
    if (assignment === undefined || assignment.withdrawn !== undefined) {
      throw invalidRequest([violation(pointer, 'assignment-unknown', { assignmentId: given.assignmentId })])
    }
    if (terms.findIndex(({ assignmentId }) => assignmentId === given.assignmentId) < place) {
      throw invalidRequest([violation(pointer, 'assignment-twice', { assignmentId: given.assignmentId })])
    }
    return { assignment, task: assignment.task, with: given, place }
  })
  const violations = chosen.flatMap(({ assignment, with: given, place }) =>
    termsProblems(assignment, given).map(({ code, pointer }) => violation(`/assignments/${place}${pointer}`, code)),
  )
  if (violations.length > 0) throw invalidRequest(violations)
  return chosen
}

const fromAssignments = <Line extends { readonly lineId: LineId }>(
  lines: readonly Line[],
  chosen: readonly Chosen<unknown>[],
): readonly (Line & { readonly origin: LineOrigin })[] =>
  lines.map((line, index) => {
    const assignment = chosen[index]?.assignment
    if (assignment === undefined) throw new Error(`${line.lineId} came from no assignment`)
    const { assignmentId, fromRegionCode, fromUnitId } = assignment
    return { ...line, origin: { assignmentId, regionCode: fromRegionCode, unitId: fromUnitId } }
  })
