import type { Principal } from '@dual-random/auth'
import { type AppError, appError, invalidRequest, violation } from '@dual-random/errors'
import { assertNever, type Clock } from '@dual-random/kernel'
import { executingUnitOf } from '../domain/delegation.ts'
import {
  type Grounds,
  type Recusal,
  type RecusalRefusal,
  type RecusalRequest,
  type RecusalStatus,
  type RejectionRefusal,
  raiseRecusal,
  recusalStatuses,
  rejectRecusal,
  seesRecusal,
} from '../domain/recusal.ts'
import type { Task } from '../domain/task.ts'
import type { Page, Policies, Tasks } from './ports.ts'
import { requireTask } from './require-task.ts'

export interface RecusalDependencies {
  readonly tasks: Tasks
  readonly policies: Policies
  readonly clock: Clock
}

export interface TaskRecusal {
  readonly task: Task
  readonly recusal: Recusal
}

/**
 * Raises a recusal after the draw (DRW-14): an inspector of the team their own, a dispatcher of the unit that checks or of the organiser the one the object asks for.
 * `isNew` is false where the same was raised before.
 */
export async function recuseInspectors(
  { tasks, policies, clock }: RecusalDependencies,
  principal: Principal,
  taskId: string,
  request: RecusalRequest,
): Promise<TaskRecusal & { readonly isNew: boolean }> {
  const task = await requireTask(tasks, taskId)
  requireRaiser(principal, task, request)
  const grounds: Grounds | undefined = (await policies.get(task.policyDigest)).find('recusal.grounds')
  const raised = { by: principal.subject, at: clock(), grounds }
  let isNew = false
  let recusal: Recusal | undefined
  const after = await tasks.change(taskId, (current) => {
    const decided = raiseRecusal(current, request, raised)
    if (!decided.ok) throw refusedToRaise(current, decided.error)
    isNew = decided.value.change !== undefined
    recusal = decided.value.recusal
    return decided.value.change
  })
  if (after === undefined || recusal === undefined) throw appError('not-found', 'not-found', { meta: { what: 'task', id: taskId } })
  return { task: after, recusal, isNew }
}

/** Whom an inspector's recusal concerns is the inspector alone; those of a former team may find their own again. */
function requireRaiser({ roles, subject, unitId }: Principal, task: Task, { raisedBy, inspectorIds }: RecusalRequest): void {
  switch (raisedBy) {
    case 'INSPECTOR': {
      const teams = [task.team, ...task.earlierTeams]
      const own = teams.flatMap(({ members }) => members).filter((member) => member.subject === subject)
      if (!roles.includes('INSPECTOR') || own.length === 0) {
        throw appError('forbidden', 'inspector-not-assigned', { meta: { taskNumber: task.taskNumber } })
      }
      const isOwn = inspectorIds.every((id) => own.some(({ inspectorId }) => inspectorId === id))
      if (!isOwn) throw appError('forbidden', 'recusal-of-another')
      return
    }
    case 'OBJECT':
      if (!roles.includes('DISPATCHER') || ![executingUnitOf(task), task.organiserUnitId].includes(unitId)) {
        throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: executingUnitOf(task) } })
      }
      return
    default:
      assertNever(raisedBy)
  }
}

function refusedToRaise({ taskNumber }: Task, refusal: RecusalRefusal): AppError {
  switch (refusal.code) {
    case 'task-completed':
    case 'task-withdrawn':
      return appError('failed-precondition', refusal.code, { meta: { taskNumber } })
    case 'inspector-not-in-team': {
      const { index, inspectorId } = refusal
      return invalidRequest([violation(`/inspectorIds/${index}`, refusal.code, { inspectorId })])
    }
    case 'unknown-ground': {
      const { ground, allowed } = refusal
      return invalidRequest([violation('/ground', 'recusal-ground-unknown', { ground, allowed: allowed.join(', ') })])
    }
    default:
      return assertNever(refusal)
  }
}

/** Rejects a recusal with reasons: the unit that organised the draw does, by somebody whom it does not concern. */
export async function decideRecusal(
  { tasks, clock }: Pick<RecusalDependencies, 'tasks' | 'clock'>,
  principal: Principal,
  taskId: string,
  rejection: { readonly recusalId: string; readonly reasons: string },
): Promise<TaskRecusal> {
  const task = await requireTask(tasks, taskId)
  if (principal.unitId !== task.organiserUnitId) {
    throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: task.organiserUnitId } })
  }
  const by = { by: principal.subject, at: clock() }
  const after = await tasks.change(taskId, (current) => {
    const decided = rejectRecusal(current, rejection, by)
    if (!decided.ok) throw refusedToReject(rejection.recusalId, decided.error)
    return decided.value
  })
  const recusal = (after ?? task).recusals.find(({ recusalId }) => recusalId === rejection.recusalId)
  if (after === undefined || recusal === undefined) throw recusalUnknown(rejection.recusalId)
  return { task: after, recusal }
}

const recusalUnknown = (id: string): AppError => appError('not-found', 'not-found', { meta: { what: 'recusal', id } })

function refusedToReject(recusalId: string, refusal: RejectionRefusal): AppError {
  switch (refusal.code) {
    case 'recusal-unknown':
      return recusalUnknown(recusalId)
    case 'recusal-decided':
      return appError('failed-precondition', refusal.code, { meta: { status: refusal.status } })
    case 'recusal-own':
      return appError('forbidden', refusal.code)
    default:
      return assertNever(refusal)
  }
}

export interface RecusalQuery {
  readonly taskId?: string | undefined
  readonly status?: RecusalStatus | undefined
}

/** Tasks in pages, each with those of its recusals that were asked for and that the caller may read. */
export async function listRecusals(
  { tasks }: Pick<RecusalDependencies, 'tasks'>,
  principal: Principal,
  { taskId, status }: RecusalQuery,
  page: Page,
): Promise<readonly { readonly task: Task; readonly recusals: readonly Recusal[] }[]> {
  const statuses = status === undefined ? recusalStatuses : [status]
  const found = await tasks.recused({ viewer: principal, statuses, taskId }, page)
  return found.map((task) => ({
    task,
    recusals: task.recusals.filter((recusal) => statuses.includes(recusal.status) && seesRecusal(principal, task, recusal)),
  }))
}
