import { requireUnit } from '@dual-random/auth'
import { appError, invalidRequest, type Violation, violation } from '@dual-random/errors'
import { regionContains } from '@dual-random/kernel'
import { type Assignment, taskWithin } from '../domain/assignment.ts'
import { type Dispatch, dispatchedTasks, type SourcedTask } from './dispatched-tasks.ts'
import { requirePlannable } from './plannable-below.ts'
import type { Caller, Ports } from './ports.ts'

/** Dispatches every task to every unit, which all are of regions below the caller's (PLN-15); the ids follow from the command, so that it may be sent again. */
export async function assignTasks(ports: Ports, dispatch: Dispatch, commandId: string, caller: Caller): Promise<readonly Assignment[]> {
  const { principal } = caller
  await requireTargets(ports, dispatch, caller)
  const byTarget = tasksByTarget(dispatch, await dispatchedTasks(ports, dispatch, caller))
  await requirePlannable(ports, dispatch, byTarget, caller)
  const assigned = { by: principal.subject, at: ports.clock() }
  const { year, planType } = dispatch
  const assignments = dispatch.targets.flatMap((target, place) =>
    (byTarget[place] ?? []).map(
      ({ at: _at, ...sourced }, index): Assignment => ({
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

/** What each target can take in: a task whose scope leaves it nothing would keep its plan from being filed. */
function tasksByTarget({ targets }: Dispatch, tasks: readonly SourcedTask[]): readonly (readonly SourcedTask[])[] {
  const violations: Violation[] = []
  const byTarget = targets.map(({ regionCode }, index) =>
    tasks.flatMap(({ task, ...rest }): readonly SourcedTask[] => {
      const cut = taskWithin(task, regionCode)
      if (cut !== undefined) return [{ ...rest, task: cut }]
      violations.push(violation(`/targets/${index}/regionCode`, 'assignment-scope-elsewhere', { taskName: task.taskName, regionCode }))
      return []
    }),
  )
  if (violations.length > 0) throw invalidRequest(violations)
  return byTarget
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
