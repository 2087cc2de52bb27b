import { requireUnit } from '@dual-random/auth'
import { appError, invalidRequest, type Violation, violation } from '@dual-random/errors'
import type { LineId, RegionCode, UnitId } from '@dual-random/kernel'
import { batchesInOrder, scheduleProblems } from '../domain/assigned-batches.ts'
import type { AssignedTask, Assignment, DrawnTask } from '../domain/assignment.ts'
import { hasBatchScopes } from '../domain/batch-scope.ts'
import { wholeScope } from '../domain/object-scope.ts'
import { type PlanLine, type PlanType, standingVersion } from '../domain/plan.ts'
import { type GivenUndrawnTask, keyTask, undrawnTaskOf } from '../domain/undrawn-task.ts'
import { readablePlan } from './access.ts'
import { violationOf } from './failures.ts'
import type { Caller, Ports } from './ports.ts'
import { mattersInForce } from './undrawn-lines.ts'

export interface Dispatch {
  readonly year: number
  readonly planType: PlanType
  readonly targets: readonly { readonly regionCode: RegionCode; readonly unitId: UnitId }[]
  readonly tasks: readonly DrawnTask[]
  /** Tasks that are checked without a draw. */
  readonly undrawnTasks?: readonly GivenUndrawnTask[]
  /** Lines of the superior's own plan to dispatch beside the tasks. */
  readonly from?: { readonly planId: string; readonly lineIds: readonly LineId[] }
}

/** A task to dispatch, with where the request says so. */
export interface SourcedTask extends Pick<Assignment, 'task' | 'source'> {
  /** The pointer into the request of a member of the task. */
  readonly at: (pointer: string) => string
}

/** All that a request dispatches: its tasks, those without a draw, the lines of the superior's own plan. */
export async function dispatchedTasks(ports: Ports, dispatch: Dispatch, caller: Caller): Promise<readonly SourcedTask[]> {
  const { tasks, undrawnTasks = [], from } = dispatch
  const ofPlan = from === undefined ? [] : await tasksOfLines(ports, from, caller)
  requireSchedules(tasks)
  const drawn = tasks.map((task, index): SourcedTask => ({ task: inOrder(task), at: (pointer) => `/tasks/${index}${pointer}` }))
  return [...drawn, ...(await undrawnOf(ports, undrawnTasks, dispatch.year, caller)), ...ofPlan]
}

function requireSchedules(tasks: readonly DrawnTask[]): void {
  const violations = tasks.flatMap((task, index) =>
    scheduleProblems(task).map(({ code, pointer }) => violation(`/tasks/${index}${pointer}`, code)),
  )
  if (violations.length > 0) throw invalidRequest(violations)
}

const inOrder = ({ batches, ...task }: DrawnTask): DrawnTask => ({
  ...task,
  ...(batches === undefined ? {} : { batches: batchesInOrder(batches) }),
})

/** Key supervision is of a matter on the lists of the superior's region. */
async function undrawnOf(ports: Ports, given: readonly GivenUndrawnTask[], year: number, caller: Caller): Promise<readonly SourcedTask[]> {
  const { regionCode } = caller.principal
  const asksMatters = given.some(({ kind }) => kind === 'KEY_SUPERVISION')
  const matters = asksMatters ? await mattersInForce(ports, { regionCode, year }, caller) : []
  const violations: Violation[] = []
  const tasks = given.flatMap((each, index): readonly SourcedTask[] => {
    const at = (pointer: string) => `/undrawnTasks/${index}${pointer}`
    if (each.kind !== 'KEY_SUPERVISION') return [{ task: each, at }]
    const task = keyTask(each, matters)
    if (task.ok) return [{ task: task.value, at }]
    violations.push(...task.error.map((problem) => violationOf(problem, at(''))))
    return []
  })
  if (violations.length > 0) throw invalidRequest(violations)
  return tasks
}

async function tasksOfLines(
  ports: Ports,
  { planId, lineIds }: NonNullable<Dispatch['from']>,
  caller: Caller,
): Promise<readonly SourcedTask[]> {
  const plan = await readablePlan(ports, planId, caller)
  requireUnit(caller.principal, plan.unitId)
  const { lines, undrawn = [] } = standingVersion(plan)
  return lineIds.map((lineId, index) => {
    const at = () => `/from/lineIds/${index}`
    const sourced = (task: AssignedTask): SourcedTask => ({ task, source: { planId, lineId }, at })
    const unchecked = undrawn.find((line) => line.lineId === lineId)
    if (unchecked !== undefined) return sourced(undrawnTaskOf(unchecked))
    const line = lines.find((each) => each.lineId === lineId)
    if (line === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
    if (hasBatchScopes(line)) throw invalidRequest([violation(at(), 'assignment-batch-scopes', { lineId })])
    return sourced(taskOf(line))
  })
}

/**
 * What a line says to others: how the superior's own departments check it does not go with it. Its batches do where it has several; a single one is
 * the window, which the local planner may cut. A line without a scope is about all that its items apply to, whatever its words are.
 */
function taskOf({ taskName, objectScope, scope = wholeScope, itemCodes, ratios, count, batches, checkBatches }: PlanLine): DrawnTask {
  const days = batches.map(({ window }) => window)
  const start = days.map((window) => window.start).reduce((a, b) => (a < b ? a : b))
  const end = days.map((window) => window.end).reduce((a, b) => (a > b ? a : b))
  return {
    taskName,
    ...(objectScope === undefined ? {} : { objectScope }),
    scope,
    itemCodes,
    ...(count === undefined ? { ratios } : { count }),
    window: { start, end },
    ...(batches.length === 1 ? {} : { batches: batches.map(({ window, share }) => ({ window, share })) }),
    ...(checkBatches === undefined ? {} : { checkBatches }),
  }
}
