import { requireUnit } from '@dual-random/auth'
import { appError, invalidRequest, type Violation, violation } from '@dual-random/errors'
import { type LineId, type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import { batchesInOrder, scheduleProblems } from '../domain/assigned-batches.ts'
import { type AssignedTask, type Assignment, taskWithin } from '../domain/assignment.ts'
import { hasBatchScopes } from '../domain/batch-scope.ts'
import { type PlanLine, type PlanType, standingVersion } from '../domain/plan.ts'
import { readablePlan } from './access.ts'
import type { Caller, Ports } from './ports.ts'

export interface Dispatch {
  readonly year: number
  readonly planType: PlanType
  readonly targets: readonly { readonly regionCode: RegionCode; readonly unitId: UnitId }[]
  readonly tasks: readonly AssignedTask[]
  /** Lines of the superior's own plan to dispatch beside the tasks. */
  readonly from?: { readonly planId: string; readonly lineIds: readonly LineId[] }
}

type Sourced = Pick<Assignment, 'task' | 'source'>

/** Dispatches every task to every unit, which all are of regions below the caller's (PLN-15); the ids follow from the command, so that it may be sent again. */
export async function assignTasks(ports: Ports, dispatch: Dispatch, commandId: string, caller: Caller): Promise<readonly Assignment[]> {
  const { principal } = caller
  await requireTargets(ports, dispatch, caller)
  const ofPlan = dispatch.from === undefined ? [] : await linesOf(ports, dispatch.from, caller)
  requireSchedules(dispatch.tasks)
  const tasks: readonly Sourced[] = [...dispatch.tasks.map((task) => ({ task: taskInOrder(task) })), ...ofPlan]
  const byTarget = tasksByTarget(dispatch, tasks)
  const assigned = { by: principal.subject, at: ports.clock() }
  const { year, planType } = dispatch
  const assignments = dispatch.targets.flatMap((target, place) =>
    (byTarget[place] ?? []).map(
      (sourced, index): Assignment => ({
        assignmentId: `assignment-${commandId}-${place + 1}-${index + 1}`,
        fromRegionCode: principal.regionCode,
        fromUnitId: principal.unitId,
        ...target,
        year,
        planType,
        ...sourced,
        assigned,
      }),
    ),
  )
  await ports.assignments.add(assignments)
  return assignments
}

async function requireTargets({ registry }: Ports, { targets }: Dispatch, { principal }: Caller): Promise<void> {
  const regions = [...new Set(targets.map(({ regionCode }) => regionCode))]
  const known = new Set((await Promise.all(regions.map((region) => registry.elsewhere.units(region)))).flat().map(({ unitId }) => unitId))
  const violations = targets.flatMap(({ regionCode, unitId }, index) => [
    ...(regionCode === principal.regionCode || !regionContains(principal.regionCode, regionCode)
      ? [violation(`/targets/${index}/regionCode`, 'assignment-not-below', { regionCode })]
      : []),
    ...(known.has(unitId) ? [] : [violation(`/targets/${index}/unitId`, 'unit-unknown', { unitId })]),
  ])
  if (violations.length > 0) throw invalidRequest(violations)
}

function requireSchedules(tasks: readonly AssignedTask[]): void {
  const violations = tasks.flatMap((task, index) =>
    scheduleProblems(task).map(({ code, pointer }) => violation(`/tasks/${index}${pointer}`, code)),
  )
  if (violations.length > 0) throw invalidRequest(violations)
}

const taskInOrder = ({ batches, ...task }: AssignedTask): AssignedTask => ({
  ...task,
  ...(batches === undefined ? {} : { batches: batchesInOrder(batches) }),
})

/** What each target can take in: a task whose scope leaves it nothing would keep its plan from being filed. */
function tasksByTarget({ targets }: Dispatch, tasks: readonly Sourced[]): readonly (readonly Sourced[])[] {
  const violations: Violation[] = []
  const byTarget = targets.map(({ regionCode }, index) =>
    tasks.flatMap(({ task, ...rest }): readonly Sourced[] => {
      const cut = taskWithin(task, regionCode)
      if (cut !== undefined) return [{ ...rest, task: cut }]
      violations.push(violation(`/targets/${index}/regionCode`, 'assignment-scope-elsewhere', { taskName: task.taskName, regionCode }))
      return []
    }),
  )
  if (violations.length > 0) throw invalidRequest(violations)
  return byTarget
}

async function linesOf(ports: Ports, { planId, lineIds }: NonNullable<Dispatch['from']>, caller: Caller): Promise<readonly Sourced[]> {
  const plan = await readablePlan(ports, planId, caller)
  requireUnit(caller.principal, plan.unitId)
  const standing = standingVersion(plan)
  const lines = new Map<string, PlanLine>(standing.lines.map((line) => [line.lineId, line]))
  const undrawn = new Set<string>(standing.undrawn?.map(({ lineId }) => lineId))
  return lineIds.map((lineId, index) => {
    const line = lines.get(lineId)
    if (undrawn.has(lineId)) throw invalidRequest([violation(`/from/lineIds/${index}`, 'assignment-line-undrawn', { lineId })])
    if (line === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
    if (hasBatchScopes(line)) throw invalidRequest([violation(`/from/lineIds/${index}`, 'assignment-batch-scopes', { lineId })])
    return { task: taskOf(line), source: { planId, lineId } }
  })
}

/**
 * What a line says to others: how the superior's own departments check it does not go with it. Its batches do where it has several; a single one is
 * the window, which the local planner may cut.
 */
function taskOf({ taskName, objectScope, scope, itemCodes, ratios, count, batches, checkBatches }: PlanLine): AssignedTask {
  const days = batches.map(({ window }) => window)
  const start = days.map((window) => window.start).reduce((a, b) => (a < b ? a : b))
  const end = days.map((window) => window.end).reduce((a, b) => (a > b ? a : b))
  return {
    taskName,
    ...(objectScope === undefined ? {} : { objectScope }),
    ...(scope === undefined ? {} : { scope }),
    itemCodes,
    ...(count === undefined ? { ratios } : { count }),
    window: { start, end },
    ...(batches.length === 1 ? {} : { batches: batches.map(({ window, share }) => ({ window, share })) }),
    ...(checkBatches === undefined ? {} : { checkBatches }),
  }
}

const noSuchAssignment = (assignmentId: string) => appError('not-found', 'not-found', { meta: { what: '派发任务', id: assignmentId } })

/** Only whoever dispatched it takes it back; the line it became may then be taken out. */
export async function withdrawAssignment(ports: Ports, assignmentId: string, reason: string, { principal }: Caller): Promise<Assignment> {
  const found = await ports.assignments.load(assignmentId)
  if (found === undefined) throw noSuchAssignment(assignmentId)
  requireUnit(principal, found.fromUnitId)
  await ports.assignments.withdraw(assignmentId, { by: principal.subject, at: ports.clock(), reason })
  return (await ports.assignments.load(assignmentId)) ?? found
}
