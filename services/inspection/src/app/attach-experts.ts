import type { Principal } from '@dual-random/auth'
import { type AppError, appError } from '@dual-random/errors'
import { assertNever, type Clock } from '@dual-random/kernel'
import { executingUnitOf } from '../domain/delegation.ts'
import {
  type AttachedExpert,
  attachExpert,
  type ExpertRefusal,
  engagementIdOf,
  type NamedExpert,
  type RegisteredExpert,
  removeExpert,
} from '../domain/expert.ts'
import { isEnded, type Task } from '../domain/task.ts'
import type { CallContext, Institutions, Tasks } from './ports.ts'
import { requireTask } from './require-task.ts'

export interface ExpertDependencies {
  readonly tasks: Tasks
  readonly institutions: Institutions
  readonly clock: Clock
}

/** On whose behalf, with the rights that travel on to registry. */
export interface Caller {
  readonly principal: Principal
  readonly context: CallContext
}

/**
 * Attaches an expert, testing body or institution to the team, beside the drawn inspectors (DRW-24, INS-29); the dispatcher of the unit that checks may. One of the
 * register is engaged there first, under the id it gets here, so that what was cut off is made good when it is asked for again.
 */
export async function attachToTeam(
  deps: ExpertDependencies,
  caller: Caller,
  taskId: string,
  given: NamedExpert | RegisteredExpert,
): Promise<Task> {
  const task = await ofExecutingUnit(deps.tasks, caller.principal, taskId)
  const expert = 'institutionId' in given ? await engaged(deps, caller, task, given) : { kind: 'EXPERT', ...given }
  const by = { by: caller.principal.subject, at: deps.clock() }
  return (await deps.tasks.change(taskId, (current) => settled(current, attachExpert(current, expert, by)))) ?? task
}

async function engaged(
  { institutions }: ExpertDependencies,
  { context }: Caller,
  task: Task,
  registered: RegisteredExpert,
): Promise<AttachedExpert> {
  if (isEnded(task)) throw refused(task, { code: 'team-settled' })
  const { institutionId, field, work } = registered
  const { kind, name } = await institutions.engage(
    { engagementId: engagementIdOf(task, registered), taskId: task.taskId, ...registered },
    context,
  )
  return { kind, name, institution: name, speciality: field, registered: { institutionId, work } }
}

/** Takes somebody attached out of the team again, with the reason; an engagement ends with it. */
export async function removeFromTeam(
  deps: ExpertDependencies,
  caller: Caller,
  taskId: string,
  removal: { readonly expertId: string; readonly reason: string },
): Promise<Task> {
  const task = await ofExecutingUnit(deps.tasks, caller.principal, taskId)
  const by = { by: caller.principal.subject, at: deps.clock() }
  const after = (await deps.tasks.change(taskId, (current) => settled(current, removeExpert(current, removal, by)))) ?? task
  const registered = after.team.experts.find(({ expertId }) => expertId === removal.expertId)?.registered
  if (registered !== undefined) {
    await deps.institutions.endEngagement({ engagementId: removal.expertId, institutionId: registered.institutionId }, caller.context)
  }
  return after
}

async function ofExecutingUnit(tasks: Tasks, principal: Principal, taskId: string): Promise<Task> {
  const task = await requireTask(tasks, taskId)
  const unitId = executingUnitOf(task)
  if (principal.unitId !== unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId } })
  return task
}

function settled<T>(
  task: Task,
  decided: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ExpertRefusal },
): T {
  if (decided.ok) return decided.value
  throw refused(task, decided.error)
}

function refused({ taskNumber }: Task, { code }: ExpertRefusal): AppError {
  switch (code) {
    case 'team-settled':
    case 'expert-removed':
      return appError('failed-precondition', code, { meta: { taskNumber } })
    case 'expert-unknown':
      return appError('not-found', code, { meta: { taskNumber } })
    default:
      return assertNever(code)
  }
}
