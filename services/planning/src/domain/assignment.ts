import { type Instant, type ItemCode, type LineId, type PlanId, type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import { type AssignedSchedule, lineSchedule, type OwnSchedule, ownScheduleProblems, type ScheduleProblem } from './assigned-batches.ts'
import type { LineInput, LineUnitInput } from './line-input.ts'
import { narrowingScope, type ObjectScope, wholeScope } from './object-scope.ts'
import { type Act, allLines, type Plan, type PlanType, planIdOf, publishedVersion, type StratumRatio, workingVersion } from './plan.ts'
import { type UndrawnTask, type UndrawnTerms, type UndrawnTermsProblem, undrawnTermsProblems } from './undrawn-task.ts'

/** What a superior dispatches to be drawn for: as much of a line as it decides, the rest is the local planner's. */
export interface DrawnTask extends AssignedSchedule {
  /** What is not drawn has one. */
  readonly kind?: never
  readonly taskName: string
  readonly objectScope?: string
  /** With empty lists the superior said that it is all that the items apply to; absent where it said nothing. */
  readonly scope?: ObjectScope
  readonly itemCodes: readonly ItemCode[]
  /** At most one of both; with neither the local planner says how many. */
  readonly ratios?: readonly StratumRatio[]
  readonly count?: number
}

/** A task without a kind is one to draw for. */
export type AssignedTask = DrawnTask | UndrawnTask

/**
 * The task as a region below can plan it: a scope is narrowed to those of its regions that lie in that region, which need not be named where one of
 * them holds it all; undefined where none of them meets it.
 */
export function taskWithin(task: AssignedTask, regionCode: RegionCode): AssignedTask | undefined {
  if (task.kind !== undefined || task.scope === undefined) return task
  const named = task.scope.regionCodes
  const isWhole = named.length === 0 || named.some((each) => regionContains(each, regionCode))
  const regionCodes = isWhole ? [] : named.filter((each) => regionContains(regionCode, each))
  if (!isWhole && regionCodes.length === 0) return undefined
  return { ...task, scope: narrowingScope({ ...task.scope, regionCodes }) ?? wholeScope }
}

/** A task that a superior dispatched into the plan of a unit below it (PLN-15). */
export interface Assignment {
  readonly assignmentId: string
  readonly fromRegionCode: RegionCode
  readonly fromUnitId: UnitId
  /** The plan it must stand in. */
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly year: number
  readonly planType: PlanType
  readonly task: AssignedTask
  /** The line of the superior's own plan that it was dispatched from. */
  readonly source?: { readonly planId: string; readonly lineId: string }
  readonly assigned: Act
  /** When it first stood in the plan; absent before. */
  readonly takenIn?: TakenIn
  readonly withdrawn?: Act & { readonly reason: string }
}

/** Where a task first became a line. */
export interface TakenIn extends Act {
  readonly planId: PlanId
  /** Number of the version. */
  readonly version: number
  readonly lineId: LineId
}

/** An assignment after what was done with it. */
export type AssignmentChange =
  | { readonly event: 'dispatched'; readonly assignment: Assignment }
  | { readonly event: 'taken-in'; readonly assignment: Assignment & { readonly takenIn: TakenIn } }
  | { readonly event: 'withdrawn'; readonly assignment: Assignment & { readonly withdrawn: NonNullable<Assignment['withdrawn']> } }

/** What the local planner decides of an assigned task. */
export interface AssignmentTerms extends OwnSchedule {
  readonly assignmentId: string
  readonly ratios?: readonly StratumRatio[]
  readonly count?: number
  readonly initiatorUnitId?: UnitId
  readonly units?: readonly LineUnitInput[]
  readonly reasons?: NonNullable<LineInput['reasons']>
  readonly jointException?: NonNullable<LineInput['jointException']>
  readonly repeatGround?: NonNullable<LineInput['repeatGround']>
  /** Words that mean all that its items apply to, where the task has none, is narrowed by no scope, and policy has a line state its objects. */
  readonly objectScope?: string
  /** What words of the task for its objects mean here, where it has no scope itself and they do not plainly mean all (PLN-13). */
  readonly scope?: NonNullable<LineInput['scope']>
  /** Of a task without a draw, which has no other terms. */
  readonly undrawn?: UndrawnTerms
}

export interface AssignmentProblem {
  readonly code: 'assigned-quantity-fixed' | 'assigned-scope-fixed' | ScheduleProblem['code'] | UndrawnTermsProblem['code']
  readonly pointer: string
}

/** What of the local terms changes what was dispatched, or is of a task of the other form. */
export function termsProblems({ task }: Assignment, terms: AssignmentTerms): readonly AssignmentProblem[] {
  const { assignmentId: _id, undrawn, ...drawn } = terms
  const misplaced = (pointer: string): AssignmentProblem => ({ code: 'assigned-terms-misplaced', pointer })
  if (task.kind === undefined) return [...drawnTermsProblems(task, drawn), ...(undrawn === undefined ? [] : [misplaced('/undrawn')])]
  return [
    ...Object.keys(drawn).map((member) => misplaced(`/${member}`)),
    ...undrawnTermsProblems(task, undrawn ?? {}).map(({ code, pointer }) => ({ code, pointer: `/undrawn${pointer}` })),
  ]
}

/**
 * What of the local terms changes what was dispatched: its quantity, its batches, its objects, or days outside its window. Whether words for its objects
 * leave anything open is for the lists in force to say.
 */
function drawnTermsProblems(task: DrawnTask, terms: Omit<AssignmentTerms, 'assignmentId' | 'undrawn'>): readonly AssignmentProblem[] {
  const { ratios, count } = terms
  const isSet = task.ratios !== undefined || task.count !== undefined
  const problems: AssignmentProblem[] = [...ownScheduleProblems(task, terms)]
  if (isSet && (ratios !== undefined || count !== undefined))
    problems.unshift({ code: 'assigned-quantity-fixed', pointer: ratios === undefined ? '/count' : '/ratios' })
  const hasWords = task.objectScope !== undefined
  if (terms.scope !== undefined && (task.scope !== undefined || !hasWords))
    problems.push({ code: 'assigned-scope-fixed', pointer: '/scope' })
  const isNarrowed = task.scope !== undefined && narrowingScope(task.scope) !== undefined
  if (terms.objectScope !== undefined && (isNarrowed || hasWords)) problems.push({ code: 'assigned-scope-fixed', pointer: '/objectScope' })
  return problems
}

/** The line that a task to draw for becomes with the local terms. */
export function assignedLine(task: DrawnTask, { assignmentId: _id, undrawn: _undrawn, ...terms }: AssignmentTerms): LineInput {
  const { kind: _kind, window: _window, batches: _batches, times: _times, checkBatches: _cut, ...decided } = task
  const { batches: _own, times: _ownTimes, checkBatches: _ownCut, ...open } = terms
  return { ...open, ...decided, ...lineSchedule(task, terms) }
}

/** The assignments that stand in the working version of a plan and were in none before, with where. */
export function newlyTakenIn(
  assignments: readonly Assignment[],
  plan: Plan,
  act: Act,
): readonly { readonly assignmentId: string; readonly takenIn: TakenIn }[] {
  const working = workingVersion(plan)
  const [version, lines] = [working.number, allLines(working)]
  return assignments.flatMap(({ assignmentId, takenIn, withdrawn }) => {
    const line = lines.find(({ origin }) => origin?.assignmentId === assignmentId)
    if (line === undefined || takenIn !== undefined || withdrawn !== undefined) return []
    return [{ assignmentId, takenIn: { planId: plan.planId, version, lineId: line.lineId, ...act } }]
  })
}

type Placed = Pick<Assignment, 'assignmentId' | 'assigned' | 'withdrawn'>

/** Assignments that stand and that no line of the lines came from; those made after `until` need not be there. */
export function missingAssignments<A extends Placed>(
  assignments: readonly A[],
  lines: readonly { readonly origin?: { readonly assignmentId: string } }[],
  until?: Instant,
): readonly A[] {
  const taken = new Set(lines.flatMap(({ origin }) => origin?.assignmentId ?? []))
  return assignments.filter(
    ({ assignmentId, assigned, withdrawn }) =>
      withdrawn === undefined && !taken.has(assignmentId) && (until === undefined || assigned.at <= until),
  )
}

export type AssignmentStatus = 'OPEN' | 'TAKEN_IN' | 'FILED' | 'PUBLISHED' | 'WITHDRAWN'

/** How far a dispatched task has come, with the plan and line it stands in. */
export interface AssignmentStanding {
  readonly assignment: Assignment
  readonly status: AssignmentStatus
  readonly planId: string
  readonly lineId?: LineId
}

export function standingOf(assignment: Assignment, plan: Plan | undefined): AssignmentStanding {
  const planId = planIdOf(assignment)
  const lineIn = (version: ReturnType<typeof workingVersion> | undefined) =>
    version && allLines(version).find(({ origin }) => origin?.assignmentId === assignment.assignmentId)?.lineId
  if (assignment.withdrawn !== undefined) return { assignment, status: 'WITHDRAWN', planId }
  const published = plan === undefined ? undefined : lineIn(publishedVersion(plan))
  if (published !== undefined) return { assignment, status: 'PUBLISHED', planId, lineId: published }
  const working = plan === undefined ? undefined : workingVersion(plan)
  const lineId = lineIn(working)
  if (working === undefined || lineId === undefined) return { assignment, status: 'OPEN', planId }
  const isFiled = working.state === 'FILED' || working.state === 'ACCEPTED'
  return { assignment, status: isFiled ? 'FILED' : 'TAKEN_IN', planId, lineId }
}

export interface AssignmentTotals {
  /** All that were not withdrawn. */
  readonly dispatched: number
  /** Of those: in a line of a plan, whether draft, filed or published. */
  readonly takenIn: number
  readonly open: number
  readonly withdrawn: number
}

export function assignmentTotals(standings: readonly Pick<AssignmentStanding, 'status'>[]): AssignmentTotals {
  const count = (status: AssignmentStatus): number => standings.filter((each) => each.status === status).length
  const [open, withdrawn] = [count('OPEN'), count('WITHDRAWN')]
  const dispatched = standings.length - withdrawn
  return { dispatched, takenIn: dispatched - open, open, withdrawn }
}
